"""Ways to be called: twice, two objects by turns, with arrays that are locked or full of gaps."""

from __future__ import annotations

import copy
import functools
import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from ...description import Exercise
from .kind import plainly
from .turns import mapped


def around(answer: Callable, calling: Callable) -> Callable:
    """`answer`, with `calling(call, args, kwargs)` in the place of each of its calls."""
    if not isinstance(answer, type):
        return _around(answer, calling, [])
    idle = ("__new__", "__repr__", "__str__", "__getattr__", "__setattr__", "__getattribute__")
    inside: list[bool] = []
    inherited = [vars(base) for base in reversed(answer.__mro__[:-1])]
    methods = {
        name: _around(method, calling, inside)
        for members in inherited
        for name, method in members.items()
        if inspect.isfunction(method) and name not in (*idle, "__hash__", "__eq__")
    }
    body = {"__module__": answer.__module__, "__qualname__": answer.__qualname__, **methods}
    return type(answer)(answer.__name__, (answer,), body)


def _around(call: Callable, calling: Callable, inside: list[bool]) -> Callable:
    @functools.wraps(call)
    def called(*args: Any, **kwargs: Any) -> Any:
        if inside:  # a method that another method calls
            return call(*args, **kwargs)
        inside.append(True)
        try:
            return calling(call, args, kwargs)
        finally:
            inside.pop()

    return called


def read(result: Any) -> Any:
    """A result; of a generator, all that it yields."""
    return list(result) if inspect.isgenerator(result) else result


def twice(exercise: Exercise, answer: Callable, *args: Any) -> Any:
    """Every call made twice. Without a probe both results count, and the first must last."""
    if exercise.probe is None:
        first = answer(*args)
        return {"first": first, "second": answer(*args)}

    def calling(call: Callable, args: tuple, kwargs: dict) -> Any:
        read(call(*args, **kwargs))
        return call(*args, **kwargs)

    return plainly(exercise, around(answer, calling), *args)


def interleaved(exercise: Exercise, answer: type, *args: Any) -> Any:
    """Between any two calls on one object, a second object goes through its whole life."""
    others = [case for case in exercise.all_cases() if repr(case.args) != repr(args)][-1:]

    def calling(call: Callable, args: tuple, kwargs: dict) -> Any:
        result = call(*args, **kwargs)
        for other in others:
            plainly(exercise, answer, *copy.deepcopy(other.args))
        return result

    return plainly(exercise, around(answer, calling), *args)


def read_only(exercise: Exercise, answer: Callable, *args: Any) -> Any:
    """Arrays that cannot be written to."""

    def locked(array: np.ndarray) -> np.ndarray:
        view = array.view()
        view.flags.writeable = False
        return view

    return plainly(exercise, answer, *mapped(args, locked))


def with_gaps(exercise: Exercise, answer: Callable, *args: Any) -> Any:
    """Arrays that are every other element of larger ones.

    Their axes stay in order: to go through an array as it lies in memory is no slip.
    """

    def spread(array: np.ndarray) -> np.ndarray:
        wide = np.zeros([2 * n for n in array.shape], array.dtype)
        view = wide[(slice(None, None, 2),) * array.ndim]
        view[...] = array
        return view

    return plainly(exercise, answer, *mapped(args, spread))
