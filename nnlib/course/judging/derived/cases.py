"""The derived cases of an exercise, with what the reference makes of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from ...description import Case, Exercise, Region
from ..compare import compare
from ..outcome import Outcome
from ..run import attempt
from .kind import Derived, Kind, plainly
from .kinds import KINDS
from .turns import shake

_made: WeakKeyDictionary = WeakKeyDictionary()  # exercise -> its derived cases


def derived(exercise: Exercise) -> list[Derived]:
    """The derived cases of an exercise, with what the reference makes of them: worked out once."""
    if exercise not in _made:
        kinds = [kind for kind in KINDS if not why_not(exercise, kind)]
        _made[exercise] = [d for kind in kinds for d in cases_of(exercise, kind)]
        _made[exercise][:0] = [d for r in exercise.regions for d in _in_region(exercise, r)]
    return _made[exercise]


def why_not(exercise: Exercise, kind: Kind) -> str:
    """Why an exercise has no cases of a kind, where it is not the reference that decides."""
    if exercise.kind not in kind.of:
        return f"it asks for a {exercise.kind}"
    return dict(exercise.exempt).get(kind.name, "")


def cases_of(exercise: Exercise, kind: Kind) -> list[Derived]:
    """The cases of one kind that the reference takes."""
    cases = exercise.all_cases()
    drawn = cases[len(exercise.cases) :][-1:] or sorted(cases, key=lambda c: c.size)[-1:]
    written = sorted(cases, key=lambda case: case.size)[-kind.most :]
    made = [new for case in drawn for new in kind.turn(exercise, case)] if kind.turn else written
    right = right_of(exercise, [(kind, case) for case in made])
    good = [o.ended == "returned" and not o.changed and finite(o.value) for o in right]
    plain = replace(kind, use=None)
    like = made
    if kind.like:
        like = [new for case in (drawn if kind.turn else made) for new in kind.like(exercise, case)]
        same = right_of(exercise, [(plain, case) for case in like])
        good = [
            g and _alike(exercise, s, o, kind.tolerance)
            for g, o, s in zip(good, right, same, strict=False)
        ]
    if kind.stable:
        shaken = right_of(exercise, [(plain, shake(case)) for case in like])
        good = [
            g and _alike(exercise, s, o, kind.tolerance)
            for g, o, s in zip(good, right, shaken, strict=False)
        ]
    found = zip(good, made, right, strict=False)
    return [Derived(kind, case, outcome) for g, case, outcome in found if g]


def _in_region(exercise: Exercise, region: Region) -> list[Derived]:
    """An author's further cases; what the reference raises there is to be raised."""
    probe = region.use
    use = probe and (lambda exercise, answer, *args: probe(answer, *args))
    kind = Kind("region", region.words, use=use, tolerance=region.tolerance, exact=True)
    right = right_of(exercise, [(kind, case) for case in region.cases])
    return [Derived(kind, c, r) for c, r in zip(region.cases, right, strict=True)]


def _alike(exercise: Exercise, a: Outcome, b: Outcome, tolerance: float = 0.0) -> bool:
    if a.ended != "returned" or b.ended != "returned":
        return False
    wanted = tolerance / 4 or exercise.tolerance / 10
    return compare(replace(exercise, tolerance=wanted, keeps_dtype=False), a, b) is None


def finite(value: Any) -> bool:
    """True where no array in a result holds nan or infinity, or is lost below 1e-30."""
    if isinstance(value, dict):
        return all(map(finite, value.values()))
    if isinstance(value, tuple | list):
        return all(map(finite, value))
    array = np.asarray(value) if not isinstance(value, str) else np.zeros(0)
    size = np.abs(array).max(initial=0) if array.dtype.kind in "fc" else 0
    return bool(np.isfinite(size) and not 0 < size < 1e-30)


def right_of(exercise: Exercise, made: Sequence[tuple[Kind, Case]]) -> list[Outcome]:
    """What the reference makes of cases, however long it takes."""
    return run(exercise, exercise.reference, made, limited=False)


def run(
    exercise: Exercise,
    answer: Callable,
    made: Sequence[tuple[Kind, Case]],
    limited: bool = True,
) -> list[Outcome]:
    """What an answer makes of cases, each used as its kind wants it."""

    def probe(answer: Callable, use: Callable, *args: Any) -> Any:
        return use(exercise, answer, *args)

    patient = replace(exercise, probe=probe, seconds=5 * exercise.seconds)
    cases = [Case((kind.use or plainly, *case.args), case.about) for kind, case in made]
    return attempt(patient, answer, cases, limited)
