"""Standard streams that are closed, full, or lose their reader; terminals that hang up."""

import contextlib
import errno
import fcntl
import os
import pty
import random
import signal
import termios
import time

from campaign.faults import Case, fault
from campaign.judge import TOLD, UNHARMED, Lost, check_end, check_told
from campaign.kills import instant

# How a shell would write it, and whether results are lost and there is still a place to tell it.
STREAMS = [
    (">&-", True, True), ("2>&-", False, False), ("<&-", False, True), (">&- 2>&-", True, False),
    ("<&- >&- 2>&-", True, False), ("<&- 2>&-", False, False), (">/dev/full", True, True),
    ("2>/dev/full", False, False), (">/dev/full 2>/dev/full", True, False),
]  # fmt: skip
# The reader is gone at once, or after a few bytes: that is no failure.
READERS = ["| true", "2>&1 | true", "| head -c 10", "2>&1 | head -c 10"]


@fault("closed and full streams, readers that go away")
def streams(lab):
    for name in ["plain", "grid"]:
        study = lab.study(name)
        for progress in ["--quiet", "--progress=always", "--json"]:
            for redirection, is_lost, is_heard in STREAMS:
                yield Case(
                    f"{name} {progress} {redirection}",
                    lambda s=study, p=progress, r=redirection, l=is_lost, h=is_heard: redirected(s, p, r, l, h))
            for reader in READERS:
                yield Case(
                    f"{name} {progress} {reader}",
                    lambda s=study, p=progress, r=reader: redirected(s, p, r, False, False))


def redirected(study, progress, redirection, is_lost, is_heard):
    folder = study.fresh("streams")
    words = [progress if word == "--quiet" else word for word in study.words(folder, jobs=2)]
    # Of a pipe, the code of its first command.
    script = f'"$@" {redirection}' if "|" not in redirection else f'set -o pipefail; "$@" {redirection}'
    outcome = study.tool.run(words, prefix=["bash", "-c", script, "bash"])
    check_end(outcome)
    if outcome.code != (1 if is_lost else 0):
        raise Lost(f"exit code {outcome.code}: {outcome.last_words}")
    study.check_same(folder)
    if is_lost and is_heard:
        return check_told(outcome, [errno.EBADF, errno.ENOSPC], ["standard output"])
    return UNHARMED


@fault("the terminal hangs up")
def hangups(lab):
    for number in range((lab.many or 100) // 2):
        study = lab.study(["plain", "frozen", "grid", "halving"][number % 4])
        rng = random.Random(f"{lab.seed} {number}")
        yield Case(f"{study.name}, seed {lab.seed}, {number}", lambda s=study, r=rng: hang_up(lab, s, r))


def hang_up(lab, study, rng):
    """Like SIGTERM: a checkpoint is saved, and the run can be continued."""
    folder = study.fresh("hangup")
    keyboard, screen = pty.openpty()

    def sit_down():
        os.setsid()
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    words = [word for word in study.words(folder) if word != "--quiet"]
    process = study.tool.start(words, stdin=screen, stdout=screen, stderr=screen, on_terminal=sit_down)
    os.close(screen)
    # Whoever reads nothing would make it wait.
    os.set_blocking(keyboard, False)
    end, waits = time.monotonic() + instant(rng, study.seconds), rng.random() < 0.5
    # Either at some instant, or as soon as there is a checkpoint.
    while process.poll() is None and (not any(folder.rglob("checkpoint*")) if waits else time.monotonic() < end):
        time.sleep(0.001)
        with contextlib.suppress(OSError):
            os.read(keyboard, 1 << 16)
    os.close(keyboard)
    outcome = study.tool.end(process)
    if outcome.code == -signal.SIGHUP:
        # Before it listens, or when it has nothing more to save.
        lab.count("hangups before or after training")
    else:
        check_end(outcome)
        if outcome.code not in [0, 1, 129, 143]:
            raise Lost(f"exit code {outcome.code}")
    if folder.exists():
        study.check_whole(folder)
    study.check_continues(folder)
    return UNHARMED if outcome.code == 0 else TOLD
