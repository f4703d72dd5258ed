"""Slips in how much comes back: a sum or mean too many or too few, places left out or exchanged."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from .inputs import sigmoid
from .suspect import Evidence, Suspect, equal


def too_far() -> Iterator[Suspect]:
    """What was expected, added up or averaged once more, or only a piece of it."""
    for name, words, spoil in (
        ("sum", "These numbers should stand side by side; you return their sum.", np.sum),
        ("mean", "These numbers should stand side by side; you return their mean.", np.mean),
        ("max", "This is the largest of the numbers expected, alone.", np.max),
        ("first", "This is the first of what was expected, and the rest is missing.", _first),
        ("last", "This is the last of what was expected, and the rest is missing.", _last),
    ):
        yield Suspect("reduced", name, words, _if_many(spoil))
    for axis in (0, 1):
        for name, spoil in (("added up", np.sum), ("averaged", np.mean)):
            words = f"What was expected is {name} once more, over axis {axis}."
            yield Suspect("reduced", f"{name} over axis {axis}", words, _along(spoil, axis))


def not_far_enough() -> Iterator[Suspect]:
    """The sum, the mean or the largest of what came is what was expected."""
    for name, verb, spoil in (
        ("sum", "add them up", np.sum),
        ("mean", "take their mean", np.mean),
        ("largest", "take the largest", np.max),
    ):
        for axis in (None, 0, 1):
            over = "" if axis is None else f" over axis {axis}"
            words = f"One step is missing: the {name} of your numbers{over} is what was expected. "
            words += f"{verb.capitalize()}."
            yield Suspect("reduced", f"missing {name}{over}", words, _missing(spoil, axis))
    words = (
        "The sizes are right, and some numbers are negative that should not be: is `abs` missing?"
    )
    yield Suspect("reduced", "missing abs", words, _missing_abs)


def left_out() -> Iterator[Suspect]:
    """Right in some places, and 0 in the others."""
    for name, words, kept in (
        (
            "all but the first row",
            "Only the first is filled along axis 0, the rest is 0.",
            _rows(0, 1),
        ),
        (
            "all but the last row",
            "Only the last is filled along axis 0, the rest is 0.",
            _rows(-1, None),
        ),
        (
            "the last row",
            "The last along axis 0 is still 0: a loop ends one too early.",
            _rows(0, -1),
        ),
        (
            "the first row",
            "The first along axis 0 is still 0: a loop begins one too late.",
            _rows(1, None),
        ),
        ("beside the diagonal", "Only the diagonal is filled, the rest is 0.", _square(np.eye)),
        ("above the diagonal", "Above the diagonal all is 0.", _square(np.tri)),
        ("below the diagonal", "Below the diagonal all is 0.", _square(lambda n: np.tri(n).T)),
    ):
        yield Suspect("left out", name, words, kept)


def places() -> Iterator[Suspect]:
    words = (
        "These are running totals: each number holds all those before it too. Begin each from 0."
    )
    yield Suspect("running total", "cumsum", words, _if_many(lambda e: np.cumsum(e, axis=0)))
    words = "The numbers are right and in the right order, in another shape."
    yield Suspect("places", "reshaped", words, _reshaped)
    words = "All the right numbers are there, and they stand in other places."
    yield Suspect("places", "elsewhere", words, _elsewhere)


def further_functions() -> Iterator[Suspect]:
    """Of each number by itself, what `functions` does not know."""
    for digits in range(5):
        words = (
            f"The numbers are rounded to {digits} digits."
            if digits
            else ("The numbers are rounded to whole ones.")
        )
        yield _each("rounded", f"to {digits}", words, lambda e, d=digits: np.round(e, d))
    yield _each("rounded", "down", "The numbers are rounded down.", np.floor)
    yield _each("rounded", "up", "The numbers are rounded up.", np.ceil)
    words = "Each number below 0 has become 0; the others are right."
    yield _each("cut", "below 0", words, lambda e: np.maximum(e, 0))
    words = "Each number above 0 has become 0; the others are right."
    yield _each("cut", "above 0", words, lambda e: np.minimum(e, 0))
    words = "Each number above 1 has become 1; the others are right."
    yield _each("cut", "above 1", words, lambda e: np.minimum(e, 1))
    words = "This is the sigmoid of what was expected: is it applied once too often?"
    yield _each("function", "sigmoid", words, sigmoid)
    words = "This is tanh of what was expected: is it applied once too often?"
    yield _each("function", "tanh", words, np.tanh)
    words = "This is the softmax of what was expected: is it applied twice?"
    yield _each("function", "softmax", words, _softmax)
    words = "Each number is the third power of what was expected."
    yield _each("function", "cube", words, lambda e: e**3)
    words = "Each number is 1 where something other than 0 was expected."
    yield _each("function", "where not 0", words, lambda e: (e != 0) * 1.0)
    yield _each("function", "sign", "These are the signs of what was expected.", np.sign)
    yield Suspect("constant", "ones", "Every number is 1.", lambda c: np.ones_like(c.right))


# ------------------------------------------------------------------------------------ the spoiling


def _each(kind: str, name: str, words: str, spoil: Callable) -> Suspect:
    return Suspect(kind, name, words, lambda c: spoil(c.right))


def _softmax(e: np.ndarray) -> np.ndarray | None:
    if not e.ndim or e.shape[-1] < 2:
        return None
    powers = np.exp(e - e.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def _first(e: np.ndarray) -> np.ndarray:
    return e[0]


def _last(e: np.ndarray) -> np.ndarray:
    return e[-1]


def _if_many(spoil: Callable) -> Callable[[Evidence], np.ndarray | None]:
    return lambda c: spoil(c.right) if c.right.ndim and len(c.right) else None


def _along(spoil: Callable, axis: int) -> Callable[[Evidence], np.ndarray | None]:
    return lambda c: spoil(c.right, axis=axis) if c.right.ndim == 2 else None


def _missing(spoil: Callable, axis: int | None) -> Callable[[Evidence], np.ndarray | None]:
    def spoiled(case: Evidence) -> np.ndarray | None:
        came = np.asarray(case.came, dtype=float)
        if came.shape == case.right.shape:
            return case.right
        if came.ndim <= case.right.ndim or (axis is not None and came.ndim <= axis):
            return None
        if came.size > 1 and axis is not None and (came == np.take(came, [0], axis)).all():
            return None  # one and the same number: anything would do
        return came if equal(spoil(came, axis=axis), case.right) else None

    return spoiled


def _missing_abs(case: Evidence) -> np.ndarray | None:
    came = np.asarray(case.came, dtype=float)
    return (
        came
        if case.inputs and (case.right >= 0).all() and equal(np.abs(came), case.right)
        else None
    )


def _rows(start: int, stop: int | None) -> Callable[[Evidence], np.ndarray | None]:
    def spoiled(case: Evidence) -> np.ndarray | None:
        if not case.right.ndim or not len(case.right):
            return None
        made = np.zeros_like(case.right)
        made[start:stop] = case.right[start:stop]
        return made

    return spoiled


def _square(mask: Callable[[int], np.ndarray]) -> Callable[[Evidence], np.ndarray | None]:
    def spoiled(case: Evidence) -> np.ndarray | None:
        right = case.right
        square = right.ndim == 2 and len(set(right.shape)) == 1
        return right * mask(len(right)) if square else None

    return spoiled


def _reshaped(case: Evidence) -> np.ndarray | None:
    same = np.size(case.came) == case.right.size
    return case.right.reshape(np.shape(case.came)) if same else None


def _elsewhere(case: Evidence) -> np.ndarray | None:
    came = np.asarray(case.came, dtype=float)
    if came.size != case.right.size or len(np.unique(case.right)) < min(3, came.size):
        return None
    return came if equal(np.sort(came, None), np.sort(case.right, None)) else None
