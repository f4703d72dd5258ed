"""What a call changes in anything that was handed to it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ...description import Exercise
from ..compare import Difference
from ..outcome import Outcome
from .calls import around, read
from .kind import plainly


def effects(exercise: Exercise, answer: Callable, *args: Any) -> list[str]:
    """What calls of the answer change in anything that was handed to it, by path."""
    known: list[tuple[str, Any]] = []
    changed: set[str] = set()

    def calling(call: Callable, args: tuple, kwargs: dict) -> Any:
        given = args[1:] if isinstance(answer, type) else args
        parameters = inspect.signature(call).parameters.values()
        names = [p.name for p in parameters][len(args) - len(given) :]
        if any(p.kind is p.VAR_POSITIONAL for p in parameters):  # `*args` names none of them
            names = list(inspect.signature(exercise.reference).parameters)
        known.extend((name, value) for name, value in zip(names, given, strict=False))
        known.extend(kwargs.items())
        before = _inventory(known)
        result = read(call(*args, **kwargs))
        after = _inventory(known)
        for path in before.keys() | after.keys():
            was, now = before.get(path), after.get(path)
            if was is None or now is None or was[0] is not now[0]:
                changed.add(f"{path}, replaced")
            elif was[1] != now[1]:
                changed.add(f"{path}, its numbers")
        return (
            iter(result)
            if isinstance(result, list) and inspect.isgeneratorfunction(call)
            else result
        )

    plainly(exercise, around(answer, calling), *args)
    return sorted(changed)


def _inventory(named: Sequence[tuple[str, Any]]) -> dict[str, tuple[Any, Any]]:
    """Everything within reach, by path: the thing itself, and of an array its bytes."""
    found: dict[str, tuple[Any, Any]] = {}
    seen: set[int] = set()
    stack = list(named)
    while stack:
        path, value = stack.pop()
        if isinstance(value, np.ndarray):
            found[path] = (value, value.tobytes() + str(value.shape).encode())
            continue
        found[path] = (value, None)
        if id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, list | tuple):
            parts = [(f"{path}[{i}]", part) for i, part in enumerate(value)]
            found[path] = (value, len(value))
        elif isinstance(value, dict):
            parts = [(f"{path}[{key!r}]", part) for key, part in value.items()]
        elif callable(value) and not hasattr(value, "parameters"):
            parts = []
        else:
            slots = [n for cls in type(value).__mro__ for n in getattr(cls, "__slots__", ())]
            slots = [n for n in slots if not n.startswith("__") and hasattr(value, n)]
            held = {n: getattr(value, n) for n in slots} | getattr(value, "__dict__", {})
            held.pop("training", None)  # `model.train()` does no harm
            parts = [(f"{path}.{name}", part) for name, part in held.items()]
        stack += parts
    return found


def more_effects(exercise: Exercise, came: Outcome, right: Outcome) -> Difference | None:
    """An effect that the reference has not."""
    if came.ended == "raised":
        return Difference("raised")
    ours = {re.sub(r"\[.*?\]", "[]", path) for path in right.value}
    more = [p for p in came.value if re.sub(r"\[.*?\]", "[]", p) not in ours]
    more = [p for p in more if re.sub(r"\[.*?\]", "[]", p.split(",")[0]) + ", replaced" not in ours]
    if not more:
        return None
    path, how = more[0].split(", ")
    what = f"the numbers in `{path}` are" if how == "its numbers" else f"`{path}` is"
    what += " changed" if how == "its numbers" else " another, or gone"
    words = f"What comes back is right. But after your code has run {what}, and whoever else holds "
    words += "it reckons with that. Leave as it was whatever you are not asked to change."
    return Difference("changed", words=words)
