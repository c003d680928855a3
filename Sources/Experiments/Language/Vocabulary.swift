import Layers
import Optimizers
import Schema
import Training

/// Types of which a config chooses one by its name, as help lists and explains them.
package struct Vocabulary: Sendable {
    /// What they are called: `layers`.
    package let name: String
    /// Where one of them stands in a config.
    package let summary: String
    /// In the order of the reference.
    package let types: [any Described.Type]
    /// What each of them may have beside its own keys.
    package let commonKeys: [KeyReference]

    private init<Member>(
        _ name: String, _ summary: String, _ family: Family<Member>, commonKeys: [KeyReference] = []
    ) {
        self.name = name
        self.summary = summary
        types = family.types
        self.commonKeys = commonKeys
    }

    package static var all: [Vocabulary] {
        [
            Vocabulary(
                "layers", "what a model is made of, in model.layers", Format.layers,
                commonKeys: PlacedLayer.keyReferences),
            Vocabulary("optimizers", "how weights follow their gradients, in training.optimizer", Format.optimizers),
            Vocabulary("schedules", "how a learning_rate changes from step to step", Format.schedules),
            Vocabulary("losses", "the function that training minimizes, in training.loss", Format.losses),
            Vocabulary(
                "callbacks", "what stops, steers or records a training, in training.callbacks", Format.callbacks),
            Vocabulary(
                "initializers", "what weights begin with, in keys such as kernel_initializer", Format.initializers),
            Vocabulary(
                "regularizers", "what keeps weights small, in keys such as kernel_regularizer", Format.regularizers),
        ]
    }
}
