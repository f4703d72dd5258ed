"""Grading notebooks: run each from its first cell, check each answer, believe neither output.

Two things are asked of a notebook. Does it run, in a fresh kernel, within its time? And is each
answer right? For the second the stored outputs, the kernel and its variables count for nothing:
the definition is taken from the notebook's text, with the imports, definitions and assignments it
uses, into a process of its own (`worker`), called on freshly drawn inputs, and the values that come
back are judged here. Students' code runs with your rights; use a machine where it may.
"""

from __future__ import annotations

import secrets
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ..registry import exercises
from .answer import answers
from .mark import mark
from .notebook import code_cells, read_notebook
from .run import run as run_notebook
from .table import Row


def grade(
    paths: Sequence[str | Path],
    seconds: float = 600,
    jobs: int = 2,
    run: bool = True,
    seed: int | None = None,
    tell: Callable[[Row], object] | None = None,
) -> list[Row]:
    """A row for every notebook, whatever it does. Folders stand for the notebooks in them.

    seconds: for each run. jobs: how many at once. seed: of the inputs; a secret one where None.
    tell: called with each finished row.
    """
    notebooks = find(paths)
    rows = [
        Row(student, str(path))
        for student, path in zip(students(notebooks), notebooks, strict=True)
    ]
    seed = secrets.randbits(32) if seed is None else seed

    def work(row: Row) -> Row:
        try:
            _one(row, seconds, run, seed)
        except Exception as error:  # a row, not a crash
            row.ran = f"not graded: {type(error).__name__}: {error}"
        if tell:
            tell(row)
        return row

    with ThreadPoolExecutor(max(1, jobs)) as pool:
        return list(pool.map(work, rows))


def find(paths: Sequence[str | Path]) -> list[Path]:
    """Notebook files; folders are searched, checkpoints left out."""
    found: list[Path] = []
    for path in map(Path, paths):
        inside = sorted(path.rglob("*.ipynb")) if path.is_dir() else [path]
        found += [p for p in inside if ".ipynb_checkpoints" not in p.parts]
    return found


def students(notebooks: Sequence[Path]) -> list[str]:
    """The file's name, or its folder's where several folders hold files of one name."""
    stems = Counter(path.stem for path in notebooks)
    return [path.resolve().parent.name if stems[path.stem] > 1 else path.stem for path in notebooks]


def _one(row: Row, seconds: float, run: bool, seed: int) -> None:
    path = Path(row.notebook)
    try:
        cells = code_cells(read_notebook(path))
    except (OSError, ValueError) as error:
        row.ran = str(error)
        return
    with tempfile.TemporaryDirectory() as folder:
        for answer in {a.id: a for a in answers(cells)}.values():  # the last one counts
            if answer.id in exercises:
                row.marks[answer.id] = mark(cells, answer, path.parent, folder, seed)
        if run:
            row.ran = run_notebook(path, seconds, folder)
