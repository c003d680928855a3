"""Processes that are killed at random instants, alone and in company, again and again until one comes through."""

import random

from campaign.faults import Case, fault
from campaign.judge import UNHARMED, Lost, check_end


def instant(rng, seconds):
    """Often near the beginning and the end of a run, where the most files change."""
    part = rng.choice([(0, 0.3), (0, 0.6), (0, 1.0), (0.6, 1.0)])
    return seconds * rng.uniform(*part)


def kill(lab, study, process, rng, what):
    """Kills a process at some instant; one that came through shows that runs take less time than was thought."""
    outcome, was_killed = study.tool.kill_after(process, instant(rng, study.seconds))
    study.seconds *= 1.05 if was_killed else 0.8
    lab.count(what, was_killed)
    return outcome, was_killed


def stories(lab, names, tell):
    """Cases with random numbers of their own, so that each can be told again by its seed."""
    for number in range(lab.many or 300):
        study = lab.study(names[number % len(names)])
        title = f"{study.name}, seed {lab.seed}, story {number}"
        yield Case(title, lambda s=study, n=number, t=title: tell(lab, s, random.Random(t), n))


@fault("killed at random instants, continued, killed again")
def kills(lab):
    def tell(lab, study, rng, number):
        folder = study.fresh("killed")
        jobs = rng.choice([1, 2])
        for turn in range(rng.randint(1, 6)):
            process = study.tool.start(study.words(folder, again=turn > 0, jobs=jobs))
            outcome, was_killed = kill(lab, study, process, rng, "kills at random instants")
            if folder.exists():
                study.check_whole(folder)
            if not was_killed:
                check_end(outcome)
                if outcome.code:
                    raise Lost(f"exit code {outcome.code}: {outcome.last_words}")
                break
        study.check_continues(folder)
        return UNHARMED

    return stories(lab, ["plain", "frozen", "grid", "halving"], tell)


@fault("one of two processes of a sweep is killed, and comes back")
def kills_in_company(lab):
    def tell(lab, study, rng, number):
        folder = study.fresh("shared")
        words = study.words(folder)
        processes = [study.tool.start(words), study.tool.start(words)]
        for _ in range(rng.randint(1, 4)):
            victim = rng.randrange(2)
            outcome, was_killed = kill(lab, study, processes[victim], rng, "kills in company")
            if folder.exists():
                study.check_whole(folder)
            if not was_killed:
                check_end(outcome)
            processes[victim] = study.tool.start(words)
        for process in processes:
            outcome = study.tool.end(process)
            check_end(outcome)
            if outcome.code:
                raise Lost(f"exit code {outcome.code}: {outcome.last_words}")
        study.check_continues(folder)
        return UNHARMED

    return stories(lab, ["grid", "halving"], tell)
