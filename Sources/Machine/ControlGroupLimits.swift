// What the files of control groups say. Files that are not there, or say "max", limit nothing.

extension ControlGroups {
    /// The smallest quota of processor time, in whole processors.
    ///
    /// A quota of one and a half processors counts as two: two threads are stopped for a quarter of the time and get the one
    /// and a half that were given; a single thread would leave a third of it unused.
    func processors(reading read: (String) -> String?) -> Grant? {
        var smallest: Grant?
        func consider(_ quota: Int?, _ period: Int?, _ file: String) {
            guard let quota, let period, quota > 0, period > 0 else { return }
            let grant = Grant(max(1, (quota - 1) / period + 1), by: .controlGroup(file: file))
            smallest = smallest?.limited(by: grant) ?? grant
        }
        for folder in folders(of: "cpu") {
            let file = "\(folder)/cpu.cfs_quota_us"
            consider(number(file, read), number("\(folder)/cpu.cfs_period_us", read), file)
        }
        for folder in unifiedFolders {
            let file = "\(folder)/cpu.max"
            let words = (read(file) ?? "").split { $0.isWhitespace }.map { Int($0) }
            if words.count == 2 { consider(words[0], words[1], file) }
        }
        return smallest
    }

    /// The smallest limit of memory in bytes.
    ///
    /// `memory.high` counts too: beyond it the kernel does not kill, but slows a process down to next to nothing.
    func memory(reading read: (String) -> String?) -> Grant? {
        limits(reading: read).map(\.limit).reduce(nil) { $0?.limited(by: $1) ?? $1 }
    }

    /// What is still free of the most used of the limits, in bytes; cached files do not count as used.
    func freeMemory(reading read: (String) -> String?) -> Int? {
        limits(reading: read).compactMap { limit, usage, statistics in
            number(usage, read).map { used in
                // In version 1 only the total counts the groups within, as the usage does.
                let text = read(statistics)
                let cached = value("total_inactive_file", in: text) ?? value("inactive_file", in: text) ?? 0
                return max(0, limit.amount - max(0, used - cached))
            }
        }.min()
    }

    /// All limits of memory, each with the files that tell what of it is used.
    private func limits(reading read: (String) -> String?) -> [(limit: Grant, usage: String, statistics: String)] {
        var limits: [(limit: Grant, usage: String, statistics: String)] = []
        func consider(_ bytes: Int?, _ file: String, _ folder: String, usage: String) {
            guard let bytes, bytes > 0 else { return }
            let grant = Grant(bytes, by: .controlGroup(file: file))
            limits.append((grant, "\(folder)/\(usage)", "\(folder)/memory.stat"))
        }
        for folder in folders(of: "memory") {
            let file = "\(folder)/memory.limit_in_bytes"
            consider(number(file, read), file, folder, usage: "memory.usage_in_bytes")
            // Of groups around the container, which cannot be seen from inside.
            let outer = "\(folder)/memory.stat"
            let limit = value("hierarchical_memory_limit", in: read(outer))
            consider(limit, outer, folder, usage: "memory.usage_in_bytes")
        }
        for folder in unifiedFolders {
            for name in ["memory.max", "memory.high"] {
                consider(number("\(folder)/\(name)", read), "\(folder)/\(name)", folder, usage: "memory.current")
            }
        }
        return limits
    }

    private func number(_ file: String, _ read: (String) -> String?) -> Int? {
        read(file).flatMap { $0.split { $0.isWhitespace }.first }.flatMap { Int($0) }
    }

    /// The number behind a word at the beginning of a line.
    private func value(_ word: String, in text: String?) -> Int? {
        let line = text?.split(separator: "\n").first { $0.hasPrefix(word + " ") }
        return line?.split(separator: " ").last.flatMap { Int($0) }
    }
}
