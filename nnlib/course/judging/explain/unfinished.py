"""An answer that had to be stopped: too long, or too big."""

from __future__ import annotations

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
        f"stopped.{where} Look for a loop whose condition never changes."
    )
    lines = outcome.printed.strip().splitlines()
    printed = f"it printed  {lines[0][:50]}" if lines else ""
    return Explanation(outcome.ended, message, evidence=printed)
