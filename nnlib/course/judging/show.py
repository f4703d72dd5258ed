"""Evidence: the failing case in a few lines of plain text, for people to compare by eye."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Iterable
from typing import Any

import numpy as np

from .parts import is_parts, leaves
from .trial import Trial
from .words import article, number

WIDTH = 70
LINES = 16  # of evidence, so that a card fits one screen
PART = 5  # lines of yours, and of what was expected
NAME = 20  # letters of a part's name that still fit beside "expected"


def evidence(trial: Trial) -> str:
    """The failing case: input, yours, expected, the first place that differs."""
    came, difference = trial.came, trial.difference
    path = difference.path
    rows: list[tuple[str, str]] = []
    if came.ended == "returned":
        short = path if path and not path.startswith("the ") else ""
        if len(short) > NAME:
            rows, short = [("about", short)], ""
        what = f" {short}" if short else ""
        if difference.kind != "changed":
            yours, wanted = _pair(trial)
            rows += [(f"yours{what}", yours), (f"expected{what}", wanted)]
        if difference.index:
            rows.append(
                ("first at", _first(difference.came, difference.expected, difference.index))
            )
    printed = came.printed.strip().splitlines()
    if printed:
        more = f"  (and {len(printed) - 1} more)" if len(printed) > 1 else ""
        rows.append(("printed", printed[0][:44] + more))
    rows = [(label, "\n".join(_shortened(text.splitlines(), PART))) for label, text in rows]
    room = LINES - sum(text.count("\n") + 1 for _, text in rows)
    return _table([("with", _arguments(trial, room)), *rows])


def _pair(trial: Trial) -> tuple[str, str]:
    """Yours and what was expected: of the part that differs, where there are several."""
    exercise, came, right = trial.exercise, trial.came.value, trial.right
    if right.failure:
        return _value(came), f"an exception, {right.failure.type}"
    path, names = trial.difference.path, exercise.returns
    mine, wanted = leaves(exercise, came), leaves(exercise, right.value)
    whole = "nothing" if exercise.probe and isinstance(came, dict) else _parts_of(came, names)
    return (
        _value(mine[path]) if path in mine else whole,
        _value(wanted[path]) if path in wanted else _parts_of(right.value, names),
    )


def _table(rows: list[tuple[str, str]]) -> str:
    left = max(len(label) for label, _ in rows) + 2
    lines = []
    for label, text in rows:
        first, *rest = text.splitlines() or [""]
        lines.append(f"{label:<{left}}{first}")
        lines += [" " * left + line for line in rest]
    return "\n".join(map(_fitting, lines))


def _fitting(line: str) -> str:
    line = line.rstrip()
    return line if len(line) <= WIDTH else line[: WIDTH - 4].rstrip() + " ..."


def _arguments(trial: Trial, room: int) -> str:
    """The arguments under the student's names, in so many lines: the longest are shortened."""
    names = [*trial.wording.names, *(f"argument {i + 1}" for i in range(9))]
    shown = []
    for name, arg in zip(names, trial.case.args, strict=False):
        text = _value(arg, 10 + len(name))
        shown.append(f"{name} = " + textwrap.indent(text, " " * (len(name) + 3)).lstrip())
    if all("\n" not in text for text in shown) and len("; ".join(shown)) < WIDTH - 12:
        return "; ".join(shown)
    blocks = [text.splitlines() for text in shown]
    while sum(map(len, blocks)) > room and max(map(len, blocks)) > 3:
        longest = max(range(len(blocks)), key=lambda i: len(blocks[i]))
        blocks[longest] = _shortened(blocks[longest], len(blocks[longest]) - 1)
    lines = [line for block in blocks for line in block]
    return "\n".join(_shortened(lines, max(room, 5)))


def _shortened(lines: list[str], room: int) -> list[str]:
    """Lines left out in the middle, where there are more than there is room for."""
    if len(lines) <= room:
        return lines
    lines = [line for line in lines if line.strip() != "..."]
    head = room // 2
    tail = room - 1 - head
    indent = len(lines[head]) - len(lines[head].lstrip())
    return [*lines[:head], " " * indent + "...", *lines[len(lines) - tail :]]


def _parts_of(value: Any, names: tuple[str, ...]) -> str:
    """A value, or each part of one under its name."""
    if isinstance(value, tuple | list) and is_parts(value) and len(names) == len(value) > 0:
        return _parts(zip(names, value, strict=True))
    return _value(value)


def _parts(named: Iterable[tuple[str, Any]]) -> str:
    texts = []
    for name, part in named:
        label = f"{name}: "
        texts.append(
            label + textwrap.indent(_value(part, 10 + len(label)), " " * len(label)).lstrip()
        )
    if len("; ".join(texts)) < WIDTH - 12 and all("\n" not in text for text in texts):
        return "; ".join(texts)
    return "\n".join(texts)


def _value(value: Any, indent: int = 10) -> str:
    if isinstance(value, np.ndarray | list) and np.asarray(_safe(value)).dtype.kind in "biufc":
        array = np.asarray(value)
        shape = f"  shape {array.shape}" if array.size > 24 else ""
        text = np.array2string(
            array,
            precision=5,
            threshold=24,
            edgeitems=2,
            max_line_width=WIDTH - indent - 6,
            suppress_small=_mild(array),
            separator=", " if array.ndim == 1 else " ",
        )
        return "\n".join(line for line in text.splitlines() if line.strip()) + shape
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
    if isinstance(value, dict) and value and all(isinstance(key, str) for key in value):
        return _parts((repr(key), part) for key, part in value.items())
    if isinstance(value, tuple | list) and value and is_parts(value):
        return _parts((f"[{i}]", part) for i, part in enumerate(value))
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
