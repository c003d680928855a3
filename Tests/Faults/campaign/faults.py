"""A fault: its name, and a list of cases."""

from dataclasses import dataclass, field
from typing import Callable

from campaign.study import Study


class Skipped(Exception):
    """Why a fault cannot be tried here."""


@dataclass
class Case:
    """One thing that goes wrong. `body` returns how it ended, or raises `Lost`."""

    title: str
    body: Callable[[], str]


@dataclass
class Laboratory:
    """What all faults share."""

    tool: object
    scratch: object
    seed: int
    many: int | None
    # What is worth a line below the table.
    counts: dict = field(default_factory=dict)
    studies: dict = field(default_factory=dict)

    def count(self, what, more=1):
        self.counts[what] = self.counts.get(what, 0) + more

    def study(self, name):
        if name not in self.studies:
            self.studies[name] = Study(name, self.tool, self.scratch)
        return self.studies[name]


FAULTS = {}


def fault(description):
    """Registers a function from the laboratory to cases, under its own name."""

    def register(function):
        FAULTS[function.__name__.replace("_", "-")] = (function, description)
        return function

    return register
