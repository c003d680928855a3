"""Runs scikit-learn's t-SNE beside ours: seconds, trustworthiness, and accuracy of the nearest neighbour in the plane.

    pip install scikit-learn==1.9.1
    swift build -c release
    python Tests/Peers/compare_tsne.py --data DIR               # 5,000 and 10,000 digits, two threads, twice in turn
    python Tests/Peers/compare_tsne.py --images 2000 --rounds 1

Both get the same digits, perplexity and iterations, and reduce them to 50 principal components first. Seconds are those
of the whole embedding, from pixels to points: of scikit-learn without the start of Python, of ours with the start of
the tool and with the judgement. Both planes are judged by scikit-learn, on the pixels.
"""

import argparse
import csv
import gzip
import os
import subprocess
import tempfile
import time
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
parser.add_argument("--data", default="data", help="the folder that holds mnist/")
parser.add_argument("--tool", default=".build/release/mnist-lab")
parser.add_argument("--images", type=int, nargs="+", default=[5000, 10000])
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--rounds", type=int, default=2)
arguments = parser.parse_args()
# Before NumPy is loaded.
for library in ["OMP", "OPENBLAS", "MKL"]:
    os.environ[f"{library}_NUM_THREADS"] = str(arguments.threads)

import numpy as np
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE, trustworthiness
from sklearn.neighbors import NearestNeighbors


def idx(name, header, count):
    with gzip.open(Path(arguments.data) / "mnist" / f"{name}.gz") as file:
        return np.frombuffer(file.read(header + count)[header:], np.uint8)


def theirs(pixels):
    began = time.perf_counter()
    reduced = PCA(50, random_state=0).fit_transform(pixels)
    plane = TSNE(perplexity=30, random_state=0, n_jobs=arguments.threads).fit_transform(reduced)
    return time.perf_counter() - began, plane


def ours(count):
    with tempfile.TemporaryDirectory() as folder:
        out = f"{folder}/plane.csv"
        began = time.perf_counter()
        subprocess.run(
            [arguments.tool, "data", "embed", "mnist", "--data", arguments.data, "--images", str(count), "--threads",
             str(arguments.threads), "--out", out, "--offline", "--quiet"],
            check=True, stdout=subprocess.DEVNULL)  # fmt: skip
        seconds = time.perf_counter() - began
        with open(out) as file:
            return seconds, np.array([[row["x"], row["y"]] for row in csv.DictReader(file)], np.float32)


def judgement(pixels, labels, plane):
    nearest = NearestNeighbors(n_neighbors=1).fit(plane).kneighbors(return_distance=False)[:, 0]
    return trustworthiness(pixels, plane, n_neighbors=5), np.mean(labels[nearest] == labels)


for count in arguments.images:
    pixels = idx("train-images-idx3-ubyte", 16, count * 784).reshape(count, 784).astype(np.float32) / 255
    labels = idx("train-labels-idx1-ubyte", 8, count)
    seconds = {"scikit-learn": [], "mnist-lab": []}
    planes = {}
    for _ in range(arguments.rounds):
        for name, embed in [("scikit-learn", lambda: theirs(pixels)), ("mnist-lab", lambda: ours(count))]:
            taken, planes[name] = embed()
            seconds[name].append(taken)
    print(f"{count} digits, {arguments.threads} threads")
    for name, plane in planes.items():
        trust, accuracy = judgement(pixels, labels, plane)
        times = ", ".join(f"{taken:.1f}" for taken in seconds[name])
        print(f"  {name:13} {times} s   trustworthiness {trust:.4f}   nearest neighbour {accuracy:.4f}", flush=True)
    print(f"  {min(seconds['scikit-learn']) / min(seconds['mnist-lab']):.1f} times as fast", flush=True)
