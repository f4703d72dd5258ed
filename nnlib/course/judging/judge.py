"""The way of an answer: prepared, run, compared, explained, shown."""

from __future__ import annotations

from collections.abc import Callable

from ..description import Exercise
from .advice import advise
from .derived import examine
from .explain import explain
from .known import expected, standard
from .prepare import own, refuse
from .result import FAILED, PASSED, Result
from .run import attempt
from .show import evidence
from .source import written
from .state import silence
from .trial import Trial


@silence()
def check(exercise: Exercise, answer: Callable) -> Result:
    """Check an answer. Whatever the answer does, this returns a Result."""
    answer = own(answer)
    cases = standard(exercise)
    refused = refuse(exercise, answer, cases)
    if refused:
        return refused
    right = expected(exercise, cases)
    came = attempt(exercise, answer, cases)
    result = diagnose(Trial(exercise, cases, right, came, written(answer), answer))
    return (examine(exercise, answer) if result.passed else None) or result


def diagnose(trial: Trial) -> Result:
    """Judge what came, in this process or in another, against what should have come."""
    if trial.passed:
        return Result(trial.exercise, PASSED, "", advice=advise(trial))
    found = explain(trial)
    facts = evidence(trial) if found.evidence is None else found.evidence
    said = found.message, found.kind, found.misconception, facts
    return Result(trial.exercise, FAILED, *said, repair=found.repair)
