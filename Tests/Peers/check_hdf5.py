"""Has h5py and Keras read what this project's writer wrote, for which the tests hold it to the committed bytes.

    pip install keras==3.15.1 tensorflow==2.21.0 h5py==3.16.0
    python Tests/Peers/check_hdf5.py

After a change of the writer, `UPDATE_FIXTURES=1 swift test --filter HDF5WritingTests` writes the files anew; they are fit to be
committed when this script is content.
"""

import os
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import h5py
import numpy as np

FOLDER = Path(__file__).resolve().parent.parent / "ExchangeTests/Fixtures/hdf5"


def contents(path):
    """Every attribute and dataset by its path, and every group."""
    found = {}

    def visit(name, item):
        found[name] = (item.shape, item[()]) if isinstance(item, h5py.Dataset) else None
        for key, value in item.attrs.items():
            found[f"{name}@{key}"] = value

    with h5py.File(path) as file:
        visit("", file)
        file.visititems(visit)
    return found


def sample():
    found = contents(FOLDER / "written.h5")
    numbers = np.float32([[1, -2, 0.5], [np.inf, 2.0**-149, 3]])
    expected = {
        "": None, "@layer_names": ["dense", "", "größe"], "@empty": "", "empty": None, "layers": None,
        "layers/dense": None, "layers/dense@name": "dense", "layers/dense@numbers": [1, -2],
        "layers/dense@rates": [0.1], "layers/dense/0": ((2, 3), numbers),
        "layers/dense/1": ((), np.float32(9)), "layers/dense/2": ((0, 4), np.zeros((0, 4), np.float32)),
    }  # fmt: skip
    compare(found, expected)
    assert isinstance(found["layers/dense@name"], str), "a text is no str"


def rewritten():
    import keras

    original, again = FOLDER / "keras.weights.h5", FOLDER / "rewritten.weights.h5"
    compare(contents(again), contents(original))
    layers = [keras.Input((2,)), keras.layers.Dense(3), keras.layers.BatchNormalization(), keras.layers.Dense(2)]
    weights = []
    for path in [original, again]:
        model = keras.Sequential(layers)
        model.load_weights(path)
        weights.append(model.get_weights())
    assert len(weights[0]) == 8 and all(map(np.array_equal, *weights)), "Keras loads other weights"


def compare(found, expected):
    assert found.keys() == expected.keys(), found.keys() ^ expected.keys()
    for key, value in expected.items():
        if isinstance(value, tuple):
            assert found[key][0] == value[0] and np.array_equal(found[key][1], value[1]), key
        else:
            assert np.array_equal(found[key], value), f"{key}: {found[key]!r}, and not {value!r}"


sample()
rewritten()
print("h5py and Keras read both files as they were meant")
