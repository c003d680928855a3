import Machine

/// How a machine is divided among trials that run in parallel. Nothing here can change a result.
package struct Shares: Sendable {
    /// The number of trials that run in parallel; nil for whatever is fastest.
    package var jobs: Int?
    /// The number of threads of all trials together.
    package var threads: Int
    /// The memory that all trials together may plan for, in bytes; a trial may always run alone.
    package var bytes: Int

    package init(jobs: Int?, threads: Int, bytes: Int = Self.availableBytes) {
        self.jobs = jobs
        self.threads = threads
        self.bytes = bytes
    }

    /// What one trial may take while others run, if it may run now.
    func threads(for cost: TrialCost, beside running: [(threads: Int, bytes: Int)], waiting: Int) -> Int? {
        if !running.isEmpty, running.reduce(cost.ownBytes, { $0 + $1.bytes }) > bytes { return nil }
        if let jobs { return running.count < jobs ? max(1, threads / jobs) : nil }
        // Small models' trials wait for the disk as long as they compute; others fill the gaps.
        let room = useful(for: cost) == 1 ? 2 * threads : threads
        let free = room - running.reduce(0) { $0 + $1.threads }
        // Where there are fewer trials than threads, none need be idle.
        let wanted = max(useful(for: cost), min(cost.shards, threads / max(1, running.count + waiting)))
        return free >= max(1, wanted / 2) ? min(wanted, free) : nil
    }

    /// As many threads as make a step faster: dividing less work than this costs more than it saves.
    package func useful(for cost: TrialCost) -> Int {
        min(threads, cost.shards, max(1, Int(cost.stepFlops / Self.flopsWorthAThread)))
    }

    private static let flopsWorthAThread = 2e8

    /// The free memory of what the process was given, less a tenth for everything else.
    package static var availableBytes: Int {
        let given = Given.toThisProcess.memory.amount
        return min(given, Given.freeBytes() ?? given / 2) / 10 * 9
    }

    /// What is left for the trials' own memory when all of them share their images.
    func besides(_ costs: [TrialCost]) -> Shares {
        Shares(jobs: jobs, threads: threads, bytes: max(0, bytes - (costs.map(\.sharedBytes).max() ?? 0)))
    }

    /// How many of the first trials memory holds at the same time, at most as many as were asked for.
    package func room(for costs: [TrialCost]) -> Int {
        let left = besides(costs).bytes
        var used = 0
        let fitting = costs.prefix { cost in
            used += cost.ownBytes
            return used <= left
        }
        return max(1, min(jobs ?? threads, fitting.count))
    }
}

/// Every n-th trial: `2/8` is the second, the tenth, the eighteenth, …
package struct Shard: Sendable, Equatable, CustomStringConvertible {
    /// From 1 to `count`.
    let number: Int
    let count: Int

    /// Parses `I/N`.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let number = parts[0], let count = parts[1], 1...max(count, 1) ~= number, count >= 1
        else { return nil }
        self.number = number
        self.count = count
    }

    /// As it is read.
    package var description: String { "\(number)/\(count)" }

    /// Whether a trial, counted from 0, belongs to the shard.
    package func contains(_ index: Int) -> Bool { index % count == number - 1 }
}
