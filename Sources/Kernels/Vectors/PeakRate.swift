/// Multiply-adds in registers and nothing else: the rate that no kernel can exceed, unless it needs fewer multiplications.
///
/// Limit: the ports that multiply. A result is ready four cycles after it was begun, and two are begun in each, so
/// eight independent chains are enough; twelve leave room for a processor that is slower or wider, and fit sixteen
/// registers together with both factors. Without a fused operation a chain is twice as long, but its registers are only
/// half as wide as `Lanes`, which therefore stand for two chains each.
package final class PeakRate: Job {
    /// Multiplications and additions of one piece: some tenths of a millisecond of work.
    package static let flopsPerPiece = 2 * chains * laneCount * turns

    #if FUSED_MULTIPLY_ADD
    private static let chains = 12
    #else
    private static let chains = 6
    #endif
    private static let turns = 100_000

    /// A vector for each chain, then the factor and the summand; in memory, so that the compiler cannot know them.
    private var numbers: [Float]
    private let threads: Int

    package init(threads: Int) {
        self.threads = threads
        let sums = (0..<threads * Self.chains * laneCount).map(Float.init)
        numbers = sums + [Float](repeating: 0.5, count: laneCount) + [Float](repeating: 1, count: laneCount)
    }

    /// What the chains converge to: 2, whatever they began with.
    package var results: ArraySlice<Float> { numbers.dropLast(2 * laneCount) }

    package func run(_ index: Int, worker: Int) {
        numbers.withUnsafeMutableBufferPointer { numbers in
            guard let base = numbers.baseAddress else { return }
            let constants = base + threads * Self.chains * laneCount
            Self.multiplyAdd(base + worker * Self.chains * laneCount, UnsafePointer(constants))
        }
    }

    /// Every chain continues as `1 + sum * 0.5`, which depends on the previous turn: no product can be hoisted.
    private static func multiplyAdd(_ sums: UnsafeMutablePointer<Float>, _ constants: UnsafePointer<Float>) {
        let (factor, summand) = (constants.lanes(), constants.lanes(at: laneCount))
        var (a, b, c) = (sums.lanes(), sums.lanes(at: laneCount), sums.lanes(at: 2 * laneCount))
        var (d, e, f) = (sums.lanes(at: 3 * laneCount), sums.lanes(at: 4 * laneCount), sums.lanes(at: 5 * laneCount))
        #if FUSED_MULTIPLY_ADD
        var (g, h, i) = (sums.lanes(at: 6 * laneCount), sums.lanes(at: 7 * laneCount), sums.lanes(at: 8 * laneCount))
        var (j, k, l) = (sums.lanes(at: 9 * laneCount), sums.lanes(at: 10 * laneCount), sums.lanes(at: 11 * laneCount))
        #endif
        for _ in 0..<turns {
            a = summand.adding(a, times: factor)
            b = summand.adding(b, times: factor)
            c = summand.adding(c, times: factor)
            d = summand.adding(d, times: factor)
            e = summand.adding(e, times: factor)
            f = summand.adding(f, times: factor)
            #if FUSED_MULTIPLY_ADD
            g = summand.adding(g, times: factor)
            h = summand.adding(h, times: factor)
            i = summand.adding(i, times: factor)
            j = summand.adding(j, times: factor)
            k = summand.adding(k, times: factor)
            l = summand.adding(l, times: factor)
            #endif
        }
        sums.store(a, at: 0)
        sums.store(b, at: laneCount)
        sums.store(c, at: 2 * laneCount)
        sums.store(d, at: 3 * laneCount)
        sums.store(e, at: 4 * laneCount)
        sums.store(f, at: 5 * laneCount)
        #if FUSED_MULTIPLY_ADD
        sums.store(g, at: 6 * laneCount)
        sums.store(h, at: 7 * laneCount)
        sums.store(i, at: 8 * laneCount)
        sums.store(j, at: 9 * laneCount)
        sums.store(k, at: 10 * laneCount)
        sums.store(l, at: 11 * laneCount)
        #endif
    }
}
