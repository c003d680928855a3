"""Holds this tool and Keras against each other: models exported from here, and models imported from there.

    pip install keras==3.15.1 tensorflow==2.21.0 h5py
    python Tests/Peers/check_keras.py .build/release/mnist-lab DATA               # everything, a few minutes
    python Tests/Peers/check_keras.py .build/release/mnist-lab DATA out in        # parts: out layers in training

DATA is a folder with MNIST's files. Every line says how far the probabilities of 200 test images are apart at most; those of
training, how far the losses of an epoch are. Ends with 1 if anything is further apart than float32's rounding explains.
"""

import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

from keras_checks.tool import Tool

PARTS = {"out": "exporting", "layers": "exporting_layers", "in": "importing", "training": "training"}

with tempfile.TemporaryDirectory() as folder:
    tool = Tool(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve(), Path(folder))
    for name in sys.argv[3:] or PARTS:
        import_module(f"keras_checks.{PARTS[name]}").check(tool)
    tool.report()
