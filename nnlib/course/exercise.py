"""What an exercise, a misconception and a quiz are: data, and nothing that acts by itself."""

from __future__ import annotations

import inspect
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Case:
    """One call's positional arguments, and what is special about them in a few words."""

    args: tuple
    about: str = ""

    @property
    def size(self) -> int:
        """How much there is to read: the number of numbers in the arguments."""
        return sum(np.size(arg) if not callable(arg) else 1 for arg in self.args)


def case(*args: Any, about: str = "") -> Case:
    """A fixed case: `case(Z, y, about="scores of a thousand")`."""
    return Case(args, about)


@dataclass(frozen=True)
class Misconception:
    """A wrong answer that people really give, and what a good tutor says to it."""

    name: str  # a few words for tables: "softmax over the whole batch"
    message: str  # to the student: what was seen, why it happens, what to look at
    implementation: Callable  # the wrong function, or class


@dataclass(frozen=True, eq=False)
class Exercise:
    """One thing to write, and everything needed to check it.

    `reference` is the library's own function or class; no second copy of a solution exists.
    A function is called with each case's arguments. Where that is not enough (a class, a function
    that changes its argument), `probe(answer, *args)` uses the answer and returns what is compared:
    a number, an array, or a tuple or dict of these.
    """

    id: str
    chapter: int
    title: str
    minutes: int
    difficulty: int  # 1 a line or two, 2 a few lines with a catch, 3 takes thought
    reference: Callable
    hints: tuple[str, str, str]  # a nudge, the idea, nearly the solution
    misconceptions: tuple[Misconception, ...]
    cases: Sequence[Case | tuple] = ()  # edge cases, fixed
    draw: Callable[[np.random.Generator], tuple] | None = None  # one random case
    draws: int = 4
    probe: Callable | None = None
    tolerance: float = 1e-5  # relative; float32 answers pass
    seconds: float = 2.0  # for all cases together; an endless loop ends here
    returns: tuple[str, ...] = ()  # names of the parts of a tuple, or of the one result
    factors: Callable[..., Mapping[str, float]] | None = None  # (*args) -> {"N": 4, "K": 3}
    terms: Callable[..., Mapping[str, Any]] | None = None  # (*args) -> {"lambda * W": array}
    changes_input: bool = False  # True where changing an argument is the point (an optimiser)
    keeps_dtype: bool = False  # True where the result's dtype must be the reference's
    loops: bool | None = None  # True: loops are fine; None: fine where the reference loops
    solution: Any = None  # what solution(id) shows, where that is not `reference`

    def check(self, answer: Callable):
        """Check `answer` (never raises for what it does) and return a `Result`."""
        from .check import check

        return check(self, answer)

    def all_cases(self, seed: int | None = None) -> list[Case]:
        """The fixed cases, then the drawn ones: always the same, unless another `seed` is given."""
        rng = np.random.default_rng([zlib.crc32(self.id.encode()), seed or 0])
        fixed = [c if isinstance(c, Case) else Case(tuple(c)) for c in self.cases]
        drawn = [Case(tuple(self.draw(rng))) for _ in range(self.draws)] if self.draw else []
        return fixed + drawn

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The arguments' names, for messages."""
        parameters = list(inspect.signature(self.probe or self.reference).parameters)
        return tuple(parameters[1:] if self.probe else parameters)

    @property
    def kind(self) -> str:
        return "class" if isinstance(self.reference, type) else "function"


@dataclass(frozen=True)
class Option:
    """One possible answer, and what it deserves to hear back."""

    text: str
    why: str
    right: bool = False


@dataclass(frozen=True, eq=False)
class Quiz:
    """A question asked before the answer is told."""

    id: str
    chapter: int
    question: str
    options: tuple[Option, ...]
