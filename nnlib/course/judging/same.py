"""Did two answers do exactly the same? The question that recognises a known mistake."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from .compare import close
from .outcome import Outcome
from .parts import is_parts


def same(outcome: Outcome, wrong: Outcome) -> bool:
    """True where an answer did exactly what a misconception does, failures included."""
    if outcome.ended != wrong.ended:
        return False
    mine, theirs = outcome.failure, wrong.failure
    if mine and theirs:
        return mine.type == theirs.type and (
            _without_names(mine.message) == _without_names(theirs.message)
        )
    return set(wrong.changed) <= set(outcome.changed) and _same(outcome.value, wrong.value)


def _same(a: Any, b: Any) -> bool:
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(_same(a[k], b[k]) for k in a)
    if is_parts(a) and is_parts(b):
        return len(a) == len(b) and all(_same(x, y) for x, y in zip(a, b, strict=True))
    if a is None or b is None or isinstance(a, str) or isinstance(b, str):
        return type(a) is type(b) and a == b
    try:
        a, b = np.asarray(a), np.asarray(b)
    except (ValueError, TypeError):
        return False
    if a.dtype.kind not in "biufc" or b.dtype.kind not in "biufc":
        return type(a.item() if a.ndim == 0 else a) is type(b.item() if b.ndim == 0 else b) and (
            a.shape == b.shape and a.ndim == 0
        )
    return a.shape == b.shape and bool(close(a, b, 1e-5).all())


def _without_names(message: str) -> str:
    """An exception's message with quoted names left out, to compare two of them."""
    return re.sub(r"'[^']*'", "''", message)
