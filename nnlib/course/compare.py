"""Comparing what came with what was expected, part by part, and naming the first difference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from .exercise import Exercise
from .sandbox import Outcome, without_names


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
    if came.ended == "raised":
        if right.ended == "raised" and came.failure.type == right.failure.type:
            return None
        return Difference("raised")
    if right.ended == "raised":
        return Difference("silent")
    found = list(_differences(exercise, came.value, right.value))
    if found:
        first = found[0]
        paths = tuple(d.path for d in found)
        return Difference(**{**vars(first), "failing": paths})
    return Difference("changed") if came.changed and not right.changed else None


def leaves(exercise: Exercise, value: Any) -> dict[str, Any]:
    """The parts of a result by name: {"W": ..., "b": ...}, or {"": ...} for a single one."""
    single = exercise.returns[0] if len(exercise.returns) == 1 else ""
    return dict(_walk(value, exercise.returns, single))


def _walk(value: Any, names: tuple[str, ...], path: str):
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _walk(part, (), _joined(path, str(key)))
    elif is_parts(value):
        for i, part in enumerate(value):
            name = names[i] if len(names) == len(value) else f"part {i + 1}"
            yield from _walk(part, (), _joined(path, name))
    else:
        yield path, value


def _joined(path: str, name: str) -> str:
    return f"{path}, {name}" if path else name


def is_parts(value: Any) -> bool:
    """A tuple, or a list of things that do not make one array."""
    if isinstance(value, tuple):
        return True
    return isinstance(value, list) and any(
        isinstance(part, np.ndarray | tuple | dict | str) for part in value
    )


def _differences(exercise: Exercise, came: Any, right: Any):
    yield from _part(
        exercise,
        came,
        right,
        exercise.returns,
        exercise.returns[0] if len(exercise.returns) == 1 else "",
    )


def _part(exercise: Exercise, came: Any, right: Any, names: tuple[str, ...], path: str):
    if isinstance(right, dict):
        yield from _dict(exercise, came, right, path)
    elif is_parts(right):
        yield from _tuple(exercise, came, right, names, path)
    else:
        difference = _leaf(exercise, came, right, path)
        if difference:
            yield difference


def _dict(exercise, came, right, path):
    if not isinstance(came, dict):
        kind = "none" if came is None else "type"
        yield Difference(kind, path, came, right)
        return
    for key, part in right.items():
        if key not in came:
            words = f"The key {key!r} is missing from the dict; it has {', '.join(map(repr, came))}"
            yield Difference("parts", _joined(path, str(key)), came, right, words + ".")
        else:
            yield from _part(exercise, came[key], part, (), _joined(path, str(key)))


def _tuple(exercise, came, right, names, path):
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
        yield from _part(exercise, c, r, (), _joined(path, name))


def _count(came, right, names) -> str:
    """The sentence for too many or too few parts."""
    several = isinstance(came, tuple | list)
    if isinstance(right, list):
        got = f"one of {len(came)} came" if several else "what came is none"
        return f"A list of {len(right)} was expected; {got}."
    wanted = f"{len(right)} results were expected"
    wanted += f", ({', '.join(names)})" if len(names) == len(right) else ""
    return f"{wanted}; {len(came) if several else 'one'} came."


def _stacks(came: np.ndarray, right) -> bool:
    """Could it hold the parts, one above the other? One part alone is not all of them."""
    alike = isinstance(right, list) or all(np.shape(part) == came.shape[1:] for part in right)
    return alike and len(came) == len(right)


def _leaf(exercise: Exercise, came: Any, right: Any, path: str) -> Difference | None:
    def difference(kind: str, **details: Any) -> Difference:
        return Difference(kind, path, came, right, **details)

    if right is None or isinstance(right, str):
        same = came == right if isinstance(came, str | None) else False
        return (
            None
            if same
            else difference("none" if came is None else "type" if right is None else "words")
        )
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
    close = _close(got, wanted, exercise.tolerance)
    if close.all():
        return None
    index = tuple(int(i) for i in np.argwhere(~close)[0])
    for word, test in (("nan", np.isnan), ("inf", np.isinf)):
        if test(got).any() and not test(wanted).any():
            index = tuple(int(i) for i in np.argwhere(test(got))[0])
            return difference("nan", words=word, index=index)
    if got.dtype.kind in "iu" and wanted.dtype.kind == "f" and (got == np.trunc(wanted)).all():
        return difference("integers", index=index)
    return difference("values", index=index)


def _close(got: np.ndarray, wanted: np.ndarray, tolerance: float) -> np.ndarray:
    """Element by element: the same number, to the exercise's tolerance."""
    if got.dtype.kind == "b" or wanted.dtype.kind == "b":
        got, wanted = got.astype(float), wanted.astype(float)
    finite = wanted[np.isfinite(wanted)]
    scale = min(1.0, float(np.abs(finite).max(initial=0))) or 1.0
    with np.errstate(all="ignore"):
        near = np.abs(got - wanted) <= tolerance * (np.abs(wanted) + scale)
    return (near & np.isfinite(wanted)) | (got == wanted) | (np.isnan(got) & np.isnan(wanted))


def same(outcome: Outcome, wrong: Outcome) -> bool:
    """True where an answer did exactly what a misconception does, failures included."""
    if outcome.ended != wrong.ended:
        return False
    if outcome.ended == "raised":
        mine, theirs = outcome.failure, wrong.failure
        return mine.type == theirs.type and (
            without_names(mine.message) == without_names(theirs.message)
        )
    return set(wrong.changed) <= set(outcome.changed) and _same(outcome.value, wrong.value)


def _same(a: Any, b: Any) -> bool:
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(_same(a[k], b[k]) for k in a)
    if is_parts(a) and is_parts(b):
        return len(a) == len(b) and all(_same(x, y) for x, y in zip(a, b, strict=True))
    if a is None or b is None or isinstance(a, str) or isinstance(b, str):
        return type(a) is type(b) and a == b
    try:
        a, b = np.asarray(a), np.asarray(b)
    except (ValueError, TypeError):
        return False
    if a.dtype.kind not in "biufc" or b.dtype.kind not in "biufc":
        return type(a.item() if a.ndim == 0 else a) is type(b.item() if b.ndim == 0 else b) and (
            a.shape == b.shape and a.ndim == 0
        )
    return a.shape == b.shape and bool(_close(a, b, 1e-5).all())
