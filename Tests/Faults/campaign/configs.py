"""Trainings that take tenths of a second, of which most is the start of the program."""

LAYERS = [
    {"type": "Flatten"},
    {"type": "Dense", "units": 4, "activation": "relu"},
    {"type": "Dropout", "rate": 0.2},
    {"type": "Dense", "units": 10, "activation": "softmax"},
]
FROZEN = [{"type": "Conv2D", "filters": 2, "kernel_size": 5, "strides": 4, "trainable": False}, *LAYERS]
DATA = {
    "name": "synthetic-digits", "train_limit": 60, "test_limit": 30,
    "validation": {"fraction": 0.2, "from": "end"},
}  # fmt: skip
TRAINING = {"epochs": 3, "batch_size": 16, "optimizer": {"type": "Adam"}, "checkpoint_every": 1}
CALLBACKS = [
    {"type": "EarlyStopping", "patience": 1, "restore_best_weights": True},
    {"type": "ReduceLROnPlateau", "patience": 1},
]
GRID = {"grid": {"training.optimizer.learning_rate": [0.001, 0.01]}, "repeats": 2}
HALVING = {"grid": {"training.optimizer.learning_rate": [0.001, 0.01, 0.1]}, "repeats": 2,
           "halving": {"metric": "val_accuracy", "factor": 3, "min_epochs": 1}}  # fmt: skip

CONFIGS = {
    "plain": {"layers": LAYERS, "training": TRAINING},
    "frozen": {"layers": FROZEN, "training": TRAINING | {"epochs": 5, "callbacks": CALLBACKS}},
    "grid": {"layers": LAYERS, "training": TRAINING | {"epochs": 2}, "sweep": GRID},
    "halving": {"layers": LAYERS, "training": TRAINING, "sweep": HALVING},
}
