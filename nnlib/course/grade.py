"""Grading notebooks: run each from its first cell, check each answer, believe neither output.

Two things are asked of a notebook. Does it run, in a fresh kernel, within its time? And is each
answer right? For the second the stored outputs, the kernel and its variables count for nothing:
the definition is taken from the notebook's text, with the imports, definitions and assignments it
uses, into a process of its own (`worker`), called on freshly drawn inputs, and the values that come
back are judged here. Students' code runs with your rights; use a machine where it may.
"""

from __future__ import annotations

import ast
import asyncio
import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from .check import diagnose
from .exercise import Exercise
from .notebook import Answer, answers, code_cells, needed, read_notebook
from .registry import exercises
from .result import BLANK, FAILED, PASSED, Result
from .sandbox import attempt
from .source import blank_node
from .worker import decode_outcome

PACKAGE = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Mark:
    """One exercise of one student."""

    status: str  # "blank", "failed" or "passed"
    misconception: str = ""
    message: str = ""
    note: str = ""  # "uses nnlib's own"

    def __str__(self) -> str:
        said = f"{self.status}: {self.misconception}" if self.misconception else self.status
        return f"{said} ({self.note})" if self.note else said


@dataclass
class Row:
    """One notebook: whose it is, how it ran, and a mark for each exercise in it."""

    student: str
    notebook: str
    ran: str = "not run"
    marks: dict[str, Mark] = field(default_factory=dict)


def grade(
    paths: Sequence[str | Path],
    seconds: float = 600,
    jobs: int = 2,
    run: bool = True,
    seed: int | None = None,
    tell: Any = None,
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
            row.ran = asyncio.run(_run(path, seconds, folder))


# ------------------------------------------------------------------------------------ the answers


def mark(
    cells: list[str], answer: Answer, home: Path, folder: str, seed: int, patience: float = 40
) -> Mark:
    """Check one answer, from the notebook's text alone."""
    exercise = exercises[answer.id]
    left = blank_node(answer.node, exercise.reference)
    if left is not None:
        return Mark(BLANK, message=", ".join(left))
    request = {"exercise": answer.id, "seed": seed, "cells": cells, "folder": str(home.resolve())}
    # The answer's folder must not lend the worker its modules: an own `nnlib.py`, say.
    search = os.pathsep.join(filter(None, [str(PACKAGE), os.environ.get("PYTHONPATH", "")]))
    environment = {**os.environ, "PYTHONPATH": search, "NNLIB_PROGRESS_DIR": folder}
    try:
        process = subprocess.run(
            [sys.executable, "-m", "nnlib.course.worker"],
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=exercise.seconds + patience,
            cwd=folder,
            env=environment,
        )
        reply = json.loads(process.stdout)
    except subprocess.TimeoutExpired:
        return Mark(FAILED, message="It did not come to an end, and could not be interrupted.")
    except ValueError:
        return Mark(FAILED, message="Its process ended before it could answer.")
    if "unloadable" in reply:
        return Mark(FAILED, message=f"What it needs could not be run: {reply['unloadable']}")
    try:
        outcomes = [decode_outcome(data) for data in reply["outcomes"]]
        result = judge(exercise, outcomes, answer.node, seed)
    except (ValueError, KeyError, TypeError):  # a reply that is not ours
        return Mark(FAILED, message="Its process gave an answer that cannot be read.")
    known = result.misconception.name if result.misconception else ""
    borrowed = result.status == PASSED and borrows(cells, answer, exercise)
    note = "uses nnlib's own" if borrowed else ""
    return Mark(result.status, known, result.message, note)


def judge(exercise: Exercise, outcomes: list, node: Any, seed: int) -> Result:
    cases = exercise.all_cases(seed)
    return diagnose(exercise, cases, attempt(exercise, exercise.reference, cases), outcomes, node)


def borrows(cells: list[str], answer: Answer, exercise: Exercise) -> bool:
    """True where an answer calls nnlib's solution of itself instead of being one."""
    own = {exercise.reference.__name__, "reference", "stand_in"}
    imported: dict[str, str] = {}
    nodes = [node for _, node in needed(cells, answer)]
    for node in [inner for top in nodes for inner in ast.walk(top)]:
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "nnlib":
            imported |= {alias.asname or alias.name: alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            imported |= {
                (a.asname or a.name).split(".")[0]: "nnlib"
                for a in node.names
                if a.name.split(".")[0] == "nnlib"
            }
    for node in ast.walk(answer.node):
        if isinstance(node, ast.Name) and imported.get(node.id) in own:
            return True
        if isinstance(node, ast.Attribute) and node.attr in own:
            root = node
            while isinstance(root, ast.Attribute | ast.Subscript | ast.Call):
                root = root.func if isinstance(root, ast.Call) else root.value
            if isinstance(root, ast.Name) and root.id in imported:
                return True
    return False


# ------------------------------------------------------------------------------------- the run


async def _run(path: Path, seconds: float, folder: str) -> str:
    """Run a notebook in a fresh kernel: "ran", or what stopped it."""
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import DeadKernelError

    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=None,
        kernel_name="python3",
        allow_errors=True,
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.log.setLevel("CRITICAL")
    environment = {**os.environ, "NNLIB_PROGRESS_DIR": folder}
    started = time.monotonic()
    try:
        kernel = client.async_execute(env=environment, stderr=subprocess.DEVNULL)
        await asyncio.wait_for(kernel, seconds)
    except (asyncio.TimeoutError, DeadKernelError):  # noqa: UP041 - its own class before 3.11
        if time.monotonic() - started < seconds:
            return "the kernel died"
        return f"stopped after {seconds:g} s"
    return _first_error(notebook)


def _first_error(notebook: Any) -> str:
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for number, cell in enumerate(cells, 1):
        for output in cell.get("outputs", ()):
            expected = "raises-exception" in cell.metadata.get("tags", ())
            if output.output_type == "error" and not expected:
                said = f"{output.ename}: {output.evalue}".split("\n")[0]
                return f"error in code cell {number}: {said[:100]}"
    return "ran"


# ------------------------------------------------------------------------------------ the table


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
    import csv
    import io

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
