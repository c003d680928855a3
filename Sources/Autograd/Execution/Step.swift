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
final class StepContext {
    let partition: Partition
    /// Floats from one worker's working memory to the next.
    let slotFloats: Int
    var key: UInt64 = 0
    var threads = 1
    private let feeds: UnsafeMutablePointer<UnsafeMutablePointer<Float>>

    /// A program binds its feeds before it runs.
    init(feedCount: Int, partition: Partition, slotFloats: Int) {
        self.partition = partition
        self.slotFloats = slotFloats
        feeds = .allocate(capacity: feedCount)
    }

    deinit { feeds.deallocate() }

    /// The memory that a feed is bound to.
    subscript(feed index: Int) -> UnsafeMutablePointer<Float> {
        get { feeds[index] }
        set { feeds[index] = newValue }
    }
}

/// Where everything that an operation sees lies.
struct StepMemory {
    static let mostInputs = 6

    private var inputs: InlineArray<6, Slot>
    private let inputCount: Int
    var output: Slot
    var byproduct: Slot?
    /// A group's working space, local.
    var space: Slot
    /// A worker's scratch memory, local.
    var scratch: Slot
    var prepared: UnsafeMutablePointer<Float>
    var parts: UnsafeMutablePointer<Float>
    var partStride = 0

    /// Everything but inputs and output begins at `rest`.
    init(inputs: [Slot], output: Slot, rest: UnsafeMutablePointer<Float>) {
        precondition(inputs.count <= Self.mostInputs)
        self.inputs = InlineArray { $0 < inputs.count ? inputs[$0] : output }
        inputCount = inputs.count
        self.output = output
        space = Slot(base: rest, isLocal: true)
        scratch = space
        prepared = rest
        parts = rest
    }

    /// A run over a group of images by a worker.
    func run(images: Range<Int>, worker: Int, _ context: StepContext) -> Run {
        let slot = worker * context.slotFloats
        var run = Run(empty: prepared)
        run.images = images.count
        run.firstImage = images.lowerBound
        run.batch = context.partition.batch
        run.key = context.key
        run.prepared = prepared
        run.space = space.base + slot
        run.scratch = scratch.base + slot
        func address(_ value: Slot) -> UnsafeMutablePointer<Float> {
            if value.isLocal { return value.base + slot }
            return (value.feed.map { context[feed: $0] } ?? value.base) + value.imageStride * images.lowerBound
        }
        for index in 0..<inputCount { run.inputs[index] = address(inputs[index]) }
        run.output = address(output)
        run.byproduct = byproduct.map(address)
        return run
    }
}

/// A node ready to run. Steps are objects because threads share them: counting references to what they hold, time and again,
/// would take longer than many of them do.
class Step {
    fileprivate let memory: StepMemory

    fileprivate init(_ memory: StepMemory) { self.memory = memory }

    /// Pieces of what happens at a barrier: preparing, combining, or the whole operation.
    var barrierPieces: Int { 0 }

    /// Runs an image operation on a group, or adds the group to a sum's part.
    func perform(images: Range<Int>, shard: Int, worker: Int, _ context: StepContext) {}

    /// Empties a shard's part of a sum, unless its first group will overwrite it.
    func clearPart(shard: Int) {}

    /// Does one piece of what happens at a barrier.
    final func performAtBarrier(piece: Int, _ context: StepContext) {
        var run = memory.run(images: 0..<context.partition.batch, worker: 0, context)
        run.piece = piece
        run.pieces = barrierPieces
        performAtBarrier(&run, context)
    }

    fileprivate func performAtBarrier(_ run: inout Run, _ context: StepContext) {}

    static func make(_ operation: any Operation, _ memory: StepMemory) -> Step {
        switch operation.role {
        case .image(let operation): ImageStep(operation, memory)
        case .sum(let operation): SumStep(operation, memory)
        case .whole(let operation): WholeStep(operation, memory)
        }
    }
}

private final class ImageStep: Step {
    private let operation: any ImageOperation

    init(_ operation: any ImageOperation, _ memory: StepMemory) {
        self.operation = operation
        super.init(memory)
    }

    override var barrierPieces: Int { operation.preparation?.pieces ?? 0 }

    override func perform(images: Range<Int>, shard: Int, worker: Int, _ context: StepContext) {
        operation.run(memory.run(images: images, worker: worker, context))
    }

    override func performAtBarrier(_ run: inout Run, _ context: StepContext) { operation.prepare(run) }
}

private final class SumStep: Step {
    private let operation: any SumOperation

    init(_ operation: any SumOperation, _ memory: StepMemory) {
        self.operation = operation
        super.init(memory)
    }

    override var barrierPieces: Int { operation.pieces }

    override func perform(images: Range<Int>, shard: Int, worker: Int, _ context: StepContext) {
        var run = memory.run(images: images, worker: worker, context)
        run.output = memory.parts + shard * memory.partStride
        run.isFirst = images.lowerBound == context.partition.images(of: shard).lowerBound
        operation.add(run)
    }

    override func clearPart(shard: Int) {
        if operation.overwrites { return }
        (memory.parts + shard * memory.partStride).update(repeating: 0, count: memory.partStride)
    }

    override func performAtBarrier(_ run: inout Run, _ context: StepContext) {
        run.parts = memory.parts
        run.partCount = context.partition.shards
        run.partStride = memory.partStride
        operation.combine(run)
    }
}

private final class WholeStep: Step {
    private let operation: any WholeOperation

    init(_ operation: any WholeOperation, _ memory: StepMemory) {
        self.operation = operation
        super.init(memory)
    }

    override var barrierPieces: Int { operation.pieces }

    override func performAtBarrier(_ run: inout Run, _ context: StepContext) { operation.run(run) }
}
