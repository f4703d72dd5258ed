"""A tuple whose parts came in the opposite order."""

from __future__ import annotations

from ..compare import compare
from ..outcome import Outcome
from ..trial import Explanation, Trial


def order(trial: Trial) -> Explanation | None:
    for came, right in trial.pairs:
        if not isinstance(right.value, tuple) or not isinstance(came.value, tuple | list):
            return None
        if compare(trial.exercise, Outcome(tuple(reversed(came.value))), right):
            return None
    names = ", ".join(trial.exercise.returns) or "the expected order"
    message = f"The parts are all there, in the opposite order. Return them as: {names}."
    return Explanation("order", message)
