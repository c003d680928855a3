import Reporting
import Schema

/// What all actions of `data` that draw take.
enum DataOptions {
    static let images = Option(
        "images", "N", as: Int.format(in: 1...),
        "sheet: how many images, or rows or images of each class; embed: how many, from the first on (default: 10000)")
    static let out = Option(
        "out", "FILE", as: String.format,
        "sheet, classes, embed: a .svg or .png file (default: NAME-ACTION.svg, of embed NAME-METHOD.svg); embed also writes its points as .csv"
    )
    static let theme = Option(
        "theme", "NAME", as: Theme.format, "of a PNG file: light or dark")

    static let drawing: [any AnyOption] = [images, out, theme]
}
