"""A definition's syntax tree as places: each node with where it hangs and what is known there."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Any

TICK = "_nnlib_tick"  # the name of the counter that is put into loops

LEFT_ALONE = {  # of a node's fields, those that hold no code of the answer's own
    "decorator_list",
    "annotation",
    "returns",
    "type_params",
    "bases",
}


@dataclass(eq=False)
class Place:
    """A node, the field of its owner that holds it, and the function it stands in."""

    node: ast.AST
    owner: ast.AST
    field: str
    index: int | None  # in a list
    above: Place | None
    function: ast.FunctionDef | None

    def put(self, new: Any) -> tuple[ast.AST, str, Any]:
        """The change that sets `new` in this node's stead; None takes it out of its list."""
        if self.index is None:
            return self.owner, self.field, new
        items = list(getattr(self.owner, self.field))
        items[self.index : self.index + 1] = [] if new is None else [new]
        return self.owner, self.field, items

    @property
    def stored(self) -> bool:
        """True for the target of an assignment."""
        return isinstance(getattr(self.node, "ctx", None), ast.Store | ast.Del)

    @property
    def statement(self) -> ast.AST:
        place = self
        while not isinstance(place.node, ast.stmt) and place.above:
            place = place.above
        return place.node

    def around(self) -> ast.AST:
        """What to show for it: a name, a number or an operator alone says nothing."""
        place = self
        while place.above and not isinstance(place.node, ast.stmt):
            if weight(place.node) > 2 and place.field != "func" and hasattr(place.node, "lineno"):
                break
            place = place.above
        return place.node


def ours(node: ast.AST) -> bool:
    """True for what the search itself put into the tree."""
    return getattr(node, "ours", False)


def places(root: ast.AST) -> list[Place]:
    """Every expression and statement of a definition, outermost first, in the order of its text."""
    found: list[Place] = []
    stack = [Place(root, root, "", None, None, None)]
    while stack:
        place = stack.pop()
        node = place.node
        if place.above:
            found.append(place)
        inside = node if isinstance(node, ast.FunctionDef) else place.function
        below = []
        for field, value in ast.iter_fields(node):
            if field in LEFT_ALONE:
                continue
            several = isinstance(value, list)
            for index, child in enumerate(value if several else [value]):
                if not isinstance(child, ast.AST) or ours(child) or _text(child):
                    continue
                below.append(Place(child, node, field, index if several else None, place, inside))
        stack += reversed(below)
    return [p for p in found if isinstance(p.node, ast.expr | ast.stmt) and _open(p)]


def _text(node: ast.AST) -> bool:
    """A docstring, or what makes one up."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return isinstance(node.value.value, str)
    return isinstance(node, ast.expr_context | ast.operator | ast.cmpop | ast.boolop | ast.unaryop)


def _open(place: Place) -> bool:
    """False inside an f-string or a `raise`: words to people."""
    while place.above:
        if isinstance(place.above.node, ast.JoinedStr | ast.Raise):
            return False
        place = place.above
    return True


def weight(node: ast.AST) -> int:
    """How much there is of it: its names, constants, operators and calls."""
    return sum(isinstance(inner, ast.expr | ast.stmt) for inner in ast.walk(node))


def variables(function: ast.FunctionDef | None) -> list[str]:
    """The names a function binds: its arguments first, then its own."""
    if function is None:
        return []
    a = function.args
    names = [x.arg for x in [*a.posonlyargs, *a.args, *a.kwonlyargs]]
    names += [x.arg for x in (a.vararg, a.kwarg) if x]
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.append(node.id)
        elif isinstance(node, ast.arg):
            names.append(node.arg)
    return list(dict.fromkeys(names))


def at(new: Any, old: ast.AST) -> Any:
    """`new`, with the position of `old` wherever it has none of its own."""
    stack = [new]
    while stack:
        node = stack.pop()
        if hasattr(node, "lineno") or not isinstance(node, ast.AST):
            continue
        if "lineno" in node._attributes:
            node.lineno, node.col_offset = old.lineno, old.col_offset
            node.end_lineno, node.end_col_offset = old.end_lineno, old.end_col_offset
        stack += ast.iter_child_nodes(node)
    return new


def fragment(node: ast.AST, lines: tuple[str, ...], width: int = 60) -> str:
    """The node as it is written in the student's text, on one line."""
    text = ""
    if 0 < getattr(node, "lineno", 0) <= len(lines):
        first = lines[node.lineno - 1].encode()
        if isinstance(node, ast.stmt) or node.end_lineno != node.lineno:
            text = first[node.col_offset :].decode(errors="replace").split("  #")[0].strip()
        else:
            text = first[node.col_offset : node.end_col_offset].decode(errors="replace")
    text = " ".join((text or ast.unparse(node)).split())
    return text if len(text) <= width else text[: width - 4].rstrip() + " ..."


def written(root: ast.AST) -> int:
    """How much code a definition holds: the weight of what is neither a docstring nor ours."""
    functions = [n for n in ast.walk(root) if isinstance(n, ast.FunctionDef)]
    bodies = [s for f in functions for s in f.body if not ours(s) and not _text(s)]
    return max(1, sum(map(weight, bodies)))


def spoken(node: ast.AST) -> str:
    """The node as Python writes it, on one line, without the counters of the search."""
    lines = [s for s in ast.unparse(node).split("\n") if s.strip() != f"{TICK}()"]
    text = " ".join(lines[0].split()) if lines else ""
    return text.replace(f" if {TICK}()", "")
