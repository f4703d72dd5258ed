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
    tables = [name for name, value in first.inputs.items() if np.ndim(value) == 2]
    look = " Look at every `axis`." if first.may_use("axis") else ""
    for name in tables:
        words = f"This is `{name}` cut anew, row by row, as `reshape` does it. Nothing is turned."
        yield Suspect("reshape", name, words, lambda c, n=name: _cut_anew(c, n))
    if first.again is None:
        return
    for name in tables:
        words = f"These are the numbers of the other axis of `{name}`: what should run along each "
        words += f"row runs down each column.{look}"
        if not look:
            words = f"These are the numbers for `{name}` turned over, with rows and columns "
            words += "exchanged."
        yield Suspect("axis", name, words, lambda c, n=name: _exchanged(c, n))
    for name in tables:
        words = f"These are the numbers of the other axis of `{name}`, turned over.{look}"
        yield Suspect("axis", name, words, lambda c, n=name: _exchanged(c, n).T)
        words = f"These are the numbers for all of `{name}` at once, not for each row by itself."
        yield Suspect("axis", f"all of {name}", words + look, lambda c, n=name: _flat(c, n))


def _exchanged(case: Evidence, name: str) -> np.ndarray:
    made = case.anew(name, np.transpose(case.inputs[name]))
    if made.size == 1 < case.right.size:
        raise ValueError("one number is no axis")
    return made


def _flat(case: Evidence, name: str) -> np.ndarray:
    return case.anew(name, np.reshape(case.inputs[name], (1, -1))).reshape(case.right.shape)


def _cut_anew(case: Evidence, name: str) -> np.ndarray | None:
    right = case.right
    given = np.asarray(case.inputs[name])
    turned = right.ndim == 2 and right.shape == given.shape[::-1]
    return given.reshape(right.shape) if turned else None


def wrong_shapes(first: Evidence) -> Iterator[Suspect]:
    words = "The shape says that an (N, 1) column met an (N,) row: NumPy broadcast them to (N, N). "
    words += "Give both the same shape first."
    yield Suspect("shape", "broadcast from a row", words, lambda c: _spread(c, 0))
    yield Suspect("shape", "broadcast from a column", words, lambda c: _spread(c, 1))
    words = "The numbers are right. There is only an axis of length 1 too many or too few."
    yield Suspect("shape", "keepdims", words, _squeezed)
    for name, value in first.inputs.items():
        if first.again is not None and np.ndim(value) == 1 and len(value) > 1:
            yield _column(name)


def _column(name: str) -> Suspect:
    words = f"This comes out when `{name}` is a column: (N, 1) with (N,) is broadcast to (N, N), "
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
    if np.size(case.came) != expected.size:
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
