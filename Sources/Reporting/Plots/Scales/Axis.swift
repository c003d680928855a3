/// What an axis is to show: its numbers' kind and limits. Where it begins and ends follows from the data.
package struct Axis: Sendable {
    package enum Scale: Sendable {
        case linear, logarithmic
        /// Names at 0, 1, 2, …
        case categories([String])
    }

    /// What is measured, and in which unit.
    package var label: String
    package var scale: Scale
    /// What is shown; nil for all that the data take.
    package var range: ClosedRange<Double>?
    /// Values beyond these cannot occur, so no margin is left there: 0 to 1 for an accuracy.
    package var limits: ClosedRange<Double>
    /// Whether zero belongs to the picture even where no value is near.
    package var includesZero: Bool
    /// Whether only whole numbers have a meaning, as for epochs.
    package var isWhole: Bool
    /// Whether there is a margin between the outermost values and the ends.
    package var hasMargin: Bool

    package init(
        _ label: String = "", scale: Scale = .linear, range: ClosedRange<Double>? = nil,
        limits: ClosedRange<Double> = -.infinity ... .infinity, includesZero: Bool = false, isWhole: Bool = false,
        hasMargin: Bool = true
    ) {
        self.label = label
        self.scale = scale
        self.range = range
        self.limits = limits
        self.includesZero = includesZero
        self.isWhole = isWhole
        self.hasMargin = hasMargin
    }

    var isLogarithmic: Bool { if case .logarithmic = scale { true } else { false } }

    /// Whether a value has a place on this axis, wherever it begins and ends.
    func shows(_ value: Double) -> Bool {
        value.isFinite && abs(value) < Self.largest && (!isLogarithmic || value > Self.smallest)
    }

    /// Beyond this sums and differences are no longer finite.
    private static let largest = 1e300
    /// Below this a number has too few digits for margins.
    private static let smallest = 1e-300
}
