import Kernels
import Tensors

/// Runs a graph node by node, each value in memory of its own: nothing is planned, shared or overwritten.
///
/// Slow and obvious: the oracle that programs are compared with, bit for bit. It adds up the same shards and groups, because
/// they are part of what a result means.
package final class Interpreter {
    private let schedule: Schedule
    private let partition: Partition
    private let parameters: Parameters
    private var memories: [Int: FloatMemory] = [:]
    private var feeds: [String: FloatMemory]

    /// Prepares to run with a program's partition.
    package init(
        _ graph: Graph, parameters: Parameters, partition: Partition, outputs: [Value], feeds: [String: FloatMemory]
    ) {
        schedule = Schedule(graph, outputs: outputs)
        self.partition = partition
        self.parameters = parameters
        self.feeds = feeds
    }

    /// Runs everything once, on this thread.
    package func run(key: UInt64) throws {
        memories = [:]
        for index in schedule.graph.nodes.indices where schedule.isNeeded[index] { try run(node: index, key: key) }
    }

    /// A copy of any value of the last run.
    package func values(of value: Value) -> [Float] {
        let count = value.shape.count * (value.type.extent == .image ? partition.batch : 1)
        return Array(UnsafeBufferPointer(start: slot(value).base, count: count))
    }

    private func run(node index: Int, key: UInt64) throws {
        let node = schedule.graph.nodes[index]
        guard let operation = node.operation else { return }
        let images = node.type.extent == .image ? partition.batch : 1
        let result = try FloatMemory(count: node.type.shape.count * images)
        memories[index] = result
        let byproduct = schedule.byproduct(of: index)
        if let byproduct {
            memories[byproduct] = try FloatMemory(
                count: schedule.graph.nodes[byproduct].type.shape.count * partition.batch)
        }
        let preparation = operation.stagePreparation
        let prepared = try FloatMemory(count: preparation?.floats ?? 0)
        let stage = schedule.execution[index].stage
        let isWhole = if case .whole = operation.role { true } else { false }
        let group = isWhole ? 0 : partition.groups[stage]
        let space = try FloatMemory(count: operation.workingSpace * group)
        let scratch = try FloatMemory(count: operation.workingScratch)
        let partFloats = operation.sumFloats
        let parts = try FloatMemory(count: partFloats * partition.shards)
        var memory = StepMemory(
            inputs: node.inputs.map(slot),
            output: Slot(base: result.base, imageStride: node.type.extent == .image ? node.type.shape.count : 0),
            rest: result.base)
        memory.byproduct = byproduct.map { slot(Value(node: $0, type: schedule.graph.nodes[$0].type)) }
        memory.space.base = space.base
        memory.scratch.base = scratch.base
        memory.prepared = prepared.base
        memory.parts = parts.base
        memory.partStride = partFloats
        let step = Step.make(operation, memory)
        let context = StepContext(feedCount: 0, partition: partition, slotFloats: 0)
        context.key = key
        if preparation != nil { runBarrier(step, context) }
        if !isWhole {
            for shard in 0..<partition.shards {
                partition.forEachGroup(of: shard, images: group) { images in
                    step.perform(images: images, shard: shard, worker: 0, context)
                }
            }
        }
        if preparation == nil { runBarrier(step, context) }
    }

    private func runBarrier(_ step: Step, _ context: StepContext) {
        for piece in 0..<step.barrierPieces { step.performAtBarrier(piece: piece, context) }
    }

    private func slot(_ value: Value) -> Slot {
        let stride = value.type.extent == .image ? value.shape.count : 0
        switch schedule.graph.nodes[value.node].origin {
        case .feed(let name): return Slot(base: feeds[name]!.base, imageStride: stride)
        case .parameter(let parameter): return Slot(base: parameters.address(of: parameter))
        case .operation, .byproduct: return Slot(base: memories[value.node]!.base, imageStride: stride)
        }
    }
}
