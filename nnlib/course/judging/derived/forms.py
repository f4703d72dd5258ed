"""What a result is kept in: an array, or something with which a later cell stops."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ...description import Exercise
from ..compare import Difference
from ..outcome import Outcome
from .calls import around
from .kind import plainly


def forms(exercise: Exercise, answer: Callable, *args: Any) -> dict[str, Any]:
    """What each call returns: not its numbers, but what they are kept in."""
    found: dict[str, Any] = {}

    def calling(call: Callable, args: tuple, kwargs: dict) -> Any:
        result = call(*args, **kwargs)
        found[call.__name__ if isinstance(answer, type) else ""] = form(result)
        return result

    plainly(exercise, around(answer, calling), *args)
    return found


def form(value: Any) -> Any:
    """ "array", "number", or in words what else holds the numbers; of a tuple, of each part."""
    if isinstance(value, np.ma.MaskedArray):
        return "a masked array"
    if isinstance(value, np.matrix):
        return "a matrix"
    if isinstance(value, np.ndarray):
        return "array" if value.ndim else "number"
    if isinstance(value, bool | int | float | np.generic):
        return "number"
    if isinstance(value, tuple):
        return tuple(map(form, value))
    if isinstance(value, list):
        numbers = all(isinstance(f, str) and f in ("number", "a list") for f in map(form, value))
        return "a list" if numbers else tuple(map(form, value))
    if isinstance(value, dict):
        return {key: form(part) for key, part in value.items()}
    module = type(value).__module__.split(".")[0]
    if callable(getattr(value, "numpy", None)) or hasattr(value, "requires_grad"):
        return "a tensor of PyTorch" if module == "torch" else f"a {type(value).__name__}"
    return "something else"


def other_form(exercise: Exercise, came: Outcome, right: Outcome) -> Difference | None:
    """Numbers that are right, in something with which a later cell stops."""
    if came.ended == "raised":
        return Difference("raised")
    found = _other_form(came.value, right.value)
    if not found or found[0] in exercise.exempt:
        return None
    wanted = "an array" if found[1] == "array" else "a number"
    words = f"Your numbers are right, in {found[0]}; the cells below need {wanted}. "
    cure = "np.array(...)" if found[0] == "a list" else "np.asarray(...)"
    cure = cure if found[1] == "array" else "float(...)"
    words += f"`{cure}` makes one" + (
        " of it." if "tensor" not in found[0].lower() else " (of a Tensor: its `.data`)."
    )
    return Difference("type", words=words)


def _other_form(came: Any, right: Any) -> tuple[str, str] | None:
    if isinstance(right, dict) and isinstance(came, dict):
        pairs = [(came[key], right[key]) for key in right if key in came]
    elif isinstance(right, tuple) and isinstance(came, tuple) and len(came) == len(right):
        pairs = list(zip(came, right, strict=True))
    else:
        wrong = right in ("array", "number") and isinstance(came, str) and came != right
        return (
            (came, right) if wrong and came not in ("array", "number", "something else") else None
        )
    return next(filter(None, (_other_form(c, r) for c, r in pairs)), None)
