"""An exercise as a student meets it: a description with its judge, whose results are cards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from . import description
from .cards import ResultCard
from .description import Misconception as Misconception
from .description import case as case
from .judging.judge import check


@dataclass(frozen=True, eq=False)
class Exercise(description.Exercise):
    """What `exercises["softmax"]` is: everything a chapter says of it, and `check`."""

    def check(self, answer: Callable) -> ResultCard:
        """Check `answer` (never raises for what it does); the result shows itself as a card."""
        result = check(self, answer)
        return ResultCard(**vars(result))
