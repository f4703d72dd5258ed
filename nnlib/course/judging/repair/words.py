"""A repair in words: the place at once, its nature as a question, the change itself last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ...description import Case, Exercise
from ..outcome import Outcome
from ..source import read
from .search import SECONDS, look
from .tree import fragment

QUESTIONS = {
    "argument": "Which arguments does this call need?",
    "assignment": "Should the new value take the place of the old one, or be added to it?",
    "attribute": "Which of its attributes is meant here?",
    "axis": "Along which axis does it run, and along which should it? Must the axis stay?",
    "brackets": "What do the brackets enclose, and what should they?",
    "call": "Is this call needed?",
    "comparison": "What is compared with what, and is the case of equality in or out?",
    "condition": "For which inputs should this happen?",
    "constant": "Where does this number come from?",
    "count": "Where does it begin, where does it end, and how many steps is that?",
    "dtype": "What type of number does this array hold?",
    "element by element": "What should happen to each element by itself?",
    "expression": "What should this compute? Say it in words before you write it.",
    "factor": "What is this multiplied or divided by, and what should it be?",
    "function": "Does this function compute what is meant?",
    "in place": "Does anyone else still hold this array?",
    "indentation": "Does this line belong inside the block, or outside it?",
    "index": "Which part of it is meant?",
    "line": "What should this line do? Say it in words before you write it.",
    "missing call": "What has to be done with it first?",
    "missing line": "What has to happen here that does not happen yet?",
    "name": "Is it this variable that is meant?",
    "operator": "Is this the operation that is meant?",
    "order": "What comes first, and what second?",
    "parts": "Which results are asked for, how many, and in which order?",
    "return": "What does it give back?",
    "shape": "Which shape does it have here, and which should it have?",
    "sign": "Which sign should it have?",
    "statement": "Is this line needed?",
    "term": "Which terms does the sum have, and which should it have?",
    "transpose": "Which way should this matrix lie?",
}


@dataclass(frozen=True)
class Repair:
    """The smallest change that makes an answer right."""

    line: int  # the student's
    place: str  # the code to look at: "Z.max(axis=0)"
    kind: str  # the nature of the slip: "axis", "sign", "indentation", ...
    question: str  # for the next hint
    change: str  # for the last hint only; "" for a pair
    pair: bool = False  # two edits were needed
    second: tuple[int, str] | None = None  # of a pair, the other line and place
    tried: int = 0  # how many edits were

    @property
    def words(self) -> str:
        """What the first card says: where, and no more."""
        if self.kind == "missing line":
            return (
                f"It is one small change from right, next to line {self.line}: "
                f"look at `{self.place}`."
            )
        if not self.second:
            return f"Line {self.line} is one small change from right: look at `{self.place}`."
        (one, first), (other, last) = sorted([(self.line, self.place), self.second])
        if one != other:
            return (
                f"Two small changes away from right: look at `{first}` in line {one} "
                f"and at `{last}` in line {other}."
            )
        whole = first if last in first else last if first in last else f"{first}` and at `{last}"
        return f"Line {one} is two small changes from right: look at `{whole}`."


def repair(
    exercise: Exercise,
    answer: Any,
    cases: Sequence[Case],
    expected: Sequence[Outcome],
    outcomes: Sequence[Outcome],
    seconds: float = SECONDS,
) -> Repair | None:
    """The smallest change to an answer's own code that makes it right, if one is found.

    cases, expected, outcomes: what it was checked with, what is right and what it did. seconds: of
    processor time. None too where equally cheap changes stand on different lines, where the answer
    is a closure or reaches outside (files, input, sleep), and for exercises without arguments,
    which have many solutions.
    """
    searched = look(exercise, answer, cases, expected, outcomes, seconds)
    if searched is None or searched[1] is None:
        return None
    search, found = searched
    lines = read(answer).lines
    places = [(edit.line, fragment(edit.shown, lines)) for edit in found.edits]
    kind = found.edits[0].kind
    if len(places) == 2:
        return Repair(*places[0], kind, "", "", True, places[1], search.tried)
    words = found.edits[0].words
    change = words or f"`{found.before}` becomes `{found.after}`"
    return Repair(*places[0], kind, QUESTIONS[kind], change, tried=search.tried)
