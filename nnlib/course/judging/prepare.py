"""Before an answer runs: is it one, is it written, and can it be called with the arguments?"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any

from ..description import Case, Exercise
from .blank import blank
from .result import BLANK, FAILED, Result
from .words import article


def own(answer: Any) -> Any:
    """The student's, where a stand-in of nnlib's came in its place."""
    return getattr(answer, "__dict__", {}).get("yours", answer)


def refuse(exercise: Exercise, answer: Any, cases: Sequence[Case]) -> Result | None:
    """The result of an answer that need not run, or None."""
    if not callable(answer):
        message = f"A {exercise.kind} was expected here; what came is {article(answer)}."
        return Result(exercise, FAILED, message, "type")
    left = blank(answer, exercise.reference)
    if left is not None:
        methods = ", ".join(f"`{name}`" for name in left)
        waiting = f"Still to be written: {methods}." if left else "Nothing is written here yet."
        return Result(exercise, BLANK, waiting, "blank")
    came = "class" if isinstance(answer, type) else "function"
    if came != exercise.kind:
        begun = "class" if exercise.kind == "class" else "def"
        message = f"This exercise asks for a {exercise.kind}, begun by `{begun}`; a {came} came."
        return Result(exercise, FAILED, message, "type")
    unfitting = None if exercise.probe else _unfitting(exercise, answer, cases)
    return Result(exercise, FAILED, unfitting, "signature") if unfitting else None


def _unfitting(exercise: Exercise, answer: Callable, cases: Sequence[Case]) -> str:
    """The sentence for an answer that does not take the arguments of some case."""
    try:
        signature = inspect.signature(answer)
    except Exception:  # a built-in has none, and a pretended one may be anything
        return ""
    for case in cases:
        try:
            signature.bind(*case.args)
        except TypeError:
            given = exercise.names[: len(case.args)]
            wanted = f"{len(given)} argument{'s' * (len(given) != 1)}, ({', '.join(given)})"
            name = getattr(answer, "__name__", "answer")
            return f"The function is called with {wanted}. Yours begins `def {name}{signature}`."
    return ""
