"""A small disk that fills up, of bytes or of files, and is enlarged afterwards. Needs root, to mount it."""

import errno
import os
import subprocess

from campaign.faults import Case, Skipped, fault
from campaign.judge import UNHARMED, Lost, check_end, check_told


@fault("a small disk fills up")
def small_disk(lab):
    if os.getuid() != 0:
        raise Skipped("needs root, to mount a small disk")
    place = lab.scratch / "disk"
    place.mkdir(exist_ok=True)
    if not mount(place, "size=64k"):
        raise Skipped("this machine does not let root mount a disk")
    unmount(place)
    for name in ["plain", "frozen", "grid", "halving"]:
        study = lab.study(name)
        most = sum(4 + len(bytes) // 1024 for bytes in study.reference.values())
        for kilobytes in range(4, most + 40, max(4, most // 200 * 4)):
            yield Case(f"{name}: {kilobytes} kB", lambda s=study, k=kilobytes: fill(s, place, f"size={k}k"))
        for files in range(2, len(study.reference) + 20):
            yield Case(f"{name}: {files} files", lambda s=study, f=files: fill(s, place, f"size=64m,nr_inodes={f}"))


def fill(study, place, options):
    if not mount(place, options):
        raise Lost(f"cannot mount {options}")
    try:
        folder = place / "run"
        outcome = study.tool.run(study.words(folder))
        check_end(outcome)
        if outcome.code == 0:
            study.check_same(folder)
            return UNHARMED
        told = check_told(outcome, [errno.ENOSPC], [folder, "trials/"])
        if folder.exists():
            study.check_whole(folder)
        mount(place, "remount,size=64m,nr_inodes=100k")
        study.check_continues(folder)
        return told
    finally:
        unmount(place)


def mount(place, options):
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
    return subprocess.run(command, capture_output=True).returncode == 0


def unmount(place):
    subprocess.run(["umount", str(place)], check=True)
