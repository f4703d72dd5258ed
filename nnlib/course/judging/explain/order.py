"""A result whose parts are right, in another order, or with some of them missing."""

from __future__ import annotations

from itertools import permutations
from typing import Any

from ..compare import compare
from ..outcome import Outcome
from ..trial import Explanation, Trial

PARTS = 4  # more have too many orders


def order(trial: Trial) -> Explanation | None:
    wanted = trial.expected[0].value
    if not isinstance(wanted, tuple) or not 2 <= len(wanted) <= PARTS:
        return None
    if not all(isinstance(right.value, tuple) for _, right in trial.pairs):
        return None
    if not all(isinstance(came.value, tuple | list) for came, _ in trial.pairs):
        return _alone(trial)
    sizes = {len(came.value) for came, _ in trial.pairs}
    if sizes == {len(wanted)}:
        return _turned(trial, len(wanted))
    return _missing(trial, len(wanted)) if len(sizes) == 1 else None


def _turned(trial: Trial, number: int) -> Explanation | None:
    for places in list(permutations(range(number)))[1:]:  # the first leaves all in place
        if all(_fits(trial, _picked(c.value, places), r) for c, r in trial.pairs):
            names = ", ".join(trial.exercise.returns) or "the expected order"
            how = "the opposite" if places == tuple(reversed(range(number))) else "another"
            message = f"The parts are all there, in {how} order. Return them as: {names}."
            return Explanation("order", message)
    return None


def _missing(trial: Trial, number: int) -> Explanation | None:
    """Some of the parts, each of them right."""
    size = len(trial.came.value) if isinstance(trial.came.value, tuple | list) else 0
    if not 0 < size < number:
        return None
    for places in permutations(range(number), size):
        if all(
            _fits(trial, c.value, Outcome(_picked(r.value, places)), places) for c, r in trial.pairs
        ):
            return _incomplete(trial, places)
    return None


def _alone(trial: Trial) -> Explanation | None:
    """One of the parts, by itself."""
    number = len(trial.expected[0].value)
    for place in range(number):
        if all(
            _fits(trial, (c.value,), Outcome((r.value[place],)), (place,)) for c, r in trial.pairs
        ):
            return _incomplete(trial, (place,))
    return None


def _incomplete(trial: Trial, places: tuple[int, ...]) -> Explanation:
    number = len(trial.expected[0].value)
    names = trial.exercise.returns or tuple(f"part {i + 1}" for i in range(number))
    there = " and ".join(names[i] for i in places)
    left = " and ".join(names[i] for i in range(number) if i not in places)
    message = f"{number} results were expected, ({', '.join(names)}); "
    message += (
        f"one came: {there}, and it is"
        if len(places) == 1
        else (f"{len(places)} came: {there}, and they are")
    )
    message += f" right. Return {left} with {'it' if len(places) == 1 else 'them'}."
    return Explanation("parts", message)


def _picked(value: Any, places: tuple[int, ...]) -> tuple:
    return tuple(value[i] for i in places)


def _fits(trial: Trial, came: Any, right: Outcome, places: tuple[int, ...] = ()) -> bool:
    return not right.failure and compare(trial.exercise, Outcome(tuple(came)), right) is None
