"""`@exercise("softmax")`: check the student's answer, show the card, keep the notebook going."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from ..screen import shell
from . import record
from .cards import ResultCard, display
from .exercise import Exercise
from .hints import remember
from .judging.failure import describe
from .judging.result import FAILED
from .judging.source import code_of
from .mine.keep import kept
from .mine.piece import remember as known
from .notice import notice
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
        name = name if isinstance(name, str) and name.isidentifier() else ""  # a lambda has none
        result = _checked(asked, answer, name)
        card = ResultCard(**{**vars(result), "name": name})
        if _is_news(card, answer):
            misconception = result.misconception.name if result.misconception else None
            record.checked(asked.id, result.status, misconception)
            remember(asked.id, result.repair)
            said = kept(asked, answer) if result.passed else ""
            display(replace(card, advice=f"{card.advice}\n\n{said}".strip()) if said else card)
        value = keep(answer) if result.passed else stand_in(asked, answer)
        known(value, asked.id, result.passed)
        return value

    return decorate


def _checked(asked: Exercise, answer: Any, name: str) -> ResultCard:
    """The result of the check, or what became of the check itself."""
    try:
        with named(name or asked.id, answer), notice(asked, answer):
            return asked.check(answer)
    except KeyboardInterrupt as interrupt:
        failure = describe(interrupt, answer)
        where = f", in line {failure.line}: `{failure.text}`" if failure.line else ""
        message = f"The check was interrupted{where}. Nothing is known yet of your numbers."
        return ResultCard(asked, FAILED, message, "interrupted")
    except BaseException as error:  # a fault of the course's must not stop the student
        message = "The check itself stopped, which is a mistake in the course and not in your "
        message += f"code ({type(error).__name__}: {error})."
        return ResultCard(asked, FAILED, message, "internal")


_last: tuple = ()  # the run of a cell, the answer's code and the card shown last


def _is_news(card: ResultCard, answer: Any) -> bool:
    """False where one run of a cell checks the same text again, as `%%timeit` does 811 times."""
    global _last
    run = getattr(shell(), "execution_count", None)
    this = run, code_of(answer), str(card)
    if run is not None and this[1] and this[1] is (_last and _last[1]) and this == _last:
        return False
    _last = this
    return True


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
