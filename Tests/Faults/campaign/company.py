"""Two processes that want the same folder."""

import shutil

from campaign.configs import CONFIGS
from campaign.faults import Case, fault
from campaign.judge import TOLD, UNHARMED, Lost, check_end, check_told


@fault("two processes on one folder")
def company(lab):
    for number in range((lab.many or 100) // 5 + 1):
        for name in ["plain", "frozen"]:
            study = lab.study(name)
            yield Case(f"{name}: two begin, {number}", lambda s=study: begin(s))
            yield Case(f"{name}: two go on, {number}", lambda s=study: go_on(s))
            yield Case(f"{name}: two runs of one name, {number}", lambda s=study: same_name(s))
        for name in ["grid", "halving"]:
            study = lab.study(name)
            yield Case(f"{name}: three share it, {number}", lambda s=study: share(s))
            yield Case(f"{name}: another sweep, {number}", lambda s=study: other_sweep(lab, s))


def together(study, commands, **settings):
    processes = [study.tool.start(words, **settings) for words in commands]
    outcomes = [study.tool.end(process) for process in processes]
    for outcome in outcomes:
        check_end(outcome)
    return outcomes


def begin(study):
    """One gets the folder, and the other is told why it does not."""
    folder = study.fresh("contested")
    outcomes = together(study, [study.words(folder)] * 2)
    outcomes.sort(key=lambda outcome: outcome.code)
    if [outcome.code for outcome in outcomes] != [0, 2]:
        raise Lost(f"exit codes {[outcome.code for outcome in outcomes]} instead of 0 and 2")
    check_told(outcomes[1], names=[folder])
    study.check_same(folder)
    return TOLD


def go_on(study):
    """Both want to continue; the second is refused, or finds the run finished."""
    folder = study.fresh("contested")
    if study.tool.shim:
        shutil.copytree(study.begun, folder)
    outcomes = together(study, [study.words(folder, again=True)] * 2)
    codes = sorted(outcome.code for outcome in outcomes)
    if codes not in [[0, 0], [0, 2]]:
        raise Lost(f"exit codes {codes}: {[outcome.last_words for outcome in outcomes]}")
    study.check_same(folder)
    return TOLD if codes[1] else UNHARMED


def same_name(study):
    """Without --out each gets a folder of its own."""
    folder = study.fresh("named")
    folder.mkdir()
    words = study.words("unused")
    place = words.index("--out")
    del words[place : place + 2]
    outcomes = together(study, [words] * 2, cwd=folder)
    if [outcome.code for outcome in outcomes] != [0, 0]:
        raise Lost(f"{[outcome.last_words for outcome in outcomes]}")
    for name in [study.name, f"{study.name}-2"]:
        study.check_same(folder / "runs" / name)
    return UNHARMED


def share(study):
    folder = study.fresh("shared")
    for outcome in together(study, [study.words(folder)] * 3):
        if outcome.code:
            raise Lost(f"exit code {outcome.code}: {outcome.last_words}")
    study.check_same(folder)
    return UNHARMED


def other_sweep(lab, study):
    """Another plan waits its turn: it is refused, or it comes when the first is through, whose trials are kept."""
    folder = study.fresh("contested")
    other = lab.study("halving" if study.name == "grid" else "grid")
    assert CONFIGS[other.name] != CONFIGS[study.name]
    outcomes = together(study, [study.words(folder), other.words(folder)])
    codes = sorted(outcome.code for outcome in outcomes)
    if codes not in [[0, 0], [0, 2]]:
        raise Lost(f"exit codes {codes}: {[outcome.last_words for outcome in outcomes]}")
    for outcome in outcomes:
        if outcome.code == 2:
            check_told(outcome, names=[folder])
    again = study.tool.run(study.words(folder))
    if again.code != 0:
        raise Lost(f"cannot be continued: {again.last_words}")
    shutil.rmtree(folder / "former", ignore_errors=True)
    study.check_same(folder)
    return TOLD if codes[1] else UNHARMED
