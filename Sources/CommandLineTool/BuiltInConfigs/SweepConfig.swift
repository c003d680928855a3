extension BuiltInConfig {
    static let sweep = BuiltInConfig(
        name: .sweep, summary: "nine combinations of two settings, three times each; no data",
        file: "sweep.json", text: sweepText)
}

private let sweepText = #"""
    // A first sweep. It needs no data and takes less than a minute:
    //
    //     mnist-lab sweep configs/sweep.json --dry-run
    //     mnist-lab sweep configs/sweep.json
    //
    // How large should a hidden layer be, and how far should a step go? Every combination is trained three times, with other
    // random numbers each time, because a single run cannot tell luck from merit. Stop it whenever you like: the same command
    // goes on where it was. Afterwards look into runs/sweep: trials.csv has a row for each trial, summary.csv one for each
    // combination with its mean and the interval in which the true mean lies.
    {
      "name": "sweep",
      "description": "two settings of a small network, three times each",
      "let": { "hidden": [32] },
      "dataset": {
        "name": "synthetic-digits",
        "train_limit": 5000,
        "test_limit": 1000,
        "validation": { "fraction": 0.2, "from": "end" },
      },
      "model": {
        "layers": [
          { "type": "Flatten" },
          { "for_each": "$hidden", "as": "units", "layers": [{ "type": "Dense", "units": "$units", "activation": "relu" }] },
          { "type": "Dense", "units": 10, "activation": "softmax" },
        ],
      },
      "training": {
        "epochs": 5,
        "batch_size": 32,
        "optimizer": { "type": "Adam", "learning_rate": 0.001 },
      },
      "sweep": {
        "grid": {
          "let.hidden": [[32], [128], [128, 64]],
          "training.optimizer.learning_rate": [0.0003, 0.001, 0.003],
        },
        "repeats": 3,  // with the seeds 0, 1 and 2
      },
    }

    """#
