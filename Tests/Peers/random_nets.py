"""Trains small random networks here and in Keras, from the same weights, and compares the losses of every epoch.

    python Tests/Peers/random_nets.py .build/debug/mnist-lab data /tmp/nets 30

Layers and optimizers are drawn; AveragePooling2D and Nadam come often. Keras gets the tool's initial weights by `export` of a
run of no epochs. Images are not shuffled, so that batches are the same.

Rounding drives two trainings apart: where a maximum or a ReLU is decided otherwise, and where a batch normalization divides
what hardly varies around a large mean, such as a sigmoid of small sums. So both are held against Keras in float64, and the tool may
be three times as far from it as Keras in float32 is, or as Keras is from itself when one weight of the first layer is larger by a
millionth.
"""

import json
import os
import random
import sys
import zipfile
from pathlib import Path

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import keras
import numpy as np

from keras_checks.tool import Tool

EPOCHS, TRAIN, BATCH = 3, 512, 32
SMOOTH = ["tanh", "sigmoid", "gelu", "silu", "softplus", "linear"]
KINKED = ["relu", "leaky_relu", "elu"]
OPTIMIZERS = [
    {"type": "Nadam", "learning_rate": 0.002}, {"type": "Nadam"}, {"type": "Nadam", "beta_1": 0.8, "clipnorm": 1},
    {"type": "Adam", "amsgrad": True}, {"type": "AdamW"}, {"type": "RMSprop", "momentum": 0.5},
    {"type": "SGD", "learning_rate": 0.05, "momentum": 0.9, "nesterov": True}, {"type": "Adagrad", "learning_rate": 0.01},
    {"type": "Nadam", "weight_decay": 0.01}, {"type": "Adam", "use_ema": True, "gradient_accumulation_steps": 2},
]  # fmt: skip


def draw(dice):
    """Layers of a convnet, and whether nothing in it has a kink."""
    is_smooth = dice.random() < 0.6
    activations = SMOOTH if is_smooth else SMOOTH + KINKED
    layers = []
    for _ in range(dice.choice([1, 1, 2])):
        convolution = {"type": "Conv2D", "filters": dice.choice([2, 4, 8]), "kernel_size": dice.choice([3, 5, [2, 3]]),
                       "padding": dice.choice(["same", "valid"])}  # fmt: skip
        kind = dice.choice(["plain", "plain", "dilated", "grouped", "strided"])
        if kind == "dilated":
            convolution["dilation_rate"] = 2
        if kind == "strided":
            convolution["strides"] = 2
        if kind == "grouped" and layers:
            convolution["groups"] = 2
        layers.append(convolution | {"activation": dice.choice(activations)})
        if dice.random() < 0.3:
            layers.append({"type": "BatchNormalization"})
        pool = {"pool_size": dice.choice([2, 3, [1, 2]]), "padding": dice.choice(["same", "valid"])}
        if dice.random() < 0.3:
            pool["strides"] = dice.choice([1, 2])
        layers.append(pool | {"type": "AveragePooling2D" if is_smooth or dice.random() < 0.7 else "MaxPooling2D"})
    layers.append({"type": dice.choice(["Flatten", "Flatten", "GlobalAveragePooling2D"])})
    if dice.random() < 0.4:
        layers.append({"type": "Dense", "units": 16, "activation": dice.choice(activations)})
    regularizer = dice.choice([None, None, "l2"])
    return [*layers, {"type": "Dense", "units": 10, "activation": "softmax", "kernel_regularizer": regularizer,
                      "bias_regularizer": regularizer}], is_smooth  # fmt: skip


def compare(tool, number):
    dice = random.Random(number)
    layers, is_smooth = draw(dice)
    optimizer = dice.choice(OPTIMIZERS)
    weights = {str(digit): dice.choice([0.5, 2, 3]) for digit in range(5)} if dice.random() < 0.3 else None
    folder = tool.folder / str(number)
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "config.json"
    config.write_text(json.dumps({
        "name": "net", "dataset": {"name": "mnist", "train_limit": TRAIN, "test_limit": 10}, "model": {"layers": layers},
        "training": {"epochs": EPOCHS, "batch_size": BATCH, "shuffle": False, "optimizer": optimizer, "class_weight": weights},
        "seed": number}))  # fmt: skip
    for run, epochs in [("before", 0), ("after", EPOCHS)]:
        tool.train(config, folder / run, "--epochs", epochs)
    tool.call("export", folder / "before", "--to", folder / "model.keras")
    ours = tool.losses(folder / "after")

    def fit(precision="float32", disturbance=0.0):
        model = load(folder / "model.keras", precision)
        kernel, *rest = model.layers[0].get_weights()
        kernel.reshape(-1)[0] *= 1 + disturbance
        model.layers[0].set_weights([kernel, *rest])
        images, labels = tool.images(part="train")[:TRAIN].astype(precision), tool.labels("train")[:TRAIN]
        sample = weights and {int(digit): weight for digit, weight in weights.items()}
        return np.array(model.fit(
            images, labels, batch_size=BATCH, epochs=EPOCHS, shuffle=False, verbose=0, class_weight=sample
        ).history["loss"])  # fmt: skip

    exact, theirs, disturbed = fit("float64"), fit(), fit(disturbance=1e-6)

    def distance(a, b):
        return float(np.abs(a - b).max() / exact.max())

    ours = distance(ours, exact)
    rounding, noise = distance(theirs, exact), distance(disturbed, theirs)
    kinds = " ".join(layer["type"] for layer in layers)
    tool.note(f"{number} {optimizer['type']} {'smooth' if is_smooth else 'kinked'} {kinds}",
              f"{ours:.1e} from float64, Keras {rounding:.1e}, disturbed {noise:.1e}",
              ours < max(2e-6, 3 * rounding, 3 * noise))  # fmt: skip


def load(path, precision):
    """A saved model with its weights, to be trained in this precision."""
    keras.config.set_floatx("float32")
    saved = keras.models.load_model(path)
    keras.config.set_floatx(precision)
    with zipfile.ZipFile(path) as archive:
        config = archive.read("config.json").decode().replace('"float32"', f'"{precision}"')
    model = keras.saving.deserialize_keras_object(json.loads(config))
    model.set_weights(saved.get_weights())
    return model


def main(program, data, folder, count):
    tool = Tool(program, Path(data), Path(folder))
    for number in range(int(count)):
        tool.attempt(f"{number}", lambda: compare(tool, number))
    tool.report()


main(*sys.argv[1:])
