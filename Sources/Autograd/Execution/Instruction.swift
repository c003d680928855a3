import Tensors

/// A node ready to run. Instructions are objects because threads share them: counting references to what they hold, time and again,
/// would take longer than many of them do.
class Instruction {
    fileprivate let memory: InstructionMemory
    /// What it computes, for people.
    let title: String

    fileprivate init(_ title: String, _ memory: InstructionMemory) {
        self.title = title
        self.memory = memory
    }

    /// Pieces of what happens at a barrier: preparing, combining, or the whole operation.
    var barrierPieces: Int { 0 }
    /// Whether what happens at a barrier needs a worker's memory.
    var usesScratch: Bool { false }

    /// Runs an image operation on a group, or adds the group to a sum's part.
    func perform(images: Range<Int>, shard: Int, worker: Int, _ context: RunContext) {}

    /// Empties what the shard's groups will be added to, unless the first one will overwrite it.
    func begin(shard: Int, worker: Int, _ context: RunContext) {}

    /// Turns what was gathered for a shard into its part of a sum.
    func finish(shard: Int, worker: Int, _ context: RunContext) {}

    /// Does one piece of what happens at a barrier.
    final func performAtBarrier(piece: Int, worker: Int, _ context: RunContext) {
        var run = memory.run(images: 0..<context.partition.batch, worker: worker, context)
        run.piece = piece
        run.pieces = barrierPieces
        performAtBarrier(&run, context)
    }

    fileprivate func performAtBarrier(_ run: inout Run, _ context: RunContext) {}

    static func make(_ operation: any Operation, _ memory: InstructionMemory) -> Instruction {
        switch operation.role {
        case .image(let operation): ImageInstruction(operation, memory)
        case .sum(let operation): SumInstruction(operation, memory)
        case .whole(let operation): WholeInstruction(operation, memory)
        }
    }
}

private final class ImageInstruction: Instruction {
    private let operation: any ImageOperation

    init(_ operation: any ImageOperation, _ memory: InstructionMemory) {
        self.operation = operation
        super.init(operation.title, memory)
    }

    override var barrierPieces: Int { operation.preparation?.pieces ?? 0 }

    override func perform(images: Range<Int>, shard: Int, worker: Int, _ context: RunContext) {
        operation.run(memory.run(images: images, worker: worker, context))
    }

    override func performAtBarrier(_ run: inout Run, _ context: RunContext) { operation.prepare(run) }
}

private final class SumInstruction: Instruction {
    private let operation: any SumOperation
    private let gathers: Bool

    init(_ operation: any SumOperation, _ memory: InstructionMemory) {
        self.operation = operation
        gathers = operation.gatheredFloats > 0
        super.init(operation.title, memory)
    }

    override var barrierPieces: Int { operation.pieces }

    override func perform(images: Range<Int>, shard: Int, worker: Int, _ context: RunContext) {
        var run = memory.run(images: images, worker: worker, context)
        run.output = sum(shard, worker, context)
        run.isFirst = images.lowerBound == context.partition.images(of: shard).lowerBound
        operation.add(run)
    }

    override func begin(shard: Int, worker: Int, _ context: RunContext) {
        if operation.overwrites { return }
        sum(shard, worker, context).update(repeating: 0, count: gathers ? operation.gatheredFloats : memory.partStride)
    }

    override func finish(shard: Int, worker: Int, _ context: RunContext) {
        guard gathers else { return }
        operation.finish(UnsafePointer(sum(shard, worker, context)), to: part(shard))
    }

    private func part(_ shard: Int) -> UnsafeMutablePointer<Float> { memory.parts + shard * memory.partStride }

    /// What a shard's groups are added to.
    private func sum(_ shard: Int, _ worker: Int, _ context: RunContext) -> UnsafeMutablePointer<Float> {
        gathers ? memory.gathered.base + worker * context.slotFloats : part(shard)
    }

    override func performAtBarrier(_ run: inout Run, _ context: RunContext) {
        run.parts = memory.parts
        run.partCount = context.partition.shards
        run.partStride = memory.partStride
        operation.combine(run)
    }
}

private final class WholeInstruction: Instruction {
    private let operation: any WholeOperation

    init(_ operation: any WholeOperation, _ memory: InstructionMemory) {
        self.operation = operation
        super.init(operation.title, memory)
    }

    override var barrierPieces: Int { operation.pieces }
    override var usesScratch: Bool { operation.scratch > 0 }

    override func performAtBarrier(_ run: inout Run, _ context: RunContext) { operation.run(run) }
}
