extension BuiltInConfig {
    static let transfer = BuiltInConfig(
        name: .transfer, summary: "a new layer behind frozen ones of another run",
        file: "templates/transfer.json", text: transferText, preparation: "train quickstart")
}

private let transferText = #"""
    // Transfer: the convolutions that another run has learned stay as they are, and a new layer learns behind them.
    //
    //     mnist-lab train quickstart
    //     mnist-lab train transfer
    //
    // The first command trains the network whose convolutions are taken, on digits that are drawn. They are looked for in
    // runs/quickstart beside the config, so both commands are for one folder. What to look for: how much of that helps with
    // real clothes, after so few epochs and images.
    {
      "name": "transfer",
      "description": "a new last layer behind the convolutions of another run",

      "dataset": { "name": "fashion-mnist", "train_limit": 10000, "validation": { "fraction": 0.1, "from": "end" } },

      "model": {
        // Seen from this file. Only the two layers that are named get weights; all others begin at random.
        "initial_weights": {
          "file": "runs/quickstart/model.safetensors", "layers": ["conv2d", "conv2d_1"], "strict": false,
        },
        "layers": [
          { "type": "Conv2D", "filters": 32, "kernel_size": 3, "activation": "relu", "trainable": false },
          { "type": "MaxPooling2D", "pool_size": 2 },
          { "type": "Conv2D", "filters": 64, "kernel_size": 3, "activation": "relu", "trainable": false },
          { "type": "MaxPooling2D", "pool_size": 2 },
          { "type": "Flatten" },
          { "type": "Dense", "units": 10, "activation": "softmax" },
        ],
      },

      "training": {
        "epochs": 5,
        "batch_size": 64,
        "optimizer": { "type": "Adam", "learning_rate": 0.001 },
      },
    }

    """#
