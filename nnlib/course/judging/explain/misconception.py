"""A known misconception: a wrong answer of the exercise's own list that does exactly the same."""

from __future__ import annotations

import ast

from ...description import Misconception
from ..known import wrong
from ..same import same
from ..source import Definition, written
from ..trial import Explanation, Trial
from ..wording import Wording, quoted
from .phrases import OPENLY
from .reading import identities, unused


def misconception(trial: Trial) -> Explanation | None:
    """Of several that do the same, the one that raises the same words, or is written most alike."""
    found = [
        known
        for known, outcomes in wrong(trial.exercise, trial.cases)
        if same(trial.outcomes, outcomes, trial.expected) and _supported(trial, known)
    ]
    if not found:
        return None
    known = min(found, key=lambda known: _unlike(trial, known)) if _raises(trial) else found[0]
    return Explanation("misconception", trial.wording.own(known.message), known)


def _raises(trial: Trial) -> bool:
    return any(outcome.failure for outcome in trial.outcomes)


def _unlike(trial: Trial, known: Misconception) -> int:
    """How many pieces of code stand in one of the two only."""
    theirs = Wording(trial.exercise, written(known.implementation))
    return len(theirs.pieces ^ trial.wording.pieces)


def _supported(trial: Trial, known: Misconception) -> bool:
    """Not where the code shows another slip that happens to do the same."""
    if _hands_on(trial.node):
        return True
    theirs = Wording(trial.exercise, written(known.implementation))
    if trial.node is not None:
        spoken = theirs.pieces & quoted(known.message)
        if (spoken and not spoken & trial.wording.pieces) or any(identities(trial.node)):
            return False
    if trial.difference.kind == "integers" and trial.wording.written(OPENLY):
        return bool(theirs.written(OPENLY))
    if trial.exercise.probe or trial.node is None or not unused(trial.node):
        return True
    return theirs.node is None or bool(unused(theirs.node))


def _hands_on(node: Definition | None) -> bool:
    """True for a definition with `*args`: what it calls is written elsewhere."""
    return isinstance(node, ast.FunctionDef) and node.args.vararg is not None
