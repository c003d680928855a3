"""Small trainings whose results are known, and what must hold of their folders at any moment."""

import functools
import json
import shutil
import signal

from campaign.configs import CONFIGS, DATA
from campaign.contents import ENDS, check_timings, files_of, is_safetensors, without_attempts
from campaign.judge import Lost
from campaign.tool import measured


class Study:
    """One config, the folder of its undisturbed run, and how long that took."""

    def __init__(self, name, tool, scratch):
        self.name = name
        self.tool = tool
        self.scratch = scratch
        parts = CONFIGS[name]
        self.is_sweep = "sweep" in parts
        config = {"name": name, "dataset": DATA, "model": {"layers": parts["layers"]}, "training": parts["training"]}
        if self.is_sweep:
            config["sweep"] = parts["sweep"]
        self.config = scratch / f"{name}.json"
        self.config.write_text(json.dumps(config))
        self.home = scratch / f"{name}-undisturbed"
        self.seconds, outcome = measured(lambda: tool.run(self.words(self.home)))
        if outcome.code != 0:
            raise SystemExit(f"the undisturbed run of {name} failed: {outcome.err}")
        self.reference = files_of(self.home)
        # How far a trial was trained that halving has stopped depends on when it was looked at; the tables do not.
        finished = {path.parent for path in self.home.rglob("result.json")}
        self.stopped = [str(path.relative_to(self.home)) for path in self.home.glob("trials/*") if path not in finished]

    def words(self, folder, again=False, jobs=1):
        """The command line that begins a run in a folder, or continues it."""
        command = ["sweep" if self.is_sweep else "train", self.config, "--out", folder, "--quiet"]
        if self.is_sweep:
            return command + ["--jobs", jobs, "--threads", jobs]
        return command + ["--threads", 1] + (["--resume"] if again else [])

    def calls(self, folder, again=False):
        """The system calls that an undisturbed run makes on its files: name and path of each, in their order."""
        log = self.scratch / "calls.log"
        log.unlink(missing_ok=True)
        outcome = self.tool.run(self.words(folder, again), faults={"UNDER": folder, "LOG": log})
        if outcome.code != 0:
            raise SystemExit(f"the recorded run of {self.name} failed: {outcome.err}")
        return [line.split(" ", 1) for line in log.read_text().splitlines()]

    @functools.cached_property
    def begun(self):
        """The folder of a run that was killed half way."""
        calls = self.calls(self.fresh("recorded"))
        folder = self.fresh("begun")
        outcome = self.tool.run(self.words(folder), faults={"UNDER": folder, "AT": len(calls) // 2, "DO": "kill"})
        assert outcome.code == -signal.SIGKILL, outcome
        return folder

    def fresh(self, title):
        """A path of which nothing exists."""
        folder = self.scratch / f"{self.name}-{title}"
        shutil.rmtree(folder, ignore_errors=True)
        return folder

    def check_whole(self, folder):
        """No file under its final name is half a file, whatever has happened."""
        for path, bytes in self.compared(files_of(folder)).items():
            name = path.split("/")[-1]
            if name.startswith(".") and name.endswith(".partial") or name.startswith("claim-"):
                continue
            wanted = self.reference.get(path)
            try:
                if name == "curves.csv":
                    whole = bytes.endswith(b"\n") and wanted.startswith(bytes)
                elif name == "timings.csv":
                    whole = bytes.endswith(b"\n") and check_timings(bytes) is None
                elif name in ["run.json", "trial.json"]:
                    whole = isinstance(json.loads(bytes), dict)
                elif name == "checkpoint.safetensors":
                    whole = is_safetensors(bytes)
                elif self.is_sweep and "/" not in path and name != "sweep.json":
                    # The tables of a sweep are written anew whenever it ends, with whatever there is.
                    whole = bytes.endswith(ENDS[name.split(".")[-1]])
                else:
                    whole = bytes == wanted
            except (ValueError, AttributeError) as error:
                raise Lost(f"{path} is damaged: {error}") from error
            if not whole:
                raise Lost(f"{path} ({len(bytes)} bytes) is not whole, or differs")

    def check_same(self, folder):
        """The folder is that of a run that nothing has disturbed."""
        found, reference = self.compared(files_of(folder)), self.compared(self.reference)
        if found.keys() != reference.keys():
            missing, more = reference.keys() - found.keys(), found.keys() - reference.keys()
            raise Lost(f"missing files: {sorted(missing)}; left-over files: {sorted(more)}")
        for path, bytes in found.items():
            wanted, name = reference[path], path.split("/")[-1]
            if name == "timings.csv":
                problem = check_timings(bytes, rows=wanted.count(b"\n") - 1)
                if problem:
                    raise Lost(f"{path}: {problem}")
            elif name == "run.json":
                seconds = json.loads(bytes)["seconds"]
                if not seconds >= 0:
                    raise Lost(f"{path}: {seconds} seconds")
            elif name == "trial.json":
                if without_attempts(bytes) != without_attempts(wanted):
                    raise Lost(f"{path} differs")
            elif bytes != wanted:
                raise Lost(f"{path} differs")

    def compared(self, files):
        """Without the trials that halving has stopped, and without a checkpoint that nobody needs any more."""

        def counts(path):
            folder, _, name = path.rpartition("/")
            is_finished = f"{folder}/result.json".lstrip("/") in files
            return folder not in self.stopped and not (name == "checkpoint.safetensors" and is_finished)

        return {path: bytes for path, bytes in files.items() if counts(path)}

    def check_continues(self, folder):
        """Continued without any fault, it ends as if there never had been one."""
        outcome = self.tool.run(self.words(folder, again=True))
        if outcome.code != 0:
            raise Lost(f"cannot be continued: code {outcome.code}: {outcome.last_words}")
        self.check_same(folder)
