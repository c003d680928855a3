import Kernels

/// What the stages need for one image, in a slot that each group of images overwrites: values that live and die within one
/// stage, and the space of operations, packed by lifetime. A group multiplies every offset by its size.
struct WorkingMemory {
    private(set) var valueOffsets: [Int: Int] = [:]
    private(set) var spaceOffsets: [Int: Int] = [:]
    /// For each stage.
    private(set) var demands: [Partition.Demand] = []
    /// Behind all that: space that no group is too large for, which operations take turns to use.
    private(set) var scratchFloats = 0

    init(_ schedule: Schedule, _ sharing: Sharing) {
        for stage in 0..<schedule.stageCount { add(schedule.nodes(inStage: stage), schedule, sharing) }
    }

    private mutating func add(_ steps: [Int], _ schedule: Schedule, _ sharing: Sharing) {
        let nodes = schedule.graph.nodes
        let position = Dictionary(uniqueKeysWithValues: zip(steps, steps.indices))
        var owners: [(node: Int, isSpace: Bool)] = []
        var blocks: [Block] = []
        var demand = Partition.Demand()
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
            scratchFloats = max(scratchFloats, operation.workingScratch)
        }
        let (offsets, total) = place(blocks)
        for (owner, offset) in zip(owners, offsets) {
            if owner.isSpace { spaceOffsets[owner.node] = offset } else { valueOffsets[owner.node] = offset }
        }
        demand.floats = total
        demands.append(demand)
    }
}
