"""Evidence: the failing case in a few lines of plain text, for people to compare by eye."""

from __future__ import annotations

import inspect
import textwrap
from typing import Any

import numpy as np

from ..description import Case, Exercise
from .parts import leaves
from .trial import Trial
from .words import article, number

WIDTH = 70
LINES = 16  # of evidence, so that a card fits one screen


def evidence(trial: Trial) -> str:
    """The smallest failing case: input, yours, expected, the first place that differs."""
    exercise, came, right = trial.exercise, trial.came, trial.right
    difference = trial.difference
    rows = [("with", _arguments(exercise, trial.case))]
    if came.ended == "returned":
        path = difference.path
        yours = leaves(exercise, came.value).get(path, came.value)
        wanted = leaves(exercise, right.value).get(path, right.value)
        what = f" {path}" if path and not path.startswith("the ") else ""
        if difference.kind != "changed":
            rows += [(f"yours{what}", _value(yours)), (f"expected{what}", _value(wanted))]
        if difference.index:
            rows.append(("first at", _first(yours, wanted, difference.index)))
    printed = came.printed.strip().splitlines()
    if printed:
        more = f"  (and {len(printed) - 1} more)" if len(printed) > 1 else ""
        rows.append(("printed", printed[0][:44] + more))
    return _table(rows)


def _table(rows: list[tuple[str, str]]) -> str:
    left = max(len(label) for label, _ in rows) + 2
    lines = []
    for label, text in rows:
        first, *rest = text.splitlines() or [""]
        lines.append(f"{label:<{left}}{first}")
        lines += [" " * left + line for line in rest]
    if len(lines) > LINES:
        lines = lines[: LINES - 1] + ["..."]
    return "\n".join(line[:WIDTH].rstrip() for line in lines)


def _arguments(exercise: Exercise, case: Case) -> str:
    names = list(exercise.names) + [f"argument {i + 1}" for i in range(9)]
    shown = [
        f"{name} = " + textwrap.indent(_value(arg, 10 + len(name)), " " * (len(name) + 3)).lstrip()
        for name, arg in zip(names, case.args, strict=False)
    ]
    if all("\n" not in text for text in shown) and len("; ".join(shown)) < WIDTH - 12:
        return "; ".join(shown)
    return "\n".join(shown)


def _value(value: Any, indent: int = 10) -> str:
    if isinstance(value, np.ndarray | list) and np.asarray(_safe(value)).dtype.kind in "biufc":
        array = np.asarray(value)
        shape = f"  shape {array.shape}" if array.size > 24 else ""
        return (
            np.array2string(
                array,
                precision=5,
                threshold=24,
                edgeitems=2,
                max_line_width=WIDTH - indent - 6,
                suppress_small=_mild(array),
                separator=", " if array.ndim == 1 else " ",
            )
            + shape
        )
    if callable(value) and not isinstance(value, type):
        name = getattr(value, "__name__", type(value).__name__)
        doc = (inspect.getdoc(value) or "").split("\n")[0] if inspect.isfunction(value) else ""
        return f"{name}: {doc}" if doc else f"the function {name}"
    if isinstance(value, float | int | np.number | bool):
        return number(value)
    if value is None or isinstance(value, str):
        return repr(value)
    if isinstance(value, tuple) and all(np.ndim(_safe(v)) == 0 for v in value):
        return "(" + ", ".join(_value(v) for v in value) + ")"
    if isinstance(value, np.ndarray) and value.ndim == 0:
        return number(value.item())
    return article(value)


def _safe(value: Any) -> Any:
    try:
        return np.asarray(value)
    except (ValueError, TypeError):
        return None


def _mild(array: np.ndarray) -> bool:
    """True where small numbers may be shown as 0 without hiding anything of note."""
    finite = np.abs(array[np.isfinite(array)]) if array.dtype.kind == "f" else np.zeros(0)
    return bool(finite.size) and 1e-2 < finite.max() < 1e5


def _first(yours: Any, wanted: Any, index: tuple[int, ...]) -> str:
    place = "[" + ", ".join(map(str, index)) + "]"
    try:
        mine, right = np.asarray(yours)[index], np.asarray(wanted)[index]
    except (IndexError, ValueError):
        return place
    if mine.size != 1 or right.size != 1:  # a part of a list: an array of its own
        return place
    return f"{place}: yours {number(mine.item())}, expected {number(right.item())}"
