"""Edits of statements: left out, moved in or out of a loop, `=` and `+=`, one before the other."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from .tree import Place, ours, variables, weight

Made = tuple[Any, ...]  # (kind, new node or changes, size, key, words)


def deletions(place: Place, _: Any) -> Iterator[Made]:
    node = place.node
    if not isinstance(node, ast.stmt) or isinstance(node, ast.FunctionDef | ast.ClassDef):
        return
    if place.index is None or isinstance(node, ast.Import | ast.ImportFrom):
        return
    one = ast.unparse(node).split("\n")[0]
    rest = [s for s in getattr(place.owner, place.field) if s is not node and not ours(s)]
    new = ast.Pass() if not rest else None
    if place.field != "orelse" or rest:
        yield "statement", new, weight(node), None, f"leave out `{one}`"
    if isinstance(node, ast.If):
        yield "condition", _instead(place, node.body), 1 + weight(node.test)
        if node.orelse:
            yield "condition", ((node, "orelse", []),), sum(map(weight, node.orelse))
            yield "condition", _instead(place, node.orelse), weight(node) // 2
    if isinstance(node, ast.Assign | ast.AugAssign) and isinstance(node.value, ast.Call):
        yield "assignment", ast.Expr(node.value), 2


def _instead(place: Place, body: list[ast.stmt]) -> tuple:
    items = list(getattr(place.owner, place.field))
    items[place.index : place.index + 1] = [s for s in body if not ours(s)]
    return ((place.owner, place.field, items),)


def moves(place: Place, _: Any) -> Iterator[Made]:
    node = place.node
    if isinstance(node, ast.stmt) and place.index is not None:
        yield from _indentation(place)
        yield from _neighbours(place)
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        target = node.targets[0]
        if not isinstance(target, ast.Tuple | ast.List):
            for op, sign in ((ast.Add(), "+="), (ast.Sub(), "-="), (ast.Mult(), "*=")):
                yield "assignment", ast.AugAssign(target, op, node.value), 1, sign
        if isinstance(target, ast.Name) and place.function:
            yield from _another_name(place, target)
    elif isinstance(node, ast.AugAssign):
        yield "assignment", ast.Assign([node.target], node.value), 1, "="
        if isinstance(node.target, ast.Name):
            value = ast.BinOp(ast.Name(node.target.id, ast.Load()), node.op, node.value)
            yield "in place", ast.Assign([node.target], value), 2, "new"
        for op in (ast.Add, ast.Sub, ast.Mult, ast.Div):
            if not isinstance(node.op, op):
                changes = ((node, "op", op()),)
                yield "operator", changes, 1, (type(node.op), op)
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        if place.index == len(getattr(place.owner, place.field)) - 1:
            yield "return", ast.Return(node.value), 1
    elif isinstance(node, ast.If):
        yield from _choice(place, node)


def _another_name(place: Place, target: ast.Name) -> Iterator[Made]:
    """`out = f(X)` as `X = f(X)`: there, or wherever the name stands."""
    alike = [n for n in ast.walk(place.function) if isinstance(n, ast.Name) and n.id == target.id]
    for other in variables(place.function):
        if other != target.id:
            yield "name", ((target, "id", other),), 1
            yield "name", tuple((n, "id", other) for n in alike), 2


def _choice(place: Place, node: ast.If) -> Iterator[Made]:
    """`if c: return a`, then `return b`, as one `np.where(c, a, b)`."""
    block = getattr(place.owner, place.field)
    after = node.orelse or block[place.index + 1 :]
    returns = [s for s in node.body if not ours(s)], [s for s in after if not ours(s)]
    if all(len(b) == 1 and isinstance(b[0], ast.Return) and b[0].value for b in returns):
        func = ast.Attribute(ast.Name("np", ast.Load()), "where", ast.Load())
        yes, no = (b[0].value for b in returns)
        made = ast.Return(ast.Call(func, [node.test, yes, no], []))
        items = (
            block[: place.index] + [made] + ([] if not node.orelse else block[place.index + 1 :])
        )
        yield "element by element", ((place.owner, place.field, items),), 3


def _indentation(place: Place) -> Iterator[Made]:
    """A statement out of the block it ends or begins, or into the block before or after it."""
    owner, node = place.owner, place.node
    block = getattr(owner, place.field)
    one = ast.unparse(node).split("\n")[0]
    own = [s for s in block if not ours(s)]
    outer = place.above
    if isinstance(owner, ast.For | ast.While | ast.If | ast.With) and outer.index is not None:
        around = list(getattr(outer.owner, outer.field))
        left = [s for s in block if s is not node]
        where = around.index(owner)
        what = {ast.If: "`if`", ast.With: "`with`"}.get(type(owner), "loop")
        if len(own) > 1 and node is own[-1]:
            after = [*around[: where + 1], node, *around[where + 1 :]]
            changes = ((owner, place.field, left), (outer.owner, outer.field, after))
            yield "indentation", changes, 1, None, f"move `{one}` out of the {what}, after it"
        if len(own) > 1 and not isinstance(node, ast.Return | ast.Break | ast.Continue):
            before = [*around[:where], node, *around[where:]]
            changes = ((owner, place.field, left), (outer.owner, outer.field, before))
            yield "indentation", changes, 1, None, f"move `{one}` in front of the {what}"
    if place.index:
        inner = block[place.index - 1]
        if isinstance(inner, ast.For | ast.While | ast.If) and not isinstance(node, ast.Return):
            left = [s for s in block if s is not node]
            changes = ((owner, place.field, left), (inner, "body", [*inner.body, node]))
            yield "indentation", changes, 1, None, f"move `{one}` into the block above it"
    if place.index is not None and place.index + 1 < len(block):
        inner = block[place.index + 1]
        if isinstance(inner, ast.For | ast.While) and isinstance(node, ast.Assign):
            left = [s for s in block if s is not node]
            changes = ((owner, place.field, left), (inner, "body", [node, *inner.body]))
            yield "indentation", changes, 1, None, f"move `{one}` into the loop below it"


def _neighbours(place: Place) -> Iterator[Made]:
    block = list(getattr(place.owner, place.field))
    i = place.index
    if i + 1 < len(block) and not isinstance(place.node, ast.FunctionDef):
        block[i], block[i + 1] = block[i + 1], block[i]
        first, second = (ast.unparse(s).split("\n")[0] for s in (block[i], block[i + 1]))
        words = f"`{first}` before `{second}`"
        yield "order", ((place.owner, place.field, block),), 2, None, words


def insertions(place: Place, borrowed: Any) -> Iterator[Made]:
    """A `return` that is missing; something a later method needs and nobody kept."""
    node = place.node
    if not isinstance(node, ast.FunctionDef):
        return
    names = variables(node)
    own = borrowed.own(node)
    arguments = node.args
    if len(arguments.defaults) < len(arguments.args):
        for default in (1, 0, None):
            made = [ast.Constant(default), *arguments.defaults]
            last = arguments.args[-len(made)].arg
            words = f"`{last}={default}` among the arguments, or none of that name"
            yield "argument", ((arguments, "defaults", made),), 1, None, words
    body = list(node.body)
    last = body[-1]
    if not isinstance(last, ast.Return):
        made = [ast.Name(n, ast.Load()) for n in names] + own
        for value in made:
            words = f"end with `return {ast.unparse(value)}`"
            new = [*body, ast.Return(value)]
            yield "return", ((node, "body", new),), 1, None, words
    if isinstance(place.owner, ast.ClassDef):
        kept = {ast.unparse(n) for n in ast.walk(place.owner) if _kept(n)}
        start = next((i for i, s in enumerate(body) if not ours(s) and not _doc(s)), 0)
        for target in own:
            if ast.unparse(target) in kept:
                continue
            for name in [*names[1:], "[]", "{}", "0.0", "None"]:
                end = len(body) - isinstance(last, ast.Return)
                text = f"`{ast.unparse(target)} = {name}` is missing"
                for i in sorted({start, end}):
                    to = ast.Attribute(target.value, target.attr, ast.Store())
                    line = ast.Assign([to], _bare(ast.parse(name, mode="eval").body))
                    new = [*body[:i], line, *body[i:]]
                    yield "missing line", ((node, "body", new),), 1, None, text


def _bare(node: ast.AST) -> ast.AST:
    for inner in ast.walk(node):
        inner.__dict__.pop("lineno", None)
    return node


def _kept(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)


def _doc(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
