extension GroupComparison {
    /// How many repeats would make the interval reach no farther than `distance` to either side, if deviations stay what they
    /// are; nil without an interval, and where more than `limit` would not do.
    func repeatsNeeded(count: Int, distance: Double, atMost limit: Int = 1000) -> Int? {
        guard let interval, let degreesOfFreedom, count > 1, distance > 0 else { return nil }
        let reach = (interval.upperBound - interval.lowerBound) / 2
        let error = reach / Self.quantile(degreesOfFreedom)
        /// Errors shrink with the root of the repeats, and the degrees of freedom grow with them.
        func suffices(_ repeats: Int) -> Bool {
            let degrees = degreesOfFreedom * Double(repeats - 1) / Double(count - 1)
            return Self.quantile(degrees) * error * (Double(count) / Double(repeats)).squareRoot() <= distance
        }
        guard suffices(limit) else { return nil }
        var (tooFew, enough) = (1, limit)
        while enough - tooFew > 1 {
            let middle = (tooFew + enough) / 2
            if suffices(middle) { enough = middle } else { tooFew = middle }
        }
        return enough
    }

    private static func quantile(_ degreesOfFreedom: Double) -> Double {
        StudentT(degreesOfFreedom: degreesOfFreedom).quantile((1 + TrialSummary.confidence) / 2)
    }
}
