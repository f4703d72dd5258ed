"""The small parts of expressions: made, read, and told apart."""

from __future__ import annotations

import ast
from typing import Any

from .tree import Place

Made = tuple[Any, ...]  # (kind, new node or changes, size, key, words)


LOAD = ast.Load()


REDUCTIONS = set(
    "sum mean max min amax amin std var argmax argmin prod any all median norm argsort sort cumsum "
    "softmax log_softmax concatenate stack flip roll expand_dims squeeze average count_nonzero "
    "ptp repeat diff take".split()
)


MODULES = {"np", "numpy", "math", "functions", "nn", "ops", "init", "data", "torch", "scipy"}


def name(id: str) -> ast.Name:
    return ast.Name(id, LOAD)


def attribute(value: ast.AST, attr: str) -> ast.Attribute:
    return ast.Attribute(value, attr, LOAD)


def number(value: float) -> ast.AST:
    return ast.Constant(value) if value >= 0 else ast.UnaryOp(ast.USub(), ast.Constant(-value))


def call(func: str, *args: ast.AST, **keywords: Any) -> ast.Call:
    """`call("np.sum", X, axis=0)`."""
    first, *rest = func.split(".")
    made: ast.AST = name(first)
    for attr in rest:
        made = attribute(made, attr)
    return ast.Call(made, list(args), [ast.keyword(k, v) for k, v in keywords.items()])


def method(value: ast.AST, attr: str, *args: ast.AST, **keywords: Any) -> ast.Call:
    made = [ast.keyword(k, ast.Constant(v)) for k, v in keywords.items()]
    return ast.Call(attribute(value, attr), list(args), made)


def called(node: ast.AST) -> str:
    """The last name of what is called: "sum" for `np.sum(x)` and for `x.sum()`."""
    func = getattr(node, "func", None)
    return getattr(func, "attr", getattr(func, "id", ""))


def _role(place: Place) -> str:
    """ "func" for what is called, "base" for the module or object an attribute is taken of."""
    if place.field == "func":
        return "func"
    if isinstance(place.owner, ast.Attribute):
        return "base"
    return "value"


def value(place: Place) -> bool:
    """True for an expression whose value goes somewhere: no target, no function, no module."""
    node = place.node
    if not isinstance(node, ast.expr) or isinstance(node, ast.Slice | ast.Starred):
        return False
    return not place.stored and _role(place) == "value" and not isinstance(place.owner, ast.Expr)


def module_of(node: ast.AST) -> bool:
    """Likely a module: `np`, `math`, `np.random`."""
    if isinstance(node, ast.Attribute):
        return module_of(node.value) and node.attr in ("random", "linalg")
    return isinstance(node, ast.Name) and node.id in MODULES


def argument_named(name: str, i: int) -> str:
    return "axis" if name in REDUCTIONS else "argument"


def argument_of(node: ast.AST) -> tuple[ast.AST, Any] | None:
    """What a call, an index or an attribute is applied to, and how to apply it to another."""
    if isinstance(node, ast.Call):
        func = node.func
        if isinstance(func, ast.Attribute) and not module_of(func.value):

            def apply(x: ast.AST) -> ast.AST:
                return ast.Call(ast.Attribute(x, func.attr, LOAD), node.args, node.keywords)

            return func.value, apply
        if node.args and not isinstance(node.args[0], ast.Starred):
            return node.args[0], lambda x: ast.Call(func, [x, *node.args[1:]], node.keywords)
    if isinstance(node, ast.Subscript):
        return node.value, lambda x: ast.Subscript(x, node.slice, LOAD)
    if isinstance(node, ast.UnaryOp):
        return node.operand, lambda x: ast.UnaryOp(node.op, x)
    if isinstance(node, ast.Attribute) and node.attr == "T":
        return node.value, lambda x: ast.Attribute(x, "T", LOAD)
    return None
