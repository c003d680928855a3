import Kernels
import Machine
import Tensors

/// A graph compiled for one batch size: every address is fixed, and running it allocates nothing.
///
///     let program = try Program(graph, parameters: parameters, batch: 128, outputs: [loss])
///     program.bind("images", to: memory)
///     program.run(key: 0, team: team)
///     program.value(of: loss)
///
/// A run alternates between barriers and stages (see Schedule.swift). Each is a parallel region of the team: barriers share
/// out their pieces, stages their shards.
package final class Program {
    /// Where everything lies.
    package let plan: MemoryPlan
    /// The feeds to bind, in the order of the graph.
    package let feedNames: [String]
    private let arena: FloatMemory
    /// Regions hold their addresses. The memory of `assigning` is the caller's to keep.
    private let parameters: Parameters
    private let context: RunContext
    private let regions: [any Region]
    private let outputs: [Value: Location]
    private var bound: [FloatMemory?]
    private let feedFloats: [Int]

    /// Plans, allocates and lays out.
    /// - Parameters:
    ///   - outputs: values to be read after a run.
    ///   - assigning: whole values whose results go to memory that lives elsewhere, such as gradients.
    ///   - sharing: memory to work in if it is large enough; programs that never run at the same time may share it, and
    ///     an output must then be read before another program runs.
    package init(
        _ graph: Graph, parameters: Parameters, batch: Int, outputs: [Value],
        assigning targets: [(value: Value, memory: UnsafeMutablePointer<Float>)] = [], sharing: FloatMemory? = nil
    ) throws {
        let (schedule, plan) = try Self.plan(
            graph, batch: batch, outputs: outputs, assigning: targets.map(\.value),
            workers: Self.workers)
        self.plan = plan
        self.parameters = parameters
        if let sharing, sharing.count >= plan.arenaFloats {
            arena = sharing
        } else {
            arena = try FloatMemory(count: plan.arenaFloats)
        }
        let layout = Layout(schedule, plan: plan, arena: arena.base, parameters: parameters, targets: targets)
        feedNames = layout.feedNames
        feedFloats = layout.feedFloats
        bound = feedNames.map { _ in nil }
        context = RunContext(
            feedCount: feedNames.count, partition: plan.partition, slots: plan.slots, slotFloats: plan.slotFloats)
        for index in feedNames.indices { context[feed: index] = arena.base }
        regions = layout.regions(context)
        self.outputs = Dictionary(
            outputs.map { ($0, layout.location(of: $0.node)) }, uniquingKeysWith: { first, _ in first })
    }

    /// Workers that programs of this process have memory for.
    package static var workers: Int { max(MemoryPlan.usualWorkers, Given.toThisProcess.processors.amount) }

    /// The memory that a program would take, without taking it.
    package static func plan(
        _ graph: Graph, batch: Int, outputs: [Value], assigning targets: [Value] = [],
        workers: Int = MemoryPlan.usualWorkers
    ) throws(ProgramError) -> MemoryPlan {
        let both: (Schedule, MemoryPlan) = try plan(
            graph, batch: batch, outputs: outputs, assigning: targets, workers: workers)
        return both.1
    }

    private static func plan(
        _ graph: Graph, batch: Int, outputs: [Value], assigning targets: [Value], workers: Int
    ) throws(ProgramError) -> (Schedule, MemoryPlan) {
        guard (1...Self.largestBatch).contains(batch) else { throw .batch(batch) }
        let schedule = Schedule(graph, outputs: outputs + targets)
        try schedule.checkMemory(batch: batch)
        let plan = MemoryPlan(
            schedule, batch: batch, outputs: Set(outputs.map(\.node)), external: Set(targets.map(\.node)),
            workers: workers)
        guard plan.bytes <= Schedule.given.amount else {
            throw schedule.tooLarge(bytes: plan.bytes, batch: batch, in: plan)
        }
        return (schedule, plan)
    }

    /// A limit that keeps arithmetic on shapes far from overflow.
    package static let largestBatch = 1 << 20

    /// Gives a feed its data: a float for each element of each image.
    package func bind(_ feed: String, to memory: FloatMemory, at offset: Int = 0) {
        guard let index = feedNames.firstIndex(of: feed) else { return }
        precondition(offset >= 0 && memory.count >= offset + feedFloats[index], "a feed needs memory for the batch")
        bound[index] = memory
        context[feed: index] = memory.base + offset
    }

    /// Runs everything once. The key decides what is drawn at random.
    package func run(key: UInt64, team: Team) {
        precondition(bound.allSatisfy { $0 != nil }, "every feed must be bound before a run")
        context.key = key
        for region in regions { team.run(region, count: region.pieces, workers: region.workers) }
    }

    private func address(of output: Value) -> UnsafeMutablePointer<Float>? {
        outputs[output].map { location in location.feed.map { context[feed: $0] } ?? location.base }
    }

    /// A copy of an output: all images' parts one after the other, or the whole value.
    package func values(of output: Value) -> [Float] {
        guard let address = address(of: output) else { return [] }
        return Array(UnsafeBufferPointer(start: address, count: output.type.floats(batch: plan.partition.batch)))
    }

    /// Copies an output into memory of the caller's, all images' parts one after the other.
    package func copy(_ output: Value, to memory: FloatMemory, at offset: Int) {
        guard let address = address(of: output) else { return }
        let count = output.type.floats(batch: plan.partition.batch)
        precondition(offset >= 0 && offset + count <= memory.count)
        (memory.base + offset).update(from: address, count: count)
    }

    /// An output that is a single number.
    package func value(of output: Value) -> Float { address(of: output)?.pointee ?? .nan }

    /// The sum of an output over all images, in their order.
    package func sum(of output: Value) -> Double {
        guard let address = address(of: output) else { return .nan }
        let count = output.type.floats(batch: plan.partition.batch)
        var sum = 0.0
        for index in 0..<count { sum += Double(address[index]) }
        return sum
    }
}
