import Datasets
import Kernels
import Layers
import Tensors

/// A model's loss, accuracy and predictions on images that it is not trained on.
package struct Evaluation: Sendable {
    package let score: Score
    /// The most probable class of each image.
    package let predictions: [Int]
    /// The probability that the model gave that class.
    package let confidences: [Float]
    /// Each image's loss, without penalties.
    package let losses: [Float]

    /// Large enough to occupy all threads, small enough to need little memory.
    package static let largestBatch = 512

    /// A batch for so many images: of as equal batches as can be, so that one program serves nearly always for all.
    package static func batchSize(for images: Int) -> Int {
        let batches = max(1, images.dividedRoundingUp(by: largestBatch))
        return max(1, images.dividedRoundingUp(by: batches))
    }

    /// Runs the inference program batch by batch over some of the images, or over all if `images` is nil.
    package init(of network: Network, on dataset: Dataset, images: [Int]? = nil, team: Team) throws {
        try self.init(of: network, on: dataset, images: images, cache: nil, team: team)
    }

    /// The same with the features that were kept from earlier, and are kept for later.
    init(of network: Network, on dataset: Dataset, images: [Int]?, cache: FeatureCache?, team: Team) throws {
        let size = Self.batchSize(for: images?.count ?? dataset.count)
        let source = BatchSource(dataset, images: images, batchSize: size)
        let order = source.order(epoch: 0)
        let loader = try BatchLoader(source, cache: cache)
        var lossSum = 0.0
        var correct = 0
        var penalty = 0.0
        var predictions: [Int] = []
        predictions.reserveCapacity(order.count)
        var (confidences, losses): ([Float], [Float]) = ([], [])
        for batch in 0..<source.batchCount {
            let numbers = order[source.range(ofBatch: batch)]
            let program = try network.program(.inference, batch: numbers.count)
            loader.load(numbers, into: program, team: team)
            // Only layers that augment always ask for it: the same images are seen alike after every epoch.
            program.runFromFeatures(key: RandomSource(seed: 0, purpose: "evaluation", round: batch).key, team: team)
            lossSum += program.lossSum
            correct += program.correctCount
            penalty = program.penalty
            let probabilities = program.probabilities
            let found = Self.mostProbable(probabilities, classes: network.classes)
            predictions += found
            confidences += found.enumerated().map { probabilities[$0 * network.classes + $1] }
            losses += program.imageLosses
        }
        let count = Double(max(order.count, 1))
        score = Score(loss: lossSum / count + penalty, accuracy: Double(correct) / count)
        self.predictions = predictions
        self.confidences = confidences
        self.losses = losses
    }

    private static func mostProbable(_ probabilities: [Float], classes: Int) -> [Int] {
        stride(from: 0, to: probabilities.count, by: classes).map { row in
            (0..<classes).reduce(0) { probabilities[row + $1] > probabilities[row + $0] ? $1 : $0 }
        }
    }
}
