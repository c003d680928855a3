import Autograd
import Tensors

/// Runs a graph node by node, each value in memory of its own: nothing is planned, shared or overwritten, and one thread does it all.
///
/// Slow and obvious: the oracle that programs are compared with, bit for bit. It adds up the same shards and groups, because
/// they are part of what a result means.
package final class Interpreter {
    private let schedule: Schedule
    private let partition: Partition
    private let parameters: Parameters
    private var memories: [Int: FloatMemory] = [:]
    private let feeds: [String: FloatMemory]

    /// Prepares to run with a program's partition.
    package init(
        _ graph: Graph, parameters: Parameters, partition: Partition, outputs: [Value], feeds: [String: FloatMemory]
    ) {
        schedule = Schedule(graph, outputs: outputs)
        self.partition = partition
        self.parameters = parameters
        self.feeds = feeds
    }

    /// Runs everything once.
    package func run(key: UInt64) throws {
        memories = [:]
        for index in schedule.graph.nodes.indices where schedule.isNeeded[index] {
            guard let operation = schedule.graph.nodes[index].operation else { continue }
            memories[index] = try memory(for: index)
            if let byproduct = schedule.byproduct(of: index) { memories[byproduct] = try memory(for: byproduct) }
            switch operation.role {
            case .image(let operation): try run(operation, index, key)
            case .sum(let operation): try run(operation, index, key)
            case .whole(let operation):
                let scratch = try FloatMemory(count: operation.scratch)
                var run = wholeBatch(index, key)
                run.scratch = scratch.base
                forEachPiece(operation.pieces, run) { operation.run($0) }
            }
        }
    }

    /// A copy of any value of the last run.
    package func values(of value: Value) -> [Float] {
        Array(UnsafeBufferPointer(start: address(of: value.node), count: count(of: value.node)))
    }

    private func run(_ operation: any ImageOperation, _ index: Int, _ key: UInt64) throws {
        let prepared = try FloatMemory(count: operation.preparation?.floats ?? 0)
        if let preparation = operation.preparation {
            var run = wholeBatch(index, key)
            run.prepared = prepared.base
            forEachPiece(preparation.pieces, run) { operation.prepare($0) }
        }
        try forEachGroup(index, key, space: operation.space, scratch: operation.scratch) { run, _ in
            run.prepared = prepared.base
            operation.run(run)
        }
    }

    private func run(_ operation: any SumOperation, _ index: Int, _ key: UInt64) throws {
        let parts = try FloatMemory(count: operation.partFloats * partition.shards)
        let gathered = try (0..<partition.shards).map { _ in try FloatMemory(count: operation.gatheredFloats) }
        func part(_ shard: Int) -> UnsafeMutablePointer<Float> { parts.base + shard * operation.partFloats }
        let gathers = operation.gatheredFloats > 0
        try forEachGroup(index, key, space: operation.space, scratch: operation.scratch) { run, shard in
            run.output = gathers ? gathered[shard].base : part(shard)
            run.isFirst = run.firstImage == partition.images(of: shard).lowerBound
            operation.add(run)
        }
        for shard in 0..<partition.shards where gathers {
            operation.finish(UnsafePointer(gathered[shard].base), to: part(shard))
        }
        var run = wholeBatch(index, key)
        run.parts = parts.base
        run.partCount = partition.shards
        run.partStride = operation.partFloats
        forEachPiece(operation.pieces, run) { operation.combine($0) }
    }

    private func forEachPiece(_ pieces: Int, _ run: consuming Run, _ body: (borrowing Run) -> Void) {
        run.pieces = pieces
        for piece in 0..<pieces {
            run.piece = piece
            body(run)
        }
    }

    private func forEachGroup(
        _ index: Int, _ key: UInt64, space: Int, scratch: Int, _ body: (inout Run, _ shard: Int) -> Void
    ) throws {
        let group = partition.groups[schedule.execution[index].stage]
        let space = try FloatMemory(count: space * group)
        let scratch = try FloatMemory(count: scratch)
        for shard in 0..<partition.shards {
            partition.forEachGroup(of: shard, images: group) { images in
                var run = run(over: images, index, key)
                run.space = space.base
                run.scratch = scratch.base
                body(&run, shard)
            }
        }
    }

    private func wholeBatch(_ index: Int, _ key: UInt64) -> Run { run(over: 0..<partition.batch, index, key) }

    private func run(over images: Range<Int>, _ index: Int, _ key: UInt64) -> Run {
        let output = address(of: index, image: images.lowerBound)
        var run = Run(empty: output)
        run.images = images.count
        run.firstImage = images.lowerBound
        run.batch = partition.batch
        run.key = key
        run.byproduct = schedule.byproduct(of: index).map { address(of: $0, image: images.lowerBound) }
        for (place, input) in schedule.graph.nodes[index].inputs.enumerated() {
            run.inputs[place] = address(of: input.node, image: images.lowerBound)
        }
        return run
    }

    private func memory(for index: Int) throws -> FloatMemory { try FloatMemory(count: count(of: index)) }

    private func count(of index: Int) -> Int {
        let type = schedule.graph.nodes[index].type
        return type.shape.count * (type.extent == .image ? partition.batch : 1)
    }

    private func address(of index: Int, image: Int = 0) -> UnsafeMutablePointer<Float> {
        let node = schedule.graph.nodes[index]
        let offset = node.type.extent == .image ? image * node.type.shape.count : 0
        switch node.origin {
        case .feed(let name): return feeds[name]!.base + offset
        case .parameter(let parameter): return parameters.address(of: parameter)
        case .operation, .byproduct: return memories[index]!.base + offset
        }
    }
}
