import Datasets
import Foundation
import Reporting
import Schema

extension Call {
    /// The paths of pictures that arguments name; a folder stands for all pictures in it, by name.
    func picturePaths(_ arguments: some Sequence<String>) throws -> [String] {
        try arguments.flatMap { argument -> [String] in
            guard isFolder(argument) else { return [argument] }
            guard let found = try? FileManager.default.contentsOfDirectory(atPath: argument) else {
                throw misuse("\(displayable(argument)): the names in this folder cannot be read")
            }
            let names = found.filter(Self.isPicture).sorted()
            if names.isEmpty {
                throw misuse(
                    "\(displayable(argument)): there is no picture in this folder", remedy: "PNG, PGM and PPM are")
            }
            return names.map { argument.hasSuffix("/") ? argument + $0 : "\(argument)/\($0)" }
        }
    }

    /// The pictures of a file, or of standard input for `-`.
    func pictures(at path: String) throws -> PictureFile {
        guard path == "-" else { return try PictureFile(at: path) }
        return try PictureFile(readFile("-"), called: "<stdin>")
    }

    private static func isPicture(_ name: String) -> Bool {
        let kinds = [".png", ".pgm", ".ppm", ".pnm", "idx3-ubyte", "idx3-ubyte.gz"]
        return !name.hasPrefix(".") && kinds.contains { name.lowercased().hasSuffix($0) }
    }
}
