import Layers
import Optimizers
import Schema
import Training

/// How weights are found: Keras's `compile` and `fit`, with their arguments and defaults.
package struct TrainingSettings: Described {
    /// With 0 the initial weights are evaluated; the sum of the phases' where there are some.
    package var epochs: Int {
        get { phases.isEmpty ? givenEpochs : phases.reduce(0) { $0 + $1.epochs } }
        set { givenEpochs = newValue }
    }
    private var givenEpochs = 1
    /// The last batch of an epoch may be smaller.
    package var batchSize = 32
    /// Anew for every epoch.
    package var shuffle = true
    /// The update rule.
    package var optimizer: any Optimizer = RMSprop()
    /// What is made small.
    package var loss: any Loss = SparseCategoricalCrossentropy()
    /// Asked in this order.
    package var callbacks: [any Callback] = []
    /// One after the other; without any, the whole training is one.
    package var phases: [TrainingPhase] = []
    /// How much images of each class count; nil where all count the same.
    package var classWeights: ClassWeights?
    /// Alpha of the beta distribution of MixUp's shares.
    package var mixup: Double?
    /// Beside the checkpoint after every epoch; counted in steps.
    package var checkpointEvery: Int?

    package init() {}

    package static let name = "training"
    package static let summary = "How the model is trained."
    package static var fields: [Field<TrainingSettings>] {
        [
            .optional("epochs", \.epochs, in: 0...1_000_000, "how often every image is seen; 0 trains nothing"),
            .optional("batch_size", \.batchSize, in: 1...1_000_000, "how many images a step is computed from"),
            .optional("shuffle", \.shuffle, "whether every epoch has its own order of images"),
            .optional("optimizer", \.optimizer, as: .optimizer, "how weights are changed"),
            .optional("loss", \.loss, as: .loss, "what training minimizes"),
            .optional(
                "class_weight", \.classWeights,
                """
                how much images of a class count in the training loss, by the class's number: { "3": 2.5 }; the others \
                count 1; null for all the same
                """),
            .optional("callbacks", \.callbacks, as: .list(of: .callback, count: ...100), "what steers the training"),
            .optional(
                "phases", \.phases, as: .list(of: .phase, count: 0...100),
                "parts of the training in which other layers learn, one after the other, as in fine-tuning"),
            .optional(
                "mixup", \.mixup, in: .above(0, upTo: 1000),
                "mixes each image with another one, by shares from a beta distribution with this alpha; null to mix none"
            ),
            .optional(
                "checkpoint_every", \.checkpointEvery, in: 1...,
                "steps between checkpoints within an epoch; null for one after each epoch"),
        ]
    }

    /// The parts of the training; the whole of it where the config names none.
    package var courses: [TrainingPhase] {
        guard phases.isEmpty else { return phases }
        var whole = TrainingPhase()
        whole.epochs = epochs
        return [whole]
    }

    /// What is right by itself but not together.
    package func check(at place: Place, _ problems: inout Problems) {
        if !phases.isEmpty, let stated = place["epochs"], givenEpochs != epochs {
            problems.append(
                stated.problem(
                    "the phases have \(epochs) epochs together, and not \(givenEpochs)",
                    remedy: "leave \(quoted("epochs")) out, or change the phases"))
        }
        if phases.isEmpty || phases.contains(where: { $0.optimizer == nil }) {
            checkRate(of: optimizer, at: place, &problems)
        }
        for case let optimizer? in phases.map(\.optimizer) { checkRate(of: optimizer, at: place, &problems) }
    }

    /// Two masters of one learning rate: the later would silently undo the earlier.
    private func checkRate(of optimizer: any Optimizer, at place: Place, _ problems: inout Problems) {
        var master: String? = optimizer.learningRate is ConstantRate ? nil : "the optimizer's schedule"
        for (index, callback) in callbacks.enumerated() {
            let name = type(of: callback).name
            guard callback is LearningRateScheduler || callback is ReduceLROnPlateau else { continue }
            if let master, !(callback is ReduceLROnPlateau && master == ReduceLROnPlateau.name) {
                let place = place["callbacks"]?[index] ?? place
                problems.append(
                    place.problem("\(name) and \(master) both set the learning rate", remedy: "keep one of them"))
            }
            master = master ?? name
        }
    }
}
