import Kernels
import Synchronization
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Counts how often each piece was done, and by whom.
private final class Tally: Job, @unchecked Sendable {
    let counts: [Counter]
    let threads: Int
    let spin: (Int) -> Int
    let strangers = Atomic<Int>(0)
    let collisions = Atomic<Int>(0)
    private let busy: [Counter]

    final class Counter: Sendable {
        let value = Atomic<Int>(0)
        func add(_ number: Int) -> Int { value.wrappingAdd(number, ordering: .relaxed).newValue }
    }

    init(_ count: Int, threads: Int, spin: @escaping (Int) -> Int = { _ in 0 }) {
        counts = (0..<count).map { _ in Counter() }
        busy = (0..<threads).map { _ in Counter() }
        self.threads = threads
        self.spin = spin
    }

    func run(_ index: Int, worker: Int) {
        guard 0..<threads ~= worker else {
            strangers.wrappingAdd(1, ordering: .relaxed)
            return
        }
        if busy[worker].add(1) != 1 { collisions.wrappingAdd(1, ordering: .relaxed) }
        var sum = 0
        for number in 0..<spin(index) { sum &+= number }
        _ = counts[index].add(sum == -1 ? 2 : 1)
        _ = busy[worker].add(-1)
    }

    /// Whether every piece was done that many times, and no worker's number was out of range or used by two at a time.
    func isComplete(_ times: Int = 1) -> Bool {
        counts.allSatisfy { $0.value.load(ordering: .relaxed) == times }
            && strangers.load(ordering: .relaxed) == 0 && collisions.load(ordering: .relaxed) == 0
    }
}

@Suite(.serialized) struct TeamTests {
    static let threadCounts = [1, 2, 3, 7, 16, 64]

    @Test(arguments: threadCounts)
    func `every piece is done exactly once, however many there are`(threads: Int) {
        let team = Team(threads: threads)
        for count in [0, 1, 2, 3, 5, 15, 16, 17, 100, 1000] {
            let tally = Tally(count, threads: threads)
            team.run(tally, count: count)
            #expect(tally.isComplete())
        }
    }

    @Test(arguments: threadCounts)
    func `thousands of tiny regions in a row lose and repeat nothing`(threads: Int) {
        let team = Team(threads: threads)
        let tally = Tally(4, threads: threads)
        for _ in 0..<5000 { team.run(tally, count: 4) }
        #expect(tally.isComplete(5000))
    }

    @Test(arguments: [2, 3, 7], [0, 100, 4000] as [UInt32])
    func `all workers come, even after they were left alone for long enough to sleep`(threads: Int, pause: UInt32) {
        let team = Team(threads: threads)
        for _ in 0..<5 {
            usleep(pause)
            let present = Atomic<Int>(0)
            team.forEach(threads) { _ in
                // No piece ends before all have begun, each on a thread of its own.
                present.wrappingAdd(1, ordering: .relaxed)
                let deadline = time(nil) + 20
                while present.load(ordering: .relaxed) < threads && time(nil) < deadline { sched_yield() }
                if present.load(ordering: .relaxed) < threads { Issue.record("a worker did not come") }
            }
        }
    }

    @Test(arguments: threadCounts)
    func `no more threads take part than may`(threads: Int) {
        let team = Team(threads: threads)
        for limit in [1, 2, 5] {
            for _ in 0..<200 {
                let tally = Tally(9, threads: min(limit, threads))
                team.run(tally, count: 9, workers: limit)
                #expect(tally.isComplete())
                team.limit = limit
                team.run(tally, count: 9)
                #expect(tally.isComplete(2))
                team.limit = threads
            }
        }
    }

    @Test func `workers that a limit leaves out sleep while the others work, and come back when it is lifted`() {
        let team = Team(threads: 5)
        team.limit = 2
        let tally = Tally(4, threads: 2)
        let deadline = time(nil) + 20
        var regions = 0
        func idleSleep() -> Bool { team.sleepers.filter { $0 >= 2 } == [2, 3, 4] }
        while !idleSleep() && time(nil) < deadline {
            team.run(tally, count: 4)
            regions += 1
        }
        for _ in 0..<2000 {
            team.run(tally, count: 4)
            #expect(idleSleep())
        }
        #expect(tally.isComplete(regions + 2000))
        team.limit = 5
        let present = Atomic<Int>(0)
        team.forEach(5) { _ in
            present.wrappingAdd(1, ordering: .relaxed)
            while present.load(ordering: .relaxed) < 5 && time(nil) < deadline { sched_yield() }
        }
        #expect(present.load(ordering: .relaxed) == 5 && time(nil) < deadline)
    }

    @Test(arguments: threadCounts)
    func `pieces of unequal length are waited for`(threads: Int) {
        let team = Team(threads: threads)
        for long in [0, 5, 19] {
            let tally = Tally(20, threads: threads) { $0 == long ? 300_000 : 10 }
            team.run(tally, count: 20)
            #expect(tally.isComplete())
        }
    }

    @Test func `two teams at once do not disturb each other`() {
        let outer = Team(threads: 2)
        let teams = [Team(threads: 3), Team(threads: 2)]
        let tallies = teams.map { Tally(7, threads: $0.threads) }
        nonisolated(unsafe) let both = (teams, tallies)
        outer.forEach(2) { index in
            for _ in 0..<500 { both.0[index].run(both.1[index], count: 7) }
        }
        #expect(tallies.allSatisfy { $0.isComplete(500) })
    }

    @Test(.enabled(if: access("/proc/self/task", R_OK) == 0, "needs /proc"))
    func `a team that goes takes its threads along`() throws {
        func threadsOfProcess() -> Int {
            guard let folder = opendir("/proc/self/task") else { return 0 }
            defer { closedir(folder) }
            var count = -2
            while readdir(folder) != nil { count += 1 }
            return count
        }
        // Other tests may start threads at the same time, but not as many.
        let before = threadsOfProcess()
        for parked in [false, true] {
            var team: Team? = Team(threads: 100)
            team?.forEach(100) { _ in }
            if parked { usleep(3000) }
            #expect(threadsOfProcess() >= before + 80)
            team = nil
            #expect(threadsOfProcess() < before + 50)
        }
    }

    @Test func `numbers of threads that make no sense are bounded`() {
        #expect(Team(threads: 0).threads == 1)
        #expect(Team(threads: -7).threads == 1)
        #expect(Team(threads: .max).threads == Team.mostThreads)
    }

    @Test(arguments: [1, 2])
    func `more pieces than fit into a word are all done`(threads: Int) {
        let team = Team(threads: threads)
        let done = Atomic<Int>(0)
        let sum = Atomic<Int>(0)
        let count = (1 << 20) + 5
        team.forEach(count) { index in
            done.wrappingAdd(1, ordering: .relaxed)
            sum.wrappingAdd(index, ordering: .relaxed)
        }
        #expect(done.load(ordering: .relaxed) == count)
        #expect(sum.load(ordering: .relaxed) == count * (count - 1) / 2)
    }

    @Test(arguments: threadCounts)
    func `every thread treats numbers below the normal ones as zero`(threads: Int) {
        let team = Team(threads: threads)
        let survivors = Tally(64, threads: threads)
        team.forEach(64) { index in
            var tiny = [Float](repeating: .leastNormalMagnitude, count: 16)
            rescale(count: 16, x: tiny, scale: 0.5, offset: 0, y: &tiny)
            if tiny.contains(where: { $0 != 0 }) { _ = survivors.counts[index].add(1) }
            for number in 0..<1000 { tiny[number % 16] += 1 }
        }
        #expect(survivors.counts.count { $0.value.load(ordering: .relaxed) > 0 } == 0)
    }
}
