import Layers
import Reporting
import Schema

extension ExperimentConfig {
    /// A last layer whose results are taken for logits though they cannot be any number, or that changes them in training alone:
    /// a model that ends so learns badly, and most often a softmax was meant, or another order.
    var boundedLogits: Problems {
        var problems = Problems()
        problems.file = file.map { displayable($0) }
        guard training.loss is SparseCategoricalCrossentropy, let last = model.layers.last, let written = last.place
        else { return problems }
        let type = Swift.type(of: last.layer).name
        if ["Dropout", "SpatialDropout2D", "GaussianDropout", "GaussianNoise"].contains(type) {
            problems.append(
                written.problem(
                    "\(type) is the last layer, and training's loss is one of outputs that it has changed",
                    remedy: "place it before the layer that tells the classes apart"))
        }
        guard let activation = last.layer.finalActivation else { return problems }
        let place = written["activation"] ?? written
        problems.append(
            place.problem(
                "\(quoted(activation)) is the last activation, and without a softmax its results are taken for logits",
                remedy: "write \"softmax\", or \"linear\" for logits (as from_logits=True in Keras)"))
        return problems
    }
}

extension Layer {
    /// The activation that decides what the layer's results can be; nil where they can be any number, or are probabilities.
    fileprivate var finalActivation: String? {
        let name = self is ReLULayer ? "relu" : json["activation"]?.text
        return name.flatMap { ["linear", "softmax", "leaky_relu"].contains($0) ? nil : $0 }
    }
}
