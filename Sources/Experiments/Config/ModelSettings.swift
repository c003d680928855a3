import Layers
import Schema

/// The layers, and where their first weights come from.
package struct ModelSettings: Described {
    /// In the order of the data.
    package var layers: [PlacedLayer] = []
    /// Nil to begin with weights that are drawn, but for layers that say otherwise.
    package var initialWeights: InitialWeights?

    /// The most layers that a config may have, blocks repeated.
    package static let mostLayers = 10_000

    /// Without layers, which is only right until it is read.
    package init() {}

    package static let name = "model"
    package static let summary = "The network, layer by layer."
    package static var fields: [Field<ModelSettings>] {
        [
            .required(
                "layers", \.layers, as: .list(of: .placedLayer, count: 1...mostLayers), "which layers, in order"),
            .optional(
                "initial_weights", \.initialWeights,
                "a file with the first weights (\(WeightFile.kinds)), or an object with `file`; null to draw them"),
        ]
    }

    /// Whether the layers hang together; whether their shapes fit is known only with the images.
    package func check(at place: Place, _ problems: inout Problems) {
        layers.checkWiring(at: place["layers"] ?? place, &problems)
        guard let names = initialWeights?.layers, let list = place["initial_weights"]?["layers"] else { return }
        let known = layers.named.map(\.name)
        for (index, name) in names.enumerated() where !known.contains(name) {
            problems.append(
                (list[index] ?? list).problem(
                    "there is no layer \(quoted(name))", remedy: remedy(for: name, among: known)))
        }
    }
}
