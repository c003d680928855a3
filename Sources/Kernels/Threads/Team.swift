import Glibc
import Synchronization

/// Work in numbered pieces that may run in any order and on any thread.
package protocol Job: AnyObject {
    /// Does piece `index`. `worker` is below the team's number of threads and belongs to one thread at a time.
    func run(_ index: Int, worker: Int)
}

/// Threads that work together on one job at a time, the caller among them.
///
/// A training step is a handful of parallel regions, each some tens of microseconds long, so handing out work must cost
/// next to nothing. Idle workers therefore spin on an atomic word for a while before they go to sleep, and each takes pieces
/// from a range in a word of its own. The caller waits only for pieces that were begun.
///
///     let team = Team(threads: 2)
///     team.run(job, count: 16)
package final class Team {
    /// How many threads work, the caller included.
    package let threads: Int
    private let crew: Crew
    private var workers: [pthread_t] = []

    /// Starts the workers; with one thread there are none.
    package init(threads: Int) {
        self.threads = max(1, min(threads, Team.mostThreads))
        crew = Crew(threads: self.threads)
        for worker in 1..<max(self.threads, 1) {
            let start = Unmanaged.passRetained(WorkerStart(crew: crew, worker: worker))
            var thread = pthread_t()
            let error = pthread_create(
                &thread, nil,
                { argument in
                    guard let argument else { return nil }
                    let start = Unmanaged<WorkerStart>.fromOpaque(argument).takeRetainedValue()
                    flushDenormals()
                    start.crew.work(as: start.worker)
                    return nil
                }, start.toOpaque())
            // With fewer threads than requested, the others do the work: results do not depend on their number.
            if error == 0 { workers.append(thread) } else { start.release() }
        }
    }

    deinit {
        crew.dismiss()
        for thread in workers { pthread_join(thread, nil) }
    }

    /// A limit that keeps a mistyped number from exhausting the machine.
    package static let mostThreads = 256

    /// Runs all pieces of a job and returns when the last is done. Not to be called from within a job.
    package func run(_ job: any Job, count: Int) {
        // The caller must flush denormals as its workers do; testing first saves 150 ns a region.
        if Float.leastNormalMagnitude / Float(threads + 1) != 0 { flushDenormals() }
        if workers.isEmpty || count <= 1 {
            for index in 0..<count { job.run(index, worker: 0) }
        } else {
            for first in stride(from: 0, to: count, by: Claims.mostPieces) {
                crew.run(job, first: first, count: min(count - first, Claims.mostPieces))
            }
        }
    }

    /// Runs a closure for every index; for work outside the training loop, because it allocates.
    package func forEach(_ count: Int, _ body: @escaping (Int) -> Void) {
        run(ClosureJob(body: body), count: count)
    }
}

private final class ClosureJob: Job {
    let body: (Int) -> Void
    init(body: @escaping (Int) -> Void) { self.body = body }
    func run(_ index: Int, worker: Int) { body(index) }
}

private final class WorkerStart {
    let crew: Crew
    let worker: Int
    init(crew: Crew, worker: Int) {
        self.crew = crew
        self.worker = worker
    }
}

/// What the caller and its workers share.
private final class Crew: @unchecked Sendable {
    /// The number of the last region; it changes when there is work. It starts shortly before it wraps around, so that this
    /// happens to every team and not only to those that run for hours.
    private let region = Atomic<UInt64>((1 << 24) - 4)
    private let claims: Claims
    private let unfinished = Atomic<Int>(0)
    private let sleepers = Atomic<Int>(0)
    private let dismissed = Atomic<Bool>(false)
    /// Written before a region is published, read only by those who claimed a piece of it.
    private var job: (any Job)?
    private var first = 0
    private var mutex = pthread_mutex_t()
    private var condition = pthread_cond_t()

    init(threads: Int) {
        claims = Claims(threads: threads)
        pthread_mutex_init(&mutex, nil)
        pthread_cond_init(&condition, nil)
    }

    deinit {
        pthread_cond_destroy(&condition)
        pthread_mutex_destroy(&mutex)
    }

    /// Runs pieces `first`, `first` + 1, … of a job.
    func run(_ job: any Job, first: Int, count: Int) {
        self.job = job
        self.first = first
        unfinished.store(count, ordering: .relaxed)
        let region = (region.load(ordering: .relaxed) &+ 1) & Claims.regionMask
        claims.share(out: count, region: region)
        self.region.store(region, ordering: .sequentiallyConsistent)
        if sleepers.load(ordering: .sequentiallyConsistent) > 0 {
            pthread_mutex_lock(&mutex)
            pthread_cond_broadcast(&condition)
            pthread_mutex_unlock(&mutex)
        }
        while let (_, index) = claims.next(for: 0) {
            job.run(first + index, worker: 0)
            unfinished.wrappingSubtract(1, ordering: .releasing)
        }
        var patience = Patience()
        while unfinished.load(ordering: .acquiring) > 0 { patience.wait() }
        self.job = nil
    }

    func work(as worker: Int) {
        var patience = Patience()
        // Retaining a job that all threads share would make them contend for its reference count with every piece.
        var current: (region: UInt64, job: any Job)?
        var finished = region.load(ordering: .relaxed)
        // A region that began before this thread did has work too.
        finished = finished &- 1
        while !dismissed.load(ordering: .relaxed) {
            let seen = region.load(ordering: .acquiring)
            if seen != finished {
                while let (region, index) = claims.next(for: worker) {
                    if current?.region != region { current = job.map { (region, $0) } }
                    current?.job.run(first + index, worker: worker)
                    unfinished.wrappingSubtract(1, ordering: .releasing)
                }
                current = nil
                finished = seen
                patience = Patience()
            } else if patience.isExhausted {
                sleep(after: finished)
                patience = Patience()
            } else {
                patience.wait()
            }
        }
    }

    func dismiss() {
        dismissed.store(true, ordering: .sequentiallyConsistent)
        pthread_mutex_lock(&mutex)
        pthread_cond_broadcast(&condition)
        pthread_mutex_unlock(&mutex)
    }

    private func sleep(after finished: UInt64) {
        pthread_mutex_lock(&mutex)
        sleepers.wrappingAdd(1, ordering: .sequentiallyConsistent)
        while region.load(ordering: .sequentiallyConsistent) == finished
            && !dismissed.load(ordering: .sequentiallyConsistent)
        { pthread_cond_wait(&condition, &mutex) }
        sleepers.wrappingSubtract(1, ordering: .sequentiallyConsistent)
        pthread_mutex_unlock(&mutex)
    }
}

/// The pieces of a region that are not begun yet, as a range for each worker.
///
/// A worker takes pieces from its own range first, so that in region after region it mostly gets those whose data are in its
/// core's cache already; then it helps others, from the far end of their ranges.
private struct Claims: ~Copyable {
    /// Region (24 bits), next piece (20 bits), end (20 bits), alone in its cache line: claiming a piece is one
    /// compare-and-exchange, and a late worker can never take work from a region that it did not see begin.
    private struct Line: ~Copyable {
        let word = Atomic<UInt64>(0)
        private let padding: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0, 0)
    }

    private let threads: Int
    private let lines: UnsafeMutablePointer<Line>

    private static let pieceBits: UInt64 = 20
    private static let pieceMask: UInt64 = (1 << pieceBits) - 1
    static let regionMask: UInt64 = (1 << 24) - 1
    /// As many as the word can count.
    static let mostPieces = Int(pieceMask)

    init(threads: Int) {
        self.threads = threads
        lines = .allocate(capacity: threads)
        for worker in 0..<threads { (lines + worker).initialize(to: Line()) }
    }

    deinit {
        lines.deinitialize(count: threads)
        lines.deallocate()
    }

    func share(out count: Int, region: UInt64) {
        for worker in 0..<threads {
            let own = (0..<count).share(worker, of: threads)
            lines[worker].word.store(
                region << (2 * Self.pieceBits) | UInt64(own.lowerBound) << Self.pieceBits | UInt64(own.upperBound),
                ordering: .releasing)
        }
    }

    /// A piece for a worker, with the number of its region.
    func next(for worker: Int) -> (region: UInt64, piece: Int)? {
        for distance in 0..<threads {
            let owner = worker + distance < threads ? worker + distance : worker + distance - threads
            if let piece = take(from: owner, isOwn: distance == 0) { return piece }
        }
        return nil
    }

    @inline(__always)
    private func take(from owner: Int, isOwn: Bool) -> (region: UInt64, piece: Int)? {
        var seen = lines[owner].word.load(ordering: .acquiring)
        while true {
            let next = (seen >> Self.pieceBits) & Self.pieceMask
            let end = seen & Self.pieceMask
            guard next < end else { return nil }
            let (exchanged, original) = lines[owner].word.weakCompareExchange(
                expected: seen, desired: isOwn ? seen &+ (1 << Self.pieceBits) : seen &- 1,
                ordering: .acquiringAndReleasing)
            if exchanged { return (seen >> (2 * Self.pieceBits), Int(isOwn ? next : end - 1)) }
            seen = original
        }
    }
}

/// Waits by time, not by count: spinning for 20 microseconds, then yielding to other threads, and exhausted after a millisecond.
private struct Patience {
    private var start: UInt64 = 0
    private var now: UInt64 = 0
    private var spins: UInt32 = 0

    var isExhausted: Bool { now &- start > 1_000_000 }

    mutating func wait() {
        spins &+= 1
        guard spins & 15 == 0 || spins == 1 else { return }
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        now = UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
        if start == 0 { start = now }
        if now &- start > 20_000 { sched_yield() }
    }
}

/// Makes this thread treat numbers below 2⁻¹²⁶ as zero: vanishing gradients would otherwise cost a hundred times the time.
package func flushDenormals() {
    var environment = fenv_t()
    fegetenv(&environment)
    #if arch(x86_64)
    environment.__mxcsr |= 0x8040
    #elseif arch(arm64)
    environment.__fpcr |= 1 << 24
    #endif
    fesetenv(&environment)
}
