/// What is written elsewhere for something that has another name here, or needs none.
enum OtherWords {
    /// By the word in lower case without hyphens and underscores. Only a name that is possible in its place is suggested; one
    /// that is not may lead on to another.
    static let names: [String: String] = [
        "lr": "learning_rate", "learningrate": "initial_learning_rate", "swish": "silu", "hardswish": "hard_silu",
        "mse": "MeanSquaredError",
        "categoricalcrossentropy": "SparseCategoricalCrossentropy", "crossentropy": "SparseCategoricalCrossentropy",
        "linear": "Dense", "batchnorm2d": "BatchNormalization", "batchnorm": "BatchNormalization",
        "layernorm": "LayerNormalization", "maxpool2d": "MaxPooling2D", "avgpool2d": "AveragePooling2D",
        "ema": "use_ema", "emadecay": "ema_momentum", "accumulationsteps": "gradient_accumulation_steps",
        "decaysteps": "first_decay_steps", "endlr": "end_learning_rate", "lineardecay": "PolynomialDecay",
        "cosineannealinglr": "CosineDecay", "cosineannealingwarmrestarts": "CosineDecayRestarts",
    ]

    private static let rateHint =
        "it belongs in the optimizer: \"optimizer\": { \"type\": \"Adam\", \"learning_rate\": 0.001 } in \"training\""

    /// What to do instead of writing them.
    static let hints: [String: String] = [
        "epochs": "it belongs in \"training\"", "batchsize": "it belongs in \"training\"",
        "optimizer": "it belongs in \"training\"", "loss": "it belongs in \"training\"",
        "lr": rateHint, "learningrate": rateHint, "callbacks": "it belongs in \"training\"",
        "layers": "it belongs in \"model\"",
        "classweight": "it belongs in \"training\"", "validation": "it belongs in \"dataset\"",
        "useema": "it belongs in the \"optimizer\"", "emamomentum": "it belongs in the \"optimizer\"",
        "gradientaccumulationsteps": "it belongs in the \"optimizer\"",
        "emaoverwritefrequency": "leave it out: the average is evaluated and saved, and training goes on without it",
        "metrics": "leave it out: loss and accuracy are always measured",
        "verbose": "leave it out: --progress and --quiet decide what is shown",
        "inputshape": "leave it out: the shape of the images follows from the data set",
        "inputlayer": "leave it out: the shape of the images follows from the data set",
        "input": "leave it out: the shape of the images follows from the data set",
        "validationsplit": "write \"validation\": { \"fraction\": 0.1 } in \"dataset\"",
        "validationdata": "write \"validation\": { \"use\": \"test\" } in \"dataset\"",
        "csvlogger": "leave it out: every run writes curves.csv",
    ]
}
