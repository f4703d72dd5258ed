"""Number forensics put to a trial: one slip that turns what was expected into what came."""

from __future__ import annotations

from copy import deepcopy as copied
from typing import Any

import numpy as np

from ...description import Case
from ..forensics import Evidence, Finding, examine
from ..parts import leaves
from ..trial import Explanation, Trial
from .phrases import CUTS, look_at, right_parts, subject, which_cases

PLAIN = ("sign", "factor", "term", "function", "constant", "shift", "rounded", "cut", "reduced")
SEVERAL = 3  # failing cases that one slip must explain, where other cases are right


def numbers(trial: Trial) -> Explanation | None:
    """The slip that explains every case whose numbers came at all (the others are said apart).

    Where none does, one that explains all of those that fail, if they are several.
    """
    evidence = _evidence(trial, failing=False)
    found, some = examine(evidence) if evidence else [], ""
    if not found and len(trial.failing) < len(trial.cases):
        evidence = _evidence(trial, failing=True)
        found = examine(evidence) if len(evidence) >= SEVERAL else []
        found = [slip for slip in found if slip.kind in PLAIN]
        some = which_cases(trial)
    if not found:
        return None
    slip = found[0]
    words = _either(slip, found)
    if slip.kind == "constant" and not any(np.ndim(one.expected) for one in evidence):
        always = "0" if slip.name == "zeros" else "1"
        words = f"{subject(trial.difference.path)} is always {always}"
        right = right_parts(trial)
        return Explanation(slip.kind, words + (f"; {right}." if right else ".") + _others(trial))
    kind = slip.kind
    if kind == "shape":
        kind = "axis of one" if slip.name == "keepdims" else "broadcast"
    if kind in ("function", "rounded"):
        words += look_at(trial, CUTS)
    if kind == "axis of one":
        words += look_at(trial, ("keepdims", "reshape", "None", "newaxis", "expand_dims"))
    return Explanation(kind, words + some + _others(trial) + _elsewhere(trial))


def _either(slip: Finding, found: list[Finding]) -> str:
    """Its words; where the same change of another input does the same, that one is named too."""
    what, _, name = slip.name.rpartition(" ")
    for other in found[1:]:
        if slip.kind == other.kind == "input" and other.name.rpartition(" ")[0] == what != "":
            also = other.name.rpartition(" ")[2]
            return slip.words.replace(f"`{name}`", f"`{name}`, or for `{also}`,", 1)
    return slip.words


def _evidence(trial: Trial, failing: bool) -> list[Evidence]:
    """What forensics may know of each case; nothing where the part that differs is missing.

    failing: only of those that fail in this part.
    """
    path, exercise = trial.difference.path, trial.exercise
    gathered = []
    for i, (came, right) in enumerate(trial.pairs):
        if _other_kind(trial, i) or (failing and not _fails(trial, i, path)):
            continue
        yours, wanted = leaves(exercise, came.value), leaves(exercise, right.value)
        if path not in yours or path not in wanted:
            return []
        if exercise.probe and isinstance(wanted[path], int | np.integer):
            return []  # a count of the check's own
        gathered.append(_one(trial, trial.cases[i], yours[path], wanted[path]))
    return gathered


def _one(trial: Trial, case: Case, yours: Any, wanted: Any) -> Evidence:
    exercise = trial.exercise
    named = dict(zip(trial.wording.names, case.args, strict=False))
    arrays = {k: v for k, v in named.items() if _numeric(v)}
    again = None
    if exercise.probe is None and np.asarray(wanted).dtype.kind in "biuf":

        def again(**changed: Any) -> Any:
            path = trial.difference.path
            made = exercise.reference(*(copied(changed.get(k, v)) for k, v in named.items()))
            return leaves(exercise, made)[path]

    factors = dict(exercise.factors(*case.args)) if exercise.factors else {}
    terms = dict(exercise.terms(*case.args)) if exercise.terms else {}
    written = None if trial.node is None else trial.wording.pieces
    return Evidence(yours, wanted, arrays, factors, terms, again, written)


def _fails(trial: Trial, i: int, path: str) -> bool:
    return i in trial.failing and path in (trial.failing[i].failing or (trial.failing[i].path,))


def _numeric(value: Any) -> bool:
    try:
        return np.asarray(value).dtype.kind in "biuf"
    except (ValueError, TypeError):
        return False


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
