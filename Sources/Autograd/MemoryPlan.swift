import Kernels
import Tensors

/// Memory that something needs for a while.
struct Block {
    let floats: Int
    let first: Int
    let last: Int
}

/// Places blocks so that those needed at the same time lie apart: the largest first, each as low as it fits.
func place(_ blocks: [Block]) -> (offsets: [Int], total: Int) {
    var offsets = [Int](repeating: 0, count: blocks.count)
    var placed: [Int] = []
    var total = 0
    let order = blocks.indices.sorted { (blocks[$1].floats, $0) < (blocks[$0].floats, $1) }
    for index in order where blocks[index].floats > 0 {
        let block = blocks[index]
        var offset = 0
        for other in placed where blocks[other].first <= block.last && block.first <= blocks[other].last {
            if offsets[other] >= offset + block.floats { break }
            offset = max(offset, offsets[other] + blocks[other].floats)
        }
        offsets[index] = offset
        total = max(total, offset + block.floats)
        placed.insert(index, at: placed.firstIndex { offsets[$0] > offset } ?? placed.endIndex)
    }
    return (offsets, total)
}

/// Where every value of a schedule lies in one arena, decided before anything runs.
///
/// Values that live and die within one stage lie in a slot of working memory, where each group of images overwrites the one
/// before; all others are kept for the whole batch. Both are packed by lifetime. Operations that may work in place do.
package struct MemoryPlan: Sendable {
    /// How the batch is shared out.
    package let partition: Partition
    /// Floats of working memory of one shard.
    let slotFloats: Int
    /// Floats of everything.
    let arenaFloats: Int
    /// For each node, its representative: nodes with the same one share memory.
    let storage: [Int]
    let isLocal: [Bool]
    /// Of local values, in a slot; of others, behind the slots.
    let valueOffsets: [Int: Int]
    let spaceOffsets: [Int: Int]
    /// In a slot, behind what grows with the group: one place for all operations, which take turns.
    let scratchOffset: Int
    let partOffsets: [Int: Int]
    let preparedOffsets: [Int: Int]

    /// Bytes that a program with this plan allocates.
    package var bytes: Int { arenaFloats * MemoryLayout<Float>.stride }
}

extension MemoryPlan {
    /// Plans a batch of that size. Outputs stay readable after the run; `external` nodes have memory elsewhere.
    init(_ schedule: Schedule, batch: Int, outputs: Set<Int>, external: Set<Int>) {
        let nodes = schedule.graph.nodes
        var sharing = Sharing(schedule, outputs: outputs, external: external)
        sharing.overwrite()

        // Working memory, in floats of one image: a group multiplies every offset by its size.
        var localOffsets: [Int: Int] = [:]
        var spaces: [Int: Int] = [:]
        var demands: [Partition.Demand] = []
        for stage in 0..<schedule.stageCount {
            let steps = schedule.nodes(inStage: stage)
            let position = Dictionary(uniqueKeysWithValues: zip(steps, steps.indices))
            var owners: [(node: Int, isSpace: Bool)] = []
            var blocks: [Block] = []
            for node in steps {
                if sharing.isLocal[node], sharing.storage[node] == node {
                    let first = position[schedule.graph.producerIndex(of: node), default: 0]
                    let last = sharing.lastReader(of: node).flatMap { position[$0] } ?? first
                    owners.append((node, false))
                    blocks.append(
                        Block(
                            floats: roundedToLines(nodes[node].type.shape.count), first: first, last: last))
                }
                if let space = nodes[node].operation?.workingSpace, space > 0 {
                    owners.append((node, true))
                    blocks.append(
                        Block(
                            floats: roundedToLines(space), first: position[node, default: 0],
                            last: position[node, default: 0]))
                }
            }
            let (offsets, total) = place(blocks)
            for (owner, offset) in zip(owners, offsets) {
                if owner.isSpace { spaces[owner.node] = offset } else { localOffsets[owner.node] = offset }
            }
            let weights = steps.compactMap { nodes[$0].operation?.weightFloats }.max() ?? 0
            demands.append(Partition.Demand(floats: total, weightFloats: weights))
        }

        let sums = nodes.indices.compactMap { schedule.isNeeded[$0] ? nodes[$0].operation as? any SumOperation : nil }
        let partFloats = sums.reduce(0) { $0 + $1.partFloats }
        partition = Partition(batch: batch, stages: demands, partFloats: partFloats)

        // Everything else, by moments.
        enum Owner {
            case value(Int)
            case part(Int)
            case prepared(Int)
        }
        var owners: [Owner] = []
        var blocks: [Block] = []
        let end = 2 * schedule.stageCount + 2
        for index in nodes.indices where schedule.isNeeded[index] {
            let operation = nodes[index].operation
            guard schedule.graph.producer(of: index).operation != nil else { continue }
            let execution = schedule.execution[index].time
            if sharing.storage[index] == index, !sharing.isLocal[index], !external.contains(index) {
                let count = nodes[index].type.shape.count * (nodes[index].type.extent == .image ? batch : 1)
                let last = sharing.isOutput(index) ? end : sharing.lastMoment(of: index).time
                owners.append(.value(index))
                blocks.append(
                    Block(floats: roundedToLines(count), first: schedule.completion[index].time, last: last))
            }
            if let sum = operation as? any SumOperation {
                owners.append(.part(index))
                blocks.append(
                    Block(
                        floats: roundedToLines(sum.partFloats) * partition.shards, first: execution, last: execution + 1
                    ))
            }
            if let preparation = (operation as? any ImageOperation)?.preparation {
                owners.append(.prepared(index))
                blocks.append(
                    Block(floats: roundedToLines(preparation.floats), first: execution - 1, last: execution))
            }
        }
        let (offsets, total) = place(blocks)
        let groups = partition.groups
        scratchOffset = zip(demands, groups).map { $0.floats * $1 }.max() ?? 0
        let scratches = nodes.indices.filter { schedule.isNeeded[$0] }.map { nodes[$0].operation?.workingScratch ?? 0 }
        slotFloats = scratchOffset + roundedToLines(scratches.max() ?? 0)
        let kept = slotFloats * partition.shards
        // Of the stage in which a node runs.
        func inGroup(_ offsets: [Int: Int]) -> [Int: Int] {
            Dictionary(
                uniqueKeysWithValues: offsets.map { ($0, $1 * groups[schedule.execution[$0].stage]) })
        }
        var values = inGroup(localOffsets)
        var parts: [Int: Int] = [:]
        var prepared: [Int: Int] = [:]
        for (owner, offset) in zip(owners, offsets) {
            switch owner {
            case .value(let node): values[node] = kept + offset
            case .part(let node): parts[node] = kept + offset
            case .prepared(let node): prepared[node] = kept + offset
            }
        }
        storage = sharing.storage
        isLocal = sharing.isLocal
        valueOffsets = values
        spaceOffsets = inGroup(spaces)
        partOffsets = parts
        preparedOffsets = prepared
        arenaFloats = kept + total
    }
}

extension Node {
    /// What the node computes, if it computes.
    var operation: (any Operation)? {
        if case .operation(let operation) = origin { return operation }
        return nil
    }
}

extension Operation {
    /// Floats of working space an image, for those that run in stages.
    var workingSpace: Int {
        (self as? any ImageOperation)?.space ?? (self as? any SumOperation)?.space ?? 0
    }

    /// Floats of weights, or of sums for weights, that each group of images goes through.
    var weightFloats: Int {
        (self as? any ImageOperation)?.preparation?.floats ?? (self as? any SumOperation)?.partFloats ?? 0
    }

    /// Floats of working space that do not depend on the group, for those that run in stages.
    var workingScratch: Int {
        (self as? any ImageOperation)?.scratch ?? (self as? any SumOperation)?.scratch ?? 0
    }
}
