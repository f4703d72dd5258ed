"""An answer that had to be stopped: too long, or too big."""

from __future__ import annotations

import ast

from ..source import LOOPS
from ..trial import Explanation, Trial
from .phrases import line_of


def unfinished(trial: Trial) -> Explanation | None:
    outcome = trial.unfinished
    if not outcome:
        return None
    where = line_of(outcome.failure).replace("It happened", "It was")
    if outcome.ended == "too big":
        message = (
            f"Your code asked for more memory than a check allows (1 GB).{where} Look for an array "
            "that is larger than its inputs call for, or a list that keeps growing."
        )
        return Explanation(outcome.ended, message, evidence="")
    message = (
        f"Your code had not come to an end after {trial.exercise.seconds:g} seconds, and was "
        f"stopped.{where} "
    )
    if repeats(trial.node, outcome.failure.line if outcome.failure else 0):
        message += "Look for a loop whose condition never changes."
    else:
        message += (
            "No loop of yours runs there: one call takes that long. Is it given more numbers than "
            "it needs, or does a shorter way lead to the same?"
        )
    lines = outcome.printed.strip().splitlines()
    printed = f"it printed  {lines[0][:50]}" if lines else ""
    return Explanation(outcome.ended, message, evidence=printed)


def repeats(node: ast.AST | None, line: int) -> bool:
    """May a loop of the answer's be at work in that line (anywhere, where it is 0)?"""
    if node is None:
        return True
    inside = list(ast.walk(node))
    names = {n.name for n in inside if isinstance(n, ast.FunctionDef | ast.ClassDef)}
    calls = [n.func for n in inside if isinstance(n, ast.Call)]
    if any(getattr(f, "id", getattr(f, "attr", "")) in names for f in calls):  # it calls itself
        return True
    spans = [n for n in inside if isinstance(n, LOOPS)]
    return any(not line or n.lineno <= line <= (n.end_lineno or n.lineno) for n in spans)
