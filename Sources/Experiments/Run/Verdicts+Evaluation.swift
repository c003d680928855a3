import Analysis
import Datasets
import Training

extension Verdicts {
    /// What an evaluation of a whole set has found.
    init(_ evaluation: Evaluation, of dataset: Dataset) {
        self.init(
            evaluation.predictions.enumerated().map { image, predicted in
                Verdict(
                    image: image, label: Int(dataset.labels[image]), predicted: predicted,
                    confidence: evaluation.confidences[image], loss: evaluation.losses[image])
            })
    }
}
