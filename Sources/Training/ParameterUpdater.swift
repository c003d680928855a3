import Kernels
import Optimizers
import Tensors

/// Applies an optimizer to a network's parameters, on all threads, and owns the optimizer's memory.
final class ParameterUpdater: Job {
    let plan: UpdatePlan
    let slots: FloatMemory
    var progress = OptimizerProgress()
    private let scratch: FloatMemory
    private let memory: UpdateMemory
    private var work = Work.gathering

    /// What the threads do at the moment.
    private enum Work {
        case gathering, measuring
        case updating(UpdatePlan.Step)
    }

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

    /// The number of floats in all slots, without the padding between them.
    var slotCount: Int { plan.slotRanges.count * plan.parameterCount }

    /// Slot after slot, without padding; a new value must have `slotCount` elements.
    var slotValues: [Float] {
        get { plan.slotRanges.flatMap { slots.values($0) } }
        set {
            precondition(newValue.count == slotCount)
            for (index, range) in plan.slotRanges.enumerated() {
                let first = index * plan.parameterCount
                slots.set(newValue[first..<first + plan.parameterCount], at: range.lowerBound)
            }
        }
    }

    /// The learning rate that the optimizer's schedule gives for the next step.
    var scheduledRate: Double { plan.rate(ofStep: progress.steps) }

    /// Updates the parameters from the current gradients, or gathers these for a later step; a learning rate replaces the
    /// schedule's.
    func update(learningRate: Double?, team: Team) {
        if plan.gathersGradients {
            work = .gathering
            team.run(self, count: pieces)
        }
        guard plan.finishGathering(&progress) else { return }
        if plan.measuringPieces > 0 {
            work = .measuring
            team.run(self, count: plan.measuringPieces)
            plan.finishMeasuring(memory)
        }
        work = .updating(plan.begin(&progress, learningRate: learningRate))
        team.run(self, count: pieces)
    }

    /// Exchanges the parameters and their moving averages, if such are kept: evaluation and files see the averages, while
    /// training goes on with the parameters themselves.
    func exchangeAverages() { plan.exchangeAverages(memory, after: progress) }

    private var pieces: Int { plan.parameterCount.pieces(noShorterThan: 16_384) }

    /// The parameters of one piece, aligned to a cache line, because a vector that straddles two lines takes twice as long.
    private func share(_ index: Int) -> Range<Int> {
        let share = (0..<plan.parameterCount).share(index, of: pieces)
        func beginning(_ parameter: Int) -> Int { parameter / lineFloats * lineFloats }
        let isLast = index + 1 == pieces
        return beginning(share.lowerBound)..<(isLast ? share.upperBound : beginning(share.upperBound))
    }

    func run(_ index: Int, worker: Int) {
        switch work {
        case .gathering: plan.gather(share(index), of: memory, after: progress)
        case .measuring: plan.measure(index, of: memory)
        case .updating(let step): plan.update(share(index), of: memory, in: step)
        }
    }
}
