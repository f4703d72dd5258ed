"""What an exercise, a misconception and a quiz are: data, and nothing that acts by itself.

A file of `chapters` describes one exercise. The folder and the file give it its chapter and id.
"""

from __future__ import annotations

import inspect
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
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
        return sum(map(_size, self.args))


def _size(value: Any) -> int:
    if isinstance(value, list | tuple):
        return sum(map(_size, value))
    return 1 if callable(value) else np.size(value)


def case(*args: Any, about: str = "") -> Case:
    """A fixed case: `case(Z, y, about="scores of a thousand")`."""
    return Case(args, about)


@dataclass(frozen=True)
class Region:
    """Further cases, for an answer that passed all others, and the words to one that fails here."""

    words: str
    cases: tuple[Case, ...]
    use: Callable | None = None  # a probe of its own: `use(answer, *args)`
    tolerance: float = 0.0  # the exercise's own, where it is 0


def region(words: str, *cases: Case, use: Callable | None = None, tolerance: float = 0.0) -> Region:
    """Where an answer that is right so far may go astray: `region("Right, ...", case(...))`."""
    return Region(" ".join(words.split()), cases, use, tolerance)


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
    in_notebook: Any = False  # True: the reference stands in among the notebook's own names; or
    # what stands in there in its place
    solution: Any = None  # what solution(id) shows, where that is not `reference`
    regions: tuple[Region, ...] = ()  # where an answer that passes all cases may still go astray
    calls: tuple[str, ...] = ()  # by later cells, by keyword or with fewer arguments than the cases
    exempt: Mapping[str, str] = field(default_factory=dict)  # kind of derived case -> why not

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
    def home(self) -> Any:
        """What stands in among a notebook's own names."""
        return self.in_notebook if callable(self.in_notebook) else self.reference

    @property
    def kind(self) -> str:
        return "class" if isinstance(self.reference, type) else "function"


class Description:
    """What a file of `chapters` says of its exercise; its place gives the id and the chapter.

    `facts` are the fields of `Exercise` by name. The misconceptions follow, one by one:

        @exercise.misconception("A >= 0", "The whole gradient comes through, also where ...")
        def always_on(dA, A):
            return dA * (A >= 0)
    """

    def __init__(self, reference: Callable, **facts: Any):
        self.facts = {"reference": reference, **facts}
        self.misconceptions: list[Misconception] = []

    def misconception(self, name: str, message: str) -> Callable[[Callable], Callable]:
        """Stands above a wrong function or class: a name, and what a good tutor says to it."""

        def add(implementation: Callable) -> Callable:
            words = " ".join(message.split())
            self.misconceptions.append(Misconception(name, words, implementation))
            return implementation

        return add

    def at(self, chapter: int, id: str, kind: type[Exercise] = Exercise) -> Exercise:
        """The exercise that this describes."""
        known = {"id": id, "chapter": chapter, "misconceptions": tuple(self.misconceptions)}
        facts: dict[str, Any] = known | self.facts
        return kind(**facts)


def describe(reference: Callable, **facts: Any) -> Description:
    """`exercise = describe(softmax, title="Softmax, row by row", minutes=8, ...)`."""
    return Description(reference, **facts)


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
    question: str
    options: tuple[Option, ...]
    chapter: int = -1  # from the name of its folder
