"""infer_onnx.py MODEL.onnx DATASET THREADS: the seconds that ONNX Runtime takes for the 10,000 test images, the least of some."""

import sys
import time

import onnxruntime

from models import load

path, dataset, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = threads
session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
images, labels = load(dataset, "t10k")
images = images[..., None]
name = session.get_inputs()[0].name
for _ in range(4):
    start, right = time.perf_counter(), 0
    for first in range(0, len(images), 500):
        (found,) = session.run(None, {name: images[first : first + 500]})
        right += int((found.argmax(-1) == labels[first : first + 500]).sum())
    print("pass", time.perf_counter() - start, right / len(labels), flush=True)
