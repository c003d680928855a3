import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What a team's threads share: the region that they work on, and the beds of those that sleep.
///
/// Publishing a region is one store, however many threads there are: its number and its pieces are one word, on which idle
/// workers spin for a while before they go to sleep. Each then finds its own share of the pieces by itself (Claims.swift). The
/// caller waits only for pieces that were begun.
final class Crew: @unchecked Sendable {
    private let current: Atomic<UInt64>
    private let claims: Claims
    private let unfinished = Atomic<Int>(0)
    private let dismissed = Atomic<Bool>(false)
    /// Written before a region is published, read only by those who claimed a piece of it.
    private var job: (any Job)?
    private var first = 0
    private let beds: [Bed]

    init(threads: Int) {
        claims = Claims(threads: threads)
        current = Atomic(PublishedRegion.beforeFirst.word)
        beds = (0..<threads).map { _ in Bed() }
    }

    /// Runs pieces `first`, `first` + 1, … of a job.
    func run(_ job: any Job, first: Int, count: Int, workers: Int) {
        self.job = job
        self.first = first
        unfinished.store(count, ordering: .relaxed)
        let region = PublishedRegion(word: current.load(ordering: .relaxed)).next(pieces: count, workers: workers)
        claims.prepare(for: region)
        current.store(region.word, ordering: .sequentiallyConsistent)
        wakeChildren(of: 0, in: region)
        perform(job, as: 0, in: region)
        var patience = Patience()
        while unfinished.load(ordering: .acquiring) > 0 { patience.wait() }
        self.job = nil
    }

    /// What a worker does until it is dismissed.
    func work(as worker: Int) {
        var patience = Patience()
        // A region that began before this thread did has work too.
        var finished: UInt64 = 0
        while !dismissed.load(ordering: .relaxed) {
            let region = PublishedRegion(word: current.load(ordering: .acquiring))
            if region.word != finished && region.isFor(worker) {
                wakeChildren(of: worker, in: region)
                help(with: region, as: worker)
                finished = region.word
                patience = Patience()
            } else if patience.isExhausted {
                // Regions for fewer workers pass by without waking this one, and without keeping it awake.
                beds[worker].sleep {
                    let region = PublishedRegion(word: current.load(ordering: .sequentiallyConsistent))
                    return (region.word == finished || !region.isFor(worker))
                        && !dismissed.load(ordering: .sequentiallyConsistent)
                }
                patience = Patience()
            } else {
                patience.wait()
            }
        }
    }

    private func help(with region: PublishedRegion, as worker: Int) {
        // A job may be looked at only by who holds a piece of it.
        guard let index = claims.next(for: worker, in: region), let job else { return }
        job.run(first + index, worker: worker)
        perform(job, as: worker, in: region, done: 1)
    }

    /// Does pieces while there are any, and only then says how many: a counter that is told of each would travel from core to
    /// core all the time.
    @inline(__always)
    private func perform(_ job: any Job, as worker: Int, in region: PublishedRegion, done: Int = 0) {
        var done = done
        while let index = claims.next(for: worker, in: region) {
            job.run(first + index, worker: worker)
            done += 1
        }
        if done > 0 { unfinished.wrappingSubtract(done, ordering: .releasing) }
    }

    /// Each thread wakes two others, so that all are awake after as many turns as a tree is high.
    private func wakeChildren(of worker: Int, in region: PublishedRegion) {
        for child in 2 * worker + 1...2 * worker + 2 where child < beds.count && region.isFor(child) {
            beds[child].wake()
        }
    }

    var sleepers: [Int] { beds.indices.filter { beds[$0].isOccupied } }

    func dismiss() {
        dismissed.store(true, ordering: .sequentiallyConsistent)
        for bed in beds { bed.wake() }
    }
}

/// A region in one word, so that it is published at once: a number that tells it from others, its pieces, and the workers
/// that share them.
struct PublishedRegion {
    let word: UInt64

    /// Shortly before numbers wrap around, so that this happens to every team and not only to those that run for days.
    static let beforeFirst = PublishedRegion(number: .max - 3, pieces: 0, workers: 1)

    init(word: UInt64) { self.word = word }

    init(number: UInt32, pieces: Int, workers: Int) {
        word = UInt64(number) << 32 | UInt64(UInt16(pieces)) << 16 | UInt64(UInt16(workers))
    }

    func next(pieces: Int, workers: Int) -> PublishedRegion {
        PublishedRegion(number: number &+ 1, pieces: pieces, workers: workers)
    }

    var number: UInt32 { UInt32(truncatingIfNeeded: word >> 32) }
    var pieces: Int { Int(UInt16(truncatingIfNeeded: word >> 16)) }
    var workers: Int { Int(UInt16(truncatingIfNeeded: word)) }

    func isFor(_ worker: Int) -> Bool { worker < workers }
}

/// Where a worker sleeps until there is work.
private final class Bed: @unchecked Sendable {
    private let occupied = Atomic<Bool>(false)
    private var mutex = pthread_mutex_t()
    private var condition = pthread_cond_t()

    init() {
        pthread_mutex_init(&mutex, nil)
        pthread_cond_init(&condition, nil)
    }

    deinit {
        pthread_cond_destroy(&condition)
        pthread_mutex_destroy(&mutex)
    }

    var isOccupied: Bool { occupied.load(ordering: .sequentiallyConsistent) }

    /// Sleeps while there is nothing to do, which is asked again after it is known that somebody sleeps here.
    func sleep(while isIdle: () -> Bool) {
        pthread_mutex_lock(&mutex)
        occupied.store(true, ordering: .sequentiallyConsistent)
        while isIdle() { pthread_cond_wait(&condition, &mutex) }
        occupied.store(false, ordering: .sequentiallyConsistent)
        pthread_mutex_unlock(&mutex)
    }

    /// Wakes whoever sleeps here; a load where nobody does.
    func wake() {
        guard isOccupied else { return }
        pthread_mutex_lock(&mutex)
        pthread_cond_signal(&condition)
        pthread_mutex_unlock(&mutex)
    }
}
