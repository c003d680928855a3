import Synchronization

/// The pieces of a region that are not begun yet, as a range for each worker.
///
/// A worker takes pieces from its own range first, so that in region after region it mostly gets those whose data are in its
/// core's cache already; then it helps others, from the far end of their ranges. Nobody deals ranges out: a line that still
/// shows an earlier region stands for a whole range of this one, and whoever takes the first piece of it writes that down.
struct Claims: ~Copyable {
    /// Region (32 bits), next piece (16 bits), end (16 bits), alone in its cache line: claiming a piece is one
    /// compare-and-exchange, and a late worker can never take work from a region that it did not see begin.
    private struct Line: ~Copyable {
        let word: Atomic<UInt64>
        private let padding: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0, 0)
        init(_ word: UInt64) { self.word = Atomic(word) }
    }

    private let threads: Int
    private let lines: UnsafeMutablePointer<Line>

    /// As many as a word can count.
    static let mostPieces = Int(UInt16.max)
    /// Regions after which lines that nobody touched are brought up to date, long before "earlier" could be mistaken.
    private static let refreshInterval: UInt32 = 1 << 28

    init(threads: Int) {
        self.threads = threads
        lines = .allocate(capacity: threads)
        let word = Self.word(PublishedRegion.beforeFirst.number, 0, 0)
        for worker in 0..<threads { (lines + worker).initialize(to: Line(word)) }
    }

    deinit {
        lines.deinitialize(count: threads)
        lines.deallocate()
    }

    @inline(__always)
    private static func word(_ region: UInt32, _ next: Int, _ end: Int) -> UInt64 {
        UInt64(region) << 32 | UInt64(next) << 16 | UInt64(end)
    }

    /// To be called before a region is published, while no other has pieces left.
    func prepare(for region: PublishedRegion) {
        guard region.number % Self.refreshInterval == 0 else { return }
        for worker in 0..<threads {
            lines[worker].word.store(Self.word(region.number &- 1, 0, 0), ordering: .releasing)
        }
    }

    /// A piece for a worker.
    @inline(__always)
    func next(for worker: Int, in region: PublishedRegion) -> Int? {
        let workers = region.workers
        for distance in 0..<workers {
            let owner = worker + distance < workers ? worker + distance : worker + distance - workers
            if let piece = take(from: owner, in: region, isOwn: distance == 0) { return piece }
        }
        return nil
    }

    @inline(__always)
    private func take(from owner: Int, in region: PublishedRegion, isOwn: Bool) -> Int? {
        var seen = lines[owner].word.load(ordering: .acquiring)
        while true {
            var pieces = Int((seen >> 16) & 0xffff)..<Int(max(seen & 0xffff, (seen >> 16) & 0xffff))
            let age = region.number &- UInt32(truncatingIfNeeded: seen >> 32)
            if age != 0 {
                // A line of a later region: this one is over.
                if age > UInt32.max / 2 { return nil }
                pieces = (0..<region.pieces).share(owner, of: region.workers)
            }
            guard !pieces.isEmpty else { return nil }
            let desired =
                isOwn
                ? Self.word(region.number, pieces.lowerBound + 1, pieces.upperBound)
                : Self.word(region.number, pieces.lowerBound, pieces.upperBound - 1)
            let (exchanged, original) = lines[owner].word.weakCompareExchange(
                expected: seen, desired: desired, ordering: .acquiringAndReleasing)
            if exchanged { return isOwn ? pieces.lowerBound : pieces.upperBound - 1 }
            seen = original
        }
    }
}
