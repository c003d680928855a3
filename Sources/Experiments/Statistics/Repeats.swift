/// One figure of every repeat of something, each with the seed and fold that it is known by.
struct Repeats: Sendable {
    /// Which repeat, and its figure.
    typealias Figure = (repeated: TrialResult.Repeat, value: Double)

    private let figures: [Figure]

    init(_ figures: [Figure]) { self.figures = figures }

    /// The figures alone.
    var sample: Sample { Sample(figures.map(\.value)) }

    /// The first's figure against the second's: paired where both have the same seeds and folds, each once, otherwise
    /// by Welch's test; nil where one has none.
    func compared(with other: Repeats, confidence: Double = TrialSummary.confidence) -> GroupComparison? {
        guard !figures.isEmpty, !other.figures.isEmpty else { return nil }
        if let pairs = pairs(with: other) { return GroupComparison(pairs: pairs, confidence: confidence) }
        return GroupComparison(sample, other.sample, confidence: confidence)
    }

    /// Nil unless every repeat of the one is exactly one of the other.
    private func pairs(with other: Repeats) -> [(first: Double, second: Double)]? {
        let (first, second) = (figures, other.figures)
        guard first.count == second.count, first.allSatisfy({ $0.repeated.seed != nil }) else { return nil }
        let partners = Dictionary(second.map { ($0.repeated, $0.value) }) { a, _ in a }
        let pairs = first.compactMap { figure in partners[figure.repeated].map { (figure.value, $0) } }
        return Set(first.map(\.repeated)).count == second.count && pairs.count == second.count
            && partners.count == second.count ? pairs : nil
    }
}
