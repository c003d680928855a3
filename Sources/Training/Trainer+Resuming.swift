import Optimizers

/// Why a saved state cannot have come from this training.
package struct StateMisfit: Error, Sendable, CustomStringConvertible {
    /// The value that does not fit and its possible range.
    package let description: String
}

extension Trainer {
    /// Continues from a saved state; restoring the values of the parameters is up to the caller.
    ///
    /// A state that does not fit changes nothing: an edited checkpoint must neither crash the process nor lead to results
    /// that no training could have reached.
    package func resume(
        _ state: TrainingState, progress: OptimizerProgress, slots: [Float]
    ) throws(StateMisfit) {
        if let misfit = misfit(of: state, progress, slots) { throw StateMisfit(description: misfit) }
        self.state = state
        updater.progress = progress
        updater.slotValues = slots
    }

    private func misfit(of state: TrainingState, _ progress: OptimizerProgress, _ slots: [Float]) -> String? {
        let phase = self.state.phase
        let firstEpochs = phase == 0 ? 0...0 : phase...max(phase, settings.epochsBefore)
        if let misfit = complaint("the phase", state.phase, unlessIn: phase...phase)
            ?? complaint("the phase's first epoch", state.firstEpoch, unlessIn: firstEpochs)
        {
            return misfit
        }
        let end = state.firstEpoch + settings.epochs
        let lastStep = max(source.batchCount - 1, 0)
        if let misfit = complaint("epoch", state.epoch, unlessIn: state.firstEpoch...end)
            ?? complaint("the number of recorded epochs", state.history.count, unlessIn: state.epoch...state.epoch)
            ?? complaint("step", state.step, unlessIn: 0...(state.epoch < end ? lastStep : 0))
        {
            return misfit
        }
        // Only the last batch of an epoch can be short, and after it the next epoch begins.
        let images = state.step * source.batchSize
        let slotCount = updater.slotCount
        let batches = (state.epoch - state.firstEpoch) * source.batchCount + state.step
        let (steps, gathered) = batches.quotientAndRemainder(dividingBy: updater.plan.batchesPerStep)
        return complaint("the number of images seen", state.images, unlessIn: images...images)
            ?? complaint("the number of correct images", state.correct, unlessIn: 0...images)
            ?? complaint("the optimizer's step", progress.steps, unlessIn: steps...steps)
            ?? complaint("the number of gathered batches", progress.gathered, unlessIn: gathered...gathered)
            ?? complaint("the number of the optimizer's values", slots.count, unlessIn: slotCount...slotCount)
            ?? state.callbacks.enumerated().lazy.compactMap { index, callback in
                callback.misfit(after: state.epoch).map { "callback \(index + 1), \(callback.name): \($0)" }
            }.first
    }
}

/// `wait is 7, and can only be from 0 to 3`; nil for a value in the range.
func complaint(_ name: String, _ value: Int, unlessIn range: ClosedRange<Int>) -> String? {
    if range.contains(value) { return nil }
    let (first, last) = (range.lowerBound, range.upperBound)
    let possible = first == last ? "\(first)" : "from \(first) to \(last)"
    return "\(name) is \(value), and can only be \(possible)"
}
