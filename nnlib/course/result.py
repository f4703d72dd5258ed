"""The outcome of a check, as a value: a status, what to say, and what was seen."""

from __future__ import annotations

from dataclasses import dataclass

from .exercise import Exercise, Misconception

BLANK, FAILED, PASSED = "blank", "failed", "passed"


@dataclass(frozen=True)
class Result:
    """What a check found; its representations are cards.

    `message` is the diagnosis, in words. `evidence` is the smallest failing case, a few lines of
    plain text. `kind` says which of the checker's four steps spoke: "none", "raised", "shape",
    "misconception", "factor", "values", ... `advice` is for answers that pass.
    """

    exercise: Exercise
    status: str
    message: str
    kind: str = ""
    misconception: Misconception | None = None
    evidence: str = ""
    advice: str = ""
    name: str = ""  # what the student called it, where the decorator shows the card

    @property
    def passed(self) -> bool:
        return self.status == PASSED

    def __repr__(self) -> str:
        from .cards import result_text

        return result_text(self)

    def _repr_html_(self) -> str:
        from .cards import result_html

        return result_html(self)
