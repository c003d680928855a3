import Foundation

/// Student's distribution: how far a mean strays, measured by a deviation that was itself estimated.
package struct StudentT: Sendable, Equatable {
    /// Above zero, not necessarily whole.
    package let degreesOfFreedom: Double

    /// The fewer the degrees, the heavier the tails.
    package init(degreesOfFreedom: Double) {
        self.degreesOfFreedom = degreesOfFreedom
    }

    /// The probability of a value of at most t.
    package func cumulative(_ t: Double) -> Double {
        if t.isNaN { return .nan }
        return t < 0 ? tail(-t) : 1 - tail(t)
    }

    /// The probability of a value at least as far from zero as t, on either side: a test's p.
    package func beyond(_ t: Double) -> Double {
        t.isNaN ? .nan : 2 * tail(abs(t))
    }

    /// The value below which a share of the distribution lies; infinite for 0 and 1, no number outside of them.
    package func quantile(_ share: Double) -> Double {
        guard (0...1).contains(share), degreesOfFreedom > 0 else { return .nan }
        if share == 0.5 { return 0 }
        if share == 0 || share == 1 { return share == 0 ? -.infinity : .infinity }
        // A small upper share is exact only as what it was computed from, 1 − share; a small lower one is itself.
        let value = distance(ofTail: min(share, 1 - share))
        return share < 0.5 ? -value : value
    }

    /// The probability of more than t, for t of at least zero.
    private func tail(_ t: Double) -> Double {
        guard t.isFinite else { return 0 }
        let (half, square) = (degreesOfFreedom / 2, t * t)
        let sum = degreesOfFreedom + square
        guard sum.isFinite else { return 0 }
        return regularizedIncompleteBeta(degreesOfFreedom / sum, complement: square / sum, half, 0.5) / 2
    }

    /// Where the tail has a probability below one half: between two neighbouring numbers, by halving.
    private func distance(ofTail probability: Double) -> Double {
        var low = 0.0
        var high = 1.0
        while tail(high) > probability { (low, high) = (high, high * 2) }
        while true {
            let middle = low + (high - low) / 2
            guard middle > low, middle < high else { return middle }
            if tail(middle) > probability { low = middle } else { high = middle }
        }
    }
}
