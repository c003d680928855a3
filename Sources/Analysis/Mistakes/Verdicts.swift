/// What a network says of labelled images.
package struct Verdicts: Sendable {
    /// What it says of one of them.
    package struct Verdict: Sendable, Hashable {
        /// The image's number in its set.
        package let image: Int
        /// The true class.
        package let label: Int
        /// The most probable class; the first of equals.
        package let predicted: Int
        /// The probability of that.
        package let confidence: Float
        package let loss: Float

        package init(image: Int, label: Int, predicted: Int, confidence: Float, loss: Float) {
            self.image = image
            self.label = label
            self.predicted = predicted
            self.confidence = confidence
            self.loss = loss
        }

        package var isRight: Bool { label == predicted }
    }

    /// In the order of the images.
    package let all: [Verdict]

    package init(_ all: [Verdict]) { self.all = all }

    /// The share of images whose class was found.
    package var accuracy: Double { share(of: all.count(where: \.isRight)) }

    /// The mean of the images' losses.
    package var loss: Double { all.reduce(0) { $0 + Double($1.loss) } / Double(max(1, all.count)) }

    private func share(of count: Int) -> Double { Double(count) / Double(max(1, all.count)) }

    /// The wrong ones, the largest loss first.
    package var mistakes: [Verdict] {
        all.filter { !$0.isRight }.sorted { first, second in
            // What is no number is as wrong as can be.
            let (one, other) = (first.loss.isNaN ? .infinity : first.loss, second.loss.isNaN ? .infinity : second.loss)
            return one == other ? first.image < second.image : one > other
        }
    }
}
