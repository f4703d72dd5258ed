"""Comparing what came with what was expected, part by part, and naming the first difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..description import Exercise
from .outcome import Outcome
from .parts import is_parts, joined


@dataclass(frozen=True)
class Difference:
    """Where and how an answer differs: `path` names a part ("W"), "" where there is only one."""

    kind: str
    path: str = ""
    came: Any = None
    expected: Any = None
    words: str = ""
    index: tuple[int, ...] | None = None
    failing: tuple[str, ...] = ()  # every part that differs


def compare(exercise: Exercise, came: Outcome, right: Outcome) -> Difference | None:
    """The first difference between two outcomes, or None."""
    if came.failure:
        alike = right.failure and came.failure.type == right.failure.type
        return None if alike else Difference("raised")
    if right.failure:
        return Difference("silent")
    single = exercise.returns[0] if len(exercise.returns) == 1 else ""
    found = list(_part(exercise, came.value, right.value, exercise.returns, single))
    if found:
        return replace(found[0], failing=tuple(difference.path for difference in found))
    return Difference("changed") if came.changed and not right.changed else None


def _part(
    exercise: Exercise, came: Any, right: Any, names: tuple[str, ...], path: str
) -> Iterator[Difference]:
    if isinstance(right, dict):
        yield from _dict(exercise, came, right, path)
    elif is_parts(right):
        yield from _tuple(exercise, came, right, names, path)
    else:
        difference = _leaf(exercise, came, right, path)
        if difference:
            yield difference


def _dict(exercise: Exercise, came: Any, right: dict, path: str) -> Iterator[Difference]:
    if not isinstance(came, dict):
        kind = "none" if came is None else "type"
        yield Difference(kind, path, came, right)
        return
    for key, part in right.items():
        if key not in came:
            words = (
                f"The key {key!r} is missing from the dict; it has {', '.join(map(repr, came))}."
            )
            if exercise.probe:  # the dict is the check's own
                words = f"There is no {joined(path, str(key))}."
            yield Difference("parts", joined(path, str(key)), None, part, words)
        else:
            yield from _part(exercise, came[key], part, (), joined(path, str(key)))


def _tuple(
    exercise: Exercise, came: Any, right: Sequence, names: tuple[str, ...], path: str
) -> Iterator[Difference]:
    if isinstance(came, np.ndarray) and came.ndim and _stacks(came, right):
        came = tuple(came)
    if not isinstance(came, tuple | list) or len(came) != len(right):
        if came is None:
            yield Difference("none", path, came, right)
            return
        yield Difference("parts", path, came, right, _count(came, right, names))
        return
    for i, (c, r) in enumerate(zip(came, right, strict=True)):
        name = names[i] if len(names) == len(right) else f"part {i + 1}"
        yield from _part(exercise, c, r, (), joined(path, name))


def _count(came: Any, right: Sequence, names: tuple[str, ...]) -> str:
    """The sentence for too many or too few parts."""
    several = isinstance(came, tuple | list)
    if isinstance(right, list):
        got = f"one of {len(came)} came" if several else "what came is none"
        return f"A list of {len(right)} was expected; {got}."
    wanted = f"{len(right)} results were expected"
    wanted += f", ({', '.join(names)})" if len(names) == len(right) else ""
    return f"{wanted}; {len(came) if several else 'one'} came."


def _stacks(came: np.ndarray, right: Sequence) -> bool:
    """Could it hold the parts, one above the other? One part alone is not all of them."""
    alike = isinstance(right, list) or all(np.shape(part) == came.shape[1:] for part in right)
    return alike and len(came) == len(right)


def _leaf(exercise: Exercise, came: Any, right: Any, path: str) -> Difference | None:
    def difference(kind: str, **details: Any) -> Difference:
        return Difference(kind, path, came, right, **details)

    if isinstance(came, np.ndarray) and came.dtype == object and came.ndim == 0:
        came = came.item()  # a probe has made an array of None, say
    if right is None or isinstance(right, str):
        if isinstance(came, str | None) and came == right:
            return None
        return difference("none" if came is None else "type" if right is None else "words")
    if came is None:
        return difference("none")
    wanted = np.asarray(right)
    try:
        got = np.asarray(came)
    except (ValueError, TypeError):
        return difference("type")
    if got.dtype.kind not in "biufc" or (got.dtype.kind == "c" and wanted.dtype.kind != "c"):
        return difference("type" if got.dtype.kind in "OUS" else "dtype")
    if got.shape != wanted.shape:
        return difference("shape")
    if exercise.keeps_dtype and got.dtype != wanted.dtype:
        return difference("dtype")
    near = close(got, wanted, exercise.tolerance)
    if near.all():
        return None
    index = tuple(int(i) for i in np.argwhere(~near)[0])
    for word, test in (("nan", np.isnan), ("inf", np.isinf)):
        if test(got).any() and not test(wanted).any():
            index = tuple(int(i) for i in np.argwhere(test(got))[0])
            return difference("nan", words=word, index=index)
    if got.dtype.kind in "iu" and wanted.dtype.kind == "f" and (got == np.trunc(wanted)).all():
        return difference("integers", index=index)
    return difference("values", index=index)


def close(got: np.ndarray, wanted: np.ndarray, tolerance: float) -> np.ndarray:
    """Element by element: the same number, to the exercise's tolerance."""
    if got.dtype.kind == "b" or wanted.dtype.kind == "b":
        got, wanted = got.astype(float), wanted.astype(float)
    finite = wanted[np.isfinite(wanted)]
    scale = min(1.0, float(np.abs(finite).max(initial=0))) or 1.0
    with np.errstate(all="ignore"):
        near = np.abs(got - wanted) <= tolerance * (np.abs(wanted) + scale)
    return (near & np.isfinite(wanted)) | (got == wanted) | (np.isnan(got) & np.isnan(wanted))
