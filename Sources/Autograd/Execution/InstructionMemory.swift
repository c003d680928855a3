import Tensors

/// Where a value lies: a fixed address, or one that each batch or each worker gives.
struct Location {
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
final class RunContext {
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
struct InstructionMemory {
    static let mostInputs = 6

    private var inputs: InlineArray<6, Location>
    private let inputCount: Int
    var output: Location
    var byproduct: Location?
    /// A group's working space, local.
    var space: Location
    /// A worker's scratch memory, local.
    var scratch: Location
    /// Where a worker gathers a shard's sum, local.
    var gathered: Location
    var prepared: UnsafeMutablePointer<Float>
    var parts: UnsafeMutablePointer<Float>
    var partStride = 0

    /// Everything but inputs and output begins at `rest`.
    init(inputs: [Location], output: Location, rest: UnsafeMutablePointer<Float>) {
        precondition(inputs.count <= Self.mostInputs)
        self.inputs = InlineArray { $0 < inputs.count ? inputs[$0] : output }
        inputCount = inputs.count
        self.output = output
        space = Location(base: rest, isLocal: true)
        scratch = space
        gathered = space
        prepared = rest
        parts = rest
    }

    /// A run over a group of images by a worker.
    func run(images: Range<Int>, worker: Int, _ context: RunContext) -> Run {
        let slot = worker * context.slotFloats
        var run = Run(empty: prepared)
        run.images = images.count
        run.firstImage = images.lowerBound
        run.batch = context.partition.batch
        run.key = context.key
        run.prepared = prepared
        run.space = space.base + slot
        run.scratch = scratch.base + slot
        func address(_ value: Location) -> UnsafeMutablePointer<Float> {
            if value.isLocal { return value.base + slot }
            return (value.feed.map { context[feed: $0] } ?? value.base) + value.imageStride * images.lowerBound
        }
        for index in 0..<inputCount { run.inputs[index] = address(inputs[index]) }
        run.output = address(output)
        run.byproduct = byproduct.map(address)
        return run
    }
}
