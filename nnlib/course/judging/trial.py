"""An answer put to the test: what came of each case, beside what should have come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..description import Case, Exercise, Misconception
from .compare import Difference, compare
from .outcome import Outcome
from .repair import Repair
from .source import Definition
from .witness import hidden
from .wording import Wording


@dataclass(frozen=True, eq=False)
class Trial:
    """Everything that an explanation may look at.

    `outcomes` may come from another process; then the answer itself is not at hand. Of the cases
    that fail `worst` is the one in which the slip is seen best: what is said and shown is about it.
    """

    exercise: Exercise
    cases: Sequence[Case]
    expected: Sequence[Outcome]  # the reference's, one a case
    outcomes: Sequence[Outcome]  # the answer's; fewer, where one did not end
    node: Definition | None = None  # the answer's definition, where its text can be read
    answer: Any = None  # the answer itself, where it runs in this process

    @cached_property
    def unfinished(self) -> Outcome | None:
        """The outcome that was cut off, if one was: nothing is known beyond it."""
        return next((outcome for outcome in self.outcomes if outcome.cut_off), None)

    @property
    def passed(self) -> bool:
        return not self.unfinished and not self.failing

    @cached_property
    def pairs(self) -> list[tuple[Outcome, Outcome]]:
        """(came, right) of each case. Raises ValueError where the answer's are too few."""
        return list(zip(self.outcomes, self.expected, strict=True))

    @cached_property
    def differences(self) -> list[Difference | None]:
        """Of each case, the first difference."""
        return [compare(self.exercise, came, right) for came, right in self.pairs]

    @cached_property
    def failing(self) -> dict[int, Difference]:
        return {i: difference for i, difference in enumerate(self.differences) if difference}

    @cached_property
    def worst(self) -> int:
        """The failing case that hides the slip least, and of these the smallest."""

        def rank(i: int) -> tuple:
            difference = self.failing[i]
            obscured = hidden(self.cases[i], difference.expected)
            return difference.kind == "changed", obscured, self.cases[i].size, i

        return min(self.failing, key=rank)

    @cached_property
    def wording(self) -> Wording:
        """The student's own names and code, to be spoken of."""
        return Wording(self.exercise, self.node)

    @property
    def case(self) -> Case:
        return self.cases[self.worst]

    @property
    def came(self) -> Outcome:
        return self.outcomes[self.worst]

    @property
    def right(self) -> Outcome:
        return self.expected[self.worst]

    @property
    def difference(self) -> Difference:
        return self.failing[self.worst]


@dataclass(frozen=True)
class Explanation:
    """What a failure is put down to: a kind for tables, and the sentences for the student."""

    kind: str
    message: str
    misconception: Misconception | None = None
    evidence: str | None = None  # to be shown in place of the failing case
    repair: Repair | None = None  # the smallest change that would make it right
