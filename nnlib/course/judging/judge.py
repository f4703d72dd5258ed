"""The way of an answer: prepared, run, compared, explained, shown."""

from __future__ import annotations

from collections.abc import Callable

from ..description import Exercise
from .advice import advise
from .explain import explain
from .known import expected, standard
from .prepare import own, refuse
from .result import FAILED, PASSED, Result
from .run import attempt
from .show import evidence
from .source import written
from .trial import Trial


def check(exercise: Exercise, answer: Callable) -> Result:
    """Check an answer. Whatever the answer does, this returns a Result."""
    answer = own(answer)
    cases = standard(exercise)
    refused = refuse(exercise, answer, cases)
    if refused:
        return refused
    right = expected(exercise, cases)
    came = attempt(exercise, answer, cases)
    return diagnose(Trial(exercise, cases, right, came, written(answer), answer))


def diagnose(trial: Trial) -> Result:
    """Judge what came, in this process or in another, against what should have come."""
    if trial.passed:
        return Result(trial.exercise, PASSED, "", advice=advise(trial))
    found = explain(trial)
    facts = evidence(trial) if found.evidence is None else found.evidence
    return Result(trial.exercise, FAILED, found.message, found.kind, found.misconception, facts)
