import Layers
import Schema
import Training

/// Everything that a config file says about one experiment, once variables are resolved.
package struct ExperimentConfig: Described {
    /// The run directory's name, too.
    package var name = ""
    /// For people; nothing reads it.
    package var description = ""
    /// The images.
    package var dataset = DatasetSettings()
    /// The layers.
    package var model = ModelSettings()
    /// Everything that changes weights.
    package var training = TrainingSettings()
    /// All randomness follows from it.
    package var seed = 0
    /// What the results are held to.
    package var expect = Expectations()
    /// What varies between many runs; nil for one run.
    package var sweep: SweepSettings?
    /// The file that messages name; nil for what was not read from any.
    package internal(set) var file: String?

    /// Nothing to train yet; everything else as it is when left out.
    package init() {}

    package static let name = "experiment"
    package static let summary = "One experiment: what to train on what, how, and what to expect of it."
    package static var fields: [Field<ExperimentConfig>] {
        [
            .required("name", \.name, as: .folderName, "what the experiment and its run directory are called"),
            .optional("description", \.description, "what the experiment is for, in words"),
            .required("dataset", \.dataset, "which images there are, and which of them validate"),
            .required("model", \.model, "what is trained, layer by layer"),
            .optional("training", \.training, "how long and by which rule the model is trained"),
            // Beyond 2⁵³ other programs that read the config would see another number.
            .optional("seed", \.seed, in: 0...(1 << 53), "where all randomness comes from"),
            .optional("expect", \.expect, "bounds that the results are held to"),
            .optional("sweep", \.sweep, "many runs from one config: what varies between them"),
        ]
    }

    /// What needs a validation part, and what needs an epoch, is of no use without.
    package func check(at place: Place, _ problems: inout Problems) {
        // Every trial of a sweep with folds has a validation part.
        let isValidated = dataset.validation != nil || sweep?.folds != nil
        if !isValidated {
            for (index, callback) in training.callbacks.enumerated() {
                guard let metric = callback.watched, metric.needsValidation else { continue }
                let place = place["training"]?["callbacks"]?[index] ?? place
                let remedy = "set dataset.validation, or monitor \(quoted(metric.withoutValidation.rawValue))"
                problems.append(
                    place.problem(
                        at: "monitor", "\(quoted(metric.rawValue)) needs a validation part, and there is none",
                        remedy: remedy))
            }
        }
        if let halving = sweep?.halving, !isValidated {
            let place = place["sweep"]?["halving"] ?? place
            problems.append(
                place.problem(
                    "\(quoted(halving.metric.rawValue)) needs a validation part, and there is none",
                    remedy: "set dataset.validation or sweep.folds"))
        }
        if let metric = sweep?.until?.metric, metric.needsValidation, !isValidated {
            let place = place["sweep"]?["until"] ?? place
            problems.append(
                place.problem(
                    at: "metric", "\(quoted(metric.rawValue)) needs a validation part, and there is none",
                    remedy: "set dataset.validation or sweep.folds"))
        }
        guard let place = place["expect"] else { return }
        for metric in expect.bounds.map(\.metric) {
            if metric.needsValidation, !isValidated {
                problems.append(
                    place.problem(
                        at: metric.rawValue, "this needs a validation part, and there is none",
                        remedy: "set dataset.validation"))
            } else if metric.needsEpoch, training.epochs == 0 {
                problems.append(
                    place.problem(
                        at: metric.rawValue, "this is a figure of an epoch, and there are 0 epochs",
                        remedy: "without training there are test_loss and test_accuracy"))
            }
        }
    }
}
