"""What counts as told clearly."""

import os

UNHARMED, TOLD = "unharmed", "told"

TRAPS = ["Fatal error", "Illegal instruction", "Segmentation fault", "Current stack trace", "AddressSanitizer"]


class Lost(Exception):
    """What must not happen: lost results, half a file, a hang, a trap, or a message that nobody understands."""


def check_end(outcome):
    """The process has ended by itself, with one of its exit codes."""
    if outcome.code is None:
        raise Lost(f"it hangs: {outcome.last_words}")
    if outcome.code < 0 or any(word in outcome.err for word in TRAPS):
        raise Lost(f"it was ended by signal {-outcome.code}: {outcome.last_words}")
    if outcome.code not in [0, 1, 2, 3, 4, 75, 129, 130, 143]:
        raise Lost(f"exit code {outcome.code}: {outcome.last_words}")


def check_told(outcome, codes=(), names=()):
    """A failure has a line that names a file and one of the reasons."""
    check_end(outcome)
    if outcome.code not in [1, 2]:
        raise Lost(f"exit code {outcome.code} instead of 1 or 2: {outcome.last_words}")
    reasons = [os.strerror(code) for code in codes]
    for line in outcome.err.split("\n"):
        if (not names or any(str(name) in line for name in names)) and (
            not reasons or any(reason in line for reason in reasons)
        ):
            return TOLD
    wanted = " or ".join(reasons) or "a reason"
    raise Lost(f"exit code {outcome.code}, but no line names the file and {wanted}: {outcome.err.strip()[-400:]!r}")
