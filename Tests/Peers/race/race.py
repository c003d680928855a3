"""Races the tool against PyTorch, Keras and ONNX Runtime on this machine, in turn.

    python3 Tests/Peers/race/race.py train [MODEL...] --json speed.json      seconds an epoch of the same training
    python3 Tests/Peers/race/race.py infer [MODEL...] --json inference.json  10,000 images through the same trained network
    python3 Tests/Peers/race/race.py process                                 whole commands, start and imports included
    python3 Tests/Peers/race/race.py common                                  reading gzip, writing PNG, t-SNE: whole commands

$PEERS (~/.cache/peers) holds the virtual environments keras, torch, onnx (onnxruntime and numpy) and tools (scikit-learn
and pillow), $MNIST_LAB_DATA the data.
Needs `swift build -c release`. --rounds N repeats everything, and figures are medians; the first epoch of a process
does not count. `mnist-lab plot speed.json` draws what --json writes.
"""

import argparse
import csv
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
PEERS = Path(os.environ.get("PEERS", Path.home() / ".cache/peers"))
TOOL = os.environ.get("MNIST_LAB", ".build/release/mnist-lab")
NAMES = ["warmup", "smaller", "mlp", "bigger", "bigger-batchnorm", "fashion-mlp", "fashion-cnn"]
# The same table as models.py's, which needs numpy.
WORK = {
    "warmup": ("mnist", 54000, 128, "mnist/warmup"), "smaller": ("mnist", 54000, 128, "mnist/smaller"),
    "mlp": ("mnist", 48000, 32, "mnist/mlp"), "bigger": ("mnist", 13500, 128, "mnist/bigger"),
    "bigger-batchnorm": ("mnist", 12000, 32, "mnist/bigger-batchnorm"),
    "fashion-mlp": ("fashion-mnist", 48000, 128, "fashion/mlp-final"),
    "fashion-cnn": ("fashion-mnist", 6000, 256, "fashion/cnn-final"),
}
EPOCHS = 3


def call(*words):
    """What a command prints, and its seconds and peak memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen([str(word) for word in words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    output, errors = process.communicate()
    seconds = time.perf_counter() - start
    if process.returncode:
        raise SystemExit(f"{' '.join(map(str, words))}\n{errors}")
    return output, seconds


def peak(*words):
    """The peak memory of a command, in MB."""
    code = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, "
            "stderr=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)")
    return int(call(sys.executable, "-c", code, *words)[0])


def training(model, out, epochs=None):
    _, count, batch, config = WORK[model]
    return [TOOL, "train", f"configs/{config}.json", "--out", out, "--epochs", epochs or EPOCHS, "--set",
            f"training.batch_size={batch}", "--set", f"dataset.train_limit={count}", "--set", "dataset.validation=null",
            "--set", "training.callbacks=[]", "--set", "expect={}", "--quiet"]


def ours(model):
    with tempfile.TemporaryDirectory() as folder:
        call(*training(model, f"{folder}/run"))
        return [float(row["seconds"]) for row in csv.DictReader(open(f"{folder}/run/timings.csv"))][1:]


def evaluation(run):
    """The seconds that the tool says it took for the test images."""
    errors = subprocess.run([TOOL, "evaluate", run], capture_output=True, text=True, check=True).stderr
    return float(re.search(r" images in ([0-9.]+) s", errors)[1])


def peer(name, model, epochs=None):
    return [PEERS / name / "bin/python", HERE / f"{name}_train.py", model, epochs or EPOCHS]


def epochs_of(name, model):
    output, _ = call(*peer(name, model))
    return [float(line.split()[1]) for line in output.splitlines() if line.startswith("epoch")][1:]


def table(title, rows, columns):
    print(f"{title:18}" + "".join(f"{column:>14}" for column in columns) + "   ratio")
    for name, values in rows.items():
        print(f"{name:18}" + "".join(f"{value:13.3f}s" for value in values) + f"   {min(values[1:]) / values[0]:.2f}")
    ratios = [min(values[1:]) / values[0] for values in rows.values()]
    print(f"geometric mean {statistics.geometric_mean(ratios):.2f}, least {min(ratios):.2f}")


def document(title, axis, rows, columns):
    return {
        "title": title, "axis": axis, "logarithmic": True, "categories": list(rows),
        "series": [{"name": column, "values": [round(values[index], 4) for values in rows.values()]}
                   for index, column in enumerate(columns)],
    }


def race_training(models, rounds):
    columns = ["mnist-lab", "PyTorch", "Keras"]
    rows = {}
    for model in models:
        seconds = [[], [], []]
        for _ in range(rounds):
            for times, run in zip(seconds, (lambda: ours(model), lambda: epochs_of("torch", model),
                                            lambda: epochs_of("keras", model))):
                times += run()
        rows[model] = [statistics.median(times) for times in seconds]
        print(model, *(f"{value:.3f}" for value in rows[model]), file=sys.stderr, flush=True)
    table("training", rows, columns)
    return document("Seconds an epoch, on the same processor", "seconds an epoch", rows, columns)


def race_inference(models, rounds):
    columns = ["mnist-lab", "ONNX Runtime"]
    threads = len(os.sched_getaffinity(0))
    rows = {}
    for model in models:
        dataset = WORK[model][0]
        with tempfile.TemporaryDirectory() as folder:
            run, onnx = f"{folder}/run", f"{folder}/model.onnx"
            call(*training(model, run, 1), "--set", "dataset.train_limit=2000")
            call(TOOL, "export", run, "--to", onnx)
            seconds = [[], []]
            for _ in range(rounds):
                seconds[0].append(min(evaluation(run) for _ in range(3)))
                output, _ = call(PEERS / "onnx/bin/python", HERE / "infer_onnx.py", onnx, dataset, threads)
                seconds[1].append(min(float(line.split()[1]) for line in output.splitlines()))
        rows[model] = [statistics.median(times) for times in seconds]
        print(model, *(f"{value:.3f}" for value in rows[model]), file=sys.stderr, flush=True)
    table("10,000 images", rows, columns)
    return document("Seconds for 10,000 images, on the same processor", "seconds", rows, columns)


def race_processes(rounds):
    """The warm-up for one epoch, from command to results."""
    with tempfile.TemporaryDirectory() as folder:
        commands = {
            "mnist-lab": lambda index: training("warmup", f"{folder}/run{index}", 1),
            "PyTorch": lambda _: peer("torch", "warmup", 1),
            "Keras": lambda _: peer("keras", "warmup", 1),
        }
        print(f"{'warm-up, one epoch':18}{'seconds':>12}{'peak MB':>10}")
        for name, command in commands.items():
            seconds = [call(*command(index))[1] for index in range(rounds)]
            print(f"{name:18}{statistics.median(seconds):12.2f}{peak(*command('peak')):10}", flush=True)


def race_common(rounds):
    """The same work by the tool and by Python's usual libraries, from command to end."""
    with tempfile.TemporaryDirectory() as folder:
        python = [PEERS / "tools/bin/python", HERE / "common_work.py"]
        work = {
            "read MNIST": ([TOOL, "data", "verify", "mnist"], [*python, "read"]),
            "PNG of 10,000 images": (
                [TOOL, "data", "sheet", "mnist", "--images", "10000", "--out", f"{folder}/a.png"],
                [*python, "png", f"{folder}/b.png"]),
            "t-SNE of 5,000 images": (
                [TOOL, "data", "embed", "mnist", "--images", "5000", "--out", f"{folder}/a.svg", "--quiet"],
                [*python, "embed"]),
        }
        print(f"{'seconds':24}{'mnist-lab':>12}{'Python':>12}{'ratio':>8}")
        for name, commands in work.items():
            ours, theirs = (statistics.median(call(*command)[1] for _ in range(rounds)) for command in commands)
            print(f"{name:24}{ours:12.2f}{theirs:12.2f}{theirs / ours:8.1f}", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("race", choices=["train", "infer", "process", "common"])
    parser.add_argument("models", nargs="*", default=NAMES)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--epochs", type=int, default=3, help="of each process; the first does not count")
    parser.add_argument("--json")
    options = parser.parse_args()
    global EPOCHS
    EPOCHS = options.epochs
    models = options.models or NAMES
    if options.race == "process":
        return race_processes(options.rounds)
    if options.race == "common":
        return race_common(options.rounds)
    result = (race_training if options.race == "train" else race_inference)(models, options.rounds)
    if options.json:
        Path(options.json).write_text(json.dumps(result, indent=2) + "\n")


main()
