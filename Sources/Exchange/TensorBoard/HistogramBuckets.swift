/// Numbers counted in intervals of equal width between the least and the greatest of them, as TensorFlow's summaries
/// do.
struct HistogramBuckets {
    /// One more than there are counts. All are the same where all numbers are.
    private(set) var edges: [Double]
    private(set) var counts: [Double]

    static let count = 30

    /// What is not finite is not counted.
    init(of values: [Float]) {
        var (least, greatest) = (Float.infinity, -Float.infinity)
        for value in values where value.isFinite {
            least = min(least, value)
            greatest = max(greatest, value)
        }
        counts = [Double](repeating: 0, count: Self.count)
        edges = [Double](repeating: 0, count: Self.count + 1)
        guard least <= greatest else { return }
        let (low, high) = (Double(least), Double(greatest))
        let width = (high - low) / Double(Self.count)
        edges = (0..<Self.count).map { low + Double($0) * width } + [high]
        for value in values where value.isFinite {
            let bucket = width > 0 ? min(Int((Double(value) - low) / width), Self.count - 1) : Self.count - 1
            counts[bucket] += 1
        }
    }
}
