"""Hints, one inside the other, and the solution: after an honest attempt."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

from . import record
from .cards import NEUTRAL, Card, box, fold, message_card, paragraph, preformatted, wrap
from .description import Exercise
from .registry import exercises

_repairs: dict[str, Any] = {}  # exercise id -> the repair of the last answer, in this session

TITLES = ("A nudge", "The idea", "Nearly the solution")
ROOT = Path(__file__).resolve().parents[2]


def remember(id: str, repair: Any) -> None:
    """Keep what the last check of an exercise found, for its hints; None forgets it."""
    _repairs.pop(id, None)
    if repair is not None:
        _repairs[id] = repair


def _texts(exercise: Exercise) -> list[str]:
    """The three hints; to the first a question about the answer last checked, to the last how."""
    first, idea, nearly = exercise.hints
    repair = _repairs.get(exercise.id)
    if repair and repair.question:
        first = f"In your line {repair.line}, `{repair.place}`: {repair.question} {first}"
        nearly = f"{nearly} In your line {repair.line}: {repair.change}."
    return [first, idea, nearly]


def hint(id: str, number: int = 1) -> Card:
    """The hints of an exercise. In a notebook each opens inside the one before it; as plain text
    `hint(id)` is the first, `hint(id, 2)` and `hint(id, 3)` the others.

    Raises ValueError for a number other than 1, 2, 3, and KeyError for an unknown id.
    """
    exercise = exercises[id]
    if number not in (1, 2, 3):
        raise ValueError(f"hint got number {number!r}; expected 1, 2 or 3")
    record.hinted(id, number)
    inner = paragraph(f'Still stuck? `solution("{id}")` opens after an attempt of yours.')
    texts = _texts(exercise)
    for title, text in reversed(list(zip(TITLES, texts, strict=True))):
        inner = fold(title, paragraph(text), inner)
    top = f'<p style="margin:.2em 0"><b>Hints</b> · {exercise.title}</p>'
    after = f'`hint("{id}", {number + 1})`' if number < 3 else f'`solution("{id}")`'
    text = f"Hint {number} of 3 · {exercise.title}\n{wrap(texts[number - 1])}"
    return Card(f"{text}\n{wrap(f'Next: {after}.')}", box(NEUTRAL, top, inner))


def solution(id: str) -> Card:
    """The library's own source, with its file and line, once the exercise has been tried."""
    exercise = exercises[id]
    if not record.read()["exercises"].get(id, {}).get("attempts"):
        return message_card(
            f"Solution · {exercise.title}",
            "It opens after your first attempt. Write something, however rough, run the cell, and "
            f'read what the check says. A hint helps too: `hint("{id}")`.',
        )
    record.shown(id)
    place, code = source_of(exercise)
    words = f"This is the library's own code, from {place}. Close it and write it once more."
    top = f'<p style="margin:.2em 0"><b>Solution</b> · {exercise.title}</p>'
    return Card(
        f"Solution · {exercise.title}\n{wrap(words)}\n\n{code}",
        box(NEUTRAL, top, fold(f"Show it ({place})", paragraph(words), preformatted(code))),
    )


def source_of(exercise: Exercise) -> tuple[str, str]:
    """("nnlib/functions.py, line 98", the source)."""
    shown = exercise.solution or exercise.reference
    shown = inspect.unwrap(shown) if not isinstance(shown, type) else shown
    lines, first = inspect.getsourcelines(shown)
    file = Path(inspect.getfile(shown)).resolve()
    place = file.relative_to(ROOT).as_posix() if file.is_relative_to(ROOT) else file.name
    return f"{place}, line {first}", inspect.cleandoc("\n" + "".join(lines))
