import Foundation

/// The values that an axis marks: those that a person would choose, with as many digits as tell them apart.
enum Ticks {
    /// Multiples of 1, 2 or 5 times a power of ten: of all such steps the smallest that leaves at most `count` ticks.
    static func linear(_ range: ClosedRange<Double>, atMost count: Int, isWhole: Bool = false) -> [FittedAxis.Tick] {
        let (low, high) = (range.lowerBound, range.upperBound)
        let extent = high - low
        guard extent > 0, extent.isFinite, count > 0 else { return [] }
        var exponent = Int(log10(extent / Double(count)).rounded(.down)) - 1
        var mantissas = [1, 2, 5]
        while true {
            let mantissa = mantissas.removeFirst()
            if let ticks = ticks(low, high, mantissa: mantissa, exponent: exponent, atMost: count),
                !isWhole || exponent >= 0
            {
                return ticks
            }
            if mantissas.isEmpty {
                mantissas = [1, 2, 5]
                exponent += 1
            }
        }
    }

    private static func ticks(
        _ low: Double, _ high: Double, mantissa: Int, exponent: Int, atMost count: Int
    ) -> [FittedAxis.Tick]? {
        let step = Double(mantissa) * powerOfTen(exponent)
        let slack = 1e-9 * (high - low) / step
        let (first, last) = ((low / step - slack).rounded(.up), (high / step + slack).rounded(.down))
        // Steps of numbers this large are no longer exact; an axis without ticks is better than one with wrong ones.
        guard abs(first) < 1e15, abs(last) < 1e15 else { return [] }
        guard last - first < Double(count) else { return nil }
        guard first <= last else { return [] }
        let values = (Int(first)...Int(last)).map { index in
            // A division by a whole power rounds once: 3 × 0.1 would be 0.30000000000000004.
            exponent < 0
                ? Double(index * mantissa) / powerOfTen(-exponent) : Double(index * mantissa) * powerOfTen(exponent)
        }
        return labeled(values, exponent: exponent)
    }

    /// Powers of ten; with 2 and 5 times them where they alone would be too few; plain multiples on a short stretch.
    static func logarithmic(_ range: ClosedRange<Double>, atMost count: Int) -> [FittedAxis.Tick] {
        let (low, high) = (range.lowerBound, range.upperBound)
        guard low > 0, high > low, high.isFinite, count > 0 else { return [] }
        let first = Int((log10(low) - 1e-9).rounded(.up))
        let last = Int((log10(high) + 1e-9).rounded(.down))
        if last - first >= 2 || (last - first == 1 && count < 5) {
            let stride = (last - first) / count + 1
            return Swift.stride(from: first, through: last, by: stride).map {
                FittedAxis.Tick(value: powerOfTen($0), label: label(powerOfTen: $0))
            }
        }
        let fine = ladder([1, 2, 5], from: first - 1, through: last + 1, in: range)
        guard fine.count >= 3 else { return linear(range, atMost: count) }
        return fine.count <= count ? fine : ladder([1], from: first, through: last, in: range)
    }

    /// The products of some factors and powers of ten that lie in a range.
    private static func ladder(
        _ factors: [Double], from first: Int, through last: Int, in range: ClosedRange<Double>
    ) -> [FittedAxis.Tick] {
        var ticks: [FittedAxis.Tick] = []
        for exponent in first...last {
            for factor in factors {
                let value = factor * powerOfTen(exponent)
                guard value >= range.lowerBound * (1 - 1e-9), value <= range.upperBound * (1 + 1e-9) else { continue }
                ticks.append(FittedAxis.Tick(value: value, label: label(value, decimals: -exponent)))
            }
        }
        return ticks
    }

    private static func labeled(_ values: [Double], exponent: Int) -> [FittedAxis.Tick] {
        // All in one form, or they would be hard to compare.
        if exponent < -6 || values.contains(where: { abs($0) >= 1e7 }) {
            let largest = values.map { abs($0) }.max() ?? 0
            // As many digits as lead from the first one of the largest to the one that steps change.
            let needed = largest > 0 ? Int(log10(largest).rounded(.down)) - exponent + 1 : 1
            let digits = min(15, max(usualDigits, needed))
            return values.map { FittedAxis.Tick(value: $0, label: scientific($0, digits: digits)) }
        }
        return values.map { FittedAxis.Tick(value: $0, label: label($0, decimals: -exponent)) }
    }

    private static func label(powerOfTen exponent: Int) -> String {
        -4...5 ~= exponent
            ? label(powerOfTen(exponent), decimals: -exponent)
            : "10" + String("\(exponent)".map { superscripts[$0] ?? $0 })
    }

    private static let superscripts: [Character: Character] = [
        "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹",
    ]

    private static func label(_ value: Double, decimals: Int) -> String {
        guard abs(value) < 1e7 else { return scientific(value) }
        let text = decimals > 0 ? fixed(value, digits: decimals) : grouped(Int(value.rounded()))
        return text.replacing("-", with: "−")
    }

    /// What tells numbers apart unless they are nearly the same.
    private static let usualDigits = 6

    /// `1.5e9`: shorter than C's form.
    private static func scientific(_ value: Double, digits: Int = Self.usualDigits) -> String {
        guard value != 0 else { return "0" }
        return significant(value, digits: digits).replacing("e+0", with: "e").replacing("e+", with: "e")
            .replacing("e-0", with: "e-").replacing("-", with: "−")
    }

    /// Read from its text, which gives the nearest number.
    private static func powerOfTen(_ exponent: Int) -> Double {
        Double("1e\(exponent)") ?? 0
    }
}
