"""Damaged files, for every reader: Tests/Faults/mutate does that, in Swift."""

import subprocess

from campaign.faults import Case, Skipped, fault
from campaign.judge import UNHARMED, Lost
from campaign.tool import FAULTS


@fault("mutated files for every reader")
def readers(lab):
    script = FAULTS / "mutate"
    if not script.exists():
        raise Skipped("there is no Tests/Faults/mutate")
    many = str((lab.many or 1000) * 1000)
    yield Case(f"mutate {many}", lambda: mutate([str(script), many]))


def mutate(command):
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode != 0:
        raise Lost((result.stdout + result.stderr)[-2000:])
    return UNHARMED
