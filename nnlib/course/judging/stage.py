"""What an answer finds in place of what would end the kernel, or of what no clock can interrupt.

`exit()` and `os._exit()` end the call alone, and `input()` has nobody to ask. `sum` and its like,
over a long range or an endless iterator, run in C and hear no clock; here each step goes through
Python.
"""

from __future__ import annotations

import builtins
import math
import os
from collections.abc import Callable, Iterable, Iterator, Sized
from contextlib import contextmanager
from functools import wraps
from types import GeneratorType
from typing import Any

from ...screen import shell

LONG = 1_000_000  # items; fewer are gone in no time

really_exit, process_id = os._exit, os.getpid  # an answer may have replaced them


@contextmanager
def stage() -> Iterator[None]:
    """Set these for the block, for the process that begins it; its children keep their own."""
    ours, before = process_id(), []

    def leave(*status: object) -> None:
        raise SystemExit(*status)

    def end(status: int = 0) -> None:
        if process_id() != ours:
            really_exit(status)
        leave("os._exit: outside a check the whole process ended here")

    replaced: list[tuple[Any, str, Any]] = [
        (os, "_exit", end),
        (builtins, "input", _nobody),
        *((builtins, name, _stepwise(getattr(builtins, name))) for name in CONSUMERS),
        *((math, name, _stepwise(getattr(math, name))) for name in ("fsum", "prod")),
    ]
    for owner, name, new in replaced:
        before.append((owner, name, getattr(owner, name)))
        setattr(owner, name, new)
    ipython = shell()
    if ipython is not None:
        ipython.__dict__["ask_exit"] = leave  # what `exit` and `quit` call there
    try:
        yield
    finally:
        if ipython is not None:
            ipython.__dict__.pop("ask_exit", None)
        for owner, name, old in before:
            setattr(owner, name, old)


CONSUMERS = ("sum", "max", "min", "any", "all", "sorted")


def _nobody(prompt: object = "") -> str:
    raise EOFError(
        "input() waits for somebody to type, and a check has nobody; the values come as arguments"
    )


def _stepwise(consume: Callable) -> Callable:
    """`consume`, heard by the clock: a long iterator is handed to it from Python."""

    @wraps(consume)
    def consumer(*args: Any, **kwargs: Any) -> Any:
        if len(args) == 1 or (args and consume in STARTED):
            args = (_steps(args[0]), *args[1:])
        return consume(*args, **kwargs)

    return consumer


STARTED = (sum,)  # its second argument is no item


def _steps(items: Any) -> Any:
    if isinstance(items, list | tuple | GeneratorType) or not isinstance(items, Iterable):
        return items
    if isinstance(items, Sized) and (not isinstance(items, range) or not items[LONG:]):
        return items
    return _each(items)


def _each(items: Iterable) -> Iterator:
    for item in items:  # noqa: UP028 (`yield from` would not come by the clock)
        yield item
