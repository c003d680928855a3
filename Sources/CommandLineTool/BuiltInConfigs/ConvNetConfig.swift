extension BuiltInConfig {
    static let convnet = BuiltInConfig(
        name: .convnet, summary: "two convolutions on MNIST",
        file: "templates/convnet.json", text: convnetText)
}

private let convnetText = #"""
    // A convolutional network: what usually works best on small pictures.
    //
    //     mnist-lab train configs/templates/convnet.json
    //
    // Every change is one word away, here or on the command line: --set training.batch_size=64. The keys, layers and defaults
    // are Keras's; `mnist-lab help config` lists them all.
    {
      "name": "convnet",
      "description": "two convolutions and one dense layer",

      // mnist, fashion-mnist, or synthetic-digits, which are drawn and need no download. Images of your own: "path", a folder.
      "dataset": { "name": "mnist", "validation": { "fraction": 0.1, "from": "end" } },

      "model": {
        "layers": [
          { "type": "Conv2D", "filters": 32, "kernel_size": 3, "activation": "relu" },
          { "type": "MaxPooling2D", "pool_size": 2 },
          { "type": "Conv2D", "filters": 64, "kernel_size": 3, "activation": "relu" },
          { "type": "MaxPooling2D", "pool_size": 2 },
          { "type": "Flatten" },
          { "type": "Dropout", "rate": 0.5 },
          { "type": "Dense", "units": 10, "activation": "softmax" },
        ],
      },

      "training": {
        "epochs": 5,
        "batch_size": 128,
        "optimizer": { "type": "Adam", "learning_rate": 0.001 },
        // Ends when the validation images have brought nothing new for three epochs, and takes the best weights.
        "callbacks": [{ "type": "EarlyStopping", "monitor": "val_loss", "patience": 3, "restore_best_weights": true }],
      },

      "seed": 0,  // another seed is another experiment; the same one gives the same bytes

      // What must be reached, or `train` ends with exit code 3.
      "expect": { "test_accuracy": { "min": 0.9 } },
    }

    """#
