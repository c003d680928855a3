import Kernels
import Tensors

/// A parallel part of a run.
protocol Region: Job {
    var pieces: Int { get }
}

/// What a program's regions share, set before each run.
final class ProgramState {
    var context: StepContext
    var threads = 1
    init(_ context: StepContext) { self.context = context }
}

/// Steps of a stage: each shard takes its images through all of them, a group at a time.
final class StageRegion: Region {
    let steps: [Step]
    let stage: Int
    let state: ProgramState

    init(_ steps: [Step], stage: Int, _ state: ProgramState) {
        self.steps = steps
        self.stage = stage
        self.state = state
    }

    var pieces: Int { state.context.partition.shards }

    func run(_ shard: Int, worker: Int) {
        let partition = state.context.partition
        for step in steps { step.clearPart(shard: shard) }
        // Working memory belongs to a worker, so that it stays in one core's cache, while there are slots for all of them.
        let slot = state.threads <= partition.shards ? worker : shard
        partition.forEachGroup(of: shard, inStage: stage) { images in
            for step in steps { step.perform(images: images, shard: shard, worker: slot, state.context) }
        }
    }
}

/// Pieces of a barrier that do not wait for each other.
final class BarrierRegion: Region {
    private let steps: [Step]
    private let work: [(step: Int, piece: Int)]
    private let state: ProgramState

    init(_ steps: [Step], _ state: ProgramState) {
        self.steps = steps
        self.state = state
        work = steps.indices.flatMap { step in (0..<steps[step].barrierPieces).map { (step, $0) } }
    }

    var pieces: Int { work.count }

    func run(_ index: Int, worker: Int) {
        let (step, piece) = work[index]
        steps[step].performAtBarrier(piece: piece, state.context)
    }
}
