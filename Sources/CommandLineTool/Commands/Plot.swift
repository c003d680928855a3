import Experiments
import Foundation
import Reporting
import Schema

extension Command {
    private static let metric = Option(
        "metric", "NAME", as: Metric.format, "what is drawn: val_loss, test_accuracy, … (default: what tells most)")
    private static let confusion = Flag("confusion", "the confusion matrix instead of curves")
    private static let log = Flag("log", "a logarithmic axis for losses, or for the metric that is chosen")
    private static let smoothing = Option(
        "smoothing", "WEIGHT", as: Double.format(in: 0..<1),
        "draw smoothed curves, with this weight of the past (default: 0)")
    private static let out = Option(
        "out", "FILE", as: String.format, "write FILE.svg or FILE.png, or every picture into a folder")
    private static let theme = Option("theme", "NAME", as: Theme.format, "light or dark, for PNG (default: light)")
    private static let ascii = Flag("ascii", "draw with nothing but ASCII characters")

    static let plot = Command(
        "plot", "curves, confusion matrix and sweep charts, as SVG, PNG or on the terminal",
        arguments: [.many("RUN", "run or sweep directories; several runs share a chart")],
        options: [metric, confusion, log, smoothing, out, theme, ascii],
        examples: [
            Example("plot runs/warmup", "loss and accuracy, on the terminal"),
            Example("plot runs/a runs/b --metric val_loss --log --out losses.svg", "two runs in one chart"),
            Example("plot runs/sweep --out sweep.png --theme dark", "what came of a sweep's axes"),
            Example("plot runs/warmup --confusion --out confusion.svg", "what was taken for what"),
        ]
    ) { call in
        let target = try PictureTarget(call[out], theme: call[theme], for: call)
        let style = CurveStyle(metric: call[metric], isLogarithmic: call[log], smoothing: call[smoothing] ?? 0)
        if call[confusion], call[metric] != nil { throw call.misuse("--confusion and --metric exclude each other") }
        let pictures = RunPictures(call.operands, style: style, subject: call[confusion] ? .confusion : .figures)
        for error in pictures.errors { _ = call.tool.report(error, to: call.console) }
        switch target {
        case .terminal:
            let shown = call[confusion] ? pictures.pictures : pictures.pictures.filter { $0.name != "confusion" }
            let options = TextOptions(style: call.console.style, isASCII: call[ascii])
            for picture in shown {
                call.console.write(picture.plot.text(width: min(call.console.width, 120), options: options))
            }
            for picture in pictures.pictures {
                if let original = picture.original { call.console.say("\(picture.name): \(displayable(original))") }
            }
        case .file(let path, let format):
            guard let first = pictures.pictures.first else { break }
            if pictures.pictures.count > 1, first.name != "curves" {
                throw call.misuse(
                    "--out: there are \(pictures.pictures.count) pictures, which do not fit into one file",
                    remedy: "give a folder, such as --out pictures/")
            }
            try write(first.plot, to: path, format)
        case .folder(let path):
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            for picture in pictures.pictures { try write(picture.plot, to: "\(path)/\(picture.name).svg", .svg) }
        }
        return pictures.errors.isEmpty ? .success : .failure
    }

    private static func write(_ plot: Plot, to path: String, _ format: PictureTarget.Format) throws {
        switch format {
        case .svg: try AtomicFile.write(plot.svg, to: path)
        case .png(let theme): try AtomicFile.write(plot.png(theme: theme), to: path)
        }
    }
}

/// Where pictures go.
private enum PictureTarget {
    enum Format {
        case svg
        case png(Theme)
    }

    case terminal
    case file(String, Format)
    case folder(String)

    init(_ path: String?, theme: Theme?, for call: Call) throws {
        guard let path else {
            if theme != nil { throw call.misuse("--theme: only PNG files have one", remedy: "add --out FILE.png") }
            self = .terminal
            return
        }
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        let ending = path.lowercased().split(separator: "/").last?.split(separator: ".").dropFirst().last ?? ""
        if exists && isFolder.boolValue || path.hasSuffix("/") || ending.isEmpty {
            self = .folder(path)
        } else if ending == "svg" {
            self = .file(path, .svg)
        } else if ending == "png" {
            self = .file(path, .png(theme ?? .light))
        } else {
            throw call.misuse(
                "--out: pictures are written as .svg or .png, not as .\(ending)",
                remedy: "or give a folder, with a slash at its end")
        }
        if theme != nil, case .file(_, .png) = self { return }
        if theme != nil {
            throw call.misuse(
                "--theme: only PNG files have one; SVG files follow whoever looks at them", remedy: "leave it out")
        }
    }
}

extension Theme: Setting {}
