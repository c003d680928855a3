import Layers
import Schema

/// What Keras needs to go on with a training; nil where it does not have the loss or the schedule.
func kerasTraining(_ training: ExportedTraining, of network: Network) -> JSON? {
    // Keras's loss of this name has no smoothing, and its squared error wants other labels than classes' numbers.
    guard training.loss["type"]?.text == SparseCategoricalCrossentropy.name,
        training.loss["label_smoothing"].map({ $0 == 0 || $0 == 0.0 }) ?? true
    else { return nil }
    let foreign = ["OneCycle", "LinearWarmup"]
    if let schedule = training.optimizer["learning_rate"]?["type"]?.text, foreign.contains(schedule) { return nil }
    let endsInScores = network.inference.output != network.inference.probabilities
    return [
        "optimizer": kerasObject("keras.optimizers", of: training.optimizer),
        "loss": kerasObject(
            "keras.losses", SparseCategoricalCrossentropy.name, [.init("from_logits", JSON(endsInScores))]),
        "metrics": ["accuracy"],
    ]
}
