"""The cells that were run: for what only the notebook's own statements can make again."""

from __future__ import annotations

import ast
import linecache
from collections.abc import Iterator, Mapping
from typing import Any

from .names import fills, gives, loads

LIMIT = 400  # characters of a statement that stands for a value


def ran(space: Mapping[str, Any]) -> Iterator[tuple[str, ast.stmt]]:
    """Every top-level statement that was run here, with its text, in the order of the runs."""
    texts = space.get("In")
    if not isinstance(texts, list):
        texts = ["".join(linecache.getlines(str(space.get("__file__", ""))))]
    for text in texts:
        try:
            body = ast.parse(text).body
        except (SyntaxError, ValueError):
            continue
        for node in body:
            yield ast.get_source_segment(text, node) or "", node


def last(space: Mapping[str, Any], name: str) -> str:
    """The last class of this name."""
    found = [t for t, node in ran(space) if isinstance(node, ast.ClassDef) and node.name == name]
    return found[-1] if found else ""


def making(space: Mapping[str, Any], name: str) -> list[str]:
    """The statements that made what a name holds: the last one, and those before that it needs."""
    chosen: list[str] = []
    everything = [one for one in ran(space) if name in gives(one[1]) | fills(one[1])]
    for text, node in reversed(everything):
        if name in fills(node):
            chosen.append(text)
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            break
        plain = isinstance(node, ast.Assign | ast.AnnAssign) and len(text) <= LIMIT
        if not plain and not isinstance(node, ast.FunctionDef | ast.ClassDef):
            return []
        if not plain:
            text = _with_decorators(text, node)
        chosen.append(text)
        if name not in loads(node) or isinstance(node, ast.FunctionDef | ast.ClassDef):
            break
    return chosen[::-1]


def _with_decorators(text: str, node: Any) -> str:
    above = [one for one in map(ast.unparse, node.decorator_list) if "exercise(" not in one]
    return "\n".join([*(f"@{one}" for one in above), text])


def attached(space: Mapping[str, Any], name: str, kind: type) -> list[str]:
    """The statements that gave a class more than its own text says, the last for each."""
    found: dict[str, str] = {}
    for text, node in ran(space):
        targets = _targets(node, name)
        if _gives_by_name(node, name) or (targets and all(t in vars(kind) for t in targets)):
            key = ",".join(targets) or text
            found.pop(key, None)
            found[key] = text
    return list(found.values())


def _targets(node: ast.stmt, name: str) -> list[str]:
    """The attributes of a class that a statement sets; none where it sets something else too."""
    if isinstance(node, ast.Assign):
        flat: list[ast.expr] = []
        for target in node.targets:
            flat += target.elts if isinstance(target, ast.Tuple | ast.List) else [target]
        on = [t for t in flat if isinstance(t, ast.Attribute) and _is(t.value, name)]
        return [t.attr for t in on] if len(on) == len(flat) else []
    return []


def _gives_by_name(node: ast.stmt, name: str) -> bool:
    """`for name, op in ...: setattr(Tensor, name, op)`"""
    calls = [n for n in ast.walk(node) if isinstance(n, ast.Call) and _is(n.func, "setattr")]
    on_class = bool(calls) and all(call.args and _is(call.args[0], name) for call in calls)
    return on_class and isinstance(node, ast.For | ast.Expr)


def _is(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name
