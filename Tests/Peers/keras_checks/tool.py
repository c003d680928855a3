"""The tool in processes of its own, and what is compared with it."""

import csv
import gzip
import json
import subprocess
import sys
import warnings

import numpy as np

IMAGES = 200
WORST = 1e-5

warnings.filterwarnings("ignore")


class Tool:
    def __init__(self, program, data, folder):
        self.program, self.data, self.folder = program, data, folder
        self.results = []

    def call(self, *words):
        process = subprocess.run([self.program, *map(str, words)], capture_output=True, text=True)
        if process.returncode not in (0, 3):  # 3: expectations of an accuracy that was not trained for
            raise RuntimeError(f"{' '.join(map(str, words))}\n{process.stdout}{process.stderr}")
        return process.stdout

    def images(self, data_set="mnist", part="t10k"):
        with gzip.open(self.data / data_set / f"{part}-images-idx3-ubyte.gz") as file:
            pixels = np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 28, 28, 1)
        return pixels.astype(np.float32) / np.float32(255)

    def labels(self, part):
        with gzip.open(self.data / "mnist" / f"{part}-labels-idx1-ubyte.gz") as file:
            return np.frombuffer(file.read(), np.uint8, offset=8).astype(np.int32)

    def train(self, config, run, *options):
        self.call("train", config, "--out", run, "--data", self.data, "--offline", "--quiet", "--no-pictures", *options)

    def probabilities(self, run):
        file = self.data / "mnist" / "t10k-images-idx3-ubyte.gz"
        document = json.loads(self.call("predict", run, file, "--limit", IMAGES, "--json", "--quiet", "--no-invert"))
        return np.array([prediction["probabilities"] for prediction in document], np.float32)

    def losses(self, run):
        with open(run / "curves.csv") as file:
            return [float(row["loss"]) for row in csv.DictReader(file)]

    def compare(self, name, ours, theirs, bound=WORST):
        difference = float(np.abs(np.asarray(ours, np.float64) - np.asarray(theirs, np.float64)).max())
        self.note(name, f"{difference:.1e}", difference <= bound)

    def note(self, name, finding, is_good):
        print(f"{'ok  ' if is_good else 'FAIL'} {name}: {finding}", flush=True)
        self.results.append(is_good)

    def attempt(self, name, body):
        """What goes wrong in one case must not hide the others."""
        try:
            body()
        except Exception as error:
            self.note(name, str(error)[-1500:], False)

    def report(self):
        print(f"{sum(self.results)} of {len(self.results)} are as they should be")
        sys.exit(0 if all(self.results) else 1)


def predictions(model, images):
    """Probabilities, also of a model that ends in scores."""
    import keras

    output = np.concatenate([model(images[i : i + 50], training=False) for i in range(0, len(images), 50)])
    sums = output.sum(axis=1)
    isProbability = output.min() >= 0 and np.abs(sums - 1).max() < 1e-4
    return output if isProbability else np.asarray(keras.ops.softmax(output))
