"""Folders that cannot be written, that are something else, or that go away in the middle."""

import errno
import random
import shutil
import time

from campaign.contents import files_of
from campaign.faults import Case, Skipped, fault
from campaign.judge import TOLD, UNHARMED, Lost, check_end, check_told
from campaign.kills import instant
from campaign.limits import unprivileged

STUDIES = ["plain", "frozen", "grid", "halving"]


@fault("folders that cannot be written")
def read_only(lab):
    person = unprivileged(lab)
    if not lab.tool.shim:
        raise Skipped("needs a C compiler")
    for name in STUDIES:
        study = lab.study(name)
        for mode in [0o000, 0o444, 0o555]:
            yield Case(f"{name}: parent of mode {mode:o}", lambda s=study, m=mode: forbidden(s, m, "parent", person))
            yield Case(f"{name}: folder of mode {mode:o}", lambda s=study, m=mode: forbidden(s, m, "folder", person))
            yield Case(f"{name}: begun and {mode:o}", lambda s=study, m=mode: forbidden(s, m, "begun", person))


def forbidden(study, mode, which, person):
    parent = study.fresh("forbidden")
    folder = parent / "run"
    parent.mkdir(mode=0o777)
    parent.chmod(0o777)
    if which == "folder":
        folder.mkdir()
    if which == "begun":
        shutil.copytree(study.begun, folder)
    target = parent if which == "parent" else folder
    target.chmod(mode)
    before = files_of(parent)
    outcome = study.tool.run(study.words(folder, again=which == "begun"), **person)
    if files_of(parent) != before:
        raise Lost("something was written")
    told = check_told(outcome, [errno.EACCES], [folder, parent, "trials/"])
    target.chmod(0o755)
    study.check_continues(folder)
    return told


@fault("a file where a folder should be, or the reverse")
def wrong_kind(lab):
    for name in STUDIES:
        study = lab.study(name)
        yield Case(f"{name}: the folder is a file", lambda s=study: obstructed(s, ""))
        yield Case(f"{name}: its parent is a file", lambda s=study: obstructed(s, ".."))
        for path in sorted(study.reference):
            yield Case(f"{name}: {path} is a folder", lambda s=study, p=path: obstructed(s, p))
        for path in sorted({path.rsplit("/", 1)[0] for path in study.reference if "/" in path} | {"trials"}):
            if study.is_sweep:
                yield Case(f"{name}: {path} is a file", lambda s=study, p=path: obstructed(s, p, is_file=True))


def obstructed(study, path, is_file=False):
    parent = study.fresh("obstructed")
    folder = parent / "run"
    obstacle = parent if path == ".." else folder / path
    obstacle.parent.mkdir(parents=True, exist_ok=True)
    if path in ["", ".."] or is_file:
        obstacle.write_text("something else\n")
    else:
        obstacle.mkdir()
    # Resuming, for a run does not begin in a folder that holds something.
    outcome = study.tool.run(study.words(folder, again=path not in ["", ".."]))
    check_end(outcome)
    if outcome.code == 0:
        raise Lost("it went on as if there were nothing in its way")
    told = check_told(outcome, [], [obstacle, folder, "trials/"])
    if obstacle.is_file() and obstacle.read_text() != "something else\n":
        raise Lost(f"it has overwritten {path}")
    obstacle.rmdir() if obstacle.is_dir() else obstacle.unlink()
    study.check_continues(folder)
    return told


@fault("a folder is removed, moved or closed in the middle")
def vanishing(lab):
    person = unprivileged(lab)
    for number in range(lab.many or 200):
        study = lab.study(STUDIES[number % len(STUDIES)])
        title = f"{study.name}, seed {lab.seed}, {number}"
        yield Case(title, lambda s=study, t=title: vanish(s, random.Random(t), person))


def vanish(study, rng, person):
    parent = study.fresh("vanishing")
    folder, away = parent / "run", parent / "away"
    parent.mkdir()
    parent.chmod(0o777)
    process = study.tool.start(study.words(folder), **person)
    time.sleep(instant(rng, study.seconds))
    was_running = process.poll() is None
    target = rng.choice([folder, *sorted(folder.glob("trials/*"))] if folder.exists() else [folder])
    how = rng.choice(["remove", "move", "close"])
    try:
        if how == "remove":
            shutil.rmtree(target, ignore_errors=True)
        elif how == "move":
            target.rename(away)
        else:
            target.chmod(0)
    except FileNotFoundError:
        pass
    outcome = study.tool.end(process)
    check_end(outcome)
    if outcome.code != 0:
        if not was_running:
            raise Lost(f"exit code {outcome.code}: {outcome.last_words}")
        check_told(outcome, [errno.ENOENT, errno.EACCES, errno.ENOTDIR], [folder, "trials/"])
    if how == "remove":
        # What was written meanwhile, so that the folder could not be removed.
        shutil.rmtree(target, ignore_errors=True)
    if how == "close" and target.exists():
        target.chmod(0o755)
    if how == "move" and away.exists():
        # What was made anew in its place meanwhile gives way.
        shutil.rmtree(target, ignore_errors=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        away.rename(target)
    if folder.exists():
        study.check_whole(folder)
    study.check_continues(folder)
    return UNHARMED if outcome.code == 0 else TOLD
