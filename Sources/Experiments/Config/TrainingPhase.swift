import Layers
import Optimizers
import Schema

/// A part of a training with its own optimizer, in which some layers learn and others do not.
package struct TrainingPhase: Described {
    package var epochs = 1
    /// Names of layers, with `*` and `!`; nil for those that learn by themselves.
    package var learn: [String]?
    /// Nil for the one of the whole training.
    package var optimizer: (any Optimizer)?
    /// Where it was written, for messages.
    package private(set) var place: Place?

    package init() {}

    package static let name = "phase"
    package static let summary =
        "A part of the training: which layers learn, how long, by which rule. It begins with the weights of the one before."
    package static var fields: [Field<TrainingPhase>] {
        [
            .required("epochs", \.epochs, in: 1...1_000_000, "how often every image is seen"),
            .optional(
                "learn", \.learn, as: Format<[String]>.list(of: String.format, count: 1...1000).orNull,
                """
                names of the layers that learn, whatever their \"trainable\" says, and with them the layers within; \
                \"*\" stands for any letters, \"!\" takes away from what was named before; null for what \"trainable\" says
                """),
            .optional(
                "optimizer", \.optimizer, as: Format<any Optimizer>.optimizer.orNull,
                "how weights are changed; null for the optimizer of the training"),
        ]
    }

    /// Which layers learn, if the phase says so.
    var selection: LayerSelection? { learn.map { LayerSelection($0) } }
}

extension Format where Value == TrainingPhase {
    /// A phase that knows where it was written.
    static var phase: Format {
        let format = TrainingPhase.format
        return Format(
            expecting: format.expectation, schema: format.schema,
            read: { place, problems in
                var phase = format.read(place, &problems)
                phase?.remember(place)
                return phase
            },
            write: format.write)
    }
}

extension TrainingPhase {
    fileprivate mutating func remember(_ place: Place) { self.place = place }

    /// What it names and the model has not.
    func problems(in network: Network) -> [Problem] {
        guard let selection, let place = place?["learn"] ?? place else { return [] }
        let names = network.training.rows.map(\.name)
        return selection.unused(among: names).map { pattern in
            place.problem("there is no layer called \(quoted(pattern))", remedy: remedy(for: pattern, among: names))
        }
    }
}
