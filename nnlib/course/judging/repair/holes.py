"""Right answers spoilt on purpose: an edit that still passes is a case that is missing."""

from __future__ import annotations

import ast
import copy
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ...description import Case, Exercise
from ..compare import compare
from ..outcome import Outcome
from ..run import attempt
from ..source import read
from .borrowed import Borrowed
from .build import Workshop, prepared
from .edits import CHEAP, edits
from .quiet import quiet
from .search import Search
from .tree import fragment, spoken


@dataclass(frozen=True)
class Hole:
    """A change to a right answer that no case notices."""

    line: int
    place: str
    kind: str
    statement: str  # the changed line, as it then reads
    differs: str  # the arguments, beyond the cases, with which it is wrong; "" if none is known


@dataclass(frozen=True)
class Spoilt:
    """What became of the single edits of a right answer."""

    made: int
    holes: list[Hole]  # those that still pass


def holes(
    exercise: Exercise,
    answer: Callable | None = None,
    most: int = CHEAP,
    seconds: float = 60.0,
) -> list[Hole]:
    """Every single edit of a right answer (the reference, where None) that still passes.

    most: the highest price of the edits tried. seconds: of processor time. Those that are wrong
    elsewhere (the cases with their numbers scaled, shifted and turned round) come first and say
    where; of the others many are the same thing in other words.
    """
    return spoil(exercise, answer, most, seconds).holes


def spoil(
    exercise: Exercise,
    answer: Callable | None = None,
    most: int = CHEAP,
    seconds: float = 60.0,
    further: Callable[[Exercise, Callable], Any] | None = None,
) -> Spoilt:
    """The edits of a right answer, counted. further: has a say on those that pass all cases."""
    answer = exercise.reference if answer is None else answer
    source = read(answer)
    if source is None:
        return Spoilt(0, [])
    cases = exercise.all_cases()
    expected = attempt(exercise, exercise.reference, cases)
    tree = prepared(source.node)
    workshop = Workshop(answer, tree, source.filename)
    borrowed = Borrowed(exercise.reference, tree, workshop.space)
    order = sorted(range(len(cases)), key=lambda i: cases[i].size)
    until = time.process_time() + seconds
    search = Search(exercise, workshop, borrowed, cases, expected, order, until)
    search.note_perils()
    found, seen = [], {ast.unparse(tree)}
    with quiet():
        beyond = list(_known(search, _beyond(exercise, cases)))
        for edit in edits(tree, borrowed, most):
            if search.over:
                break
            with edit.made():
                text = _written(tree)
                if not text or text in seen or search.perilous(edit):
                    continue
                seen.add(text)
                if not search.passes(workshop.build()):
                    continue
                if further and _objected(further, search):
                    continue
                now = edit.words or spoken(edit.place.statement)
                where = _wrong_in(search, workshop.build(), beyond)
            place = fragment(edit.shown, source.lines)
            found.append(Hole(edit.line, place, edit.kind, now, where))
    return Spoilt(len(seen) - 1, sorted(found, key=lambda hole: not hole.differs))


def _written(tree: ast.AST) -> str:
    """The text of a tree; "" where it is no Python."""
    try:
        return ast.unparse(tree)
    except ValueError:  # a bare name inside an f-string
        return ""


def _objected(further: Callable, search: Search) -> bool:
    spoilt = search.workshop.build()
    search.workshop.counter.start(100 * search.steps, 20.0)
    return bool(further(search.exercise, spoilt))


def _known(search: Search, cases: Iterator[Case]) -> Iterator[tuple[Case, Outcome]]:
    """The cases on which the answer, still whole, and the reference agree, with what they say."""
    for case in cases:
        right = search.run(search.exercise.reference, case)
        came = search.run(search.workshop.build(), case)
        if _sound(right) and _sound(came) and not compare(search.exercise, came, right):
            yield case, right


def _beyond(exercise: Exercise, cases: list[Case]) -> Iterator[Case]:
    """The cases with one argument's numbers scaled, shifted or turned round, where it may be."""
    for case in cases:
        for i, arg in enumerate(case.args):
            if not isinstance(arg, int | float | np.ndarray) or isinstance(arg, bool):
                continue
            if exercise.names[i : i + 1] and exercise.names[i] in exercise.exempt:
                continue
            whole = np.asarray(arg).dtype.kind != "f"
            for new in (arg + 0.5,) if whole else (arg * 1000, arg / 1000, -arg, arg + 0.37):
                args = copy.deepcopy(case.args)
                yield replace(case, args=(*args[:i], new, *args[i + 1 :]))


def _sound(outcome: Any) -> bool:
    if outcome.ended != "returned":
        return False
    try:
        return bool(np.isfinite(np.asarray(outcome.value, dtype=float)).all())
    except (ValueError, TypeError):  # several parts, or no numbers
        return outcome.value is not None


def _wrong_in(search: Search, spoilt: Callable, beyond: list) -> str:
    for case, right in beyond:
        if compare(search.exercise, search.run(spoilt, case), right):
            return ", ".join(" ".join(repr(arg).split())[:60] for arg in case.args)
    return ""
