import Tensors

/// Where a value lies: a fixed address, or one that each batch or each worker gives.
struct Slot {
    /// The first float: of the batch, of the whole value, or of worker 0's part.
    var base: UnsafeMutablePointer<Float>
    /// Floats from one image to the next; 0 for whole values.
    var imageStride = 0
    /// Local values begin with the group's first image, others with the batch's.
    var isLocal = false
    /// The feed whose address takes the place of `base`.
    var feed: Int?
}

/// What changes from run to run and from worker to worker.
struct StepContext {
    var feeds: [UnsafeMutablePointer<Float>]
    var key: UInt64 = 0
    let partition: Partition
    /// Floats from one worker's working memory to the next.
    let slotFloats: Int
}

/// A node ready to run: its operation, and where everything lies.
struct Step {
    enum Role {
        case image(any ImageOperation)
        case sum(any SumOperation)
        case whole(any WholeOperation)
    }

    let role: Role
    var inputs: [Slot]
    var output: Slot
    /// A group's working space, local.
    var space: Slot
    /// A worker's scratch memory, local.
    var scratch: Slot
    var prepared: UnsafeMutablePointer<Float>
    var parts: UnsafeMutablePointer<Float>
    var partStride = 0
    var byproduct: Slot?

    /// Runs an image operation on a group, or adds the group to a sum's part.
    func perform(images: Range<Int>, shard: Int, worker: Int, _ context: borrowing StepContext) {
        let place = Place(firstImage: images.lowerBound, slot: worker * context.slotFloats)
        var run = start(place, context)
        run.images = images.count
        run.firstImage = images.lowerBound
        run.space = space.base + place.slot
        run.scratch = scratch.base + place.slot
        switch role {
        case .image(let operation):
            operation.run(run)
        case .sum(let operation):
            run.output = parts + shard * partStride
            operation.add(run)
        case .whole: break
        }
    }

    /// Pieces of what happens at a barrier: preparing, combining, or the whole operation.
    var barrierPieces: Int {
        switch role {
        case .image(let operation): operation.preparation?.pieces ?? 0
        case .sum(let operation): operation.pieces
        case .whole(let operation): operation.pieces
        }
    }

    /// Does one of them.
    func performAtBarrier(piece: Int, _ context: borrowing StepContext) {
        var run = start(Place(firstImage: 0, slot: 0), context)
        run.images = context.partition.batch
        run.piece = piece
        run.pieces = barrierPieces
        switch role {
        case .image(let operation):
            operation.prepare(run)
        case .sum(let operation):
            run.parts = parts
            run.partCount = context.partition.shards
            run.partStride = partStride
            operation.combine(run)
        case .whole(let operation):
            operation.run(run)
        }
    }

    /// Empties a shard's part of a sum.
    func clearPart(shard: Int) {
        if case .sum = role { (parts + shard * partStride).update(repeating: 0, count: partStride) }
    }

    private struct Place {
        let firstImage: Int
        let slot: Int
    }

    private func start(_ place: Place, _ context: borrowing StepContext) -> Run {
        var run = Run(empty: prepared)
        run.batch = context.partition.batch
        run.key = context.key
        run.prepared = prepared
        for index in inputs.indices { run.inputs[index] = address(inputs[index], place, context) }
        run.output = address(output, place, context)
        run.byproduct = byproduct.map { address($0, place, context) }
        return run
    }

    private func address(
        _ slot: Slot, _ place: Place, _ context: borrowing StepContext
    ) -> UnsafeMutablePointer<Float> {
        if slot.isLocal { return slot.base + place.slot }
        return (slot.feed.map { context.feeds[$0] } ?? slot.base) + slot.imageStride * place.firstImage
    }
}
