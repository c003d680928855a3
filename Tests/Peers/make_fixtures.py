"""Makes the figures that the Swift tests compare with, by asking Keras and, for some, SciPy and scikit-learn.

    # The versions that made the committed figures.
    pip install keras==3.15.1 tensorflow==2.21.0 tensorboard==2.21.0 scipy==1.17.1 scikit-learn==1.9.1
    python Tests/Peers/make_fixtures.py                 # all of them, about a minute
    python Tests/Peers/make_fixtures.py losses models   # some of them

Only somebody who adds a case needs this: the figures are committed under Tests/*/Fixtures. A float is written as the
shortest decimal that gives the same float32 back, so tests start from identical bits.
"""

import os
import sys
from importlib import import_module
from pathlib import Path

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"  # one order of summation, whatever the machine
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

from fixtures.writing import write

TESTS = Path(__file__).resolve().parent.parent
FIXTURES = {
    "layers": "LayersTests",
    "losses": "LayersTests",
    "augmentation": "LayersTests",
    "initializers": "LayersTests",
    "models": "LayersTests",
    "applications": "LayersTests",
    "optimizers": "OptimizersTests",
    "schedules": "OptimizersTests",
    "callbacks": "TrainingTests",
    "statistics": "ExperimentsTests",
    "published_names": "ExperimentsTests",
    "embedding": "AnalysisTests",
    "hdf5": "ExchangeTests",
    "keras_files": "ExchangeTests",
    "tensorboard": "ExchangeTests",
}

for name in sys.argv[1:] or FIXTURES:
    # One at a time, for not everybody who needs one has what makes the others.
    module = import_module(f"fixtures.{name}")
    place = TESTS / FIXTURES[name] / "Fixtures"
    if hasattr(module, "write_files"):
        (place / name).mkdir(parents=True, exist_ok=True)
        module.write_files(place / name)
    else:
        write(place / f"{name}.json", module.fixture())
