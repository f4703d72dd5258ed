"""Number forensics put to a trial: one slip that turns what was expected into what came."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...description import Case, Exercise
from ..forensics import Evidence, examine
from ..parts import leaves
from ..trial import Explanation, Trial
from .phrases import right_parts, subject


def numbers(trial: Trial) -> Explanation | None:
    """The slip that explains every case whose numbers came at all (the others are said apart)."""
    evidence = _evidence(trial)
    found = examine(evidence) if evidence else []
    if not found:
        return None
    slip = found[0]
    return Explanation(slip.kind, slip.words + _others(trial) + _elsewhere(trial))


def _evidence(trial: Trial) -> list[Evidence]:
    """What forensics may know of each case; nothing where the part that differs is missing."""
    path, exercise = trial.difference.path, trial.exercise
    gathered = []
    for i, (came, right) in enumerate(trial.pairs):
        if _other_kind(trial, i):
            continue
        yours, wanted = leaves(exercise, came.value), leaves(exercise, right.value)
        if path not in yours or path not in wanted:
            return []
        gathered.append(_one(exercise, trial.cases[i], yours[path], wanted[path]))
    return gathered


def _one(exercise: Exercise, case: Case, yours: Any, wanted: Any) -> Evidence:
    named = dict(zip(exercise.names, case.args, strict=False))
    arrays = {k: v for k, v in named.items() if np.asarray(v).dtype.kind in "biuf"}
    again = None
    if exercise.probe is None and np.asarray(wanted).dtype.kind in "biuf":

        def again(**changed: Any) -> Any:
            return exercise.reference(*(changed.get(k, v) for k, v in named.items()))

    factors = dict(exercise.factors(*case.args)) if exercise.factors else {}
    terms = dict(exercise.terms(*case.args)) if exercise.terms else {}
    return Evidence(yours, wanted, arrays, factors, terms, again)


def _other_kind(trial: Trial, i: int) -> str:
    """The kind of a case's difference, where that is no matter of numbers."""
    kind = trial.failing[i].kind if i in trial.failing else ""
    return "" if kind in ("values", "shape") else kind


def _others(trial: Trial) -> str:
    """The sentence for the first case in which something else goes amiss."""
    for i, case in enumerate(trial.cases):
        kind = _other_kind(trial, i)
        if kind:
            beyond = {"nan": "it gives NaN or infinity", "raised": "it raises an exception"}
            where = f"in the case of {case.about}" if case.about else "in another case"
            what = beyond.get(kind, "something else goes amiss")
            return f" Besides, {where} {what}: look at that next."
    return ""


def _elsewhere(trial: Trial) -> str:
    """Of several parts, which this is about, and which are right in every case."""
    path = trial.difference.path
    if not path or len(leaves(trial.exercise, trial.expected[0].value)) < 2:
        return ""
    right = right_parts(trial)
    part = path if " " in path else subject(path)
    return f" This is about {part}" + (f"; {right}." if right else ".")
