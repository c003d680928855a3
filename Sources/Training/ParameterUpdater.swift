import Kernels
import Optimizers
import Tensors

/// An optimizer at work on a network's parameters: its memory, and one step of it by all threads.
final class ParameterUpdater: Job {
    let plan: UpdatePlan
    let slots: FloatMemory
    var progress = OptimizerProgress()
    private let scratch: FloatMemory
    private let memory: UpdateMemory
    private var step: UpdatePlan.Step?

    init(_ optimizer: any Optimizer, _ parameters: Parameters) throws(MemoryError) {
        plan = UpdatePlan(
            optimizer, variables: parameters.all.filter(\.isTrainable).map { parameters.range(of: $0) })
        slots = try FloatMemory(count: plan.slotFloats)
        scratch = try FloatMemory(count: plan.scratchFloats)
        memory = UpdateMemory(
            parameters: parameters.trainable.base, gradients: parameters.gradients.base, slots: slots.base,
            scratch: scratch.base, count: plan.parameterCount)
        plan.fillSlots(memory)
    }

    /// The optimizer's own rate for the next step.
    var scheduledRate: Double { plan.optimizer.learningRate.rate(at: progress.steps) }

    /// One step with the gradients that lie ready; a given rate replaces the schedule's.
    func update(learningRate: Double?, team: Team) {
        if plan.measuringPieces > 0 {
            step = nil
            team.run(self, count: plan.measuringPieces)
            plan.finishMeasuring(memory)
        }
        step = plan.begin(&progress, learningRate: learningRate)
        team.run(self, count: pieces)
    }

    /// Shares worth handing out.
    private var pieces: Int { min(16, max(1, plan.parameterCount / 16_384)) }

    /// The parameters of one piece. They begin with a cache line, because what lies in two lines takes twice as long.
    private func share(_ index: Int) -> Range<Int> {
        let share = (0..<plan.parameterCount).share(index, of: pieces)
        func beginning(_ parameter: Int) -> Int { parameter / lineFloats * lineFloats }
        let isLast = index + 1 == pieces
        return beginning(share.lowerBound)..<(isLast ? share.upperBound : beginning(share.upperBound))
    }

    func run(_ index: Int, worker: Int) {
        guard let step else { return plan.measure(index, of: memory) }
        plan.update(share(index), of: memory, in: step)
    }
}
