"""Values in words: a number as short as it can be, and what kind of thing something is."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np

from .outcome import Foreign


def number(value: Any) -> str:
    """A number as short as it is exact to six digits."""
    return f"{value:.6g}" if isinstance(value, float | np.floating) else str(value)


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
    if isinstance(value, np.ndarray) and value.dtype == object:
        return article(value.item()) if value.ndim == 0 else "an array of Python objects"
    if isinstance(value, np.ndarray) and value.dtype.kind in "US":
        return f"an array of strings, of shape {value.shape}"
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
        word = f"a {type(value).__name__} of {len(value)}"
        ragged = isinstance(value, list) and any(isinstance(v, list | np.ndarray) for v in value)
        return word + (" whose rows do not have one length" if ragged else "")
    name = type(value).__name__
    return f"{'an' if name[0] in 'AEIOUaeiou' else 'a'} {name}"
