import Kernels

/// What a worker needs in its slot.
///
/// First comes what is needed for each image and what each group overwrites: values that live and die within one stage, and
/// the space of operations, packed by lifetime. A group multiplies every offset by its size. Behind that lie scratch space and the
/// sums that are gathered over a shard.
struct WorkingMemory {
    private(set) var valueOffsets: [Int: Int] = [:]
    private(set) var spaceOffsets: [Int: Int] = [:]
    /// For each stage.
    private(set) var demands: [Partition.Demand] = []
    /// Space that no group is too large for, which operations take turns to use.
    private(set) var scratchFloats = 0
    /// Where each gathered sum lies behind the first of its stage.
    private(set) var gatheredOffsets: [Int: Int] = [:]
    /// Floats of the stage that gathers most.
    private(set) var gatheredFloats = 0

    init(_ schedule: Schedule, _ sharing: Sharing) {
        for stage in 0..<schedule.stageCount { add(schedule.nodes(inStage: stage), schedule, sharing) }
        for (index, node) in schedule.graph.nodes.enumerated() where schedule.isNeeded[index] {
            scratchFloats = max(scratchFloats, node.operation?.workingScratch ?? 0)
        }
    }

    private mutating func add(_ steps: [Int], _ schedule: Schedule, _ sharing: Sharing) {
        let nodes = schedule.graph.nodes
        let position = Dictionary(uniqueKeysWithValues: zip(steps, steps.indices))
        var owners: [(node: Int, isSpace: Bool)] = []
        var blocks: [Block] = []
        var demand = Partition.Demand()
        var gathered = 0
        for (index, node) in steps.enumerated() {
            if sharing.isLocal[node], sharing.storage[node] == node {
                let first = position[schedule.producer(of: node), default: 0]
                let last = sharing.lastReader(of: node).flatMap { position[$0] } ?? first
                owners.append((node, false))
                blocks.append(Block(floats: roundedToLines(nodes[node].type.shape.count), first: first, last: last))
            }
            guard let operation = nodes[node].operation else { continue }
            if operation.workingSpace > 0 {
                owners.append((node, true))
                blocks.append(Block(floats: roundedToLines(operation.workingSpace), first: index, last: index))
            }
            demand.weightFloats = max(demand.weightFloats, operation.weightFloats)
            if operation.gatheredFloats > 0 {
                gatheredOffsets[node] = gathered
                gathered += roundedToLines(operation.gatheredFloats)
            }
        }
        gatheredFloats = max(gatheredFloats, gathered)
        let (offsets, total) = place(blocks)
        for (owner, offset) in zip(owners, offsets) {
            if owner.isSpace { spaceOffsets[owner.node] = offset } else { valueOffsets[owner.node] = offset }
        }
        demand.floats = total
        demands.append(demand)
    }
}
