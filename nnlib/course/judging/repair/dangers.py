"""What is not run: answers that reach outside, edits that could swallow all time and memory.

Loops are bounded by their counters; one operation in C cannot be. So no edit puts a list into
itself (NumPy would follow it for ever) or raises whole numbers to towers of powers.
"""

from __future__ import annotations

import ast
import sys

OUTSIDE = set(
    "open input exit quit _exit abort kill sleep system popen Popen run fork breakpoint exec eval "
    "compile __import__ savetxt save savez tofile loadtxt load fromfile memmap urlopen urlretrieve "
    "get_ipython Thread Process Timer remove unlink rmtree rename mkdir makedirs".split()
)
ENDLESS = {"c_", "r_", "s_", "index_exp", "mgrid", "ogrid"}  # as sequences they have no end
GROWING = set("append extend insert add update setdefault appendleft".split())


def reaches_outside(node: ast.AST) -> bool:
    """True for code that opens files, asks, waits, ends the process or first has to be loaded."""
    names = {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)}
    names |= {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    loads = [n for n in ast.walk(node) if isinstance(n, ast.Import | ast.ImportFrom)]
    modules = {alias.name for n in loads if isinstance(n, ast.Import) for alias in n.names}
    modules |= {n.module for n in loads if isinstance(n, ast.ImportFrom)}
    return bool(names & OUTSIDE) or not modules <= sys.modules.keys()


def perils(statement: ast.AST) -> int:
    """How many operations of a statement may grow without bound."""
    inner = list(ast.walk(statement))
    loose = sum(isinstance(n, ast.Attribute) and n.attr in ENDLESS for n in inner)
    bound = sum(isinstance(n, ast.Subscript) and _endless(n.value) for n in inner)
    return sum(map(_perilous, inner)) + loose - bound


def _endless(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in ENDLESS


def _perilous(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attr), args=args):
            return attr in GROWING and any(_bare(arg, name) for arg in args)
        case ast.Assign(targets=[target], value=value) | ast.AugAssign(target=target, value=value):
            while isinstance(target, ast.Subscript):
                target = target.value
            if not isinstance(target, ast.Name):
                return False
            if isinstance(node, ast.AugAssign):
                grows = isinstance(node.op, ast.Mult | ast.Pow)
                return _bare(value, target.id) or (grows and target.id in _names(value))
            whole = isinstance(node.targets[0], ast.Subscript) and _bare(value, target.id)
            return whole or any(_squares(inner, target.id) for inner in ast.walk(value))
        case ast.BinOp(op=ast.Pow(), right=right):
            return any(
                isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Pow | ast.Mult)
                for inner in ast.walk(right)
            )
    return False


def _squares(node: ast.AST, name: str) -> bool:
    """`x * x`, `x ** n`, to be put back into x."""
    if not isinstance(node, ast.BinOp):
        return False
    if isinstance(node.op, ast.Pow):
        return name in _names(node.left)
    return isinstance(node.op, ast.Mult) and name in _names(node.left) & _names(node.right)


def _names(node: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}


def _bare(node: ast.AST, name: str) -> bool:
    """The thing itself, or a list that holds it."""
    if isinstance(node, ast.Tuple | ast.List):
        return any(_bare(elt, name) for elt in node.elts)
    return isinstance(node, ast.Name) and node.id == name
