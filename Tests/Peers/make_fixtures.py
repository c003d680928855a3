"""Makes the figures that the Swift tests compare with, by asking Keras.

    pip install keras==3.15.1 tensorflow==2.21.0        # the versions that made the committed figures
    python Tests/Peers/make_fixtures.py                 # all of them, about a minute
    python Tests/Peers/make_fixtures.py losses models   # some of them

Only somebody who adds a case needs this: the figures are committed under Tests/*/Fixtures. A float is written as the
shortest decimal that gives the same float32 back, so tests start from identical bits.
"""

import os
import sys
from pathlib import Path

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"  # one order of summation, whatever the machine
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

from fixtures import callbacks, initializers, layers, losses, models, optimizers, schedules
from fixtures.writing import write

TESTS = Path(__file__).resolve().parent.parent
FIXTURES = {
    "layers": ("LayersTests", layers),
    "losses": ("LayersTests", losses),
    "initializers": ("LayersTests", initializers),
    "models": ("LayersTests", models),
    "optimizers": ("OptimizersTests", optimizers),
    "schedules": ("OptimizersTests", schedules),
    "callbacks": ("TrainingTests", callbacks),
}

for name in sys.argv[1:] or FIXTURES:
    target, module = FIXTURES[name]
    write(TESTS / target / "Fixtures" / f"{name}.json", module.fixture())
