"""The program under test, and how one of its processes ended."""

import os
import resource
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

FAULTS = Path(__file__).resolve().parent.parent
ROOT = FAULTS.parent.parent

# A process that takes longer hangs; the undisturbed runs take less than a second.
PATIENCE = 45


@dataclass
class Outcome:
    """A negative code is that of a signal, as subprocess has it; None stands for a process that had to be killed."""

    code: int | None
    out: str
    err: str

    @property
    def last_words(self):
        return self.err.strip().split("\n")[-1][-300:]


def find_tool():
    for build in ["release", "debug"]:
        path = ROOT / ".build" / build / "mnist-lab"
        if path.exists():
            return path
    raise SystemExit("there is no built mnist-lab: swift build, or --tool PATH")


class Tool:
    def __init__(self, path, scratch):
        self.path = Path(path).resolve()
        self.scratch = scratch
        self._shim = None

    @property
    def shim(self):
        """The library that makes system calls fail, compiled when it is first needed; None without a C compiler."""
        if self._shim is None and shutil.which("cc"):
            self._shim = self.scratch / "shim.so"
            command = ["cc", "-shared", "-fPIC", "-O1", "-w", "-o", self._shim, FAULTS / "shim.c", "-ldl"]
            subprocess.run(command, check=True)
        return self._shim

    def start(self, words, faults=None, limits=(), prefix=(), on_terminal=None, **settings):
        """`faults` are variables for the shim, without their prefix; `limits` are (resource, value) of setrlimit."""
        environment = dict(os.environ)
        environment.pop("SLURM_JOB_ID", None)
        if faults:
            environment["LD_PRELOAD"] = str(self.shim)
            environment.update({f"FAULT_{name}": str(value) for name, value in faults.items()})

        def prepare():
            if on_terminal:
                on_terminal()
            for which, value in limits:
                resource.setrlimit(which, (value, value))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

        defaults = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        words = [*prefix, str(self.path), *map(str, words)]
        return subprocess.Popen(
            words, env=environment, preexec_fn=prepare, text=True, errors="replace",
            **(defaults | settings))

    def run(self, words, **settings):
        return self.end(self.start(words, **settings))

    def end(self, process, patience=PATIENCE):
        try:
            out, err = process.communicate(timeout=patience)
            return Outcome(process.returncode, out or "", err or "")
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            return Outcome(None, out or "", err or "")

    def kill_after(self, process, seconds):
        """Kills the process, unless it ends before; returns its outcome and whether it was killed."""
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        outcome = self.end(process)
        return outcome, outcome.code == -signal.SIGKILL


def measured(body):
    began = time.monotonic()
    result = body()
    return time.monotonic() - began, result
