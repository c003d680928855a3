import Schema

/// What to make of an argument of Keras's that the layer here does not have.
enum KerasTolerance {
    /// It changes nothing.
    case harmless
    /// It changes the training, and no prediction.
    case leftOut
    case impossible

    /// What says nothing of what is computed, whatever its value.
    static let unimportant: Set = [
        "name", "trainable", "dtype", "seed", "autocast", "batch_shape", "batch_input_shape", "input_shape",
        "input_dtype", "input_axes", "output_axes", "synchronized", "implementation", "fused", "fill_mode",
        "fill_value",
        "renorm_clipping", "renorm_momentum",
    ]

    /// Arguments that some layers do not have here, with the one value, besides none at all, that is what they do.
    private static let done: [String: [JSON]] = [
        "data_format": ["channels_last"], "dilation_rate": [1, [1, 1]], "groups": [1],
    ]

    static func of(_ key: String, _ value: JSON) -> KerasTolerance {
        if unimportant.contains(key) || value == nil || value == false { return .harmless }
        // What weights began with; the file has what they became.
        if key.hasSuffix("_initializer") { return .harmless }
        if let values = done[key] { return values.contains(value) ? .harmless : .impossible }
        let isOfTraining = key.hasSuffix("_constraint") || key.hasSuffix("_regularizer")
        return isOfTraining ? .leftOut : .impossible
    }
}
