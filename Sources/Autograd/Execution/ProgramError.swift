import Machine
import Tensors

/// Why a graph cannot become a program.
package enum ProgramError: Error, Sendable, Equatable, CustomStringConvertible {
    /// No batch of that many images.
    case batch(Int)
    /// More memory than the process was given; the layer that wants most, and its shape.
    case memory(bytes: Int, given: Grant, batch: Int, layer: String, shape: Shape)

    /// Parameters that alone are more than was given; the largest.
    case parameters(bytes: Int, given: Grant, largest: String, shape: Shape)

    /// The error for parameters that alone are more than was given.
    package static func parameters(_ all: [Parameter], given: Grant) -> ProgramError {
        let largest = all.max { $0.shape.count < $1.shape.count }
        let count = all.reduce(0) { min(Shape.tooMany, $0 + $1.shape.count) }
        return .parameters(
            bytes: count * MemoryLayout<Float>.stride, given: given, largest: largest?.name ?? "",
            shape: largest?.shape ?? Shape())
    }

    /// One line with the remedy.
    package var description: String {
        switch self {
        case .batch(let size):
            return "a batch of \(size) images cannot be run; it must have between 1 and \(Program.largestBatch)"
        case .memory(let bytes, let given, let batch, let layer, let shape):
            return "the memory plan for a batch of \(batch) needs \(bytes >> 20) MiB, and \(given.giver) gives "
                + "\(given.amount >> 20) MiB; \(layer) wants most, with \(shape); "
                + "a smaller batch_size or a smaller layer needs less"
        case .parameters(let bytes, let given, let largest, let shape):
            return "the parameters need \(bytes >> 20) MiB, and \(given.giver) gives \(given.amount >> 20) MiB; "
                + "\(largest) is the largest, with \(shape); a smaller layer needs less"
        }
    }
}

extension Schedule {
    static var given: Grant { Given.toThisProcess.memory }

    /// Floats that an operation works with beside its result.
    private func ownFloats(_ index: Int) -> Double {
        guard let operation = graph.nodes[index].operation else { return 0 }
        let parts = [
            operation.workingSpace, operation.workingScratch, operation.sumFloats, operation.gatheredFloats,
            operation.stagePreparation?.floats ?? 0,
        ]
        return parts.reduce(0) { $0 + Double($1) }
    }

    /// Of all needed nodes the one that takes most, with what its operation works with, as a fact for the user; as a plan has it,
    /// if it came to one.
    func tooLarge(bytes: Int, batch: Int, in plan: MemoryPlan? = nil) -> ProgramError {
        func floats(_ index: Int) -> Double {
            if let plan { return plan.floats(of: index, in: self) }
            let type = graph.nodes[index].type
            return Double(type.shape.count) * (type.extent == .image ? Double(batch) : 1) + ownFloats(index)
        }
        let largest = graph.nodes.indices.filter { isNeeded[$0] }.max { floats($0) < floats($1) } ?? 0
        return .memory(
            bytes: bytes, given: Self.given, batch: batch, layer: graph.nodes[largest].layer,
            shape: graph.nodes[largest].type.shape)
    }

    /// Refuses what alone is more than was given, before sums of sizes could overflow.
    func checkMemory(batch: Int) throws(ProgramError) {
        var total = 0.0
        for index in graph.nodes.indices where isNeeded[index] {
            let type = graph.nodes[index].type
            // A stage may see one image at a time, but some image's value must fit, and what its operation works with.
            let (value, own) = (4 * Double(type.shape.count), 4 * ownFloats(index))
            total += value * (type.extent == .image ? Double(batch) : 1) + own
            if max(value, own) > Double(Self.given.amount) {
                throw tooLarge(bytes: Int(min(value + own, 0x1p62)), batch: batch)
            }
        }
        // No plan that shares memory saves a factor of a thousand; beyond that, sums of sizes could overflow.
        if total > 1024 * Double(Self.given.amount) {
            throw tooLarge(bytes: Int(min(total, 0x1p62)), batch: batch)
        }
    }
}
