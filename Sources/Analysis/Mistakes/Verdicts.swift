import Datasets
import Kernels
import Layers
import Tensors

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

    /// Runs the network over all images, a few at a time.
    package init(of network: Network, on dataset: Dataset, team: Team) throws {
        let source = BatchSource(dataset, batchSize: Self.batchSize)
        let images = try FloatMemory(count: min(Self.batchSize, dataset.count) * dataset.imageSize)
        let labels = try FloatMemory(count: min(Self.batchSize, dataset.count))
        var all: [Verdict] = []
        all.reserveCapacity(dataset.count)
        for batch in 0..<source.batchCount {
            let numbers = source.range(ofBatch: batch)
            let program = try network.program(.inference, batch: numbers.count)
            source.decode(source.images[numbers], images: images.base, labels: labels.base)
            program.bind(images: images, labels: labels)
            // What layers that augment always draw is what an evaluation draws, so that both find the same classes.
            program.run(key: RandomSource(seed: 0, purpose: "evaluation", epoch: batch).key, team: team)
            let (probabilities, losses) = (program.probabilities, program.imageLosses)
            for (place, image) in numbers.enumerated() {
                let row = probabilities[place * network.classes..<(place + 1) * network.classes]
                let best = row.indices.reduce(row.startIndex) { row[$1] > row[$0] ? $1 : $0 }
                all.append(
                    Verdict(
                        image: image, label: Int(dataset.labels[image]), predicted: best - row.startIndex,
                        confidence: row[best], loss: losses[place]))
            }
        }
        self.all = all
    }

    private static let batchSize = 512

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
