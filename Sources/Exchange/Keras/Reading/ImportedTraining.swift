import Layers
import Schema

/// What of a Keras model's `compile` can be said here.
struct ImportedTraining {
    /// With all arguments that Keras has, also those that no optimizer here has; nil where there is none.
    private(set) var optimizer: JSON?
    /// Nil for the loss that configs have anyway.
    private(set) var loss: JSON?

    init(_ training: JSON?, endsInProbabilities: Bool, _ findings: inout KerasFindings) {
        guard let training, training != nil else { return }
        if let object = training["optimizer"], object != nil {
            // A name alone has Keras's defaults, which are also those here.
            optimizer = object.members == nil ? ["type": object] : settingHere(object)
        }
        var stated = training["loss"] ?? nil
        if let list = stated.elements, list.count == 1 { stated = list[0] }
        guard stated != nil else { return }
        loss = Self.loss(stated, &findings)
        let takesScores = stated["config"]?["from_logits"] == true
        if takesScores, endsInProbabilities {
            findings.remark("loss", "takes scores there, though the model ends in probabilities; here it takes these")
        }
    }

    private static func loss(_ stated: JSON, _ findings: inout KerasFindings) -> JSON? {
        // A function, a class, or the name of either.
        let className = stated["class_name"]?.text
        let name = stated.text ?? (className == "function" ? stated["config"]?.text : className) ?? ""
        switch snakeCase(name) {
        case "sparse_categorical_crossentropy": return nil
        case "categorical_crossentropy":
            guard let smoothing = stated["config"]?["label_smoothing"], smoothing != 0.0, smoothing != 0 else {
                return nil
            }
            return [
                "type": JSON(SparseCategoricalCrossentropy.name), "label_smoothing": shortened(smoothing),
            ]
        case "mean_squared_error", "mse": return ["type": JSON(MeanSquaredError.name)]
        default:
            findings.remark("loss", "is \(brief(stated)), which there is not here; cross-entropy takes its place")
            return nil
        }
    }
}
