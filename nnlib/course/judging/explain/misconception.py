"""A known misconception: a wrong answer of the exercise's own list that does exactly the same."""

from __future__ import annotations

from ..known import wrong
from ..same import same
from ..trial import Explanation, Trial


def misconception(trial: Trial) -> Explanation | None:
    for known, outcomes in wrong(trial.exercise, trial.cases):
        if len(outcomes) == len(trial.outcomes) and all(map(same, trial.outcomes, outcomes)):
            return Explanation("misconception", known.message, known)
    return None
