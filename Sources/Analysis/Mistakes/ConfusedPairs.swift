/// How often images of one class were taken for another.
package struct ConfusedPair: Sendable, Hashable {
    package let label: Int
    package let predicted: Int
    /// Images of the one that were taken for the other.
    package let count: Int
    /// Images of the true class.
    package let labelCount: Int

    /// Of all images of the true class.
    package var share: Double { Double(count) / Double(max(1, labelCount)) }
}

extension Verdicts {
    /// Pairs of a true and a predicted class, the most frequent first.
    package var confusedPairs: [ConfusedPair] {
        var labelCounts: [Int: Int] = [:]
        var counts: [[Int]: Int] = [:]
        for verdict in all {
            labelCounts[verdict.label, default: 0] += 1
            if !verdict.isRight { counts[[verdict.label, verdict.predicted], default: 0] += 1 }
        }
        let pairs = counts.map { pair, count in
            ConfusedPair(
                label: pair[0], predicted: pair[1], count: count, labelCount: labelCounts[pair[0], default: 0])
        }
        return pairs.sorted { (-$0.count, $0.label, $0.predicted) < (-$1.count, $1.label, $1.predicted) }
    }
}
