import Kernels

/// An optimizer bound to the variables of a model: how one step is done by many threads without allocating.
///
///     team: for each range, plan.gather(range, of: memory, after: progress)   // only if batches share a step
///     guard plan.finishGathering(&progress) else { return }
///     let step = plan.begin(&progress)
///     team: for each piece, plan.measure(piece, of: memory)                   // only if norms are clipped
///     plan.finishMeasuring(memory)
///     team: for each range, plan.update(range, of: memory, in: step)
package struct UpdatePlan: Sendable {
    package let optimizer: any Optimizer
    /// Where each trainable variable lies in the flat arrays, in their order and without gaps.
    package let variables: [Range<Int>]
    private let norms: GradientNorms?

    /// One step's coefficients: computed once, read by all threads.
    package struct Step: Sendable {
        let rule: any UpdateRule
        let preparation: UpdatePreparation
    }

    package init(_ optimizer: any Optimizer, variables: [Range<Int>]) {
        self.optimizer = optimizer
        self.variables = variables
        norms = GradientNorms(optimizer.options, variables: variables)
    }

    /// How many parameters there are.
    package var parameterCount: Int { variables.last?.upperBound ?? 0 }
    /// What is kept for every parameter, in the order of memory.
    private var slots: [Slot] { optimizer.slots + optimizer.options.slots }
    private var averageSlot: Int? { optimizer.options.usesAverage ? optimizer.slots.count : nil }
    private var gatheringSlot: Int? { gathersGradients ? slots.count - 1 : nil }
    /// Whether several batches share a step.
    package var gathersGradients: Bool { optimizer.options.accumulatedSteps != nil }
    /// Batches for each step.
    package var batchesPerStep: Int { optimizer.options.accumulatedSteps ?? 1 }
    /// How many floats all slots take.
    package var slotFloats: Int { slots.count * slotStride }
    private var slotStride: Int { UpdateMemory.slotStride(parameters: parameterCount) }

    /// Where the values of each slot lie among all of them; what is between is padding.
    package var slotRanges: [Range<Int>] {
        slots.indices.map { $0 * slotStride..<$0 * slotStride + parameterCount }
    }
    /// Floats of working space for a step.
    package var scratchFloats: Int { norms?.scratchCount ?? 0 }
    /// How many pieces of the gradients must be measured before an update.
    package var measuringPieces: Int { norms?.blockCount ?? 0 }

    /// Sets the slots to their values before the first step.
    package func fillSlots(_ memory: UpdateMemory) {
        for (index, slot) in slots.enumerated() { memory.fillSlot(index, with: slot.initialValue) }
    }

    /// What the schedule gives for a step; it counts batches, of which a step may gather several.
    package func rate(ofStep step: Int) -> Double {
        optimizer.learningRate.rate(at: (step + 1) * batchesPerStep - 1)
    }

    /// Counts a step and computes what is the same for all parameters; a callback's learning rate replaces the schedule's.
    package func begin(_ progress: inout OptimizerProgress, learningRate: Double? = nil) -> Step {
        let rate = learningRate ?? rate(ofStep: progress.steps)
        progress.steps += 1
        var preparation = optimizer.options.preparation(learningRate: rate)
        if let averageSlot {
            preparation.averageSlot = averageSlot
            // As in Keras, the average begins with what the first step makes of the parameters.
            preparation.averageGain = progress.steps == 1 ? 1 : averageGain
        }
        return Step(rule: optimizer.rule(learningRate: rate, progress: &progress), preparation: preparation)
    }

    /// Takes a batch's share of one range of the gradients; ranges that do not overlap may be gathered at the same time.
    package func gather(_ range: Range<Int>, of memory: UpdateMemory, after progress: OptimizerProgress) {
        guard let gatheringSlot else { return }
        memory.gather(
            range, inSlot: gatheringSlot, share: 1 / Float(batchesPerStep), overwrites: progress.gathered == 0)
        // As in Keras, averages follow after every batch, also after those between steps.
        guard let averageSlot, progress.steps > 0, progress.gathered + 1 < batchesPerStep else { return }
        memory.average(range, inSlot: averageSlot, gain: averageGain)
    }

    /// How far averages go towards the parameters at a time.
    private var averageGain: Float { Float(1 - optimizer.options.averageMomentum) }

    /// Counts a batch; returns whether there are enough of them for a step.
    package func finishGathering(_ progress: inout OptimizerProgress) -> Bool {
        progress.gathered = (progress.gathered + 1) % batchesPerStep
        return progress.gathered == 0
    }

    /// The memory of a step, which reads whatever was gathered.
    private func gathered(_ memory: UpdateMemory) -> UpdateMemory {
        gatheringSlot.map { memory.readingGradients(fromSlot: $0) } ?? memory
    }

    /// Exchanges the parameters and their moving averages, if those are kept and there has been a step.
    package func exchangeAverages(_ memory: UpdateMemory, after progress: OptimizerProgress) {
        guard let averageSlot, progress.steps > 0 else { return }
        memory.exchangeParameters(withSlot: averageSlot)
    }

    /// Sums up the squares of one piece of the gradients; pieces may be measured in any order and at the same time.
    package func measure(_ piece: Int, of memory: UpdateMemory) {
        norms?.sum(block: piece, of: gathered(memory))
    }

    /// Turns the pieces' sums into scales, once all pieces are measured.
    package func finishMeasuring(_ memory: UpdateMemory) {
        norms?.finish(memory)
    }

    /// Updates one range of parameters; ranges that do not overlap may be updated at the same time.
    package func update(_ range: Range<Int>, of memory: UpdateMemory, in step: Step) {
        let memory = gathered(memory)
        if norms == nil { return step.rule.update(range, of: memory, after: step.preparation) }
        var preparation = step.preparation
        for (variable, extent) in variables.enumerated() where extent.overlaps(range) {
            preparation.gradientScale = memory.scratch[variable]
            step.rule.update(range.clamped(to: extent), of: memory, after: preparation)
        }
    }
}
