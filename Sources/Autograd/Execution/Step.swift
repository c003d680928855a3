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
    /// Workers that have working memory.
    let slots: Int
    /// Floats from one worker's working memory to the next.
    let slotFloats: Int
    var key: UInt64 = 0
    private let feeds: UnsafeMutablePointer<UnsafeMutablePointer<Float>>

    /// A program binds its feeds before it runs.
    init(feedCount: Int, partition: Partition, slots: Int, slotFloats: Int) {
        self.partition = partition
        self.slots = slots
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
    /// Where a worker gathers a shard's sum, local.
    var gathered: Slot
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
        gathered = space
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
    /// What it computes, for people.
    let title: String

    fileprivate init(_ title: String, _ memory: StepMemory) {
        self.title = title
        self.memory = memory
    }

    /// Pieces of what happens at a barrier: preparing, combining, or the whole operation.
    var barrierPieces: Int { 0 }
    /// Whether what happens at a barrier needs a worker's memory.
    var usesScratch: Bool { false }

    /// Runs an image operation on a group, or adds the group to a sum's part.
    func perform(images: Range<Int>, shard: Int, worker: Int, _ context: StepContext) {}

    /// Empties what the shard's groups will be added to, unless the first one will overwrite it.
    func begin(shard: Int, worker: Int, _ context: StepContext) {}

    /// Turns what was gathered for a shard into its part of a sum.
    func finish(shard: Int, worker: Int, _ context: StepContext) {}

    /// Does one piece of what happens at a barrier.
    final func performAtBarrier(piece: Int, worker: Int, _ context: StepContext) {
        var run = memory.run(images: 0..<context.partition.batch, worker: worker, context)
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
        super.init(operation.title, memory)
    }

    override var barrierPieces: Int { operation.preparation?.pieces ?? 0 }

    override func perform(images: Range<Int>, shard: Int, worker: Int, _ context: StepContext) {
        operation.run(memory.run(images: images, worker: worker, context))
    }

    override func performAtBarrier(_ run: inout Run, _ context: StepContext) { operation.prepare(run) }
}

private final class SumStep: Step {
    private let operation: any SumOperation
    private let gathers: Bool

    init(_ operation: any SumOperation, _ memory: StepMemory) {
        self.operation = operation
        gathers = operation.gatheredFloats > 0
        super.init(operation.title, memory)
    }

    override var barrierPieces: Int { operation.pieces }

    override func perform(images: Range<Int>, shard: Int, worker: Int, _ context: StepContext) {
        var run = memory.run(images: images, worker: worker, context)
        run.output = sum(shard, worker, context)
        run.isFirst = images.lowerBound == context.partition.images(of: shard).lowerBound
        operation.add(run)
    }

    override func begin(shard: Int, worker: Int, _ context: StepContext) {
        if operation.overwrites { return }
        sum(shard, worker, context).update(repeating: 0, count: gathers ? operation.gatheredFloats : memory.partStride)
    }

    override func finish(shard: Int, worker: Int, _ context: StepContext) {
        guard gathers else { return }
        operation.finish(UnsafePointer(sum(shard, worker, context)), to: part(shard))
    }

    private func part(_ shard: Int) -> UnsafeMutablePointer<Float> { memory.parts + shard * memory.partStride }

    /// What a shard's groups are added to.
    private func sum(_ shard: Int, _ worker: Int, _ context: StepContext) -> UnsafeMutablePointer<Float> {
        gathers ? memory.gathered.base + worker * context.slotFloats : part(shard)
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
        super.init(operation.title, memory)
    }

    override var barrierPieces: Int { operation.pieces }
    override var usesScratch: Bool { operation.scratch > 0 }

    override func performAtBarrier(_ run: inout Run, _ context: StepContext) { operation.run(run) }
}
