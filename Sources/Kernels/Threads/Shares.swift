// How work is split: into shares that follow from counts alone, so that results never depend on the number of threads.

extension Range where Bound == Int {
    /// One of `pieces` shares, in order and without gaps, whose lengths differ by one at most.
    ///
    ///     (0..<10).share(1, of: 3)  // 3..<6
    @inline(__always)
    package func share(_ index: Int, of pieces: Int) -> Range<Int> {
        lowerBound + count * index / pieces..<lowerBound + count * (index + 1) / pieces
    }
}
