"""Judges exported ONNX models: the checker and shape inference of `onnx`, and the numbers of ONNX Runtime.

    pip install onnx==1.23.2 onnxruntime==1.32.0 safetensors numpy
    ONNX_CASES=/tmp/cases swift test --filter ONNXJudgeTests
    python Tests/Peers/check_onnx.py cases /tmp/cases
    MNIST_LAB_DATA=data python Tests/Peers/check_onnx.py configs .build/debug/mnist-lab /tmp/runs configs/quickstart.json ...

A case is a model with images and the probabilities that the tool computed for them. A config is trained for a moment,
exported, and asked for the classes of test images, as the tool is. Either way all images at once, some of them and a single
one must give the same within 1e-5.
"""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy
import onnx
import onnxruntime
from safetensors.numpy import load_file

TOLERANCE = 1e-5
IMAGES = 200


def compare(path, images, expected):
    """The largest difference of a probability."""
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    (given,), (wanted,) = session.get_inputs(), session.get_outputs()
    assert given.shape == ["batch", *images.shape[1:]], given.shape
    assert wanted.shape == ["batch", *expected.shape[1:]], wanted.shape
    worst = 0.0
    for batch in sorted({1, min(7, len(images)), len(images)}):
        (found,) = session.run(None, {given.name: images[:batch]})
        worst = max(worst, float(numpy.abs(found - expected[:batch]).max()))
    return worst


def case(path):
    figures = load_file(path.with_suffix(".safetensors"))
    images, expected = figures["images"], figures["probabilities"]
    spread = float(expected.std(axis=0).max())
    assert spread > 10 * TOLERANCE, f"all images have the same probabilities, up to {spread:.1e}"
    return compare(path, images, expected)


def config(tool, folder, path):
    """Trains a config briefly; of a sweep its base."""
    run, model = folder / "-".join(path.with_suffix("").parts[-2:]), folder / "model.onnx"

    def call(*arguments):
        done = subprocess.run([tool, *map(str, arguments)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr.strip()
        return done.stdout

    settings = ["training.epochs=1", "dataset.train_limit=400", "dataset.test_limit=100", "expect={}"]
    if path.match("mnist/**/transfer.json"):  # whose weights are nobody's to pass on
        settings.append("model.layers[3].weights=null")
    sets = [word for setting in settings for word in ("--set", setting)]
    call("train", path, "--out", run, "--no-pictures", "--quiet", *sets)
    call("export", run, "--to", model)
    name = json.loads((run / "config.json").read_text())["dataset"]["name"]
    data = "fashion-mnist" if name == "fashion-mnist" else "mnist"
    pixels = Path(os.environ["MNIST_LAB_DATA"]) / data / "t10k-images-idx3-ubyte.gz"
    predictions = json.loads(call("predict", run, pixels, "--limit", IMAGES, "--no-invert", "--json"))
    expected = numpy.array([one["probabilities"] for one in predictions], numpy.float32)
    with gzip.open(pixels) as file:
        images = numpy.frombuffer(file.read()[16 : 16 + IMAGES * 784], numpy.uint8).reshape(-1, 28, 28, 1)
    return compare(model, images.astype(numpy.float32) / numpy.float32(255), expected)


def main(kind, *arguments):
    if kind == "cases":
        subjects = [(path.stem, case, [path]) for path in sorted(Path(arguments[0]).glob("*.onnx"))]
    else:
        tool, folder, *paths = arguments
        subjects = [(path, config, [tool, Path(folder), Path(path)]) for path in paths]
    failures = 0
    for name, judge, subject in subjects:
        try:
            worst = judge(*subject)
            complaint = None if worst <= TOLERANCE else "too much"
            print(f"{name}: largest difference {worst:.1e}", complaint or "", flush=True)
        except Exception as error:  # whatever a judge says against it
            complaint = error
            print(f"{name}: {error}", flush=True)
        failures += complaint is not None
    print(f"{len(subjects) - failures} of {len(subjects)} models agree")
    return failures > 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
