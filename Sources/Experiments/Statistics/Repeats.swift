/// One figure of every repeat of something, each with the seed and fold that it is known by.
struct Repeats: Sendable {
    /// Which repeat, and its figure.
    typealias Figure = (repeated: TrialResult.Repeat, value: Double)

    private let figures: [Figure]

    init(_ figures: [Figure]) { self.figures = figures }

    /// The figures alone.
    var sample: Sample { Sample(figures.map(\.value)) }

    /// The first's figure against the second's: paired where both have the same seeds and folds, otherwise by Welch's test; nil
    /// where one has none. Several figures of one repeat, such as those of several networks, share what the seed decides, and so
    /// count as one: their mean.
    func compared(with other: Repeats, confidence: Double = TrialSummary.confidence) -> GroupComparison? {
        guard !figures.isEmpty, !other.figures.isEmpty else { return nil }
        if let pairs = pairs(with: other) { return GroupComparison(pairs: pairs, confidence: confidence) }
        return GroupComparison(sample, other.sample, confidence: confidence)
    }

    /// Nil unless both have the same repeats, each of which a side has as often as its others.
    private func pairs(with other: Repeats) -> [(first: Double, second: Double)]? {
        guard figures.allSatisfy({ $0.repeated.seed != nil }), let partners = other.means else { return nil }
        guard let means, means.count == partners.count else { return nil }
        // A single repeat of several figures is no pair that chance could be judged by; the figures are then all there is.
        guard means.count > 1 || figures.count == 1 && other.figures.count == 1 else { return nil }
        let values = Dictionary(partners.map { ($0.repeated, $0.value) }) { first, _ in first }
        let pairs = means.compactMap { mean in values[mean.repeated].map { (mean.value, $0) } }
        return pairs.count == means.count ? pairs : nil
    }

    /// The mean of each repeat, in their order; nil where some have more figures than others.
    private var means: [Figure]? {
        let all = Dictionary(grouping: figures, by: \.repeated)
        guard Set(all.values.map(\.count)).count == 1 else { return nil }
        var seen: Set<TrialResult.Repeat> = []
        return figures.compactMap { figure in
            guard seen.insert(figure.repeated).inserted, let values = all[figure.repeated] else { return nil }
            return (figure.repeated, Sample(values.map(\.value)).mean)
        }
    }
}
