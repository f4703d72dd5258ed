"""The answers in a notebook: where they stand, and what each needs to run by itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..description import Exercise
from ..judging.source import first_line, last_line
from .notebook import parse

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Answer:
    """A decorated definition in a notebook: its exercise, its cell and its place in it."""

    id: str
    name: str
    cell: int  # among the code cells given
    node: Definition


def answers(cells: Sequence[str]) -> Iterator[Answer]:
    """Every definition under `@exercise("id")`, in order."""
    for number, text in enumerate(cells):
        for node in parse(text).body:
            id = exercise_id(node)
            if id is not None and isinstance(node, Definition):
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
    done: set[str] = set()
    wanted = _used(answer.node) | {"*"}
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


def undecorated(node: Definition) -> Definition:
    """The definition without `@exercise(...)`; its lines keep their numbers."""
    node.decorator_list = [d for d in node.decorator_list if _id_in(d) is None]
    return node


def lines_of(node: Definition) -> tuple[int, int]:
    """First and last line, decorators included, counted from 1."""
    return first_line(node), last_line(node)


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
            root: ast.expr = node
            while isinstance(root, ast.Attribute | ast.Subscript | ast.Call):
                root = root.func if isinstance(root, ast.Call) else root.value
            if isinstance(root, ast.Name) and root.id in imported:
                return True
    return False
