"""Every system call on a file of a run or sweep fails once, in every way in which it can; or the disk stays full."""

import errno
import shutil
import signal

from campaign.contents import files_of
from campaign.faults import Case, Skipped, fault
from campaign.judge import UNHARMED, Lost, check_end, check_told

FULL = [errno.ENOSPC, errno.EDQUOT]
# How each call can fail.
ERRORS = {
    "create": FULL + [errno.EROFS, errno.EMFILE, errno.EIO, errno.EACCES],
    "open": [errno.EMFILE, errno.EIO, errno.EACCES],
    "mkdir": FULL + [errno.EROFS, errno.EIO],
    "write": FULL + [errno.EIO, errno.EFBIG],
    "fsync": FULL + [errno.EIO],
    "close": [errno.EIO, errno.EDQUOT],
    "rename": FULL + [errno.EROFS, errno.EIO],
    "unlink": [errno.EROFS, errno.EIO],
    "rmdir": [errno.EIO],
    "flock": [errno.ENOLCK],
    "truncate": FULL + [errno.EIO],
    "allocate": FULL,
    "read": [errno.EIO],
}
# Opening a file to read it waits for nothing that a signal could interrupt.
INTERRUPTIBLE = ["create", "write", "fsync", "flock", "read"]
# Calls that a full disk refuses.
GROWING = "create,mkdir,write,fsync,truncate,allocate"


class Moment:
    """A run from its beginning, or one that goes on from a checkpoint where another was killed."""

    def __init__(self, study, is_resumed):
        self.study = study
        self.is_resumed = is_resumed
        self.title = f"{study.name}{', resumed' if is_resumed else ''}"
        self.calls = study.calls(self.folder(), is_resumed)

    def folder(self):
        folder = self.study.fresh("disturbed")
        if self.is_resumed:
            shutil.copytree(self.study.begun, folder)
        return folder

    def run(self, **faults):
        folder = self.folder()
        before = files_of(folder) if folder.exists() else {}
        words = self.study.words(folder, self.is_resumed)
        return folder, before, self.study.tool.run(words, faults={"UNDER": folder, **faults})

    def fail(self, code, **faults):
        """A call fails: it is told, nothing is half written, and the run can be continued."""
        study = self.study
        folder, before, outcome = self.run(**faults)
        check_end(outcome)
        if outcome.code == 0:
            study.check_same(folder)
            return UNHARMED
        told = check_told(outcome, [code], [folder, "trials/"])
        after = files_of(folder) if folder.exists() else {}
        if outcome.code == 2 and after != before:
            raise Lost(f"exit code 2, but {sorted(after.keys() ^ before.keys())} was written")
        if folder.exists():
            study.check_whole(folder)
        study.check_continues(folder)
        return told

    def interrupt(self, **faults):
        """What is no failure changes nothing."""
        folder, _, outcome = self.run(**faults)
        check_end(outcome)
        if outcome.code != 0:
            raise Lost(f"exit code {outcome.code}: {outcome.last_words}")
        self.study.check_same(folder)
        return UNHARMED

    def kill(self, lab, **faults):
        lab.count("kills at system calls")
        folder, _, outcome = self.run(**faults)
        if outcome.code != -signal.SIGKILL:
            raise Lost(f"it was not killed, but ended with {outcome.code}")
        if folder.exists():
            self.study.check_whole(folder)
        self.study.check_continues(folder)
        return UNHARMED


def moments(lab):
    if not lab.tool.shim:
        raise Skipped("needs a C compiler")
    for name in ["plain", "frozen", "grid", "halving"]:
        for is_resumed in [False, True]:
            yield Moment(lab.study(name), is_resumed)


def title(moment, number, call, what):
    return f"{moment.title}: call {number} of {len(moment.calls)}, {call[0]} {call[1].split('/')[-1]}: {what}"


@fault("a system call on a file fails once")
def failing_calls(lab):
    for moment in moments(lab):
        for number, call in enumerate(moment.calls, 1):
            for code in ERRORS[call[0]]:
                yield Case(
                    title(moment, number, call, errno.errorcode[code]),
                    lambda m=moment, n=number, c=code: m.fail(c, AT=n, DO=f"fail:{c}"))


@fault("the disk is full from some call on")
def disk_full(lab):
    for moment in moments(lab):
        for number, call in enumerate(moment.calls, 1):
            if call[0] not in GROWING.split(","):
                continue
            for code in FULL:
                for how in ["fail", "half"] if call[0] == "write" else ["fail"]:
                    yield Case(
                        title(moment, number, call, f"{errno.errorcode[code]} ({how}) from now on"),
                        lambda m=moment, n=number, c=code, h=how: m.fail(c, AT=n, DO=f"{h}:{c}", ALWAYS=GROWING))


@fault("a system call is interrupted, or writes only half")
def interrupted_calls(lab):
    for moment in moments(lab):
        for number, call in enumerate(moment.calls, 1):
            if call[0] in INTERRUPTIBLE:
                yield Case(
                    title(moment, number, call, "EINTR"),
                    lambda m=moment, n=number: m.interrupt(AT=n, DO=f"fail:{errno.EINTR}"))
            if call[0] == "write":
                yield Case(
                    title(moment, number, call, "half"), lambda m=moment, n=number: m.interrupt(AT=n, DO="short"))


@fault("killed before a system call, or after half of its bytes")
def killed_at_calls(lab):
    for moment in moments(lab):
        for number, call in enumerate(moment.calls, 1):
            for how in ["kill", "halfkill"] if call[0] == "write" else ["kill"]:
                yield Case(
                    title(moment, number, call, how), lambda m=moment, n=number, h=how: m.kill(lab, AT=n, DO=h))


@fault("the order of calls is one that a power failure cannot hurt")
def power(lab):
    """Bytes are on the disk before they get their name, and the name is before anything else happens."""
    for moment in moments(lab):
        renames = [number for number, call in enumerate(moment.calls) if call[0] == "rename"]
        for number in renames:
            yield Case(
                title(moment, number + 1, moment.calls[number], "forced to the disk"),
                lambda m=moment, n=number: is_forced(m.calls, n))


def is_forced(calls, number):
    path = calls[number][1]
    before = [name for name, other in calls[:number] if other.endswith(path.split("/")[-1])]
    if path.endswith(".partial"):
        if "fsync" not in before or "write" in before[before.index("fsync") :]:
            raise Lost(f"it was renamed before its bytes were on the disk: {before}")
        after = [name for name, _ in calls[number + 1 : number + 4]]
        if after[:2] != ["open", "fsync"]:
            raise Lost(f"its folder was not forced to the disk: {after}")
    return UNHARMED
