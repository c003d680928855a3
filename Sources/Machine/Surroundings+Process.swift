extension Surroundings {
    /// The number of processors that are switched on and that the process may run on.
    var affineProcessors: Int? {
        let status = file("/proc/self/status")?.split(separator: "\n")
        guard let line = status?.first(where: { $0.hasPrefix("Cpus_allowed_list:") }),
            let allowed = Self.ranges(line.dropFirst("Cpus_allowed_list:".count))
        else { return nil }
        // Processors that a machine might have one day may be allowed too.
        let online = file("/sys/devices/system/cpu/online").flatMap { Self.ranges($0[...]) } ?? [0...Int.max]
        let count = allowed.reduce(0) { count, range in
            online.reduce(count) { $0 + ($1.overlaps(range) ? $1.clamped(to: range).count : 0) }
        }
        return count > 0 ? count : nil
    }

    /// The most memory that the process has held so far, in bytes.
    package var peakBytes: Int? {
        let line = file("/proc/self/status")?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(whereSeparator: \.isWhitespace).lazy.compactMap { Int($0) }.first.map { $0 * 1024 }
    }

    /// Numbers as the kernel lists them: `0-3,8`.
    private static func ranges(_ list: Substring) -> [ClosedRange<Int>]? {
        var ranges: [ClosedRange<Int>] = []
        for part in list.split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
            let ends = part.split(separator: "-").map { Int($0) }
            guard 1...2 ~= ends.count, let first = ends[0], let last = ends[ends.count - 1], first <= last else {
                return nil
            }
            ranges.append(first...last)
        }
        return ranges
    }

    /// What the shell's limit of addresses leaves for data.
    var freeAddresses: Int? {
        addressLimit.map { max(0, $0 - addressesWithoutMemory - Self.addressesOfThreads) }
    }

    /// Addresses that are taken without memory behind them: by the program and its libraries.
    private var addressesWithoutMemory: Int {
        let pages = (file("/proc/self/statm") ?? "").split(separator: " ").prefix(2).compactMap { Int($0) }
        return pages.count == 2 ? max(0, pages[0] - pages[1]) * pageBytes : 0
    }

    /// For the stacks of a few threads, and for the first of the blocks that memory is allocated from.
    private static let addressesOfThreads = 48 << 20
}
