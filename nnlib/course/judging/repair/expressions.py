"""Edits of single expressions: parts left out, other counts and constants."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

import numpy as np

from .nodes import (
    LOAD,
    REDUCTIONS,
    Made,
    argument_named,
    attribute,
    call,
    called,
    module_of,
    name,
    number,
    value,
)
from .tree import Place, variables, weight


def deletions(place: Place, _: Any) -> Iterator[Made]:
    node = place.node
    if not isinstance(node, ast.expr) or place.stored:
        return
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            kind = "term" if isinstance(op, ast.Add | ast.Sub) else "factor"
            yield kind, left, weight(right), ("left", type(op), ast.unparse(right))
            yield kind, right, weight(left), ("right", type(op), ast.unparse(left))
        case ast.UnaryOp(op=op, operand=operand):
            yield "sign" if isinstance(op, ast.USub) else "comparison", operand, 1, "minus"
        case ast.Call(func=func, args=args, keywords=keywords):
            name = called(node)
            for arg in args:
                if not isinstance(arg, ast.Starred):
                    yield "call", arg, weight(node) - weight(arg), ("call", name)
            if isinstance(func, ast.Attribute) and not module_of(func.value):
                yield "call", func.value, weight(node) - weight(func.value), ("call", name)
            if len(args) + len(keywords) > 1 or name in REDUCTIONS:
                for i, arg in enumerate(args):
                    changes = ((node, "args", args[:i] + args[i + 1 :]),)
                    yield argument_named(name, i), changes, weight(arg), ("arg", name, i)
            for i, keyword in enumerate(keywords):
                kind = "axis" if keyword.arg in ("axis", "keepdims") else "argument"
                changes = ((node, "keywords", keywords[:i] + keywords[i + 1 :]),)
                yield kind, changes, weight(keyword.value), ("keyword", name, keyword.arg)
        case ast.Subscript(value=inner, slice=index):
            yield "index", inner, 1, ("whole", ast.unparse(index))
            if isinstance(index, ast.Tuple) and len(index.elts) > 1:
                for i in range(len(index.elts)):
                    rest = index.elts[:i] + index.elts[i + 1 :]
                    new = rest[0] if len(rest) == 1 else ast.Tuple(rest, LOAD)
                    yield "index", ((node, "slice", new),), 1 + weight(index.elts[i])
        case ast.Slice():
            for part in ("lower", "upper", "step"):
                if getattr(node, part) is not None:
                    yield "index", ((node, part, None),), weight(getattr(node, part))
        case ast.Attribute(value=inner, attr=attr) if not (
            place.field == "func" or module_of(inner)
        ):
            yield "transpose" if attr == "T" else "attribute", inner, 1, ("attribute", attr)
        case ast.JoinedStr(values=parts):
            for part in parts:
                if isinstance(part, ast.FormattedValue):
                    yield "call", part.value, 1
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield "condition", body, weight(test) + weight(orelse)
            yield "condition", orelse, weight(test) + weight(body)
        case ast.BoolOp(op=op, values=values):
            for i in range(len(values)):
                rest = values[:i] + values[i + 1 :]
                new = rest[0] if len(rest) == 1 else ast.BoolOp(op, rest)
                yield "condition", new, weight(values[i])
        case ast.Compare(left=left, comparators=[right]) if place.field not in ("test", "ifs"):
            yield "comparison", left, 4 + weight(right)
        case ast.Tuple(elts=elts) | ast.List(elts=elts) if elts:
            if len(elts) > 1:
                for i in range(len(elts)):
                    rest = elts[:i] + elts[i + 1 :]
                    yield "parts", ((node, "elts", rest),), weight(elts[i])
            for elt in elts if len(elts) < 4 else ():
                yield "brackets" if len(elts) == 1 else "parts", elt, weight(node) - weight(elt)
        case ast.ListComp(generators=[loop]) | ast.GeneratorExp(generators=[loop]):
            if len(loop.ifs) > 1:
                yield "condition", ((loop, "ifs", loop.ifs[:1]),), sum(map(weight, loop.ifs[1:]))


def counts(place: Place, _: Any) -> Iterator[Made]:
    """One step, one place too many or too few."""
    node = place.node
    if isinstance(node, ast.Call) and called(node) == "range" and not node.keywords:
        args, one = node.args, ast.Constant(1)
        if len(args) == 1:
            yield "count", ((node, "args", [one, args[0]]),), 1, "from 1"
            more = ast.BinOp(args[0], ast.Add(), one)
            yield "count", ((node, "args", [one, more]),), 2, "from 1 on"
            yield "count", call("range", call("len", args[0])), 1
        yield "order", call("reversed", node), 1
    elif isinstance(node, ast.Slice):
        one = ast.Constant(1)
        for part in ("lower", "upper", "step"):
            if getattr(node, part) is None:
                yield "index", ((node, part, one),), 1, part
                minus = ast.UnaryOp(ast.USub(), ast.Constant(1))
                yield "index", ((node, part, minus),), 1, (part, -1)
    if isinstance(node, ast.For):
        yield "order", ((node, "iter", call("reversed", node.iter)),), 1
        steps = call("range", call("len", node.iter))
        yield "count", ((node, "iter", steps),), 2
        if not isinstance(node.iter, ast.Call):
            yield "count", ((node, "iter", call("range", node.iter)),), 1
    if not value(place) or isinstance(node, ast.Constant | ast.Tuple):
        return
    inside = place.owner
    counted = isinstance(inside, ast.Slice | ast.Compare) or (
        isinstance(inside, ast.Subscript) and place.field == "slice"
    )
    counted = counted or (isinstance(inside, ast.Call) and called(inside) in ("range", "zeros"))
    counted = counted or (isinstance(inside, ast.BinOp) and isinstance(inside.op, ast.Pow))
    counted = counted or (isinstance(inside, ast.Tuple))
    if counted:
        for op in (ast.Add, ast.Sub):
            yield "count", ast.BinOp(node, op(), ast.Constant(1)), 1, ("one", op)


def constants(place: Place, borrowed: Any) -> Iterator[Made]:
    node = place.node
    if not isinstance(node, ast.Constant) or place.stored:
        return
    old = node.value
    if isinstance(old, bool):
        yield "constant", ast.Constant(not old), 1
    elif isinstance(old, int | float):
        tried = [old + 1, old - 1, -old, 0, 1, 2, 0.5, 2 * old, old / 2, *borrowed.numbers]
        tried += [old * old, float(old)] if abs(old) < 1e6 else []
        tried += [1 / old, old * 10, old / 10, np.sqrt(abs(old)).item()] if old else []
        seen = {(old, type(old))}
        for new in tried:
            new = int(new) if isinstance(old, int) and new == int(new) else new
            if (new, type(new)) not in seen:
                seen.add((new, type(new)))
                yield "constant", number(new), 1, (old, new)
        for other in variables(place.function):
            yield "constant", name(other), 2
            yield "constant", call("len", name(other)), 3
            for i in (0, 1):
                shape = ast.Subscript(attribute(name(other), "shape"), ast.Constant(i), LOAD)
                yield "constant", shape, 3
    elif isinstance(old, str):
        for new in borrowed.strings:
            if new != old:
                yield "constant", ast.Constant(new), 1, (old, new)
    elif old is None:
        for new in (0, 1, True):
            yield "constant", ast.Constant(new), 1
