import Kernels
import Tensors

/// A parallel part of a run.
protocol Region: Job {
    var pieces: Int { get }
    /// How many threads may take part: those that have memory for it.
    var workers: Int { get }
}

/// Instructions that a region owns, for going through them without counting references.
private struct Instructions {
    private let instructions: [Instruction]
    private let uncounted: [Unmanaged<Instruction>]

    init(_ instructions: [Instruction]) {
        self.instructions = instructions
        uncounted = instructions.map(Unmanaged.passUnretained)
    }

    @inline(__always)
    func each(_ body: (Instruction) -> Void) {
        for instruction in uncounted { instruction._withUnsafeGuaranteedRef(body) }
    }

    var title: String { instructions.map(\.title).joined(separator: ", ") }

    @inline(__always)
    func with(_ index: Int, _ body: (Instruction) -> Void) { uncounted[index]._withUnsafeGuaranteedRef(body) }
}

/// Instructions of a stage: each shard takes its images through all of them, a group at a time.
final class StageRegion: Region {
    private let instructions: Instructions
    private let group: Int
    private let context: RunContext

    init(_ instructions: [Instruction], stage: Int, _ context: RunContext) {
        self.instructions = Instructions(instructions)
        self.context = context
        group = context.partition.groups[stage]
    }

    var title: String { instructions.title }
    var pieces: Int { context.partition.shards }
    var workers: Int { context.slots }

    func run(_ shard: Int, worker: Int) {
        instructions.each { $0.begin(shard: shard, worker: worker, context) }
        context.partition.forEachGroup(of: shard, images: group) { images in
            instructions.each { $0.perform(images: images, shard: shard, worker: worker, context) }
        }
        instructions.each { $0.finish(shard: shard, worker: worker, context) }
    }
}

/// Pieces of a barrier that do not wait for each other.
final class BarrierRegion: Region {
    private let instructions: Instructions
    private let work: [(instruction: Int, piece: Int)]
    let workers: Int
    private let context: RunContext

    init(_ instructions: [Instruction], _ context: RunContext) {
        self.instructions = Instructions(instructions)
        self.context = context
        workers = instructions.contains(where: \.usesScratch) ? context.slots : Team.mostThreads
        work = instructions.indices.flatMap { instruction in
            (0..<instructions[instruction].barrierPieces).map { (instruction, $0) }
        }
    }

    var title: String { instructions.title }
    var pieces: Int { work.count }

    func run(_ index: Int, worker: Int) {
        let (instruction, piece) = work[index]
        instructions.with(instruction) { $0.performAtBarrier(piece: piece, worker: worker, context) }
    }
}
