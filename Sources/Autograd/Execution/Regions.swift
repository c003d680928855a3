import Kernels
import Tensors

/// A parallel part of a run.
protocol Region: Job {
    var pieces: Int { get }
    /// How many threads may take part: those that have memory for it.
    var workers: Int { get }
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

    var title: String { steps.map(\.title).joined(separator: ", ") }

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

    var title: String { steps.title }
    var pieces: Int { context.partition.shards }
    var workers: Int { context.slots }

    func run(_ shard: Int, worker: Int) {
        steps.each { $0.begin(shard: shard, worker: worker, context) }
        context.partition.forEachGroup(of: shard, images: group) { images in
            steps.each { $0.perform(images: images, shard: shard, worker: worker, context) }
        }
        steps.each { $0.finish(shard: shard, worker: worker, context) }
    }
}

/// Pieces of a barrier that do not wait for each other.
final class BarrierRegion: Region {
    private let steps: Steps
    private let work: [(step: Int, piece: Int)]
    let workers: Int
    private let context: StepContext

    init(_ steps: [Step], _ context: StepContext) {
        self.steps = Steps(steps)
        self.context = context
        workers = steps.contains(where: \.usesScratch) ? context.slots : Team.mostThreads
        work = steps.indices.flatMap { step in (0..<steps[step].barrierPieces).map { (step, $0) } }
    }

    var title: String { steps.title }
    var pieces: Int { work.count }

    func run(_ index: Int, worker: Int) {
        let (step, piece) = work[index]
        steps.with(step) { $0.performAtBarrier(piece: piece, worker: worker, context) }
    }
}
