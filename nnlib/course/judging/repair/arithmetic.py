"""Edits of arithmetic: operators, signs, order, brackets, terms and sizes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from .functions import moved_inside, moved_outside
from .nodes import LOAD, Made, attribute, call, called, method, module_of, name, value
from .tree import Place, variables, weight

OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.MatMult, ast.Pow, ast.FloorDiv, ast.Mod)


COMPARISONS = (ast.Gt, ast.GtE, ast.Lt, ast.LtE, ast.Eq, ast.NotEq)


def signs(place: Place, _: Any) -> Iterator[Made]:
    """A minus, a `not`, where there is none."""
    node = place.node
    if value(place) and not isinstance(node, ast.Constant | ast.Tuple | ast.UnaryOp | ast.List):
        if isinstance(node, ast.Compare | ast.BoolOp):
            yield "comparison", ast.UnaryOp(ast.Not(), node), 1
        else:
            yield "sign", ast.UnaryOp(ast.USub(), node), 1


def operators(place: Place, _: Any) -> Iterator[Made]:
    node = place.node
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        old = type(node.ops[0])
        others = COMPARISONS
        if old in (ast.Is, ast.IsNot, ast.In, ast.NotIn):
            others = {
                ast.Is: (ast.Eq, ast.IsNot),
                ast.IsNot: (ast.NotEq, ast.Is),
                ast.In: (ast.NotIn,),
                ast.NotIn: (ast.In,),
            }[old]
        for new in others:
            if new is not old:
                yield "comparison", ((node, "ops", [new()]),), 1, (old, new)
    if isinstance(node, ast.BoolOp):
        other = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield "comparison", ((node, "op", other()),), 1
        bit = ast.BitAnd if isinstance(node.op, ast.And) else ast.BitOr
        if len(node.values) == 2:
            yield "element by element", ast.BinOp(node.values[0], bit(), node.values[1]), 1
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitXor):
        yield "operator", ((node, "op", ast.Pow()),), 1, "^"
    bits = (ast.BitAnd, ast.BitOr, ast.BitXor)
    if isinstance(node, ast.BinOp) and isinstance(node.op, bits):
        for new in bits:
            if not isinstance(node.op, new):
                yield "operator", ((node, "op", new()),), 1, (type(node.op), new)
    if isinstance(node, ast.BinOp) and isinstance(node.op, OPERATORS):
        old = type(node.op)
        for new in OPERATORS:
            if new is not old:
                rare = new in (ast.FloorDiv, ast.Mod)
                yield "operator", ((node, "op", new()),), 1 + 3 * rare, (old, new)


def orders(place: Place, _: Any) -> Iterator[Made]:
    node = place.node
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            if not isinstance(op, ast.Add | ast.Mult):
                yield "order", ((node, "left", right), (node, "right", left)), 1
            if isinstance(op, ast.MatMult):
                turned = attribute(right, "T"), attribute(left, "T")
                yield "order", ((node, "left", turned[0]), (node, "right", turned[1])), 2
        case ast.Call(func=func, args=args):
            for i in range(len(args)):
                for j in range(i + 1, len(args)):
                    swapped = list(args)
                    swapped[i], swapped[j] = args[j], args[i]
                    yield "order", ((node, "args", swapped),), 1, ("args", called(node), i, j)
            if isinstance(func, ast.Attribute) and len(args) == 1 and not module_of(func.value):
                changes = ((func, "value", args[0]), (node, "args", [func.value]))
                yield "order", changes, 1
        case ast.Tuple(elts=elts) | ast.List(elts=elts):
            for i in range(len(elts)):
                for j in range(i + 1, len(elts)):
                    swapped = list(elts)
                    swapped[i], swapped[j] = elts[j], elts[i]
                    yield "order", ((node, "elts", swapped),), 1, ("elts", len(elts), i, j)
        case ast.IfExp(body=body, orelse=orelse):
            yield "order", ((node, "body", orelse), (node, "orelse", body)), 1
            test = node.test
            yield "element by element", call("np.where", test, body, orelse), 2
        case ast.Subscript(value=ast.Subscript(slice=first), slice=second):
            yield "order", ((node.value, "slice", second), (node, "slice", first)), 1
    if isinstance(node, ast.If) and node.orelse:
        yield "order", ((node, "body", node.orelse), (node, "orelse", node.body)), 1


def brackets(place: Place, _: Any) -> Iterator[Made]:
    """`a / b * c` as `a / (b * c)`, and back; what stands in a call that should be outside."""
    node = place.node
    if not isinstance(node, ast.expr) or place.stored:
        return
    match node:
        case ast.BinOp(left=ast.BinOp(left=a, op=first, right=b), op=second, right=c):
            yield "brackets", ast.BinOp(a, first, ast.BinOp(b, second, c)), 1
    match node:
        case ast.BinOp(left=a, op=first, right=ast.BinOp(left=b, op=second, right=c)):
            yield "brackets", ast.BinOp(ast.BinOp(a, first, b), second, c), 1
    match node:
        case ast.BinOp(left=ast.UnaryOp(op=ast.USub() as minus, operand=a), op=op, right=b):
            yield "brackets", ast.UnaryOp(minus, ast.BinOp(a, op, b)), 1
        case ast.UnaryOp(op=minus, operand=ast.BinOp(left=a, op=op, right=b)):
            yield "brackets", ast.BinOp(ast.UnaryOp(minus, a), op, b), 1
    match node:  # `a + b * c` with the bracket round three at once
        case ast.BinOp(
            left=ast.BinOp(left=ast.BinOp(left=a, op=o, right=b), op=p, right=c), op=q, right=d
        ):
            yield "brackets", ast.BinOp(a, o, ast.BinOp(ast.BinOp(b, p, c), q, d)), 2
            yield "brackets", ast.BinOp(ast.BinOp(a, o, b), p, ast.BinOp(c, q, d)), 2
        case ast.Compare(left=ast.BinOp(left=a, op=op, right=b), ops=ops, comparators=right):
            yield "brackets", ast.BinOp(a, op, ast.Compare(b, ops, right)), 1
        case ast.BinOp(left=a, op=op, right=ast.Compare(left=b, ops=ops, comparators=right)):
            yield "brackets", ast.Compare(ast.BinOp(a, op, b), ops, right), 1
    match node:  # a factor of the one term that belongs to the other
        case ast.BinOp(left=ast.BinOp(left=a, op=first, right=b), op=second, right=c):
            yield "brackets", ast.BinOp(b, second, ast.BinOp(a, first, c)), 2
            yield "brackets", ast.BinOp(ast.BinOp(a, second, c), first, b), 2
        case ast.BinOp(left=a, op=first, right=ast.BinOp(left=b, op=second, right=c)):
            yield "brackets", ast.BinOp(b, second, ast.BinOp(a, first, c)), 2
    match node:
        case ast.BinOp(left=ast.Name() as func, op=ast.Mult(), right=right):
            yield "brackets", ast.Call(func, [right], []), 2
        case ast.Call(args=args) if len(args) > 1:
            for i in range(len(args) - 1):  # `np.zeros(n, k)`
                made = [*args[:i], ast.Tuple(args[i:], LOAD)]
                yield "brackets", ((node, "args", made),), 1, ("tuple", called(node))
        case ast.Call(args=[*args, ast.Tuple(elts=elts)]):
            yield "brackets", ((node, "args", [*args, *elts]),), 1, ("flat", called(node))
    yield from moved_outside(node)
    yield from moved_inside(node)


def swaps(place: Place, _: Any) -> Iterator[Made]:
    """Two small things of one statement in each other's place."""
    if not isinstance(place.node, ast.Return | ast.Assign | ast.AugAssign | ast.Expr):
        return
    small = []
    stack = [Place(place.node.value, place.node, "value", None, place, place.function)]
    while stack and place.node.value is not None and len(small) < 12:
        here = stack.pop()
        node = here.node
        if isinstance(node, ast.expr) and weight(node) < 4 and here.field not in ("func", "op"):
            if not isinstance(node, ast.Constant | ast.Slice | ast.Call) and not module_of(node):
                small.append(here)
            if not isinstance(node, ast.BinOp):
                continue
        for field, child in ast.iter_fields(node):
            several = isinstance(child, list)
            for i, inner in enumerate(child if several else [child]):
                if isinstance(inner, ast.expr | ast.keyword | ast.comprehension):
                    stack.append(
                        Place(inner, node, field, i if several else None, here, place.function)
                    )
    for i, one in enumerate(small):
        for other in small[:i]:
            if one.owner is other.owner or ast.unparse(one.node) == ast.unparse(other.node):
                continue
            if one.node in ast.walk(other.node) or other.node in ast.walk(one.node):
                continue
            yield "order", (one.put(other.node), other.put(one.node)), 2


def terms(place: Place, borrowed: Any) -> Iterator[Made]:
    """A term, a factor, an argument or a part of a result that is missing."""
    node = place.node
    names = variables(place.function)
    if isinstance(node, ast.Call) and called(node) in borrowed.makers:
        made = [*node.keywords, ast.keyword("dtype", name("float"))]
        yield "dtype", ((node, "keywords", made),), 1
    if isinstance(node, ast.Call):
        for other in names:
            yield "argument", ((node, "args", [*node.args, name(other)]),), 1
    if _summand(place):
        for op, constant in ((ast.Mult, 2), (ast.Div, 2), (ast.Pow, 2), (ast.Add, 1), (ast.Sub, 1)):
            if not isinstance(node, ast.Constant):
                kind = "term" if op in (ast.Add, ast.Sub) else "factor"
                yield kind, ast.BinOp(node, op(), ast.Constant(constant)), 1
        joined = [ast.Div, ast.Mult, ast.Sub, ast.Add]
        joined += [ast.MatMult] if borrowed.products else []
        plain = [name(other) for other in names] + borrowed.own(place.function)
        yield from _joined(node, plain + borrowed.fixed(), tuple(joined))


def sizes(place: Place, _: Any) -> Iterator[Made]:
    """`/ len(X)`, `- x.max()`: what belongs to a number of samples, or to their largest."""
    node = place.node
    if not _summand(place):
        return
    names = variables(place.function)[: len(place.function.args.args) + 2] if place.function else []
    lengths = [call("len", name(other)) for other in names]
    for other in names:
        shape = attribute(name(other), "shape")
        lengths += [ast.Subscript(shape, ast.Constant(i), LOAD) for i in (0, 1)]
    yield from _joined(node, lengths, (ast.Div, ast.Mult))
    for axis in (None, 0, 1):
        keep = {} if axis is None else {"axis": axis, "keepdims": True}
        for reduction in ("max", "mean"):
            term = method(node, reduction, **keep)
            yield "term", ast.BinOp(node, ast.Sub(), term), 3
        yield "factor", ast.BinOp(node, ast.Div(), method(node, "sum", **keep)), 3
    for other in names:
        mask = ast.Compare(name(other), [ast.Gt()], [ast.Constant(0)])
        yield "factor", ast.BinOp(node, ast.Mult(), mask), 3


def _summand(place: Place) -> bool:
    """An expression that something may be added to."""
    if not value(place) or isinstance(place.node, ast.Tuple | ast.List | ast.BoolOp):
        return False
    return not isinstance(place.owner, ast.Tuple | ast.Slice | ast.Subscript | ast.keyword) or (
        isinstance(place.owner, ast.Tuple) and place.above.field == "value"
    )


def _joined(node: ast.AST, terms: list[ast.AST], operators: tuple) -> Iterator[Made]:
    for term in terms:
        cost = weight(term)
        for op in operators:
            kind = "term" if op in (ast.Add, ast.Sub) else "factor"
            yield kind, ast.BinOp(node, op(), term), cost
            if op in (ast.Sub, ast.Div, ast.MatMult):
                yield kind, ast.BinOp(term, op(), node), cost
