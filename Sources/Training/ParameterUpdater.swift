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

    /// How many floats the slots hold, the padding between them not counted.
    var slotCount: Int { plan.slotRanges.count * plan.parameterCount }

    /// Slot after slot, without padding; as many must be set as there are.
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

    /// The first parameter of a share: also that of a cache line, because what lies in two lines takes twice as long.
    private func beginning(of share: Int) -> Int {
        let count = plan.parameterCount
        return share == pieces ? count : count * share / pieces / 16 * 16
    }

    func run(_ index: Int, worker: Int) {
        guard let step else { return plan.measure(index, of: memory) }
        plan.update(beginning(of: index)..<beginning(of: index + 1), of: memory, in: step)
    }
}
