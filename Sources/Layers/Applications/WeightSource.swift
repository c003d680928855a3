import Schema

/// Where the weights of a published network come from.
package enum WeightSource: Setting, Hashable {
    /// The file of that network's ImageNet weights, wherever it is found.
    case imagenet
    /// A file's path.
    case file(String)

    private static let imagenetWord = "imagenet"

    package static var format: Format<WeightSource> {
        Format(
            expecting: "\"imagenet\" or a path", schema: ["type": "string", "minLength": 1],
            parse: { json in
                guard let text = json.text, !text.isEmpty, !text.unicodeScalars.contains("\0") else { return nil }
                return text == imagenetWord ? .imagenet : .file(text)
            },
            write: { source in
                switch source {
                case .imagenet: JSON(imagenetWord)
                case .file(let path): JSON(path)
                }
            })
    }
}
