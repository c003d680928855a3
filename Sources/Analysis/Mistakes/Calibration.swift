/// Whether a network is right as often as it says: of the images of which it is 80 % sure, 80 % should be right.
package struct Calibration: Sendable, Hashable {
    /// The images whose confidence lies in one of several intervals of equal width.
    package struct Bin: Sendable, Hashable {
        /// Beyond its lower end, and up to its upper one; the first begins at zero itself.
        package let bounds: ClosedRange<Double>
        package let count: Int
        /// The mean of what the network said; NaN without images.
        package let confidence: Double
        /// The share of those it was right about; NaN without images.
        package let accuracy: Double
    }

    package let bins: [Bin]
    /// The mean confidence in all images.
    package let confidence: Double
    /// The share of images whose class was found.
    package let accuracy: Double

    /// Confidences that are no numbers belong to no bin.
    package init(_ verdicts: Verdicts, bins count: Int = 10) {
        precondition(count > 0)
        let known = verdicts.all.filter { $0.confidence.isFinite }
        var members = [[Verdicts.Verdict]](repeating: [], count: count)
        for verdict in known {
            let place = (Double(verdict.confidence) * Double(count)).rounded(.up) - 1
            members[Int(min(max(place, 0), Double(count - 1)))].append(verdict)
        }
        bins = members.enumerated().map { index, members in
            let bounds = Double(index) / Double(count)...Double(index + 1) / Double(count)
            return Bin(
                bounds: bounds, count: members.count, confidence: mean(members.map { Double($0.confidence) }),
                accuracy: mean(members.map { $0.isRight ? 1 : 0 }))
        }
        confidence = mean(known.map { Double($0.confidence) })
        accuracy = mean(known.map { $0.isRight ? 1 : 0 })
    }

    /// The distance of accuracy from confidence, as the mean over all images (Naeini and others, 2015).
    package var expectedError: Double {
        let counts = bins.reduce(0) { $0 + $1.count }
        let distances = bins.filter { $0.count > 0 }.map { Double($0.count) * abs($0.accuracy - $0.confidence) }
        return counts == 0 ? .nan : distances.reduce(0, +) / Double(counts)
    }
}

private func mean(_ values: [Double]) -> Double {
    values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
}
