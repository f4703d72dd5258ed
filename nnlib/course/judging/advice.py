"""What is worth knowing about an answer that passes."""

from __future__ import annotations

import ast

from ..description import Exercise
from .source import loops, read
from .trial import Trial


def advise(trial: Trial) -> str:
    """One thing worth knowing, if there is one."""
    slow = next((came.imported for came in trial.outcomes if came.imported), "")
    if slow:
        return (
            f"Most of the time went into `import {slow}`, inside your code. Import it above the "
            "function, once."
        )
    if trial.node is not None and _needless_loop(trial.exercise, trial.node):
        return (
            "It loops in Python, where NumPy can take the whole array at once: shorter, and on a "
            "large batch many times faster. Try it without the loop when you like."
        )
    ours = {right.warned for right in trial.expected}
    for came in trial.outcomes:
        if came.warned and came.warned not in ours:
            return f"NumPy warned on the way: {came.warned}."
    if any(came.printed.strip() for came in trial.outcomes):
        return "It also prints. That is fine while you look for a mistake; it may go now."
    return ""


def _needless_loop(exercise: Exercise, node: ast.AST) -> bool:
    if exercise.loops or not loops(node):
        return False
    original = read(exercise.solution or exercise.reference)
    return exercise.loops is False or (original is not None and not loops(original.node))
