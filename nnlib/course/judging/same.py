"""Did two answers do exactly the same? The question that recognises a known mistake."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from .compare import close
from .outcome import Outcome
from .parts import is_parts


def same(came: Sequence[Outcome], wrong: Sequence[Outcome], right: Sequence[Outcome]) -> bool:
    """True where an answer did in every case what a misconception does.

    Exceptions are compared by their type. Where the misconception has nothing to show but
    exceptions, many a slip raises the same: then their words must agree too.
    """
    if len(came) != len(wrong) or not all(map(_alike, came, wrong)):
        return False
    shown = any(
        not theirs.failure
        and (theirs.changed or ours.failure or not _same(theirs.value, ours.value))
        for theirs, ours in zip(wrong, right, strict=True)
    )
    return shown or all(map(_same_words, came, wrong))


def _alike(outcome: Outcome, wrong: Outcome) -> bool:
    if outcome.ended != wrong.ended:
        return False
    if outcome.failure and wrong.failure:
        return outcome.failure.type == wrong.failure.type
    return set(wrong.changed) <= set(outcome.changed) and _same(outcome.value, wrong.value)


def _same_words(outcome: Outcome, wrong: Outcome) -> bool:
    mine, theirs = outcome.failure, wrong.failure
    if not mine or not theirs:
        return True
    return _without_names(mine.message) == _without_names(theirs.message)


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
