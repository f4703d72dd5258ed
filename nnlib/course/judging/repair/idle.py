"""How much of a function does nothing: what is computed and never used, what no call can reach.

A change that leaves the student's own lines idle has not mended them, it has gone round them.
"""

from __future__ import annotations

import ast

from .tree import ours, weight


def idle(root: ast.AST) -> int:
    """The weight of a definition's statements that have no effect on what it returns."""
    functions = [n for n in ast.walk(root) if isinstance(n, ast.FunctionDef)]
    return sum(map(_idle, functions))


def _idle(function: ast.FunctionDef) -> int:
    simple = [n for n in ast.walk(function) if isinstance(n, ast.stmt) and not _block(n)]
    loads = {id(s): _loaded(s) for s in simple}
    headers = [_loaded(h) for n in ast.walk(function) if _block(n) for h in _headers(n)]
    arguments = {a.arg for a in ast.walk(function.args) if isinstance(a, ast.arg)}
    dead = _unreachable(function)
    while True:
        used = set(arguments).union(*headers, *(loads[id(s)] for s in simple if id(s) not in dead))
        more = {
            id(s)
            for s in simple
            if id(s) not in dead and (names := _written(s)) and not names & used
        }
        if not more:
            lost = [s for s in simple if id(s) in dead]
            return sum(map(weight, lost)) + _unused_steps(function, used)
        dead |= more


def _unused_steps(function: ast.FunctionDef, used: set[str]) -> int:
    """Loops whose variable nobody looks at: they only count."""
    loops = [n for n in ast.walk(function) if isinstance(n, ast.For | ast.comprehension)]
    return sum(
        2 + weight(loop.iter)
        for loop in loops
        if not used & {n.id for n in ast.walk(loop.target) if isinstance(n, ast.Name)}
    )


def _block(node: ast.AST) -> bool:
    return isinstance(getattr(node, "body", None), list)


def _headers(node: ast.AST) -> list[ast.AST]:
    """What a block computes before its body: a loop's iterable, an `if`'s test."""
    found = [getattr(node, name, None) for name in ("iter", "test")]
    return [n for n in (*found, *getattr(node, "items", ())) if n is not None]


def _written(statement: ast.stmt) -> set[str]:
    """The names that a statement changes, where it does nothing else."""
    targets = []
    if isinstance(statement, ast.Assign):
        targets = [e for t in statement.targets for e in getattr(t, "elts", [t])]
    elif isinstance(statement, ast.AugAssign):
        targets = [statement.target]
    elif isinstance(statement, ast.Expr) and not ours(statement):  # `out.append(x)`
        func = getattr(statement.value, "func", None)
        targets = [func.value] if isinstance(func, ast.Attribute) else []
    names = set()
    for target in targets:
        while isinstance(target, ast.Subscript):
            target = target.value
        if not isinstance(target, ast.Name):
            return set()
        names.add(target.id)
    return names


def _loaded(statement: ast.AST) -> set[str]:
    """The names whose values a statement uses for something other than to change them."""
    own = _written(statement) if isinstance(statement, ast.stmt) else set()
    names = {
        n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)
    }
    return names - own


def _unreachable(function: ast.FunctionDef) -> set[int]:
    dead: set[int] = set()
    for node in ast.walk(function):
        for field in ("body", "orelse"):
            block = getattr(node, field, None)
            ended = False
            for statement in block if isinstance(block, list) else ():
                if ended:
                    dead |= {id(n) for n in ast.walk(statement) if isinstance(n, ast.stmt)}
                ended = ended or isinstance(statement, ast.Return | ast.Raise)
    return dead
