import Layers
import Schema

/// The file with a model's first weights: a path for all of them, or an object that says which.
package struct InitialWeights: Hashable, Sendable {
    /// Absolute once the config is loaded.
    package var file: String
    /// Whether it is an error if the file lacks a tensor, or has one that the model does not know.
    package var isStrict = true
    /// The layers that are given weights, with all that stands within them; nil for all.
    package var layers: [String]?

    /// A file with all weights of a model.
    package init(_ file: String) { self.file = file }

    /// Whether every parameter of the model is given its value.
    var coversAll: Bool { isStrict && layers == nil }

    mutating func resolvePath(_ absolute: (String) -> String) { file = absolute(file) }
}

extension InitialWeights: Setting {
    package static var format: Format<InitialWeights> {
        let whole = Format<String>.path
        let part = PartialWeights.format
        let expectation = "a path, or an object with \"file\""
        return Format(
            expecting: expectation,
            schema: { definitions in ["anyOf": [whole.schema(&definitions), part.schema(&definitions)]] },
            read: { place, problems in
                if place.json.members != nil { return part.read(place, &problems).map(\.weights) }
                guard place.json.text != nil else {
                    problems.append(place.mismatch(expectation))
                    return nil
                }
                return whole.read(place, &problems).map { InitialWeights($0) }
            },
            write: { $0.coversAll ? whole.write($0.file) : PartialWeights($0).json })
    }
}

/// `{ "file": "runs/warmup/model.safetensors", "strict": false, "layers": ["conv2d"] }`
struct PartialWeights: Described {
    var weights = InitialWeights("")

    init() {}
    init(_ weights: InitialWeights) { self.weights = weights }

    static let name = "initial_weights"
    static let summary = "The first weights of a part of a model."
    static var fields: [Field<PartialWeights>] {
        [
            .required("file", \.weights.file, as: .path, "a file of weights: \(WeightFile.kinds)"),
            .optional(
                "strict", \.weights.isStrict,
                "whether all tensors must be there and be used; false takes those whose names fit and lists the others"
            ),
            .optional(
                "layers", \.weights.layers, as: Format<[String]>.list(of: String.format, count: 1...1000).orNull,
                "the layers that are given weights, with all within them; null for all"),
        ]
    }
}
