"""How well a case shows a slip: what in it may hide one."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..description import Case

MANY = 60  # numbers; more are hard to read
LARGE, SMALL = 500.0, 1e-3


def hidden(case: Case, expected: Any) -> int:
    """How much of a slip may stay hidden here; 0 where all is in the open.

    Sizes of one hide along which axis, and what is summed; extreme numbers hide everything else,
    zeros and ones hide factors; many numbers hide themselves.
    """
    numeric = [np.asarray(arg) for arg in case.args if _numeric(arg)]
    arrays = [array for array in numeric if array.ndim]
    score = 3 * bool(arrays and min(arrays[0].shape) < 2)
    score += 3 * (_numeric(expected) and np.ndim(expected) > 0 and np.size(expected) < 2)
    score += 3 * any(map(_extreme, numeric))
    score += 2 * (case.size > MANY)
    return score + sum(map(_idle, numeric))


def _numeric(value: Any) -> bool:
    if isinstance(value, bool) or callable(value):
        return False
    if isinstance(value, np.ndarray | int | float | np.number):
        return np.asarray(value).dtype.kind in "iuf"
    return False


def _extreme(array: np.ndarray) -> bool:
    if not np.isfinite(array).all():
        return True
    largest = float(np.abs(array).max(initial=0))
    return largest >= LARGE or (array.ndim > 0 and 0 < largest < SMALL)


def _idle(array: np.ndarray) -> bool:
    """A zero, or by itself a one."""
    alone = array.size == 1 and not array.any()
    return bool(alone or (array.ndim == 0 and array == 1))
