import Datasets
import Kernels
import Layers

/// What a model makes of images that it does not learn from.
package struct Evaluation: Sendable {
    /// Loss and accuracy over all of them.
    package let score: Score
    /// For each image, the class that the model found most probable.
    package let predictions: [Int]

    /// Images of a batch: enough to share out, few enough to need little memory.
    package static let batchSize = 512

    /// Runs the inference program over batches, the last one short. Without a choice, over all images.
    package init(of network: Network, on dataset: Dataset, images: [Int]? = nil, team: Team) throws {
        let source = BatchSource(dataset, images: images, batchSize: Self.batchSize)
        let order = source.order(epoch: 0)
        let loader = try BatchLoader(source)
        var lossSum = 0.0
        var correct = 0
        var penalty = 0.0
        var predictions: [Int] = []
        predictions.reserveCapacity(order.count)
        for batch in 0..<source.batchCount {
            let numbers = order[source.range(ofBatch: batch)]
            loader.load(numbers, team: team)
            let program = try network.program(.inference, batch: numbers.count)
            program.bind(images: loader.images, labels: loader.labels)
            program.run(team: team)
            lossSum += program.lossSum
            correct += program.correctCount
            penalty = program.penalty
            predictions += Self.mostProbable(program.probabilities, classes: network.classes)
        }
        let count = Double(max(order.count, 1))
        score = Score(loss: lossSum / count + penalty, accuracy: Double(correct) / count)
        self.predictions = predictions
    }

    private static func mostProbable(_ probabilities: [Float], classes: Int) -> [Int] {
        stride(from: 0, to: probabilities.count, by: classes).map { row in
            (0..<classes).reduce(0) { probabilities[row + $1] > probabilities[row + $0] ? $1 : $0 }
        }
    }
}
