"""The whole course at a glance: a row a chapter, a mark an exercise."""

from __future__ import annotations

from . import record
from .cards import BLANK_LOOK, FAILED_LOOK, NEUTRAL, PASSED_LOOK, Card, box, paragraph, rich
from .registry import chapter, exercises, numbers, quizzes


def progress() -> Card:
    """What is passed, begun and waiting, chapter by chapter."""
    seen = record.read()
    done = seen["exercises"]
    passed = sum("passed" in done.get(id, {}) for id in exercises)
    answered = sum("right" in seen["quizzes"].get(id, {}) for id in quizzes)
    head = f"{passed} of {len(exercises)} exercises passed, "
    head += f"{answered} of {len(quizzes)} questions answered"
    rows = []
    for number in numbers():
        here = exercises.chapter(number)
        marks = "".join(_mark(done.get(e.id, {})) for e in here)
        count = sum("passed" in done.get(e.id, {}) for e in here)
        title = chapter(number).TITLE
        rows.append((f"{number:02}", title, marks, f"{count} of {len(here)}"))
    waiting = _next(done)
    key = f"{PASSED_LOOK[0]} passed   {FAILED_LOOK[0]} begun   {BLANK_LOOK[0]} not attempted"
    wide = max((len(row[2]) for row in rows), default=0)
    lines = [f"{n}  {title:<31} {marks:<{wide}}  {count}" for n, title, marks, count in rows]
    text = "\n".join([f"Progress · {head}", *lines, key, *([waiting] if waiting else [])])
    cells = "".join(
        "<tr>" + "".join(f'<td style="text-align:left">{cell}</td>' for cell in row) + "</tr>"
        for row in rows
    )
    page = [
        f'<p style="margin:.2em 0"><b>Progress</b> · {head}</p>',
        f'<table style="margin:.3em 0;font-size:14px">{cells}</table>',
        f'<p style="margin:.35em 0">{rich(key)}</p>',
        paragraph(waiting),
    ]
    return Card(text, box(NEUTRAL, *page))


def _mark(entry: dict) -> str:
    if "passed" in entry:
        return PASSED_LOOK[0]
    return FAILED_LOOK[0] if entry.get("attempts") else BLANK_LOOK[0]


def _next(done: dict) -> str:
    for id, exercise in exercises.items():
        if "passed" not in done.get(id, {}):
            return f"Next: {exercise.title} (`{id}`), chapter {exercise.chapter}."
    return "Everything is passed." if exercises else ""
