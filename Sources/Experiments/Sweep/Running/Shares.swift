import Foundation
import Tensors

/// How a machine is shared out between trials that run side by side. Nothing of it can change a result.
package struct Shares: Sendable {
    /// Trials at the same time; nil for what is fastest.
    package var jobs: Int?
    /// Threads of all trials together.
    package var threads: Int
    /// Bytes that the plans of all trials together may take; a trial that is alone may always run.
    package var bytes: Int

    /// A share of the machine.
    package init(jobs: Int?, threads: Int, bytes: Int = Self.availableBytes) {
        self.jobs = jobs
        self.threads = threads
        self.bytes = bytes
    }

    /// What one trial may take while others run, if it may run now.
    func threads(for cost: TrialCost, beside running: [(threads: Int, bytes: Int)], waiting: Int) -> Int? {
        if !running.isEmpty, running.reduce(cost.bytes, { $0 + $1.bytes }) > bytes { return nil }
        if let jobs { return running.count < jobs ? max(1, threads / jobs) : nil }
        // Small models' trials wait for the disk as long as they compute; others fill the gaps.
        let room = useful(for: cost) == 1 ? 2 * threads : threads
        let free = room - running.reduce(0) { $0 + $1.threads }
        // Where there are fewer trials than threads, none need be idle.
        let wanted = max(useful(for: cost), threads / max(1, running.count + waiting))
        return free >= max(1, wanted / 2) ? min(wanted, free) : nil
    }

    /// As many threads as shorten a step: sharing out less than this much work costs more than it brings.
    package func useful(for cost: TrialCost) -> Int {
        min(threads, max(1, Int(cost.stepFlops / Self.flopsWorthAThread)))
    }

    private static let flopsWorthAThread = 2e8

    /// Memory that nobody uses now, as the system sees it and as a container limits it, less a tenth for everything else.
    package static var availableBytes: Int {
        func number(_ path: String, _ prefix: String = "") -> Int? {
            let text = try? String(contentsOfFile: path, encoding: .utf8)
            let line = text?.split(separator: "\n").first { $0.hasPrefix(prefix) }
            return line?.split(separator: " ").lazy.compactMap { Int($0) }.first
        }
        var bytes = number("/proc/meminfo", "MemAvailable:").map { $0 * 1024 } ?? FloatMemory.machineBytes / 2
        if let limit = number("/sys/fs/cgroup/memory.max"), let used = number("/sys/fs/cgroup/memory.current") {
            bytes = min(bytes, max(0, limit - used))
        }
        return bytes / 10 * 9
    }
}

/// Every so-manieth trial: `2/8` is the second, the tenth, the eighteenth, …
package struct Shard: Sendable, Equatable {
    /// From 1 to `count`.
    let number: Int
    let count: Int

    /// Understands `I/N`.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let number = parts[0], let count = parts[1], 1...max(count, 1) ~= number, count >= 1
        else { return nil }
        self.number = number
        self.count = count
    }

    /// Whether a trial, counted from 0, is one of its.
    package func contains(_ index: Int) -> Bool { index % count == number - 1 }
}
