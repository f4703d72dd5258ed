"""Where the student's library lies: the folder `mine` beside the record."""

from __future__ import annotations

from pathlib import Path

from .. import record


def folder() -> Path:
    return record.folder() / "mine"


def file(number: int) -> Path:
    """The page of a chapter."""
    return folder() / f"ch{number:02}.py"
