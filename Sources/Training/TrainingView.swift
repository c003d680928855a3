import Optimizers
import Tensors

/// Training as observers see it: all of it, and nothing that they could change.
///
/// A view is live: what it says is how things stand when it is asked.
package struct TrainingView {
    private let trainer: Trainer

    init(of trainer: Trainer) { self.trainer = trainer }

    package var settings: TrainerSettings { trainer.settings }

    /// How far training has come, every epoch so far and the callbacks' memories included.
    package var state: TrainingState { trainer.state }

    /// In the order in which the model made them.
    package var parameters: [Parameter] { trainer.network.parameters.all }

    /// A copy of a parameter's values.
    package func values(of parameter: Parameter) -> [Float] { trainer.network.parameters.values(of: parameter) }

    package var optimizerProgress: OptimizerProgress { trainer.updater.progress }

    /// What the optimizer remembers of the parameters, slot after slot without the padding between them.
    package var slotValues: [Float] { trainer.updater.slotValues }
}
