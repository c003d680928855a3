"""Damaged files, for every reader: Tests/Faults/mutate makes them, with the readers' own tests."""

import os
import subprocess

from campaign.faults import Case, Skipped, fault
from campaign.judge import UNHARMED, Lost
from campaign.tool import FAULTS, ROOT


@fault("mutated files for every reader")
def readers(lab):
    script = FAULTS / "mutate"
    if not script.exists():
        raise Skipped("there is no Tests/Faults/mutate")
    if not (ROOT / ".build/debug/mnist-labPackageTests.xctest").exists():
        raise Skipped("needs the built tests: swift build --build-tests")
    many = (lab.many or 1000) * 1000
    yield Case(f"mutate {many}, seed {lab.seed}", lambda: mutate(script, many, lab.seed))


def mutate(script, many, seed):
    environment = dict(os.environ, MNIST_LAB_MUTATIONS_SEED=str(seed))
    result = subprocess.run([script, str(many)], capture_output=True, text=True, env=environment)
    if result.returncode != 0:
        raise Lost((result.stdout + result.stderr)[-2000:])
    return UNHARMED
