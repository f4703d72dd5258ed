"""`@exercise("softmax")`: check the student's answer, show the card, keep the notebook going."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from . import record
from .cards import ResultCard, display
from .exercise import Exercise
from .judging.result import FAILED
from .registry import exercises
from .stand_in import keep, stand_in


def exercise(id: str | Callable) -> Callable:
    """Decorate an answer: `@exercise("softmax")` above `def softmax(Z): ...`.

    The name then holds the student's function where it passes and nnlib's where it does not.
    Either way `softmax.yours` is the student's own. Raises KeyError for an unknown id.
    """
    if not isinstance(id, str):  # @exercise without an id
        return exercise(id.__name__)(id)
    asked: Exercise = exercises[id]

    def decorate(answer: Any) -> Any:
        name = getattr(answer, "__name__", asked.id)
        try:
            with named(name, answer):
                result = asked.check(answer)
        except Exception as error:  # a fault of the course's must not stop the student
            message = "The check itself stopped, which is a mistake in the course and not in your "
            message += f"code ({type(error).__name__}: {error})."
            result = ResultCard(asked, FAILED, message, "internal")
        misconception = result.misconception.name if result.misconception else None
        record.checked(asked.id, result.status, misconception)
        display(replace(result, name=name))
        return keep(answer) if result.passed else stand_in(asked, answer)

    return decorate


@contextmanager
def named(name: str, answer: Any) -> Iterator[None]:
    """Let an answer call itself while it is checked: Python binds its name only after that."""
    functions = vars(answer).values() if isinstance(answer, type) else [answer]
    spaces = (f.__globals__ for f in functions if hasattr(f, "__globals__"))
    space: dict[str, Any] = next(spaces, {})
    before = {name: space[name]} if name in space else {}
    space[name] = answer
    try:
        yield
    finally:
        space.pop(name, None)
        space.update(before)
