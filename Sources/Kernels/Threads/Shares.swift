// How work is split: into pieces and shares that follow from counts alone, so that results never depend on the number of threads.

extension Int {
    /// Into how many pieces a loop of that length is cut, each no shorter than `least`, below which handing it to a thread costs
    /// more than it saves; and no more than keep many cores busy.
    package func pieces(noShorterThan least: Int) -> Int { Swift.min(64, Swift.max(1, self / least)) }
}

extension Range where Bound == Int {
    /// One of `pieces` shares, in order and without gaps, whose lengths differ by one at most.
    ///
    ///     (0..<10).share(1, of: 3)  // 3..<6
    @inline(__always)
    package func share(_ index: Int, of pieces: Int) -> Range<Int> {
        lowerBound + count * index / pieces..<lowerBound + count * (index + 1) / pieces
    }
}
