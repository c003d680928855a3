import Kernels

/// What must outlive a group of images, packed by the moments at which it is needed: values of the whole batch, parts of sums,
/// and what is prepared before a stage.
struct KeptMemory {
    private(set) var valueOffsets: [Int: Int] = [:]
    private(set) var partOffsets: [Int: Int] = [:]
    private(set) var preparedOffsets: [Int: Int] = [:]
    let floats: Int

    private enum Owner {
        case value(Int)
        case part(Int)
        case prepared(Int)
    }

    /// `external` nodes have memory elsewhere.
    init(_ schedule: Schedule, _ sharing: Sharing, _ partition: Partition, external: Set<Int>) {
        let nodes = schedule.graph.nodes
        let end = 2 * schedule.stageCount + 2
        var owners: [Owner] = []
        var blocks: [Block] = []
        func keep(_ owner: Owner, _ floats: Int, from first: Int, to last: Int) {
            owners.append(owner)
            blocks.append(Block(floats: floats, first: first, last: last))
        }
        for index in nodes.indices where schedule.isNeeded[index] {
            guard nodes[schedule.producer(of: index)].operation != nil else { continue }
            let execution = schedule.execution[index].time
            if sharing.storage[index] == index, !sharing.isLocal[index], !external.contains(index) {
                let last = sharing.isOutput(index) ? end : sharing.lastMoment(of: index).time
                keep(
                    .value(index), roundedToLines(nodes[index].type.floats(batch: partition.batch)),
                    from: schedule.completion[index].time, to: last)
            }
            guard let operation = nodes[index].operation else { continue }
            if operation.sumFloats > 0 {
                keep(
                    .part(index), roundedToLines(operation.sumFloats) * partition.shards, from: execution,
                    to: execution + 1)
            }
            if let preparation = operation.stagePreparation {
                keep(.prepared(index), roundedToLines(preparation.floats), from: execution - 1, to: execution)
            }
        }
        let (offsets, total) = place(blocks)
        for (owner, offset) in zip(owners, offsets) {
            switch owner {
            case .value(let node): valueOffsets[node] = offset
            case .part(let node): partOffsets[node] = offset
            case .prepared(let node): preparedOffsets[node] = offset
            }
        }
        floats = total
    }
}
