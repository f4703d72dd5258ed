"""One way to be right on the cases and wrong in the notebook, and the cases made for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ...description import Case, Exercise
from ..compare import Difference, compare
from ..outcome import Outcome


@dataclass(frozen=True)
class Kind:
    """One way to be right on the cases and wrong in the notebook.

    `turn(exercise, case)` gives the cases made from one; `use(exercise, answer, *args)` is how the
    answer is called on them. `differ(exercise, came, right)` compares, as `compare` does.
    """

    name: str
    words: str
    turn: Callable[[Exercise, Case], Iterator[Case]] | None = None
    use: Callable[..., Any] | None = None
    differ: Callable[..., Difference | None] = compare
    of: str = "function class"  # what kinds of exercise it can be put to
    like: Callable[[Exercise, Case], Iterator[Case]] | None = None  # cases with the same results
    stable: bool = False  # the result must outlive a change of the input by rounding error
    tolerance: float = 0.0  # looser than the exercise's own, where that is tighter
    may_raise: bool = False  # NumPy says it itself then, at once: an exception does no harm
    exact: bool = False  # `tolerance` stands in the place of the exercise's own
    most: int = 6  # cases taken


@dataclass(frozen=True)
class Derived:
    """A case, what kind it is of, and what the reference makes of it."""

    kind: Kind
    case: Case
    expected: Outcome


def plainly(exercise: Exercise, answer: Callable, *args: Any) -> Any:
    """Use an answer as the written cases do."""
    return exercise.probe(answer, *args) if exercise.probe else answer(*args)
