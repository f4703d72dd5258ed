"""The outcome of a check, as a value: a status, what to say, and what was seen."""

from __future__ import annotations

from dataclasses import dataclass

from ..description import Exercise, Misconception
from .repair import Repair

BLANK, FAILED, PASSED = "blank", "failed", "passed"


@dataclass(frozen=True)
class Result:
    """What a check found.

    `message` is the diagnosis, in words. `evidence` is the smallest failing case, a few lines of
    plain text. `kind` says what the failure was put down to: "none", "raised", "shape",
    "misconception", "factor", "repair", "values", ...; or which kind of derived case: "whole
    numbers", "effects", ... `advice` is for answers that pass.
    """

    exercise: Exercise
    status: str
    message: str
    kind: str = ""
    misconception: Misconception | None = None
    evidence: str = ""
    advice: str = ""
    repair: Repair | None = None  # the small change that would make it right, where one is known

    @property
    def passed(self) -> bool:
        return self.status == PASSED
