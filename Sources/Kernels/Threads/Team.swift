#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Work in numbered pieces that may run in any order and on any thread.
package protocol Job: AnyObject {
    /// Does piece `index`. `worker` is below the number of workers and belongs to one thread at a time.
    func run(_ index: Int, worker: Int)
    /// What it does, for a team's journal.
    var title: String { get }
}

extension Job {
    package var title: String { "\(Self.self)" }
}

/// Threads that work together on one job at a time, the caller among them.
///
/// A training step is a handful of parallel regions, each some tens of microseconds long, so handing out work must cost
/// next to nothing, however many threads there are: see Crew.swift.
///
///     let team = Team(threads: 2)
///     team.run(job, count: 16)
package final class Team {
    /// How many threads work, the caller included.
    package let threads: Int
    /// How many of them take part from now on, the first ones; the others go to sleep.
    package var limit: Int
    /// What was done and how long it took, while somebody wants to know.
    package var journal: TeamJournal?
    private let crew: Crew
    private var workers: [pthread_t] = []

    /// Workers that sleep at this moment, by number.
    package var sleepers: [Int] { crew.sleepers }

    /// Starts the workers; with one thread there are none.
    package init(threads: Int) {
        self.threads = max(1, min(threads, Team.mostThreads))
        limit = self.threads
        crew = Crew(threads: self.threads)
        for worker in 1..<max(self.threads, 1) {
            let start = Unmanaged.passRetained(WorkerStart(crew: crew, worker: worker))
            #if canImport(Glibc)
            var thread = pthread_t()
            #else
            var thread: pthread_t?
            #endif
            let error = pthread_create(
                &thread, nil,
                { argument in
                    guard let argument = argument as UnsafeMutableRawPointer? else { return nil }
                    let start = Unmanaged<WorkerStart>.fromOpaque(argument).takeRetainedValue()
                    flushDenormals()
                    start.crew.work(as: start.worker)
                    return nil
                }, start.toOpaque())
            // With fewer threads than requested, the others do the work: results do not depend on their number.
            if error == 0, let thread = thread as pthread_t? { workers.append(thread) } else { start.release() }
        }
    }

    deinit {
        crew.dismiss()
        for thread in workers { pthread_join(thread, nil) }
    }

    /// A limit that keeps a mistyped number from exhausting the machine.
    package static let mostThreads = 256

    /// Runs all pieces of a job and returns when the last is done; no more than `workers` threads take part. Not to be called from
    /// within a job.
    package func run(_ job: any Job, count: Int, workers most: Int = mostThreads) {
        // The caller must flush denormals as its workers do; testing first saves 150 ns a region.
        if Float.leastNormalMagnitude / Float(threads + 1) != 0 { flushDenormals() }
        let start = journal == nil ? nil : ContinuousClock.now
        defer { if let start { journal?.add(job, pieces: count, since: start) } }
        let most = min(most, limit, threads)
        if workers.isEmpty || count <= 1 || most <= 1 {
            for index in 0..<count { job.run(index, worker: 0) }
        } else {
            for first in stride(from: 0, to: count, by: Claims.mostPieces) {
                crew.run(job, first: first, count: min(count - first, Claims.mostPieces), workers: most)
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
