"""Every config of configs/, trained a little and exported, as Keras loads it."""

import json
import zipfile
from pathlib import Path

import keras

from .tool import IMAGES, predictions

CONFIGS = Path(__file__).resolve().parent.parent.parent.parent / "configs"
FEW = ["--set", "dataset.train_limit=300", "--set", "dataset.test_limit=200", "--epochs", "1"]


def check(tool):
    for config in sorted(CONFIGS.glob("**/*.json")):
        name = str(config.relative_to(CONFIGS))
        if config.name == "sweep.json" or "transfer" in config.name:
            continue
        tool.attempt(name, lambda: check_config(tool, name, config, FEW))


def check_config(tool, name, config, options):
    run = tool.folder / "out" / name
    tool.train(config, run, *options)
    compare_export(tool, name, run)


def compare_export(tool, name, run):
    images = tool.images()[:IMAGES]
    ours = tool.probabilities(run)
    whole, weights = run / "model.keras", run / "model.weights.h5"
    tool.call("export", run, "--to", whole)
    tool.call("export", run, "--to", weights)
    tool.compare(f"{name} .keras", ours, predictions(keras.models.load_model(whole), images))
    # A model without these weights, as somebody has it who wrote it in Python.
    with zipfile.ZipFile(whole) as archive:
        config = json.loads(archive.read("config.json"))
    config.pop("compile_config", None)
    model = keras.saving.deserialize_keras_object(config)
    model.load_weights(weights)
    tool.compare(f"{name} .weights.h5", ours, predictions(model, images))
