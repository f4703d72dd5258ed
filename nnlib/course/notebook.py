"""Notebooks as data: their code, the exercises in it, and what one answer needs to run."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .source import first_line

MAGIC = re.compile(r"^(\s*)([%!?].*|.*[^=!<>'\"#]\?)$")


@dataclass(frozen=True)
class Answer:
    """A decorated definition in a notebook: its exercise, its cell and its place in it."""

    id: str
    name: str
    cell: int  # among the code cells given
    node: ast.FunctionDef | ast.ClassDef


def read_notebook(path: str | Path) -> dict[str, Any]:
    """The notebook's JSON. Raises ValueError where the file is not a notebook."""
    try:
        notebook = json.loads(Path(path).read_text(encoding="utf-8"))
        cells = notebook["cells"]
        assert isinstance(cells, list) and all("cell_type" in cell for cell in cells)
    except (UnicodeDecodeError, json.JSONDecodeError, KeyError, TypeError, AssertionError):
        raise ValueError(f"{path} is not a notebook that can be read") from None
    return notebook


def code_cells(notebook: Mapping[str, Any]) -> list[str]:
    """The text of every code cell."""
    return [source(cell) for cell in notebook["cells"] if cell["cell_type"] == "code"]


def source(cell: Mapping[str, Any]) -> str:
    text = cell.get("source", "")
    return text if isinstance(text, str) else "".join(text)


def parse(text: str) -> ast.Module:
    """The cell's syntax tree, magics left out; an empty one where it does not parse."""
    if text.startswith("%%"):
        return ast.Module([], [])
    lines = [MAGIC.sub(r"\1pass", line) for line in text.split("\n")]
    for candidate in (text, "\n".join(lines)):
        try:
            return ast.parse(candidate)
        except SyntaxError:
            continue
    return ast.Module([], [])


def answers(cells: Sequence[str]) -> Iterator[Answer]:
    """Every definition under `@exercise("id")`, in order."""
    for number, text in enumerate(cells):
        for node in parse(text).body:
            id = exercise_id(node)
            if id is not None:
                yield Answer(id, node.name, number, node)


def exercise_id(node: ast.AST) -> str | None:
    """The "id" of `@exercise("id")` above a definition, or None."""
    ids = map(_id_in, getattr(node, "decorator_list", ()))
    return next((id for id in ids if id is not None), None)


def _id_in(decorator: ast.expr) -> str | None:
    match decorator:
        case ast.Call(
            func=ast.Name(id="exercise") | ast.Attribute(attr="exercise"),
            args=[ast.Constant(value=str() as id)],
        ):
            return id
    return None


# ---------------------------------------------------------------------------- an answer by itself


def needed(cells: Sequence[str], answer: Answer) -> list[tuple[int, ast.stmt]]:
    """The top-level statements that an answer needs, as (cell, statement), in order.

    Imports, definitions and assignments of the names it uses, and of the names these use. Nothing
    else of the notebook is taken: a statement that assigns to an attribute or only calls something
    has no part in an answer.
    """
    statements = [(i, node) for i, text in enumerate(cells) for node in parse(text).body]
    chosen: set[int] = set()
    wanted, done = _used(answer.node) | {"*"}, set()
    while wanted - done:
        name = (wanted - done).pop()
        done.add(name)
        for place, (_, node) in enumerate(statements):
            if place in chosen or exercise_id(node) == answer.id or name not in _bound(node):
                continue
            chosen.add(place)
            if exercise_id(node) is None:
                wanted |= _used(node)
    return [statements[place] for place in sorted(chosen)] + [(answer.cell, answer.node)]


def _used(node: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}


def _bound(node: ast.stmt) -> set[str]:
    """The names a top-level statement gives a value."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return {node.name}
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {(a.asname or a.name).split(".")[0] for a in node.names}
    if isinstance(node, ast.Expr):
        return set()
    names = [inner for inner in ast.walk(node) if isinstance(inner, ast.Name)]
    return {name.id for name in names if isinstance(name.ctx, ast.Store)}


def undecorated(node: ast.stmt) -> ast.stmt:
    """The definition without `@exercise(...)`; its lines keep their numbers."""
    node.decorator_list = [d for d in node.decorator_list if _id_in(d) is None]
    return node


def lines_of(node: ast.AST) -> tuple[int, int]:
    """First and last line, decorators included, counted from 1."""
    return first_line(node), node.end_lineno
