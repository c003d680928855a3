"""Limits that a shell or a batch system sets: on files, file sizes, memory, processes."""

import errno
import os
import resource

from campaign.contents import files_of
from campaign.faults import Case, Skipped, fault
from campaign.judge import TOLD, UNHARMED, Lost, check_end, check_told

MIB = 1 << 20


def limited(study, limits, codes, words=(), **settings):
    """Within limits it either works, or says what there is too little of; without them it goes on."""
    folder = study.fresh("limited")
    outcome = study.tool.run([*study.words(folder, jobs=2), *words], limits=limits, **settings)
    # Too little even to load the program is told by the system.
    if outcome.code == 127 or "error while loading shared libraries" in outcome.err:
        return TOLD
    check_end(outcome)
    if outcome.code == 0:
        study.check_same(folder)
        return UNHARMED
    told = check_told(outcome, codes)
    if outcome.code == 2 and folder.exists() and files_of(folder):
        raise Lost(f"exit code 2, but {sorted(files_of(folder))} was written")
    if folder.exists():
        study.check_whole(folder)
    study.check_continues(folder)
    return told


def each(lab, names, what, values, which, codes, **settings):
    for name in names:
        study = lab.study(name)
        for value in values:
            yield Case(
                f"{name}: {what} {value}",
                lambda s=study, v=value: limited(s, [(which, v)], codes, **settings))


@fault("few open files: ulimit -n")
def few_files(lab):
    return each(lab, ["plain", "frozen", "grid"], "ulimit -n", range(3, 24), resource.RLIMIT_NOFILE, [errno.EMFILE])


@fault("short files: ulimit -f")
def short_files(lab):
    sizes = [0, 1, 10, 80, 90, 200, 300, 500, 700, 750, 900, 1000, 1500, 2000, 5000, 10000, 13000, 13200, 20000, 50000,
             60000, 100000]  # fmt: skip
    return each(lab, ["plain", "frozen", "grid", "halving"], "bytes in a file:", sizes, resource.RLIMIT_FSIZE,
                [errno.EFBIG])  # fmt: skip


@fault("little memory: ulimit -v")
def little_memory(lab):
    sizes = [size * MIB for size in [*range(20, 200, 5), *range(200, 1000, 40), 2000]]
    return each(lab, ["plain", "frozen", "grid"], "bytes of address space:", sizes, resource.RLIMIT_AS, [])


@fault("few processes and threads: ulimit -u")
def few_threads(lab):
    """Root has no such limit."""
    person = unprivileged(lab)
    return each(lab, ["plain", "grid"], "ulimit -u", range(1, 12), resource.RLIMIT_NPROC, [errno.EAGAIN], **person)


def unprivileged(lab):
    """Settings for a process that has no more rights than anybody."""
    if os.getuid() != 0:
        return {}
    lab.scratch.chmod(0o777)
    person = {"user": "nobody", "group": "nogroup", "extra_groups": []}
    try:
        if lab.tool.run(["--version"], **person).code == 0:
            return person
    except OSError:
        pass
    raise Skipped("root may do anything, and nobody else can run the tool from here")
