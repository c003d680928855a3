import Kernels
import Tensors

/// A parallel part of a run.
protocol Region: Job {
    var pieces: Int { get }
}

/// Steps that a region owns, for going through them without counting references.
private struct Steps {
    private let steps: [Step]
    private let uncounted: [Unmanaged<Step>]

    init(_ steps: [Step]) {
        self.steps = steps
        uncounted = steps.map(Unmanaged.passUnretained)
    }

    @inline(__always)
    func each(_ body: (Step) -> Void) {
        for step in uncounted { step._withUnsafeGuaranteedRef(body) }
    }

    @inline(__always)
    func with(_ index: Int, _ body: (Step) -> Void) { uncounted[index]._withUnsafeGuaranteedRef(body) }
}

/// Steps of a stage: each shard takes its images through all of them, a group at a time.
final class StageRegion: Region {
    private let steps: Steps
    private let group: Int
    private let context: StepContext

    init(_ steps: [Step], stage: Int, _ context: StepContext) {
        self.steps = Steps(steps)
        self.context = context
        group = context.partition.groups[stage]
    }

    var pieces: Int { context.partition.shards }

    func run(_ shard: Int, worker: Int) {
        steps.each { $0.clearPart(shard: shard) }
        // Working memory belongs to a worker, so that it stays in one core's cache, while there are slots for all of them.
        let slot = context.threads <= context.partition.shards ? worker : shard
        context.partition.forEachGroup(of: shard, images: group) { images in
            steps.each { $0.perform(images: images, shard: shard, worker: slot, context) }
        }
    }
}

/// Pieces of a barrier that do not wait for each other.
final class BarrierRegion: Region {
    private let steps: Steps
    private let work: [(step: Int, piece: Int)]
    private let context: StepContext

    init(_ steps: [Step], _ context: StepContext) {
        self.steps = Steps(steps)
        self.context = context
        work = steps.indices.flatMap { step in (0..<steps[step].barrierPieces).map { (step, $0) } }
    }

    var pieces: Int { work.count }

    func run(_ index: Int, worker: Int) {
        let (step, piece) = work[index]
        steps.with(step) { $0.performAtBarrier(piece: piece, context) }
    }
}
