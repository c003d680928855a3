"""Judges exported ONNX models: the checker and shape inference of `onnx`, and the numbers of ONNX Runtime.

    pip install onnx==1.23.2 onnxruntime==1.32.0 safetensors numpy
    ONNX_CASES=/tmp/cases swift test --filter ONNXJudgeTests
    python Tests/Peers/check_onnx.py /tmp/cases

Every case is a model with images and the probabilities that the tool computed for them. All images at once, some of them
and a single one must give the same within 1e-5.
"""

import sys
from pathlib import Path

import numpy
import onnx
import onnxruntime
from safetensors.numpy import load_file

TOLERANCE = 1e-5


def check(path):
    """The largest difference of a probability, and how much probabilities differ from image to image."""
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    figures = load_file(path.with_suffix(".safetensors"))
    images, expected = figures["images"], figures["probabilities"]
    (given,), (wanted,) = session.get_inputs(), session.get_outputs()
    assert given.shape == ["batch", *images.shape[1:]], given.shape
    assert wanted.shape == ["batch", *expected.shape[1:]], wanted.shape
    worst = 0.0
    for batch in sorted({1, min(7, len(images)), len(images)}):
        (found,) = session.run(None, {given.name: images[:batch]})
        worst = max(worst, float(numpy.abs(found - expected[:batch]).max()))
    return worst, float(expected.std(axis=0).max())


def main(folder):
    paths = sorted(Path(folder).glob("*.onnx"))
    failures = 0
    for path in paths:
        try:
            worst, spread = check(path)
        except Exception as error:  # whatever a judge says against it
            failures += 1
            print(f"{path.stem}: {error}")
            continue
        good = worst <= TOLERANCE and spread > 100 * TOLERANCE
        failures += not good
        if not good or "-v" in sys.argv:
            print(f"{path.stem}: largest difference {worst:.1e}, spread {spread:.1e}")
    print(f"{len(paths) - failures} of {len(paths)} models agree")
    return failures > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
