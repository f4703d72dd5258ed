"""Slips of layout: transposed, along the wrong axis, broadcast, shifted."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from .suspect import Evidence, Suspect


def turned() -> Iterator[Suspect]:
    words = "The numbers are right, but transposed: rows and columns have changed places."
    yield Suspect("transpose", "T", words, lambda c: c.right.T if c.right.ndim == 2 else None)
    words = "The numbers are transposed, and their sign is turned round."
    yield Suspect("transpose", "-T", words, lambda c: -c.right.T if c.right.ndim == 2 else None)


def wrong_axes(first: Evidence) -> Iterator[Suspect]:
    """The same computation with rows and columns exchanged in the inputs, or on the whole array."""
    for name, value in first.inputs.items():
        if first.again is not None and np.ndim(value) == 2:
            yield from _wrong_axis(name)


def _wrong_axis(name: str) -> Iterator[Suspect]:
    def exchanged(case: Evidence) -> np.ndarray:
        return case.anew(name, np.transpose(case.inputs[name]))

    def flat(case: Evidence) -> np.ndarray:
        return case.anew(name, np.reshape(case.inputs[name], (1, -1))).reshape(case.right.shape)

    words = f"These are the numbers of the other axis of {name}: what should run along each "
    words += "row runs down each column. Look at every `axis`."
    yield Suspect("axis", name, words, exchanged)
    yield Suspect("axis", name, words, lambda c: exchanged(c).T)
    words = f"These are the numbers for all of {name} at once, not for each row by itself. "
    words += "Look at every `axis`."
    yield Suspect("axis", f"all of {name}", words, flat)


def wrong_shapes(first: Evidence) -> Iterator[Suspect]:
    words = "The shape says that an (N, 1) column met an (N,) row: NumPy broadcast them to (N, N). "
    words += "Give both the same shape first."
    yield Suspect("shape", "broadcast from a row", words, lambda c: _spread(c, 0))
    yield Suspect("shape", "broadcast from a column", words, lambda c: _spread(c, 1))
    words = "The numbers are right. There is only an axis of length 1 too many or too few: look at "
    words += "`keepdims` and `reshape`."
    yield Suspect("shape", "keepdims", words, _squeezed)
    for name, value in first.inputs.items():
        if first.again is not None and np.ndim(value) == 1 and len(value) > 1:
            yield _column(name)


def _column(name: str) -> Suspect:
    words = f"This comes out when {name} is a column: (N, 1) with (N,) is broadcast to (N, N), "
    words += "every pair instead of every sample."

    def spoil(case: Evidence) -> np.ndarray:
        return case.anew(name, np.reshape(case.inputs[name], (-1, 1)))

    return Suspect("shape", f"column {name}", words, spoil)


def _spread(case: Evidence, axis: int) -> np.ndarray | None:
    """An expected (N,) repeated to the (N, N) that came."""
    expected, came = case.right, np.shape(case.came)
    if expected.ndim != 1 or len(expected) < 2 or came != (len(expected), len(expected)):
        return None
    return np.broadcast_to(np.expand_dims(expected, axis), came)


def _squeezed(case: Evidence) -> np.ndarray | None:
    expected, came = case.right, np.shape(case.came)
    if expected.shape == came or np.size(case.came) != expected.size:
        return None
    if [n for n in came if n != 1] != [n for n in expected.shape if n != 1]:
        return None
    return expected.reshape(came)


def shifted() -> Iterator[Suspect]:
    for step, size, place in ((1, "large", "late"), (-1, "small", "early")):
        yield _moved(step, size)
        for axis, along in enumerate(("down the rows", "along the columns")):
            words = f"The numbers are right, but each stands one place too {place} {along}."
            yield _rolled(step, axis, words)
    words = "The numbers are right, in the opposite order."
    yield Suspect("shift", "reversed", words, lambda c: c.right[::-1] if _long(c, 0) else None)


def _moved(step: int, size: str) -> Suspect:
    words = f"Every number is too {size} by exactly 1."
    return Suspect("shift", f"{step:+d}", words, lambda c: c.right + step)


def _rolled(step: int, axis: int, words: str) -> Suspect:
    def spoil(case: Evidence) -> np.ndarray | None:
        return np.roll(case.right, step, axis) if _long(case, axis) else None

    return Suspect("shift", f"rolled {step:+d} along axis {axis}", words, spoil)


def _long(case: Evidence, axis: int) -> bool:
    return case.right.ndim > axis and case.right.shape[axis] > 2
