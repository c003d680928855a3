import Optimizers
import Tensors

/// Training as observers see it: everything can be read, and nothing changed.
///
/// A view is live: each property has its value at the time of the call.
package struct TrainingView {
    private let trainer: Trainer

    init(of trainer: Trainer) { self.trainer = trainer }

    package var settings: TrainerSettings { trainer.settings }

    /// Includes the history of epochs and the callbacks' memories.
    package var state: TrainingState { trainer.state }

    /// In the order in which the layers created them.
    package var parameters: [Parameter] { trainer.network.parameters.all }

    /// A copy of a parameter's values.
    package func values(of parameter: Parameter) -> [Float] { trainer.network.parameters.values(of: parameter) }

    package var optimizerProgress: OptimizerProgress { trainer.updater.progress }

    /// The optimizer's per-parameter values, slot after slot, without padding.
    package var slotValues: [Float] { trainer.updater.slotValues }
}
