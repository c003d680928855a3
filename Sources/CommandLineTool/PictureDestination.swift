import Foundation
import Reporting
import Schema

/// Where pictures go, and as what.
struct PictureDestination {
    /// A file by itself, or the folder of files that are named after their pictures.
    let path: String
    let isFolder: Bool
    /// Nil for SVG, which shows itself in whatever theme its reader has.
    private let theme: Theme?

    /// Reads `--out` and `--theme`. The end of a file's name says what it is; in a folder a theme asks for PNG.
    init(_ path: String, theme chosen: Theme?, in call: Call) throws(UsageError) {
        self.path = path
        let name = path.split(separator: "/").last ?? ""
        let ending = name.split(separator: ".").dropFirst().last.map { $0.lowercased() } ?? ""
        var isDirectory: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
        isFolder = exists ? isDirectory.boolValue : path.hasSuffix("/") || ending.isEmpty
        switch ending {
        case _ where isFolder: theme = chosen
        case "png": theme = chosen ?? .light
        case "svg" where chosen != nil:
            throw call.misuse(
                "--theme: an SVG file follows the theme of whoever looks at it", remedy: "write a .png, or leave it out"
            )
        case "svg": theme = nil
        default:
            throw call.misuse(
                "--out: pictures are written as .svg or .png, not as \(quoted(String(name)))",
                remedy: "or into a folder, with a slash at its end")
        }
    }

    /// Writes a picture, in a folder under its name; returns where it is.
    func write(_ plot: Plot, named name: String) throws -> String {
        let ending = theme == nil ? "svg" : "png"
        let path = isFolder ? "\(path.hasSuffix("/") ? String(path.dropLast()) : path)/\(name).\(ending)" : path
        if isFolder { try makeFolder(self.path) }
        if let theme {
            try AtomicFile.write(plot.png(theme: theme), to: path)
        } else {
            try AtomicFile.write(plot.svg, to: path)
        }
        return path
    }
}

extension Theme: Setting {}
