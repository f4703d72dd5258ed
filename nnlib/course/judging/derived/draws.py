"""Random numbers: one seed gives them again, another gives others, and no two are alike."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from ...description import Case, Exercise
from ..compare import Difference
from ..outcome import Outcome


def has_rng(exercise: Exercise, case: Case) -> Iterator[Case]:
    """The case, if the answer is handed an `rng`."""
    if "rng" in inspect.signature(exercise.reference).parameters:
        yield case


def random_draws(exercise: Exercise, answer: Callable, *args: Any) -> dict[str, str]:
    """What can be said of random numbers: that one seed gives them again, and another others."""
    parameters = inspect.signature(exercise.reference).parameters.values()
    args = args[: sum(p.default is p.empty and p.name != "rng" for p in parameters)]
    if isinstance(args[0], tuple):
        args = ((30, 40), *args[1:])  # small is enough, for a draw in loops

    def drawn(seed: Any) -> list[np.ndarray]:
        made = answer(*args, seed) if exercise.kind == "function" else answer(*args, rng=seed)
        found = [made] if exercise.kind == "function" else [p.data for p in made.parameters()]
        return [np.array(w, dtype=float) for w in found if np.ndim(w) == 2]

    seeded = np.random.default_rng if exercise.kind == "function" else int  # as the notebook does
    first = drawn(seeded(1))
    np.random.seed(7)  # what disturbs an answer that draws from there
    again, other = drawn(seeded(1)), drawn(seeded(2))
    stream = np.random.default_rng(1)
    free = [drawn(None), drawn(None)] if exercise.kind == "class" else [[], []]
    return {
        "again": "the same" if _equal(first, again) else "others",
        "other": "the same" if _equal(first, other) else "others",
        "stream": "the same" if _equal(drawn(stream), drawn(stream)) else "others",
        "unseeded": "the same" if _equal(*free) else "others",
        "repeats": "some" if any(np.unique(w).size < 0.9 * w.size for w in first) else "none",
        "order": "sorted" if any(np.all(np.diff(w.ravel()) >= 0) for w in first) else "none",
    }


def _equal(a: list[np.ndarray], b: list[np.ndarray]) -> bool:
    return len(a) == len(b) and any(map(np.array_equal, a, b))


_OF_DRAWS = {
    "again": "One seed gives two different draws, so no run can be repeated. Draw from the `rng` "
    "that is handed to you, and from nothing else: `np.random` follows no seed of yours.",
    "other": "The sizes are right, and every seed gives the same numbers: all layers, and all "
    "runs, would start alike. Draw from the `rng` that is handed to you.",
    "stream": "Two draws from one `rng` are the same numbers, so two layers of one network would "
    "start alike. Draw from the `rng` itself; do not make a new one inside.",
    "unseeded": "Without a seed every object starts with the same numbers, so two layers of one "
    "network would start alike. Hand `rng` on as it comes, `None` too.",
    "repeats": "The spread is right, but numbers come twice: units that start alike stay alike. "
    "Draw every number of the matrix by itself.",
    "order": "The spread is right, but the numbers stand in order: they are not drawn. Draw them "
    "from `rng`.",
}


def other_draws(exercise: Exercise, came: Outcome, right: Outcome) -> Difference | None:
    """What is amiss with random numbers."""
    if came.ended == "raised":
        return Difference("raised")
    for about, words in _OF_DRAWS.items():
        if came.value[about] != right.value[about]:
            return Difference("values", words=words)
    return None
