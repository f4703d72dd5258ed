"""The bare facts, where nothing else explains: which part has other numbers, and which is right."""

from __future__ import annotations

from ..trial import Explanation, Trial
from .phrases import right_parts, subject, which_cases


def facts(trial: Trial) -> Explanation:
    message = f"{subject(trial.difference.path)} does not have the expected numbers yet"
    right = right_parts(trial)
    message += f"; {right}." if right else "."
    return Explanation("values", message + which_cases(trial))
