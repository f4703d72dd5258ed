"""`@exercise("softmax")`: check the student's answer, show the card, keep the notebook going."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import wraps
from typing import Any

from . import record
from .cards import display
from .exercise import Exercise
from .registry import exercises
from .result import FAILED, Result

submissions: dict[str, Any] = {}  # the last answer to each exercise, whatever became of it


def exercise(id: str) -> Callable:
    """Decorate an answer: `@exercise("softmax")` above `def softmax(Z): ...`.

    The name then holds the student's function where it passes and nnlib's where it does not.
    Either way `softmax.yours` is the student's own. Raises KeyError for an unknown id.
    """
    if callable(id):  # @exercise without an id
        return exercise(id.__name__)(id)
    asked = exercises[id]

    def decorate(answer: Any) -> Any:
        name = getattr(answer, "__name__", asked.id)
        submissions[asked.id] = answer
        try:
            with named(name, answer):
                result = asked.check(answer)
        except Exception as error:  # a fault of the course's must not stop the student
            result = Result(
                asked,
                FAILED,
                "The check itself stopped, which is a mistake in the "
                f"course and not in your code ({type(error).__name__}: {error}).",
                "internal",
            )
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
    space = next(spaces, {})
    before = {name: space[name]} if name in space else {}
    space[name] = answer
    try:
        yield
    finally:
        del space[name]
        space.update(before)


def keep(answer: Any) -> Any:
    """A passing answer, itself, with `.yours`."""
    with suppress(AttributeError, TypeError):  # a built-in takes no attributes
        answer.yours = answer
    return answer


def stand_in(asked: Exercise, answer: Any) -> Any:
    """nnlib's own under the student's name, with the student's as `.yours`."""
    reference = asked.reference
    if isinstance(reference, type):
        return _class_for(reference, answer)

    @wraps(reference)
    def function(*args: Any, **kwargs: Any) -> Any:
        return reference(*args, **kwargs)

    function.yours = answer
    return function


def _class_for(reference: type, answer: Any) -> type:
    """A name for `reference`: calling it makes instances of nnlib's class itself."""
    meta = type(reference)

    class StandIn(meta):
        def __call__(cls, *args: Any, **kwargs: Any) -> Any:
            return meta.__call__(reference if cls is proxy else cls, *args, **kwargs)

        def __instancecheck__(cls, instance: Any) -> bool:
            return (
                isinstance(instance, reference)
                if cls is proxy
                else (meta.__instancecheck__(cls, instance))
            )

        def __subclasscheck__(cls, other: type) -> bool:
            return (
                issubclass(other, reference)
                if cls is proxy
                else (meta.__subclasscheck__(cls, other))
            )

    body = {"yours": answer, "__doc__": reference.__doc__, "__module__": reference.__module__}
    if hasattr(reference, "__slots__"):
        body["__slots__"] = ()
    proxy = StandIn(reference.__name__, (reference,), body)
    return proxy
