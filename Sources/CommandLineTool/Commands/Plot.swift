import Experiments
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
        arguments: [
            .many("RUN", "run or sweep directories, of which several runs share a chart; or FILE.json with figures")
        ],
        options: [metric, confusion, log, smoothing, out, theme, ascii],
        examples: [
            Example("plot runs/warmup", "loss and accuracy, on the terminal"),
            Example("plot runs/a runs/b --metric val_loss --log --out losses.svg", "two runs in one chart"),
            Example("plot runs/sweep --out sweep.png --theme dark", "what came of a sweep's axes"),
            Example("plot figures.json --out figures.svg", "figures of several contestants from a file"),
            Example("plot runs/warmup --confusion --out confusion.svg", "what was taken for what"),
        ]
    ) { call in
        if call[out] == nil, call[theme] != nil {
            throw call.misuse("--theme: only PNG files have one", remedy: "add --out FILE.png")
        }
        let destination = try call[out].map { path throws(UsageError) in
            try PictureDestination(path, theme: call[theme], in: call)
        }
        let style = CurveStyle(metric: call[metric], isLogarithmic: call[log], smoothing: call[smoothing] ?? 0)
        if call[confusion], call[metric] != nil { throw call.misuse("--confusion and --metric exclude each other") }
        let pictures = RunPictures(call.operands, style: style, subject: call[confusion] ? .confusion : .figures)
        for error in pictures.errors { _ = call.tool.report(error, to: call.console) }
        guard let destination else {
            show(pictures, in: call)
            return pictures.errors.isEmpty ? .success : .failure
        }
        if pictures.pictures.count > 1, !destination.isFolder, pictures.pictures[0].name != "curves" {
            throw call.misuse(
                "--out: there are \(pictures.pictures.count) pictures, which do not fit into one file",
                remedy: "give a folder, such as --out pictures/")
        }
        for picture in pictures.pictures.prefix(destination.isFolder ? .max : 1) {
            _ = try destination.write(picture.plot, named: picture.name)
        }
        return pictures.errors.isEmpty ? .success : .failure
    }

    /// Draws with characters, and says where the same lies as a file.
    private static func show(_ pictures: RunPictures, in call: Call) {
        let shown = call[confusion] ? pictures.pictures : pictures.pictures.filter { $0.name != "confusion" }
        let options = TextOptions(style: call.console.style, isASCII: call[ascii])
        for picture in shown {
            call.console.write(picture.plot.text(width: min(call.console.width, 120), options: options))
        }
        for picture in pictures.pictures {
            if let original = picture.original { call.console.say("\(picture.name): \(displayable(original))") }
        }
    }
}
