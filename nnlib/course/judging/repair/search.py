"""The search for the smallest change that makes an answer right, within a second."""

from __future__ import annotations

import ast
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ...description import Case, Exercise
from ..compare import compare
from ..outcome import Failure, Outcome
from ..run import attempt, plain
from ..source import read
from .borrowed import MOST, Borrowed
from .build import Exhausted, Workshop, prepared
from .dangers import perils
from .edits import ALL, CHEAP, EVERYWHERE, Edit, edits
from .idle import idle
from .quiet import copied_arg, fails, fresh_cases, how_far, is_safe, quiet
from .tree import spoken, written

SECONDS = 1.0  # of processor time for all of it


ONE_CALL = 0.1  # of these, the most that one call of an edited answer may take


PARTNERS = 24  # first edits that get a second one


RANK = {
    "raised": 5,
    "silent": 5,
    "none": 4,
    "type": 4,
    "parts": 4,
    "dtype": 3,
    "shape": 3,
    "nan": 2,
}


Score = tuple[float, float]  # how far from right: (kind of failure, how many numbers)


RIGHT: Score = (0.0, 0.0)


@dataclass(frozen=True)
class Found:
    """The edits that make the answer right, one or a pair, and the code they change."""

    edits: tuple[Edit, ...]
    before: str
    after: str


@dataclass
class Search:
    """One answer's: its tree, the cases, what is right, and the time that is left."""

    exercise: Exercise
    workshop: Workshop
    borrowed: Borrowed
    cases: Sequence[Case]
    expected: Sequence[Outcome]
    order: list[int]  # of the cases: those that fail, the smallest first, then the others
    until: float  # of the processor's clock
    tried: int = 0
    steps: int = 100_000  # of loops, that a call may take
    body: int = 1  # how much the student wrote
    idle: int = 0  # of it, what does nothing
    perils: dict[int, int] = field(default_factory=dict)  # statement -> what may grow in it

    # ------------------------------------------------------------------------------------ running

    def run(self, answer: Callable, case: Case) -> Outcome:
        """What `attempt` makes of one case, in brief."""
        np.random.seed(0)
        random.seed(0)
        self.workshop.counter.start(self.steps, ONE_CALL)
        try:
            args = tuple(map(copied_arg, case.args))
            probe = self.exercise.probe
            return Outcome(plain(probe(answer, *args) if probe else answer(*args)))
        except Exhausted:
            return Outcome(ended="too long")
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            return Outcome(failure=Failure(type(error).__name__, ""), ended="raised")

    def score(self, answer: Callable, i: int) -> Score:
        """How far from right an answer is in a case; RIGHT where it is."""
        came = self.run(answer, self.cases[i])
        if came.ended == "too long":
            return (6, 0)
        try:
            difference = compare(self.exercise, came, self.expected[i])
        except Exception:  # values that cannot be compared
            return (5, 1)
        if difference is None:
            return RIGHT
        if difference.kind in RANK:
            return (RANK[difference.kind], len(difference.failing))
        return (1, len(difference.failing) + how_far(difference.came, difference.expected))

    def trial(self, answer: Callable | None) -> Score:
        """An answer's distance: RIGHT only if it is so in all cases and in some never seen."""
        self.tried += 1
        if answer is None:
            return (9, 0)
        first = self.score(answer, self.order[0])
        if first != RIGHT:
            return first
        wrong = sum(self.score(answer, i) != RIGHT for i in self.order[1:])
        if wrong:
            return (0.5, wrong)
        whole = self.judged(self.workshop.build(), self.cases, self.expected)
        if whole and self.judged(self.workshop.build(), *fresh_cases(self.exercise)):
            return RIGHT
        return (0.5, 0)

    def judged(self, answer: Callable, cases: Sequence[Case], expected: Sequence[Outcome]) -> bool:
        """The judge's own verdict, on an answer built anew: a class may remember."""
        self.workshop.counter.start(20 * self.steps, 2 * SECONDS)
        outcomes = attempt(self.exercise, answer, cases)
        if len(outcomes) < len(cases):
            return False
        pairs = zip(outcomes, expected, strict=True)
        return not any(compare(self.exercise, came, right) for came, right in pairs)

    def passes(self, answer: Callable | None) -> bool:
        return self.trial(answer) == RIGHT

    def note_perils(self) -> None:
        nodes = ast.walk(self.workshop.tree)
        self.perils = {id(n): perils(n) for n in nodes if isinstance(n, ast.stmt)}

    def perilous(self, edit: Edit) -> bool:
        """True for an edit that makes something grow without bound that did not before."""
        statement = edit.place.statement
        return perils(statement) > self.perils.get(id(statement), 0)

    @property
    def over(self) -> bool:
        return time.process_time() > self.until

    # ---------------------------------------------------------------------------------- searching

    def singles(self, most: int = ALL, nearer: list | None = None, than: Score = RIGHT):
        """The edits of the lowest price at which any makes the answer right: [(size, edit)].

        Edits that only bring it nearer than the score `than` are added to `nearer`.
        """
        good: list[tuple[int, Edit]] = []
        price = most
        for edit in edits(self.workshop.tree, self.borrowed, most):
            if self.over or edit.price > price:
                break
            with edit.made():
                if self.perilous(edit):
                    continue
                score = self.trial(self.workshop.build())
                if score == RIGHT:
                    lost = max(0, idle(self.workshop.tree) - self.idle)
                    if edit.price <= EVERYWHERE or edit.touched + lost <= MOST * self.body:
                        good.append((edit.size + lost, edit))
                        price = edit.price
                elif nearer is not None and score < than:
                    nearer.append((score, edit.price, edit.size, len(nearer), edit))
        return good

    def pair(self, nearer: list) -> tuple[Edit, Edit] | None:
        """Two edits: one that brings the answer nearer, and one more that makes it right."""
        order, found = self.order, []
        for most in (CHEAP, ALL):
            for *_, first in sorted(nearer)[:PARTNERS]:
                if self.over:
                    return None
                with first.made():
                    answer = self.workshop.build()
                    wrong = [i for i in order if self.score(answer, i) != RIGHT]
                    self.order = wrong + [i for i in order if i not in wrong]
                    found = self.singles(most)
                    self.order = order
                    if found:
                        return first, min(found, key=lambda one: one[0])[1]
        return None


def smallest(good: list[tuple[int, Edit]]) -> Edit | None:
    """The smallest of equally cheap edits; None where others as small stand on other lines."""
    least = min((size for size, _ in good), default=0)
    equal = [edit for size, edit in good if size == least]
    return equal[0] if len({edit.spot for edit in equal}) == 1 else None


def look(
    exercise: Exercise,
    answer: Any,
    cases: Sequence[Case],
    expected: Sequence[Outcome],
    outcomes: Sequence[Outcome],
    seconds: float = SECONDS,
) -> tuple[Search, Found | None] | None:
    """Search; None for an answer that is left alone."""
    begun = time.process_time()
    source = read(answer)
    if source is None or not is_safe(exercise, answer, source.node, cases):
        return None
    failing = [
        i
        for i, right in enumerate(expected)
        if i >= len(outcomes) or fails(exercise, outcomes[i], right)
    ]
    if not failing:
        return None
    failing.sort(key=lambda i: (cases[i].size, i))
    tree = prepared(source.node)
    workshop = Workshop(answer, tree, source.filename)
    borrowed = Borrowed(exercise.reference, tree, workshop.space)
    order = failing + [i for i in range(len(cases)) if i not in failing]
    search = Search(exercise, workshop, borrowed, cases, expected, order, begun + seconds)
    with quiet():
        return search, _search(search)


def _search(search: Search) -> Found | None:
    workshop, first = search.workshop, search.order[0]
    original = workshop.build()
    if original is None:
        return None
    now = search.score(original, first)
    search.steps = max(2_000, min(4 * workshop.counter.steps, search.steps))
    search.note_perils()
    search.body, search.idle = written(workshop.tree), idle(workshop.tree)
    nearer: list = []
    good = search.singles(nearer=nearer, than=now)
    if good:
        best = smallest(good)
        return _shown((best,)) if best else None
    two = search.pair(nearer)
    return _shown(two) if two else None


def _shown(found: tuple[Edit, ...]) -> Found:
    """The code around the first edit, before and after it."""
    edit = found[0]
    place, shown = edit.place, edit.shown
    before = spoken(shown)
    with edit.made():
        now = shown
        if shown is place.node and place.owner is not None:
            now = getattr(place.owner, place.field)
            if place.index is not None:
                now = now[place.index] if place.index < len(now) else place.owner
        after = edit.words or spoken(now)
    return Found(found, before, after)
