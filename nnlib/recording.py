"""Whether operations remember their inputs: they do, except inside `no_grad()`."""

import inspect
import sys
from contextvars import ContextVar
from functools import wraps

_blocks = ContextVar("blocks", default=())  # the no_grad blocks that this thread or task is inside


def recording():
    """True where results remember how they were made."""
    blocks = _blocks.get()
    return not blocks or not any(block.applies() for block in blocks)


class no_grad:
    """Record nothing inside the block (or the decorated function): results need no gradient.

    Other threads and tasks go on recording, and so does everybody else while a generator waits at
    a `yield` inside the block. Raises TypeError for an async function; put the block inside it.
    """

    entered = 0  # times; 0 once it is over, in whichever thread that was
    generator = None  # the frame of the generator that the block stands in

    def __enter__(self):
        self.entered += 1
        self.generator = _generator_around(sys._getframe(1))
        _blocks.set((*_blocks.get(), self))

    def __exit__(self, *error):
        self.entered -= 1
        blocks = list(_blocks.get())
        if self in blocks:  # else another thread began it
            blocks.remove(self)
            _blocks.set(tuple(blocks))

    def applies(self):
        running = self.generator is None or self.generator.f_back is not None
        return self.entered > 0 and running

    def __call__(self, function):
        if inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function):
            raise TypeError(
                f"no_grad() got the async function {function.__name__}; expected a plain one. "
                "Write `with no_grad():` inside it."
            )
        if inspect.isgeneratorfunction(function):

            @wraps(function)
            def quiet(*args, **options):
                with no_grad():
                    return (yield from function(*args, **options))
        else:

            @wraps(function)
            def quiet(*args, **options):
                with no_grad():
                    return function(*args, **options)

        return quiet


def _generator_around(frame):
    """The frame, if it is a generator's; a context manager's counts as the code that uses it."""
    while frame.f_back and "contextlib" in (_module(frame), _module(frame.f_back)):
        frame = frame.f_back
    kinds = inspect.CO_GENERATOR | inspect.CO_ASYNC_GENERATOR
    return frame if frame.f_code.co_flags & kinds else None


def _module(frame):
    return frame.f_globals.get("__name__")
