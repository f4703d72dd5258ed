"""Edits of calls: another function of the same family, a call left out, put in or put around."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

import numpy as np

from .nodes import (
    LOAD,
    REDUCTIONS,
    Made,
    argument_of,
    attribute,
    call,
    called,
    method,
    module_of,
    name,
    number,
    value,
)
from .tree import Place, variables

FAMILIES = [
    set(family.split())
    for family in (
        "sum mean prod max min std var median cumsum norm average len",
        "argmax argmin max min argsort",
        "maximum minimum max min fmax fmin where",
        "dot multiply outer matmul inner vdot",
        "zeros ones empty full eye identity",
        "zeros_like ones_like empty_like full_like zeros",
        "exp log expm1 log1p log2 log10 exp2 sqrt square abs tanh",
        "sqrt square cbrt abs",
        "sin cos tan tanh sinh cosh arctan sinc",
        "floor ceil round rint trunc int float abs",
        "uniform normal standard_normal random integers rand randn",
        "permutation shuffle choice permuted",
        "append extend add insert",
        "hstack vstack column_stack row_stack concatenate stack append",
        "argsort sort sorted argmax",
        "greater greater_equal less less_equal equal not_equal",
        "solve lstsq inv pinv",
        "ravel flatten squeeze copy reshape transpose",
        "items keys values",
        "add subtract multiply divide true_divide floor_divide power",
        "any all sum",
        "list tuple set sorted reversed array asarray",
        "range enumerate reversed zip",
        "abs absolute fabs sign negative",
        "linspace arange range",
        "maximum abs clip relu",
        "repeat tile",
        "relu sigmoid tanh softmax leaky_relu gelu log_softmax",
        "train eval",
        "float32 float64 float int uint8 int64",
    )
]


TO_NUMPY = {"abs": "abs", "max": "maximum", "min": "minimum", "sum": "sum", "round": "round"}


def siblings(place: Place, borrowed: Any) -> Iterator[Made]:
    """Another function or name: sum and mean, zeros and ones, `X` and `y`; `.T`, `.grad`."""
    node = place.node
    if isinstance(node, ast.Attribute) and not place.stored:
        others = {o for f in FAMILIES if node.attr in f for o in f}
        if isinstance(node.value, ast.Name) and node.value.id in ("np", "numpy", "math"):
            others = {o for o in others if hasattr(np, o)}
        if place.field != "func":
            others |= borrowed.attributes
        if place.field == "func" and not module_of(node.value):
            others |= borrowed.methods
        for other in sorted(others - {node.attr}):
            kind = "function" if place.field == "func" else "attribute"
            yield kind, ((node, "attr", other),), 1, (node.attr, other)
    elif isinstance(node, ast.Call) and len(node.args) < 4:
        free = [a for a in node.args if not isinstance(a, ast.Starred | ast.Constant)]
        for other in [*variables(place.function), *sorted(borrowed.functions)]:
            if other in borrowed.called and other != called(node):
                for arg in free:
                    yield "function", call(other, arg), 2
    elif isinstance(node, ast.Attribute):
        for other in sorted(borrowed.attributes - {node.attr}):
            yield "attribute", ((node, "attr", other),), 1
    elif isinstance(node, ast.Name) and place.field == "func":
        if node.id in TO_NUMPY:
            yield "function", attribute(name("np"), TO_NUMPY[node.id]), 1, "np"
        others = {o for f in FAMILIES if node.id in f for o in f} & borrowed.known
        for other in sorted((others | borrowed.functions) - {node.id}):
            yield "function", ((node, "id", other),), 1, (node.id, other)
    elif isinstance(node, ast.Name) and not place.stored:
        if node.id == "math":
            yield "function", ((node, "id", "np"),), 1, "math"
            return
        others = list(variables(place.function))
        if node.id in borrowed.functions or node.id not in others:
            others += sorted(borrowed.functions)
        for other in others:
            if other != node.id and not module_of(node):
                yield "name", ((node, "id", other),), 1, (node.id, other)
        if value(place):
            for made in borrowed.own(place.function):
                yield "name", made, 2, (node.id, ast.unparse(made))
    if value(place) and isinstance(
        node, ast.Name | ast.Attribute | ast.Subscript | ast.Call | ast.BinOp
    ):
        if isinstance(node, ast.Name | ast.Attribute) or isinstance(place.owner, ast.BinOp):
            yield "transpose", attribute(node, "T"), 2, ("T", ast.unparse(node))
        elif isinstance(place.owner, ast.Return | ast.Assign | ast.Call | ast.Tuple):
            yield "transpose", attribute(node, "T"), 2
        if isinstance(node, ast.Attribute | ast.Subscript):  # `self.W` for `W`, `x` for `x[i]`
            for other in variables(place.function):
                yield "name", name(other), 2, ("whole", ast.unparse(node), other)


def moved_outside(node: ast.AST) -> Iterator[Made]:
    """`f(a * b)` as `f(a) * b`; `f(g(x))` as `g(f(x))`."""
    found = argument_of(node)
    if found is None:
        return
    inner, apply = found
    if isinstance(inner, ast.BinOp):
        yield "brackets", ast.BinOp(apply(inner.left), inner.op, inner.right), 2
        yield "brackets", ast.BinOp(inner.left, inner.op, apply(inner.right)), 2
        yield "brackets", ast.BinOp(apply(inner.left), inner.op, apply(inner.right)), 3
    deeper = argument_of(inner)
    if deeper is not None:
        core, again = deeper
        yield "order", again(apply(core)), 2


def moved_inside(node: ast.AST) -> Iterator[Made]:
    """`f(a) * b` as `f(a * b)`."""
    if not isinstance(node, ast.BinOp):
        return
    left, right = argument_of(node.left), argument_of(node.right)
    if left and not isinstance(node.left, ast.UnaryOp):
        yield "brackets", left[1](ast.BinOp(left[0], node.op, node.right)), 2
    if right and not isinstance(node.right, ast.UnaryOp):
        yield "brackets", right[1](ast.BinOp(node.left, node.op, right[0])), 2


def wraps(place: Place, borrowed: Any) -> Iterator[Made]:
    """A call, an index or an attribute that is missing round an expression."""
    node = place.node
    if not value(place) or isinstance(node, ast.Compare) and isinstance(place.owner, ast.If):
        if place.stored and isinstance(node, ast.Name):
            yield "index", ast.Subscript(node, ast.Slice(), ast.Store()), 1
        return
    if isinstance(node, ast.Constant):
        return
    size = 1
    for func in ("np.array", "np.abs", "np.sqrt", "np.exp", "np.log", "np.square"):
        yield "missing call", call(func, node), size, (func, ast.unparse(node))
    one = ast.Constant(1)
    yield "missing call", method(node, "copy"), size
    yield "term", ast.BinOp(one, ast.Sub(), node), size
    yield "factor", ast.BinOp(one, ast.Div(), node), size
    for reduction in ("sum", "mean", "max", "min"):
        yield "missing call", method(node, reduction), size
        for axis in (0, 1):
            yield "missing call", method(node, reduction, axis=axis), size + 1
            made = method(node, reduction, axis=axis, keepdims=True)
            yield "missing call", made, size + 2
    none, every = ast.Constant(None), ast.Slice()
    for index in ([every, none], [none, every]):
        yield "shape", ast.Subscript(node, ast.Tuple(index, LOAD), LOAD), size + 1
    backwards = ast.Slice(None, None, ast.UnaryOp(ast.USub(), ast.Constant(1)))
    yield "index", ast.Subscript(node, backwards, LOAD), size
    for i in (0, 1, -1):
        yield "index", ast.Subscript(node, number(i), LOAD), size
    yield "missing call", method(node, "ravel"), size
    yield "missing call", method(node, "item"), size
    for func in ("len", "float", "int", "list", "tuple", "range", "reversed"):
        yield "missing call", call(func, node), size
    yield "dtype", call("np.asarray", node, dtype=name("float")), size
    yield "missing call", ast.Call(node, [], []), size
    for func in sorted(borrowed.functions):
        yield "missing call", call(func, node), size
    for attr in sorted(borrowed.attributes):
        yield "attribute", attribute(node, attr), size
    for attr in sorted(borrowed.methods):
        yield "missing call", method(node, attr), size
    if isinstance(node, ast.Name | ast.Attribute | ast.Call):
        for other in variables(place.function):
            yield "index", ast.Subscript(node, name(other), LOAD), size + 1


def axes(place: Place, _: Any) -> Iterator[Made]:
    """Another axis, none, or one where there is none; `keepdims` on and off."""
    node = place.node
    if not isinstance(node, ast.Call) or called(node) not in REDUCTIONS:
        return
    free = isinstance(node.func, ast.Name) or module_of(node.func.value)
    if len(node.args) > (1 if free else 0) and not any(k.arg == "axis" for k in node.keywords):
        first = node.args[-1]
        if isinstance(first, ast.Constant) and first.value in (0, 1, -1):
            kept = [k for k in node.keywords if k.arg != "keepdims"]
            kept.append(ast.keyword("keepdims", ast.Constant(True)))
            yield "axis", ((node, "keywords", kept),), 1, "keepdims"
            args = [*node.args[:-1], ast.Constant(1 - abs(first.value))]
            yield "axis", ((node, "args", args),), 1, ("axis", 1 - abs(first.value))
            yield "axis", ((node, "args", args), (node, "keywords", kept)), 2, "both"
        return
    now = {k.arg: getattr(k.value, "value", None) for k in node.keywords}
    rest = [k for k in node.keywords if k.arg not in ("axis", "keepdims")]
    for axis in (0, 1, -1, None):
        for keepdims in (False, True):
            if axis == now.get("axis") and keepdims == bool(now.get("keepdims")):
                continue
            made = list(rest)
            if axis is not None:
                made.append(ast.keyword("axis", number(axis)))
            if keepdims:
                made.append(ast.keyword("keepdims", ast.Constant(True)))
            size = (axis != now.get("axis")) + (keepdims != bool(now.get("keepdims")))
            yield "axis", ((node, "keywords", made),), size, (axis, keepdims)


def parts(place: Place, _: Any) -> Iterator[Made]:
    """A part of the result that is not returned."""
    node = place.node
    names = variables(place.function)
    if isinstance(place.owner, ast.Return) and place.field == "value":
        for other in names:
            elts = node.elts if isinstance(node, ast.Tuple) else [node]
            yield "parts", ast.Tuple([*elts, name(other)], LOAD), 1
            yield "parts", ast.Tuple([name(other), *elts], LOAD), 1
            if len(names) < 12:
                for last in names:
                    if last != other:
                        both = [name(other), name(last)]
                        yield "parts", ast.Tuple([*elts, *both], LOAD), 2
                        yield "parts", ast.Tuple([*both, *elts], LOAD), 2
