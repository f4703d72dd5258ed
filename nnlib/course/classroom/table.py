"""The report: a row a notebook, as text, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from ..judging.result import BLANK, FAILED, PASSED
from ..registry import exercises
from .mark import Mark


@dataclass
class Row:
    """One notebook: whose it is, how it ran, and a mark for each exercise in it."""

    student: str
    notebook: str
    ran: str = "not run"
    marks: dict[str, Mark] = field(default_factory=dict)


def columns(rows: Sequence[Row]) -> list[str]:
    """Every exercise that some notebook holds, in the order of the course."""
    held = {id for row in rows for id in row.marks}
    return [id for id in exercises if id in held]


def as_text(rows: Sequence[Row]) -> str:
    """A mark for each student and exercise, a key to the columns, and what is to be said."""
    ids = columns(rows)
    signs = {PASSED: "✓", FAILED: "◐", BLANK: "○"}
    wide = max([7, *(len(row.student) for row in rows)])
    head = f"{'student':<{wide}}  " + " ".join(f"{i:>2}" for i in range(1, len(ids) + 1))
    lines = [f"{head}  passed  notebook"]
    for row in rows:
        marks = [row.marks.get(id) for id in ids]
        cells = " ".join(f" {signs[mark.status] if mark else ' '}" for mark in marks)
        count = f"{sum(m.status == PASSED for m in row.marks.values())}/{len(row.marks)}"
        lines.append(f"{row.student:<{wide}}  {cells}  {count:>6}  {row.ran}")
    lines += ["", "✓ passed   ◐ failed   ○ blank"]
    lines += [f"{i:>2}  {id}" for i, id in enumerate(ids, 1)]
    said = [
        f"{row.student}, {id}: {mark.misconception or mark.note or mark.message}"
        for row in rows
        for id, mark in row.marks.items()
        if mark.status == FAILED or mark.note
    ]
    return "\n".join(lines + ([""] + said if said else []))


def as_csv(rows: Sequence[Row]) -> str:
    ids, page = columns(rows), io.StringIO()
    table = csv.writer(page, lineterminator="\n")
    table.writerow(["student", "notebook", "ran", *ids])
    for row in rows:
        marks = [str(row.marks.get(id, "")) for id in ids]
        table.writerow([_tame(cell) for cell in [row.student, row.notebook, row.ran, *marks]])
    return page.getvalue()


def _tame(cell: str) -> str:
    """A spreadsheet must not take a student's text for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell


def as_json(rows: Sequence[Row]) -> str:
    return json.dumps([asdict(row) for row in rows], indent=1, ensure_ascii=False)
