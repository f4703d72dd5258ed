"""Pace: the student's and nnlib's at the same short work, and which the long run takes."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

SHORT = 0.05  # seconds: shorter work is done several times

_measured: dict[tuple, float] = {}  # what was measured -> how many times nnlib's time yours takes


def choose(
    names: Sequence[str],
    ours: tuple,
    theirs: tuple,
    trial: Callable[..., Any],
    stamp: Any,
    keep: bool,
    times: float,
) -> tuple:
    """Those of the two that the long run takes; what is decided is printed."""
    words = ", ".join(f"`{name}`" for name in names)
    if keep:
        return ours
    key = tuple(names), stamp, getattr(trial, "__code__", trial)
    try:
        if key not in _measured:
            _measured[key] = seconds(trial, ours) / max(seconds(trial, theirs), 1e-9)
    except Exception as error:
        print(f"Your {words} stopped here ({type(error).__name__}: {error}). The long run takes")
        print("nnlib's.")
        return theirs
    ratio = _measured[key]
    if ratio <= times:
        return ours
    verb = "takes" if len(names) == 1 else "take"
    print(f"Your {words} {verb} {ratio:.0f} times as long as nnlib's here. For the long run this")
    print("cell uses nnlib's; `keep=True` keeps yours.")
    return theirs


def seconds(trial: Callable[..., Any], tools: tuple) -> float:
    """The shorter of two times that the trial takes, after one that does not count."""
    started = time.perf_counter()
    trial(*tools)
    first = time.perf_counter() - started
    repeats = max(1, min(100, int(SHORT / 4 / max(first, 1e-7))))
    best = first if first > 4 * SHORT else float("inf")
    for _ in range(1 if first > 4 * SHORT else 2):
        started = time.perf_counter()
        for _ in range(repeats):
            trial(*tools)
        best = min(best, (time.perf_counter() - started) / repeats)
    return best
