import Foundation

/// An axis that knows its data: where it begins and ends, and which values are marked.
struct FittedAxis {
    struct Tick: Equatable {
        var value: Double
        var label: String
    }

    let axis: Axis
    let low: Double
    let high: Double
    let ticks: [Tick]

    /// Fits an axis around values, with no more ticks than `mostTicks`.
    init(_ axis: Axis, values: some Sequence<Double>, mostTicks: Int) {
        self.axis = axis
        if case .categories(let names) = axis.scale {
            (low, high) = (-0.5, Double(max(1, names.count)) - 0.5)
            ticks = names.enumerated().map { Tick(value: Double($0.offset), label: $0.element) }
            return
        }
        (low, high) = axis.range.map { ($0.lowerBound, $0.upperBound) } ?? Self.extent(axis, values)
        if axis.isLogarithmic {
            ticks = Ticks.logarithmic(low...high, atMost: mostTicks)
        } else {
            ticks = Ticks.linear(low...high, atMost: mostTicks, isWhole: axis.isWhole)
        }
    }

    /// Where a value lies: 0 at the beginning, 1 at the end; nil for values that have no place.
    func share(_ value: Double) -> Double? {
        guard axis.shows(value) else { return nil }
        return axis.isLogarithmic
            ? (log10(value) - log10(low)) / (log10(high) - log10(low)) : (value - low) / (high - low)
    }

    private static func extent(_ axis: Axis, _ values: some Sequence<Double>) -> (Double, Double) {
        var (low, high) = (Double.infinity, -Double.infinity)
        for value in values where axis.shows(value) { (low, high) = (min(low, value), max(high, value)) }
        guard low <= high else { return axis.isLogarithmic ? (0.1, 1) : (0, 1) }
        if axis.isLogarithmic {
            // Half a decade around a single value, a little around several.
            let factor = high > low * 1.0001 ? pow(10, axis.hasMargin ? 0.04 * (log10(high) - log10(low)) : 0) : 3
            return (low / factor, high * factor)
        }
        if axis.includesZero { (low, high) = (min(low, 0), max(high, 0)) }
        let size = max(abs(low), abs(high))
        // Differences that steps could not express count as none.
        if high - low <= max(size * 1e-9, 1e-300) {
            let around = axis.isWhole ? 1 : size > 1e-290 ? size * 0.1 : 1
            return widened(low, high, by: around, axis)
        }
        return axis.hasMargin ? widened(low, high, by: (high - low) * 0.05, axis) : (low, high)
    }

    /// Adds margins, but none across zero or beyond what can occur: there the axis ends.
    private static func widened(_ low: Double, _ high: Double, by margin: Double, _ axis: Axis) -> (Double, Double) {
        var (wideLow, wideHigh) = (low - margin, high + margin)
        if low >= 0 { wideLow = max(0, wideLow) }
        if high <= 0 { wideHigh = min(0, wideHigh) }
        if low >= axis.limits.lowerBound { wideLow = max(axis.limits.lowerBound, wideLow) }
        if high <= axis.limits.upperBound { wideHigh = min(axis.limits.upperBound, wideHigh) }
        if wideLow < wideHigh { return (wideLow, wideHigh) }
        // Nothing but zeros.
        return (max(axis.limits.lowerBound, low - 1), min(axis.limits.upperBound, high + 1))
    }
}
