"""Clocks that jump forward and back, stand still, or are centuries off."""

import csv
import io
import json
import shutil

from campaign.contents import files_of
from campaign.faults import Case, Skipped, fault
from campaign.judge import UNHARMED, Lost, check_end
from campaign.tool import measured

CLOCKS = ["wall:day", "wall:back", "wall:still", "wall:1902", "wall:2500", "all:day", "all:still"]


@fault("clocks that jump or stand still")
def clocks(lab):
    if not lab.tool.shim:
        raise Skipped("needs a C compiler")
    for name in ["plain", "frozen", "grid", "halving"]:
        study = lab.study(name)
        for clock in CLOCKS:
            for jobs in [1, 2] if study.is_sweep else [1]:
                for is_resumed in [False, True]:
                    for options in [[], ["--progress=always"]]:
                        yield Case(
                            f"{name}{', resumed' if is_resumed else ''}, {jobs} jobs: {clock} {' '.join(options)}",
                            lambda *_, s=study, c=clock, j=jobs, r=is_resumed, o=options: jump(s, c, j, r, o))


def jump(study, clock, jobs, is_resumed, options):
    folder = study.fresh("clock")
    if is_resumed:
        shutil.copytree(study.begun, folder)
    words = [word for word in study.words(folder, is_resumed, jobs) if not (options and word == "--quiet")]
    seconds, outcome = measured(lambda: study.tool.run([*words, *options], faults={"CLOCK": clock}))
    check_end(outcome)
    if outcome.code != 0:
        raise Lost(f"exit code {outcome.code}: {outcome.last_words}")
    study.check_same(folder)
    # Times are taken by a clock that nobody sets; what was begun before counts with its own.
    if clock.startswith("wall:"):
        check_times(folder, most=seconds + (10 * study.seconds + 60 if is_resumed else 1))
    return UNHARMED


def check_times(folder, most):
    """No training, and no epoch of one, took longer than the process, or less than nothing."""
    for path, bytes in files_of(folder).items():
        times = []
        if path.endswith("run.json"):
            times = [json.loads(bytes)["seconds"]]
        elif path.endswith("timings.csv"):
            rows = csv.DictReader(io.StringIO(bytes.decode()))
            times = [float(row["seconds"]) for row in rows]
        for time in times:
            if not 0 <= time <= most:
                raise Lost(f"{path}: {time} seconds, of {most} at most")
