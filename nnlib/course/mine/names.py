"""Names in a text: which it needs, which at once when it is run, and which it gives."""

from __future__ import annotations

import ast
import symtable
from functools import lru_cache


@lru_cache(maxsize=256)
def free(text: str) -> tuple[str, ...]:
    """The names that a text takes from outside, in alphabetical order."""
    found: set[str] = set()
    top = symtable.symtable(text, "<answer>", "exec")
    given = {s.get_name() for s in top.get_symbols() if s.is_assigned() or s.is_imported()}
    walk = [top]
    while walk:
        table = walk.pop()
        walk += table.get_children()
        for symbol in table.get_symbols():
            outside = table is top or symbol.is_global()
            if outside and symbol.is_referenced():
                found.add(symbol.get_name())
    own = {node.name for node in ast.parse(text).body if isinstance(node, DEFINITIONS)}
    again = _before_given(text, given - own)
    return tuple(sorted(found - own - (given - again)))


DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def _before_given(text: str, given: set[str]) -> set[str]:
    """Of the names that a text gives, those it needs first: `f = wrapped(f)`."""
    needed: set[str] = set()
    seen: set[str] = set()
    for node in ast.parse(text).body:
        if isinstance(node, ast.For):  # its targets are there before its body
            needed |= (loads(node.iter) & given) - seen
            seen |= gives(ast.Expr(node.target))
        needed |= (loads(node) & given) - seen
        seen |= gives(node)
    return needed


def loads(node: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}


def gives(node: ast.AST) -> set[str]:
    """The names that a statement binds."""
    if isinstance(node, DEFINITIONS):
        return {node.name}
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {(a.asname or a.name).split(".")[0] for a in node.names}
    names = [n for n in ast.walk(node) if isinstance(n, ast.Name)]
    return {n.id for n in names if isinstance(n.ctx, ast.Store)}


def fills(node: ast.stmt) -> set[str]:
    """The name that a statement puts an entry into: `table["sub"] = subtract`."""
    targets = node.targets if isinstance(node, ast.Assign) else []
    inside = [t.value for t in targets if isinstance(t, ast.Subscript)]
    return {t.id for t in inside if isinstance(t, ast.Name)}


def at_once(node: ast.stmt) -> set[str]:
    """The names that must be there when a statement runs: bases, decorators, defaults, values."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        now = [*node.decorator_list, *node.args.defaults, *node.args.kw_defaults]
        return set().union(*(loads(part) for part in now if part))
    if isinstance(node, ast.ClassDef):
        first = [*node.decorator_list, *node.bases, *(k.value for k in node.keywords)]
        inner = [at_once(part) for part in node.body]
        return set().union(*(loads(part) for part in first), *inner)
    return set(free(ast.unparse(node)))  # not what a comprehension names for itself
