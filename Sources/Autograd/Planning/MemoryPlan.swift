import Kernels

/// Where every value of a schedule lies in one arena, decided before anything runs.
///
/// At its beginning lie the slots of working memory, one for each worker, behind them what is kept for the whole batch.
/// Operations that may work in place do.
package struct MemoryPlan: Sendable {
    /// How the batch is shared out.
    package let partition: Partition
    /// Workers that have a slot.
    let slots: Int
    /// Floats of working memory of one worker.
    let slotFloats: Int
    /// Floats of everything.
    let arenaFloats: Int
    /// For each node, its representative: nodes with the same one share memory.
    let storage: [Int]
    let isLocal: [Bool]
    /// Of local values, in a slot; of others, in the arena.
    let valueOffsets: [Int: Int]
    let spaceOffsets: [Int: Int]
    /// In a slot, behind what grows with the group: one place for all operations, which take turns.
    let scratchOffset: Int
    /// In a slot, behind the scratch space.
    let gatheredOffsets: [Int: Int]
    let partOffsets: [Int: Int]
    let preparedOffsets: [Int: Int]

    /// Bytes that a program with this plan allocates.
    package var bytes: Int {
        let (bytes, overflows) = arenaFloats.multipliedReportingOverflow(by: MemoryLayout<Float>.stride)
        return overflows ? .max : bytes
    }
}

extension MemoryPlan {
    /// What a node takes of the arena, wherever that lies: for its value, and for what its operation works with.
    func floats(of node: Int, in schedule: Schedule) -> Double {
        let type = schedule.graph.nodes[node].type
        let stage = schedule.execution[node].stage
        let group = partition.groups.indices.contains(stage) ? partition.groups[stage] : 1
        let perWorker = Double(slots)
        let value =
            isLocal[node] ? Double(type.shape.count * group) * perWorker : Double(type.floats(batch: partition.batch))
        guard let operation = schedule.graph.nodes[node].operation else { return value }
        let space = Double(operation.workingSpace) * Double(group)
        let ofWorkers = (space + Double(operation.workingScratch + operation.gatheredFloats)) * perWorker
        return value + ofWorkers + Double(operation.sumFloats) * Double(partition.shards)
            + Double(operation.stagePreparation?.floats ?? 0)
    }

    /// Workers for which memory is planned where nobody says for how many, so that summaries are the same on every machine.
    package static let usualWorkers = 16

    /// Plans a batch of that size. Outputs stay readable after the run; `external` nodes have memory elsewhere.
    init(_ schedule: Schedule, batch: Int, outputs: Set<Int>, external: Set<Int>, workers: Int) {
        var sharing = Sharing(schedule, outputs: outputs, external: external)
        sharing.overwrite()
        let working = WorkingMemory(schedule, sharing)
        let partition = Partition(batch: batch, stages: working.demands, partFloats: schedule.sumFloats)
        let kept = KeptMemory(schedule, sharing, partition, external: external)

        scratchOffset = zip(working.demands, partition.groups).map { $0.floats * $1 }.max() ?? 0
        let gatheredOffset = scratchOffset + roundedToLines(working.scratchFloats)
        slotFloats = gatheredOffset + working.gatheredFloats
        slots = max(1, min(workers, max(partition.shards, schedule.scratchPieces)))
        let keptOffset = slotFloats * slots
        arenaFloats = keptOffset + kept.floats

        func inGroup(_ offsets: [Int: Int]) -> [Int: Int] {
            Dictionary(
                uniqueKeysWithValues: offsets.map { ($0, $1 * partition.groups[schedule.execution[$0].stage]) })
        }
        func behindSlots(_ offsets: [Int: Int]) -> [Int: Int] { offsets.mapValues { keptOffset + $0 } }
        spaceOffsets = inGroup(working.spaceOffsets)
        valueOffsets = inGroup(working.valueOffsets).merging(behindSlots(kept.valueOffsets)) { local, _ in local }
        gatheredOffsets = working.gatheredOffsets.mapValues { gatheredOffset + $0 }
        partOffsets = behindSlots(kept.partOffsets)
        preparedOffsets = behindSlots(kept.preparedOffsets)
        storage = sharing.storage
        isLocal = sharing.isLocal
        self.partition = partition
    }
}
