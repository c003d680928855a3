"""Reads what mnist-lab wrote for TensorBoard with TensorBoard's own code, and compares it with the runs' files.

    pip install tensorboard==2.21.0 pillow
    mnist-lab train configs/quickstart.json --tensorboard --out runs/a
    mnist-lab sweep configs/sweep.json --tensorboard --out runs/b
    python Tests/Peers/check_tensorboard.py runs/a runs/b

    mnist-lab export runs/a --tensorboard --to events
    python Tests/Peers/check_tensorboard.py --events events runs/a

Every number of curves.csv must be there once, with its epoch; histograms must count all weights of model.safetensors; pictures
must be PNG files that can be decoded; and the hyperparameters' table must have a row for each run, with its figures.
"""

import argparse
import csv
import io
import json
import struct
from pathlib import Path

import numpy as np
from google.protobuf import text_format
from PIL import Image
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.plugins.hparams import metadata, plugin_data_pb2
from tensorboard.plugins.projector.projector_config_pb2 import ProjectorConfig
from tensorboard.util import tensor_util

CURVES = {
    "train": {"epoch_loss": "loss", "epoch_accuracy": "accuracy", "epoch_learning_rate": "learning_rate"},
    "validation": {"epoch_loss": "val_loss", "epoch_accuracy": "val_accuracy"},
}


def accumulated(folder):
    events = EventAccumulator(str(folder), size_guidance={"tensors": 0})
    events.Reload()
    return events


def values(events, tag):
    return [(event.step, tensor_util.make_ndarray(event.tensor_proto)) for event in events.Tensors(tag)]


def check_curves(folder, run):
    rows = list(csv.DictReader((run / "curves.csv").open()))
    for part, tags in CURVES.items():
        if tags["epoch_loss"] not in rows[0]:
            assert not (folder / part).exists(), f"{folder / part}: there is no validation"
            continue
        events = accumulated(folder / part)
        for tag, column in tags.items():
            found = values(events, tag)
            assert [step for step, _ in found] == [int(row["epoch"]) for row in rows], f"{folder / part}: steps of {tag}"
            for (_, value), row in zip(found, rows):
                assert value == np.float32(row[column]), f"{folder / part}: {tag} {value}, {column} {row[column]}"
    return len(rows)


def check_histograms(folder, run, epochs):
    file = (run / "model.safetensors").read_bytes()
    (length,) = struct.unpack("<Q", file[:8])
    shapes = {name: item["shape"] for name, item in json.loads(file[8 : 8 + length]).items() if name != "__metadata__"}
    events = accumulated(folder / "train")
    tags = events.PluginTagToContent("histograms")
    assert set(tags) == {f"{name}/histogram" for name in shapes}, f"{folder}: {sorted(tags)}"
    for name, shape in shapes.items():
        found = values(events, f"{name}/histogram")
        assert [step for step, _ in found] in ([*range(epochs)], [epochs - 1]), f"{folder}: epochs of {name}"
        for step, buckets in found:
            assert buckets.shape == (30, 3) and buckets[:, 2].sum() == np.prod(shape), f"{folder}: {name}, epoch {step}"
    return len(shapes)


def check_pictures(events, folder):
    try:
        tags = sorted(events.PluginTagToContent("images"))
    except KeyError:  # not one picture
        return []
    for tag in tags:
        ((_, (width, height, png)),) = values(events, tag)
        picture = Image.open(io.BytesIO(png))
        picture.load()
        assert picture.format == "PNG" and picture.size == (int(width), int(height)), f"{folder}: {tag} {picture.size}"
    return [tag.split("/")[1] for tag in tags]


def check_session(events, folder, run):
    contents = events.PluginTagToContent("hparams")
    start = plugin_data_pb2.HParamsPluginData.FromString(contents[metadata.SESSION_START_INFO_TAG]).session_start_info
    end = plugin_data_pb2.HParamsPluginData.FromString(contents[metadata.SESSION_END_INFO_TAG]).session_end_info
    assert end.status == 1 and end.end_time_secs >= start.start_time_secs > 1e9, f"{folder}: {end}"
    given = {name: value for name, value in start.hparams.items()}
    trial = run / "trial.json"
    if trial.exists():
        said = json.loads(trial.read_text())
        assert set(given) == set(said["values"]) | {"seed"} | ({"fold"} if said["fold"] is not None else set())
        for name, value in {**said["values"], "seed": said["seed"]}.items():
            if isinstance(value, (int, float)):
                assert given[name].number_value == value, f"{folder}: {name}"
    result = json.loads((run / "result.json").read_text())
    ((_, accuracy),) = values(events, "result/test_accuracy")
    assert accuracy == np.float32(result["test"]["accuracy"]), f"{folder}: test accuracy"
    return given


def check_run(folder, run):
    events = accumulated(folder)
    epochs = check_curves(folder, run)
    weights = check_histograms(folder, run, epochs)
    pictures = check_pictures(events, folder)
    given = check_session(events, folder, run)
    print(f"{folder}: {epochs} epochs, {weights} weights, {len(given)} hyperparameters, {', '.join(pictures) or 'no pictures'}")
    if (folder / "projector_config.pbtxt").exists():
        check_projector(folder)


def check_projector(folder):
    config = text_format.Parse((folder / "projector_config.pbtxt").read_text(), ProjectorConfig())
    (embedding,) = config.embeddings
    points = np.loadtxt(folder / embedding.tensor_path, delimiter="\t", ndmin=2)
    rows = list(csv.DictReader((folder / embedding.metadata_path).open(), delimiter="\t"))
    width, height = embedding.sprite.single_image_dim
    sprite = Image.open(folder / embedding.sprite.image_path)
    assert len(points) == len(rows) <= (sprite.width // width) * (sprite.height // height)
    right = np.mean([row["label"] == row["predicted"] for row in rows])
    assert right == np.mean([row["mistake"] == "0" for row in rows])
    print(f"  projector: {points.shape[0]} points of {points.shape[1]} numbers of {embedding.tensor_name}, {right:.1%} right")


def check_sweep(folder, sweep, below):
    """`folder` declares the table; `below` gives each trial's folder by the trial's name."""
    record = json.loads((sweep / "sweep.json").read_text())
    content = accumulated(folder).PluginTagToContent("hparams")[metadata.EXPERIMENT_TAG]
    table = plugin_data_pb2.HParamsPluginData.FromString(content).experiment
    columns = {info.name: info for info in table.hparam_infos}
    for trial in record["trials"]:
        assert set(trial["values"]) | {"seed"} <= set(columns), f"{folder}: {sorted(columns)}"
        run = sweep / "trials" / trial["name"]
        if not (run / "result.json").exists():
            continue
        check_run(below(trial["name"]), run)
        for metric in table.metric_infos:
            curve = below(trial["name"]) / metric.name.group
            assert metric.name.tag in accumulated(curve).Tags()["tensors"], f"{curve}: {metric.name.tag}"
    print(f"{folder}: {len(columns)} columns of hyperparameters, {len(table.metric_infos)} of metrics")


parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
parser.add_argument("runs", nargs="+", type=Path)
parser.add_argument("--events", type=Path, help="what export has written of the one run or sweep")
options = parser.parse_args()
for run in options.runs:
    if (run / "sweep.json").exists():
        if options.events:
            check_sweep(options.events, run, lambda name: options.events / name)
        else:
            check_sweep(run / "tensorboard", run, lambda name: run / "trials" / name / "tensorboard")
    else:
        check_run(options.events or run / "tensorboard", run)
