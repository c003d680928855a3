extension BuiltInConfig {
    static let mlp = BuiltInConfig(
        name: .mlp, summary: "hidden layers without convolutions, and variables",
        file: "templates/mlp.json", text: mlpText)
}

private let mlpText = #"""
    // A multilayer perceptron: the pixels in one row, and hidden layers whose sizes are one list.
    //
    //     mnist-lab train configs/templates/mlp.json
    //     mnist-lab train configs/templates/mlp.json --set 'let.hidden=[256]'
    //
    // `mnist-lab compare runs/mlp runs/mlp-2` shows what the change brought.
    {
      "name": "mlp",
      "description": "hidden layers without convolutions",

      // Values with names, used as "$hidden" and "$drop".
      "let": { "hidden": [128, 64], "drop": 0.2 },

      // mnist, fashion-mnist, or synthetic-digits, which are drawn and need no download. Images of your own: "path", a folder.
      "dataset": { "name": "mnist", "validation": { "fraction": 0.1, "from": "end" } },

      "model": {
        "layers": [
          { "type": "Flatten" },
          { "for_each": "$hidden", "as": "units", "layers": [
            { "type": "Dense", "units": "$units", "activation": "relu" },
            { "type": "Dropout", "rate": "$drop" },
          ] },
          { "type": "Dense", "units": 10, "activation": "softmax" },
        ],
      },

      "training": {
        "epochs": 5,
        "batch_size": 32,
        "optimizer": { "type": "Adam", "learning_rate": 0.001 },
      },
    }

    """#
