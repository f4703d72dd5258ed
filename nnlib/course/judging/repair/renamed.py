"""Pieces of the reference in the student's own names."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable


def inlined_values(function: ast.FunctionDef) -> dict[str, ast.expr]:
    """The locals that are given a value once, by a plain assignment."""
    found: dict[str, ast.expr] = {}
    stores = [n.id for n in ast.walk(function) if isinstance(n, ast.Name) and _stores(n)]
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            if stores.count(name) == 1 and name not in argument_names(function):
                found[name] = node.value
    return found


def _stores(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Store)


class Inline(ast.NodeTransformer):
    def __init__(self, values: dict[str, ast.expr], depth: int = 0):
        self.values, self.depth = values, depth

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id in self.values and isinstance(node.ctx, ast.Load) and self.depth < 4:
            deeper = Inline(self.values, self.depth + 1)
            return deeper.visit(copy.deepcopy(self.values[node.id]))
        return node


class Renamed:
    """The reference's names as the answer's: its arguments by their place, its globals by value."""

    def __init__(self, names: dict[str, str], find: Callable[[str], str | None], bound: set[str]):
        self.names, self.find, self.bound = names, find, bound

    def of(self, node: ast.AST) -> ast.AST | None:
        made = copy.deepcopy(node)
        inside = {n.id for n in ast.walk(made) if isinstance(n, ast.Name) and _stores(n)}
        for inner in ast.walk(made):
            if isinstance(inner, ast.arg):
                return None
            if isinstance(inner, ast.Name) and inner.id not in inside:
                new = self.names.get(inner.id) or self.find(inner.id)
                new = new or (inner.id if inner.id in self.bound else None)
                if new is None and not isinstance(node, ast.stmt):
                    return None
                inner.id = new or inner.id
            elif isinstance(inner, ast.Name) and inner.id in self.names:
                inner.id = self.names[inner.id]
        return made


def bared(node: ast.AST) -> ast.AST:
    """Without positions: it gets those of the student's code that it is put into."""
    for inner in ast.walk(node):
        for name in ("lineno", "col_offset", "end_lineno", "end_col_offset"):
            inner.__dict__.pop(name, None)
    return node


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def argument_names(function: ast.FunctionDef) -> list[str]:
    a = function.args
    return [x.arg for x in [*a.posonlyargs, *a.args, *a.kwonlyargs]]
