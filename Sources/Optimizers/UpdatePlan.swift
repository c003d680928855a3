import Kernels

/// An optimizer bound to the variables of a model: how one step is done by many threads without allocating.
///
///     let step = plan.begin(&progress)
///     team: for each piece, plan.measure(piece, of: memory)     // only if norms are clipped
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
    /// How many floats all slots take.
    package var slotFloats: Int { optimizer.slots.count * slotStride }
    private var slotStride: Int { UpdateMemory.slotStride(parameters: parameterCount) }

    /// Where the values of each slot lie among all of them; what is between is padding.
    package var slotRanges: [Range<Int>] {
        optimizer.slots.indices.map { $0 * slotStride..<$0 * slotStride + parameterCount }
    }
    /// Floats of working space for a step.
    package var scratchFloats: Int { norms?.scratchCount ?? 0 }
    /// How many pieces of the gradients must be measured before an update.
    package var measuringPieces: Int { norms?.blockCount ?? 0 }

    /// Sets the slots to their values before the first step.
    package func fillSlots(_ memory: UpdateMemory) {
        for (index, slot) in optimizer.slots.enumerated() { memory.fillSlot(index, with: slot.initialValue) }
    }

    /// Counts a step and computes what is the same for all parameters; a callback's learning rate replaces the schedule's.
    package func begin(_ progress: inout OptimizerProgress, learningRate: Double? = nil) -> Step {
        let rate = learningRate ?? optimizer.learningRate.rate(at: progress.steps)
        progress.steps += 1
        return Step(
            rule: optimizer.rule(learningRate: rate, progress: &progress),
            preparation: optimizer.options.preparation(learningRate: rate))
    }

    /// Sums up the squares of one piece of the gradients; pieces may be measured in any order and at the same time.
    package func measure(_ piece: Int, of memory: UpdateMemory) {
        norms?.sum(block: piece, of: memory)
    }

    /// Turns the pieces' sums into scales, once all pieces are measured.
    package func finishMeasuring(_ memory: UpdateMemory) {
        norms?.finish(memory)
    }

    /// Updates one range of parameters; ranges that do not overlap may be updated at the same time.
    package func update(_ range: Range<Int>, of memory: UpdateMemory, in step: Step) {
        if norms == nil { return step.rule.update(range, of: memory, after: step.preparation) }
        var preparation = step.preparation
        for (variable, extent) in variables.enumerated() where extent.overlaps(range) {
            preparation.gradientScale = memory.scratch[variable]
            step.rule.update(range.clamped(to: extent), of: memory, after: preparation)
        }
    }
}
