"""Phrases that several explanations use."""

from __future__ import annotations

from collections.abc import Sequence

from ..outcome import Failure
from ..parts import leaves
from ..trial import Trial

# what cuts numbers off, where it stands in an answer: openly, or as the type of another array
OPENLY = ("round", "int", "//", "rint", "floor", "trunc", "int32", "int64")
CUTS = (*OPENLY, "zeros_like", "full_like", "empty_like", "ones_like", "vectorize")


def look_at(trial: Trial, pieces: Sequence[str]) -> str:
    """ " Look at `a` and `b`.": those of the pieces that stand in the answer; or nothing."""
    found = [f"`{piece}`" for piece in trial.wording.written(pieces)]
    return f" Look at {' and '.join(found)}." if found else ""


def subject(path: str) -> str:
    """What a sentence begins with: "The result", "The loss", "`W`"."""
    path = path or "the result"
    return path[0].upper() + path[1:] if " " in path else f"`{path}`"


def line_of(failure: Failure | None) -> str:
    """A sentence that names the line, or nothing."""
    if not failure or not failure.line:
        return ""
    text = failure.text if len(failure.text) <= 90 else failure.text[:87] + "..."
    return f" It happened in line {failure.line}: `{text}`."


def which_cases(trial: Trial) -> str:
    """Where only some cases fail, which."""
    all_of_them, failing = len(trial.cases), len(trial.failing)
    if failing == all_of_them:
        return ""
    if failing == 1 and trial.case.about:
        return f" Only in one case: {trial.case.about}."
    right = all_of_them - failing
    return f" {right} of {all_of_them} cases {'is' if right == 1 else 'are'} right."


def right_parts(trial: Trial) -> str:
    """ "`loss` is right", where a result of several parts has some that are right in every case."""
    if any(not difference.failing for difference in trial.failing.values()):
        return ""
    failing = {path for difference in trial.failing.values() for path in difference.failing}
    parts = leaves(trial.exercise, trial.expected[0].value)
    right = [part for part in parts if part and part not in failing]
    named = [f"`{part}`" if " " not in part else part for part in right[:3]]
    return f"{' and '.join(named)} {'is' if len(right) == 1 else 'are'} right" if right else ""
