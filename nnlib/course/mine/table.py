"""The table of what is whose: a row a chapter, the student's names first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..cards import BLANK_LOOK, NEUTRAL, PASSED_LOOK, Card, box, paragraph, wrap

Row = tuple[int, str, list[tuple[str, bool]]]  # chapter, title, (id, whether it is the student's)


def table(rows: Sequence[Row], folder: Path) -> Card:
    """The card that `mine` shows."""
    count = sum(own for _, _, here in rows for _, own in here)
    every = sum(len(here) for _, _, here in rows)
    head = f"{count} of {every} are yours"
    where = f"They stand in {folder}, a file a chapter. What is not yours yet is nnlib's."
    if not count:
        where = "An answer is yours when it passes. Until then everything here is nnlib's."
    lines, cells = [], []
    for number, title, here in rows:
        own = [id for id, theirs in here if theirs]
        rest = [id for id, theirs in here if not theirs]
        lines.append(f"{number:02}  {title}: {len(own)} of {len(here)}")
        for look, ids, who in ((PASSED_LOOK, own, "yours"), (BLANK_LOOK, rest, "nnlib's")):
            if ids:
                lines.append(wrap(f"{look[0]} {who}: {', '.join(ids)}", "    "))
        cells.append(_row(number, title, own, rest))
    key = f"{PASSED_LOOK[0]} yours &ensp; {BLANK_LOOK[0]} nnlib's"
    page = [
        f'<p style="margin:.2em 0"><b>Your library</b> · {head}</p>',
        f'<table style="margin:.3em 0;font-size:14px">{"".join(cells)}</table>',
        f'<p style="margin:.35em 0">{key}</p>',
        paragraph(where),
    ]
    text = "\n".join([f"Your library · {head}", *lines, wrap(where)])
    return Card(text, box(NEUTRAL, *page))


def _row(number: int, title: str, own: list[str], rest: list[str]) -> str:
    parts = [
        f"{look[0]} " + ", ".join(f"<code>{id}</code>" for id in ids)
        for look, ids in ((PASSED_LOOK, own), (BLANK_LOOK, rest))
        if ids
    ]
    count = f"{len(own)} of {len(own) + len(rest)}"
    columns = f"{number:02}", title, "<br>".join(parts), count
    style = "text-align:left;vertical-align:top"
    return "<tr>" + "".join(f'<td style="{style}">{column}</td>' for column in columns) + "</tr>"
