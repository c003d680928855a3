extension BuiltInConfig {
    static let quickstart = BuiltInConfig(
        name: .quickstart, summary: "a small convnet on digits that are drawn: no data, ten seconds",
        file: "quickstart.json", text: quickstartText)
}

private let quickstartText = #"""
    // A first experiment. It needs no data and takes less than ten seconds:
    //
    //     mnist-lab train configs/quickstart.json
    //
    // A small convolutional network learns to read digits that the tool draws itself. Afterwards look into
    // runs/quickstart: curves.csv has a line for each epoch, confusion.csv shows which digits are mistaken for which.
    {
      "name": "quickstart",
      "description": "a small convnet on digits that are drawn, not downloaded",

      "dataset": {
        "name": "synthetic-digits",
        "train_limit": 10000,  // fewer images are learned faster, and less well
        "test_limit": 2000,    // never seen in training: they judge the result

        // The last tenth of the training images is kept apart. How the network does on them after each epoch shows
        // whether it learns what digits are or only these very images.
        "validation": { "fraction": 0.1, "from": "end" },
      },

      // Keras's names and arguments: whatever its documentation says of a layer holds here, too.
      "model": {
        "layers": [
          // 32 filters of 3 × 3 pixels slide over the image; pooling keeps the strongest answer of every 2 × 2.
          { "type": "Conv2D", "filters": 32, "kernel_size": 3, "activation": "relu" },
          { "type": "MaxPooling2D", "pool_size": 2 },
          { "type": "Conv2D", "filters": 64, "kernel_size": 3, "activation": "relu" },
          { "type": "MaxPooling2D", "pool_size": 2 },

          // The picture becomes a row of numbers. Half of them are left out at random in training, so that the network
          // cannot rely on any single one.
          { "type": "Flatten" },
          { "type": "Dropout", "rate": 0.5 },

          // A probability for each of the ten digits.
          { "type": "Dense", "units": 10, "activation": "softmax" },
        ],
      },

      "training": {
        "epochs": 5,        // how often every image is seen; try --epochs 10
        "batch_size": 64,   // how many images each step learns from
        "optimizer": { "type": "Adam", "learning_rate": 0.001 },
      },

      "seed": 0,  // the same seed gives the same results, bit by bit

      // A run that does not get there exits with 3.
      "expect": { "test_accuracy": { "min": 0.97 } },
    }

    """#
