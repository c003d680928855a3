import Reporting
import Schema

/// What all actions of `data` that draw take.
enum DataOptions {
    static let images = Option(
        "images", "N", as: Int.format(in: 1...),
        "sheet: how many images; with --by-class, images per class; with --config, rows; embed: how many, from the "
            + "first on (default: 10000)")
    static let out = Option(
        "out", "FILE", as: String.format,
        "sheet, classes, embed: a .svg or .png file (default: NAME-ACTION.svg, of embed NAME-METHOD.svg); embed also writes its points as .csv"
    )
    static let theme = Option(
        "theme", "NAME", as: Theme.format, "of a PNG file: light or dark")
    /// That of trainings without their chart.
    static let progress = Option(
        "progress", "WHEN", as: ProgressChoice.format, "when to show progress: auto, always or never")

    static let drawing: [any AnyOption] = [images, out, theme]

    enum ProgressChoice: String, CaseIterable, Setting { case auto, always, never }
}
