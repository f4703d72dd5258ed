"""Values in words: a number as short as it can be, and what kind of thing something is."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np

from .outcome import Foreign


def number(value: Any) -> str:
    """A number as short as it is exact to six digits."""
    return f"{value:.6g}" if isinstance(value, float | np.floating) else str(value)


def is_text(value: Any) -> bool:
    """A string, or strings in an array or a list."""
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "US" or (
            value.dtype == object and value.size > 0 and all(map(is_text, value.ravel().tolist()))
        )
    if isinstance(value, list | tuple):
        return len(value) > 0 and all(map(is_text, value))
    return isinstance(value, str)


def article(value: Any) -> str:
    """What kind of thing a value is: "a list of 3", "a function"."""
    if value is None:
        return "None"
    if isinstance(value, Foreign):
        return value.words
    if inspect.isgenerator(value):
        return "a generator (`yield` makes one; is `return` meant?)"
    if isinstance(value, type):
        return f"the class {value.__name__} itself"
    if callable(value):
        return "a function (are the brackets of a call missing?)"
    if isinstance(value, np.ndarray) and value.ndim and is_text(value):
        return f"an array of strings, of shape {value.shape}"
    if isinstance(value, np.ndarray) and value.dtype == object:
        return article(value.item()) if value.ndim == 0 else "an array of Python objects"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if isinstance(value, bool | np.bool_):
        return f"the truth value {bool(value)}"
    if isinstance(value, int | float | np.number):
        return f"the number {number(value)}"
    if isinstance(value, str):
        return f"the string {value[:20]!r}"
    if isinstance(value, bytes):
        return f"{len(value)} bytes: {value[:20].hex(' ', 4)}" + " ..." * (len(value) > 20)
    if isinstance(value, list | tuple | dict | set):
        word = f"a {type(value).__name__} of {len(value)}" + " strings" * is_text(value)
        ragged = isinstance(value, list) and any(isinstance(v, list | np.ndarray) for v in value)
        return word + (" whose rows do not have one length" if ragged else "")
    name = type(value).__name__
    return f"{'an' if name[0] in 'AEIOUaeiou' else 'a'} {name}"
