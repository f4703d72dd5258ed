"""Slips in each number by itself: a mask that is always on, a function too many or too few."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from .suspect import Evidence, Suspect, equal


def masks(first: Evidence) -> Iterator[Suspect]:
    """An answer that should be an input where a mask lets it through, and 0 elsewhere."""
    yield Suspect(
        "mask",
        "always one",
        "The mask is 1 everywhere. It should be 0 in some places: look at the comparison.",
        lambda c: np.ones_like(c.right) if _zero_or_one(c) else None,
    )
    yield from map(_unmasked, first.inputs)


def _unmasked(name: str) -> Suspect:
    words = f"The mask is always on: this is `{name}`, all of it. Some places should be 0: look at "
    words += "the comparison, and at what is compared."

    def spoil(case: Evidence) -> np.ndarray | None:
        whole = np.asarray(case.inputs[name], dtype=float)
        if whole.shape != case.right.shape:
            return None
        return whole if equal(case.right, np.where(case.right != 0, whole, 0)) else None

    return Suspect("mask", name, words, spoil)


def _zero_or_one(case: Evidence) -> bool:
    return bool(np.isin(case.right, (0.0, 1.0)).all())


def functions() -> Iterator[Suspect]:
    def one(kind: str, words: str, spoil: Callable[[np.ndarray], np.ndarray]) -> Suspect:
        return Suspect("function", kind, words, lambda c: spoil(c.right))

    yield one("complement", "Each number is 1 minus what was expected.", lambda e: 1 - e)
    yield one(
        "square", "Each number is the square of what was expected: is a root missing?", np.square
    )
    yield one(
        "root",
        "Each number is the square root of what was expected: one root too many, or "
        "a square missing?",
        np.sqrt,
    )
    yield one("inverse", "Each number is 1 divided by what was expected.", lambda e: 1 / e)
    yield one("log", "Each number is the logarithm of what was expected.", np.log)
    yield one("exp", "Each number is e to the power of what was expected.", np.exp)
    yield one("absolute", "The sizes are right, the signs are gone.", np.abs)
    yield one(
        "truncated",
        "The numbers are cut off to integers.",
        np.trunc,
    )
