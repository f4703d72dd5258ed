"""Number forensics: by what single slip does one array become another?

A `Suspect` is one way to spoil a right answer: turn its sign, forget its 1/N, transpose it, drop a
term. `examine` spoils the expected answer in every way it knows and names those that give exactly
what came, to rounding, in every case it is shown. It never guesses: a suspect that explains some
of the cases only, or that cannot be told from a right answer, is not named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from .elementwise import functions, masks
from .inputs import alone, beside, instead, samples
from .layout import shifted, turned, wrong_axes, wrong_shapes
from .reduced import further_functions, left_out, not_far_enough, places, too_far
from .scale import any_factor, any_shift, constants, roots_and_less_one, signs_and_factors, terms
from .suspect import Evidence, Finding, Suspect, equal

ENOUGH = 4  # numbers; fewer may agree with anything


def examine(cases: Evidence | Sequence[Evidence]) -> list[Finding]:
    """Every slip that turns each expected answer into what came, the most telling first.

    Empty where nothing explains all of the cases, or where nothing is amiss.
    """
    cases = [cases] if isinstance(cases, Evidence) else list(cases)
    try:
        came = [np.asarray(case.came) for case in cases]
        expected = [np.asarray(case.expected) for case in cases]
    except (ValueError, TypeError):
        return []
    numeric = all(a.dtype.kind in "biuf" for a in came + expected)
    if not cases or not numeric or not all(np.isfinite(a).all() for a in came + expected if a.size):
        return []
    if all(equal(c, e) for c, e in zip(came, expected, strict=True)):
        return []
    found: dict[tuple, Finding] = {}
    with np.errstate(all="ignore"):
        for suspect in suspects(cases):
            if all(_explains(suspect, case) for case in cases):
                finding = Finding(suspect.kind, suspect.name, suspect.words)
                found.setdefault((suspect.kind, suspect.name), finding)
    return list(found.values())


def _explains(suspect: Suspect, case: Evidence) -> bool:
    try:
        spoiled = suspect.spoil(case)
        return spoiled is not None and equal(case.came, spoiled)
    except Exception:  # a library function may refuse what a suspect feeds it
        return False


def suspects(cases: Sequence[Evidence]) -> Iterator[Suspect]:
    yield from constants()
    yield from signs_and_factors(cases)
    yield from terms(cases)
    yield from turned()
    yield from wrong_axes(cases[0])
    yield from wrong_shapes(cases[0])
    yield from shifted()
    yield from masks(cases[0])
    yield from functions()
    if sum(np.size(case.expected) for case in cases) >= ENOUGH:
        yield from roots_and_less_one(cases)
        yield from left_out()
        yield from too_far()
        yield from not_far_enough()
        yield from beside(cases[0])
        yield from alone(cases[0])
        yield from further_functions()
        yield from samples(cases)
        yield from instead(cases[0])
        yield from places()
    yield from any_factor(cases)
    yield from any_shift(cases)
