"""Cases made from a case: its arrays as whole numbers, in single precision, cut to one, shaken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from ...description import Case, Exercise


def drawn_again(exercise: Exercise, case: Case) -> Iterator[Case]:
    """Cases drawn by another seed."""
    yield from exercise.all_cases(seed=1)[len(exercise.cases) :]


def mapped(value: Any, change: Callable[[np.ndarray], np.ndarray]) -> Any:
    """`value` with every array in it changed, inside tuples, lists and dicts too."""
    if isinstance(value, np.ndarray):
        return change(value)
    if isinstance(value, tuple | list):
        return type(value)(mapped(part, change) for part in value)
    if isinstance(value, dict):
        return {key: mapped(part, change) for key, part in value.items()}
    return value


def arrays(value: Any) -> list[np.ndarray]:
    """The arrays in `value`, as `mapped` meets them."""
    found: list[np.ndarray] = []

    def met(array: np.ndarray) -> np.ndarray:
        found.append(array)
        return array

    mapped(value, met)
    return found


def shake(case: Case) -> Case:
    """The same case, every fraction moved by rounding error."""
    rng = np.random.default_rng(0)

    def moved(array: np.ndarray) -> np.ndarray:
        if array.dtype.kind != "f":
            return array
        size = np.abs(array) if array.any() else 1.0
        return array + size * rng.uniform(-1, 1, array.shape) * 1e-13

    return Case(mapped(case.args, moved), case.about)


def _movable(exercise: Exercise, case: Case) -> list[Any]:
    """The arguments whose values may be others; those that are exempt stand as None."""
    names = [*exercise.names, *[""] * len(case.args)]
    pairs = zip(names, case.args, strict=False)
    return [None if name in exercise.exempt else arg for name, arg in pairs]


def _turned(exercise: Exercise, case: Case, change: Callable, chosen: int | None) -> Case:
    """`change` done to all arrays of fractions that may be others, or to the one chosen."""
    place = iter(range(9999))

    def changed(array: np.ndarray) -> np.ndarray:
        mine = array.dtype.kind == "f" and chosen in (None, next(place))
        return change(array) if mine else array

    moved = [mapped(arg, changed) for arg in _movable(exercise, case)]
    args = [m if m is not None else arg for m, arg in zip(moved, case.args, strict=True)]
    return Case(tuple(args), case.about)


def _count(exercise: Exercise, case: Case) -> int:
    return sum(array.dtype.kind == "f" for array in arrays(_movable(exercise, case)))


def each_and_all(change: Callable[[np.ndarray], np.ndarray]) -> Callable:
    """Cases with `change` done to all arrays of fractions, and to each alone."""

    def turn(exercise: Exercise, case: Case) -> Iterator[Case]:
        count = _count(exercise, case)
        for chosen in [None, *range(count)] if count > 1 else [None] * count:
            yield _turned(exercise, case, change, chosen)

    return turn


def all_at_once(change: Callable[[np.ndarray], np.ndarray]) -> Callable:
    """A case with `change` done to all arrays of fractions, if there are any."""

    def turn(exercise: Exercise, case: Case) -> Iterator[Case]:
        if _count(exercise, case):
            yield _turned(exercise, case, change, None)

    return turn


def as_it_is(exercise: Exercise, case: Case) -> Iterator[Case]:
    """The case itself."""
    yield case


def whole(array: np.ndarray) -> np.ndarray:
    return np.rint(10 * array).astype(np.int64)


def single(array: np.ndarray) -> np.ndarray:
    return array.astype(np.float32)


def only_one(exercise: Exercise, case: Case) -> Iterator[Case]:
    """Cases with one sample, one input, one unit: each length that occurs cut to 1, in turn."""
    lengths = {n for array in arrays(case.args) for n in array.shape if n > 1}
    for length in sorted(lengths):

        def cut(array: np.ndarray, length: int = length) -> np.ndarray:
            return array[tuple(slice(1 if n == length else n) for n in array.shape)]

        yield Case(mapped(case.args, cut), "a length of 1")


def beyond(exercise: Exercise, case: Case) -> Iterator[Case]:
    """Cases with each whole number (a count, a size, a shift) larger than every axis is long.

    It is turned below 0 as well where some case of the exercise has it there.
    """
    lengths = [n for array in arrays(case.args) for n in array.shape]
    for i, value in enumerate(_movable(exercise, case)):
        if not lengths or not isinstance(value, int) or isinstance(value, bool):
            continue
        others = [c.args[i] for c in exercise.all_cases() if i < len(c.args)]
        falls = any(isinstance(other, int) and other < 0 for other in others)
        for new in [max(lengths) + 2] + [-max(lengths) - 2] * falls:
            yield Case((*case.args[:i], new, *case.args[i + 1 :]), "beyond every axis")
