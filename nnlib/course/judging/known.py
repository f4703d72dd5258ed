"""What the course's own answers do, worked out once: the reference's, and the known wrong ones'."""

from __future__ import annotations

from collections.abc import Sequence
from weakref import WeakKeyDictionary

from ..description import Case, Exercise, Misconception
from .outcome import Outcome
from .run import attempt

_cases: WeakKeyDictionary = WeakKeyDictionary()  # exercise -> its standard cases
_expected: WeakKeyDictionary = WeakKeyDictionary()  # exercise -> the reference's outcomes
_wrong: WeakKeyDictionary = WeakKeyDictionary()  # exercise -> [(misconception, its outcomes)]


def standard(exercise: Exercise) -> Sequence[Case]:
    """The cases that every answer meets. What is done with these is kept, with others it is not."""
    if exercise not in _cases:
        _cases[exercise] = exercise.all_cases()
    return _cases[exercise]


def expected(exercise: Exercise, cases: Sequence[Case]) -> Sequence[Outcome]:
    """What the reference makes of each case, however long it takes."""
    kept = _cases.get(exercise) is cases
    if kept and exercise in _expected:
        return _expected[exercise]
    outcomes = attempt(exercise, exercise.reference, cases, limited=False)
    if any(outcome.cut_off for outcome in outcomes):
        raise MemoryError(f"the reference of {exercise.id!r} could not be run to its end")
    if kept:
        _expected[exercise] = outcomes
    return outcomes


def wrong(
    exercise: Exercise, cases: Sequence[Case]
) -> Sequence[tuple[Misconception, Sequence[Outcome]]]:
    """Each known misconception with what it does; never kept where one was cut off."""
    kept = _cases.get(exercise) is cases
    if kept and exercise in _wrong:
        return _wrong[exercise]
    outcomes = [(m, attempt(exercise, m.implementation, cases)) for m in exercise.misconceptions]
    if kept and not any(outcome.cut_off for _, tried in outcomes for outcome in tried):
        _wrong[exercise] = outcomes
    return outcomes
