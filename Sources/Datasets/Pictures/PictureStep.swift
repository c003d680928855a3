/// A change made to a picture so that it fits a model's input.
package enum PictureStep: Sendable, Hashable, CustomStringConvertible {
    case laidOverWhite
    case laidOverBlack
    case madeGrey
    case repeated(channels: Int)
    case inverted
    case resized(from: Size, to: Size)
    case padded(from: Size, to: Size)

    /// Rows and columns; people say the columns first.
    package struct Size: Sendable, Hashable, CustomStringConvertible {
        let height, width: Int

        /// As 280×280.
        package var description: String { "\(width)×\(height)" }
    }

    /// A few words for messages.
    package var description: String {
        switch self {
        case .laidOverWhite: "laid over white"
        case .laidOverBlack: "laid over black"
        case .madeGrey: "made grey"
        case .repeated(let channels): "grey repeated in \(channels) channels"
        case .inverted: "inverted: dark on light"
        case .resized(let from, let to): "resized from \(from) to \(to)"
        case .padded(let from, let to): "padded from \(from) to \(to)"
        }
    }
}
