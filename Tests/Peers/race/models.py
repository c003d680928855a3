"""The seven models of the race, as PyTorch and Keras say them, and the images that they learn."""

import gzip
import os
from pathlib import Path

import numpy

DATA = Path(os.environ.get("MNIST_LAB_DATA", "data"))

# name: (data set, images of an epoch, batch size, the config for the same work)
WORK = {
    "warmup": ("mnist", 54000, 128, "mnist/warmup"),
    "smaller": ("mnist", 54000, 128, "mnist/smaller"),
    "mlp": ("mnist", 48000, 32, "mnist/mlp"),
    "bigger": ("mnist", 13500, 128, "mnist/bigger"),
    "bigger-batchnorm": ("mnist", 12000, 32, "mnist/bigger-batchnorm"),
    "fashion-mlp": ("fashion-mnist", 48000, 128, "fashion/mlp-final"),
    "fashion-cnn": ("fashion-mnist", 6000, 256, "fashion/cnn-final"),
}


def load(name, part="train"):
    """Images as floats from 0 to 1, and their classes."""
    def read(stem, skip):
        return numpy.frombuffer(gzip.open(DATA / name / f"{part}-{stem}.gz").read()[skip:], numpy.uint8)

    images = read("images-idx3-ubyte", 16).reshape(-1, 28, 28).astype("float32") / 255
    return images, read("labels-idx1-ubyte", 8).astype("int64")


def keras_model(name):
    import keras
    from keras import layers as L

    def conv(filters, **options):
        return L.Conv2D(filters, 3, activation="relu", **options)

    def pool(**options):
        return L.MaxPooling2D(2, **options)

    def normalized(filters):
        return [conv(filters), L.BatchNormalization()]

    layers = {
        "warmup": lambda: [conv(32), pool(), conv(64), pool(), L.Flatten(), L.Dropout(0.5)],
        "smaller": lambda: [conv(8), pool(), L.Flatten(), L.Dropout(0.5)],
        "mlp": lambda: [L.Flatten(), *(L.Dense(units, activation="relu") for units in (128, 64, 32))],
        "bigger": lambda: [conv(32), conv(64), conv(64), pool(), conv(64), pool(), conv(64), pool(), L.Flatten(),
                           L.Dropout(0.5)],
        "bigger-batchnorm": lambda: [*normalized(32), *normalized(32), pool(), L.Dropout(0.25), *normalized(64),
                                     *normalized(64), pool(), L.Dropout(0.25), L.Flatten(),
                                     L.Dense(256, activation="relu"), L.BatchNormalization(), L.Dropout(0.5)],
        "fashion-mlp": lambda: [L.Flatten(), L.Dense(768, activation="relu"), L.Dropout(0.3)],
        "fashion-cnn": lambda: [
            layer for filters in (128, 256, 512)
            for layer in (conv(filters, padding="same"), L.BatchNormalization(), pool(padding="same"), L.Dropout(0.25))
        ] + [L.Flatten()],
    }[name]()
    model = keras.Sequential([keras.Input((28, 28, 1)), *layers, L.Dense(10, activation="softmax")])
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


def torch_model(name):
    import torch
    from torch import nn

    def conv(channels, filters, padding=0):
        return nn.Sequential(nn.Conv2d(channels, filters, 3, padding=padding), nn.ReLU())

    def normalized(channels, filters, padding=0):
        return [conv(channels, filters, padding), nn.BatchNorm2d(filters)]

    def dense(*units):
        pairs = zip(units, units[1:])
        return [layer for inputs, outputs in pairs for layer in (nn.Linear(inputs, outputs), nn.ReLU())]

    pool, drop = nn.MaxPool2d, nn.Dropout
    layers, features = {
        "warmup": ([conv(1, 32), pool(2), conv(32, 64), pool(2), nn.Flatten(), drop(0.5)], 1600),
        "smaller": ([conv(1, 8), pool(2), nn.Flatten(), drop(0.5)], 1352),
        "mlp": ([nn.Flatten(), *dense(784, 128, 64, 32)], 32),
        "bigger": ([conv(1, 32), conv(32, 64), conv(64, 64), pool(2), conv(64, 64), pool(2), conv(64, 64), pool(2),
                    nn.Flatten(), drop(0.5)], 64),
        "bigger-batchnorm": ([*normalized(1, 32), *normalized(32, 32), pool(2), drop(0.25), *normalized(32, 64),
                              *normalized(64, 64), pool(2), drop(0.25), nn.Flatten(), *dense(1024, 256),
                              nn.BatchNorm1d(256), drop(0.5)], 256),
        "fashion-mlp": ([nn.Flatten(), *dense(784, 768), drop(0.3)], 768),
        "fashion-cnn": ([*normalized(1, 128, 1), pool(2), drop(0.25), *normalized(128, 256, 1), pool(2), drop(0.25),
                         *normalized(256, 512, 1), pool(2, ceil_mode=True), drop(0.25), nn.Flatten()], 8192),
    }[name]
    return nn.Sequential(*layers, nn.Linear(features, 10)).to(memory_format=torch.channels_last)
