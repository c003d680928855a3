import Kernels
import Optimizers

/// Variables of given sizes with an optimizer, as flat arrays.
final class TestModel {
    let plan: UpdatePlan
    var progress = OptimizerProgress()
    private var parameters: [Float]
    private var gradients: [Float]
    private var slots: [Float]
    private var scratch: [Float]

    init(_ optimizer: any Optimizer, variables: [[Float]]) {
        var ranges: [Range<Int>] = []
        for variable in variables {
            let start = ranges.last?.upperBound ?? 0
            ranges.append(start..<start + variable.count)
        }
        plan = UpdatePlan(optimizer, variables: ranges)
        parameters = variables.flatMap { $0 }
        gradients = parameters
        slots = Array(repeating: .nan, count: plan.slotFloats)
        scratch = Array(repeating: .nan, count: plan.scratchFloats)
        withMemory(plan.fillSlots)
    }

    /// As a checkpoint does it: nothing is taken over but what would be written.
    init(_ optimizer: any Optimizer, resuming other: TestModel) {
        plan = UpdatePlan(optimizer, variables: other.plan.variables)
        progress = other.progress
        parameters = other.parameters
        slots = Array(repeating: .nan, count: plan.slotFloats)
        for range in plan.slotRanges { slots.replaceSubrange(range, with: other.slots[range]) }
        gradients = parameters
        scratch = Array(repeating: .nan, count: plan.scratchFloats)
    }

    static func squareSum(_ values: [Float], _ range: Range<Int>) -> Float {
        values.withUnsafeBufferPointer { Kernels.squareSum(range, of: $0.baseAddress!) }
    }

    var variables: [[Float]] { plan.variables.map { Array(parameters[$0]) } }
    /// All that the next step depends on, bit by bit.
    var bits: [UInt32] { (parameters + slots).map(\.bitPattern) }

    /// One step, measured in reverse and updated range by range, the last first: no order may matter.
    func step(_ gradients: [[Float]], learningRate: Double? = nil, cuts: [Int] = []) {
        self.gradients = gradients.flatMap { $0 }
        let borders = [0] + cuts + [parameters.count]
        let ranges = zip(borders, borders.dropFirst()).map { $0..<$1 }
        withMemory { memory in
            for range in ranges.reversed() { plan.gather(range, of: memory, after: progress) }
        }
        guard plan.finishGathering(&progress) else { return }
        let step = plan.begin(&progress, learningRate: learningRate)
        withMemory { memory in
            for piece in (0..<plan.measuringPieces).reversed() { plan.measure(piece, of: memory) }
            plan.finishMeasuring(memory)
            for range in ranges.reversed() { plan.update(range, of: memory, in: step) }
        }
    }

    func exchangeAverages() { withMemory { plan.exchangeAverages($0, after: progress) } }

    private func withMemory(_ body: (UpdateMemory) -> Void) {
        let count = parameters.count
        parameters.withUnsafeMutableBufferPointer { parameters in
            gradients.withUnsafeBufferPointer { gradients in
                slots.withUnsafeMutableBufferPointer { slots in
                    scratch.withUnsafeMutableBufferPointer { scratch in
                        body(
                            UpdateMemory(
                                parameters: parameters.baseAddress!, gradients: gradients.baseAddress!,
                                slots: slots.baseAddress!, scratch: scratch.baseAddress!, count: count))
                    }
                }
            }
        }
    }
}
