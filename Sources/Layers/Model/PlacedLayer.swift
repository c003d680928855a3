import Schema

/// A layer in its place in a model: what others call it, and what it reads.
package struct PlacedLayer: Described {
    package var layer: any Layer
    /// Nil for the name that Keras would give it.
    package var name: String?
    /// Names of earlier layers, or `input` for the images; nil for the layer before.
    package var inputs: [String]?
    /// False freezes its weights and those of the layers within it, which `true` there does not undo.
    package var trainable: Bool?
    /// Where it was written, for messages.
    package private(set) var place: Place?

    /// A layer that reads the one before it.
    package init(_ layer: any Layer, name: String? = nil, inputs: [String]? = nil) {
        self.layer = layer
        self.name = name
        self.inputs = inputs
    }

    package init() { self.init(Flatten()) }

    package static let name = "placed layer"
    package static let summary = "Every layer may have these keys beside its own."
    package static var fields: [Field<PlacedLayer>] {
        [
            .optional(
                "name", \.name, as: Format.layerName.orNull,
                "what other layers and the weights call it; null for Keras's name, such as conv2d_1"),
            .optional(
                "inputs", \.inputs, as: Format<[String]>.list(of: String.format, count: 1...1000).orNull,
                "the layers that it reads, or \"input\" for the image; null for the layer before"),
            .optional(
                "trainable", \.trainable,
                "false to freeze its weights and those of layers within it, which then cannot learn either; null for true"
            ),
        ]
    }

    /// The keys that a layer may have whatever its type.
    package static var keys: Set<String> { Set(fields.map(\.name)) }

    /// The same with every path in the layer resolved.
    package func resolvingPaths(_ absolute: (String) -> String) -> PlacedLayer {
        var resolved = self
        resolved.layer = layer.resolvingPaths(absolute)
        return resolved
    }

    package mutating func remember(_ place: Place) { self.place = place }

    /// The images' name among the inputs of layers.
    static let image = "input"
}

extension Format where Value == PlacedLayer {
    /// One of the layers, with whatever says its place in the model.
    package static var placedLayer: Format {
        let format = Format<any Layer>.layers.format(within: PlacedLayer.self, \.layer)
        return Format(
            expecting: format.expectation, schema: format.schema,
            read: { place, problems in
                var layer = format.read(place, &problems)
                layer?.remember(place)
                return layer
            },
            write: format.write)
    }
}

extension Format where Value == String {
    /// A name that can be part of a path, of a parameter's name, and of a folder's.
    fileprivate static var layerName: Format {
        let longest = 100
        let expectation =
            "a name other than \"input\" that begins with a letter and has at most \(longest) letters, digits, _ and -"
        return Format(
            expecting: expectation,
            schema: ["type": "string", "maxLength": JSON(longest), "pattern": "^[A-Za-z][A-Za-z0-9_-]*$"],
            parse: { json in json.text.flatMap { isLayerName($0) ? $0 : nil } }, write: { JSON($0) })
    }
}

private func isLayerName(_ text: String) -> Bool {
    guard let first = text.first, first.isASCII, first.isLetter, text.utf8.count <= 100 else { return false }
    return text != PlacedLayer.image
        && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
}
