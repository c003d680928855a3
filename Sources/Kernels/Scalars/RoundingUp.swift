extension Int {
    /// How many parts of at most that length this length has.
    @inline(__always)
    package func dividedRoundingUp(by step: Int) -> Int { (self + step - 1) / step }

    /// The least multiple that is not below this number.
    @inline(__always)
    package func roundedUp(toMultipleOf step: Int) -> Int { dividedRoundingUp(by: step) * step }
}
