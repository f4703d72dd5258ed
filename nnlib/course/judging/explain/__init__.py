"""The ways of explaining a failure, in the order in which they are tried.

Each is a step `Trial -> Explanation | None` in a file of its own: it speaks, or leaves the word to
the next. A new way is one more file, and its place in STEPS.
"""

from __future__ import annotations

from ..trial import Explanation, Trial
from .facts import facts
from .failure import failure
from .misconception import misconception
from .numbers import numbers
from .order import order
from .place import place
from .reading import reading
from .shape import shape
from .unfinished import unfinished

STEPS = (
    unfinished,  # it had to be stopped
    misconception,  # it does exactly what a known wrong answer does
    order,  # its parts come in another order, or some are missing
    reading,  # its text has a slip that is one whatever the numbers
    failure,  # it raised, returned None, another type, NaN, a changed input
    numbers,  # one slip turns what was expected into what came
    shape,  # the shape is another one
    facts,  # the numbers are others: always has something to say
)


def explain(trial: Trial) -> Explanation:
    """What the first step that can says of a trial that has failed, and where the slip is."""
    found = (step(trial) for step in STEPS)
    return place(trial, next(explanation for explanation in found if explanation))
