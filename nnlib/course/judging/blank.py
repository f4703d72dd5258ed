"""Is anything written yet? Read from the text of an answer, or from its bytecode."""

from __future__ import annotations

import ast
from functools import cache
from types import CodeType
from typing import Any

from .source import Definition, code_of, read

Written = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef  # it has a body


def blank(answer: Any, reference: Any = None) -> tuple[str, ...] | None:
    """What is still to be written: names of methods, () for a whole function; None if nothing is.

    A method that is a stub in `reference` too (an abstract `forward`) does not count.
    """
    source = read(answer)
    if source is None:
        return () if _blank_code(code_of(answer)) and not isinstance(answer, type) else None
    return blank_node(source.node, reference)


def blank_node(node: Definition, reference: Any = None) -> tuple[str, ...] | None:
    """`blank`, for a definition that is only text so far."""
    if isinstance(node, ast.Lambda):
        return () if _placeholder(node.body) else None
    if not isinstance(node, ast.ClassDef):
        return () if _blank_function(node) else None
    methods = [inner for inner in node.body if isinstance(inner, ast.FunctionDef)]
    if not methods:
        return () if not node.bases and all(map(_stub, _body(node))) else None
    left = [m.name for m in methods if _blank_function(m) and not _empty_init(m)]
    original = read(reference) if left and isinstance(reference, type) else None
    if original and isinstance(original.node, ast.ClassDef):
        methods = [inner for inner in original.node.body if isinstance(inner, ast.FunctionDef)]
        stubs = {m.name for m in methods if _blank_function(m)}
        left = [name for name in left if name not in stubs]
    return tuple(left) or None


def _body(node: Written) -> list[ast.stmt]:
    """The statements after the docstring."""
    return node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body


def _blank_function(node: Written) -> bool:
    return all(map(_stub, _body(node))) or any(map(_placeholder_in, ast.walk(node)))


def _empty_init(node: ast.FunctionDef) -> bool:
    return node.name == "__init__" and [type(s) for s in _body(node)] == [ast.Pass]


def _stub(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Expr):
        return _placeholder(statement.value) or isinstance(statement.value, ast.Constant)
    if isinstance(statement, ast.Return):
        value = statement.value
        return value is None or (isinstance(value, ast.Constant) and value.value in (None, ...))
    if isinstance(statement, ast.Raise):
        raised = statement.exc.func if isinstance(statement.exc, ast.Call) else statement.exc
        return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"
    return isinstance(statement, ast.Pass)


def _placeholder(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is ...


def _placeholder_in(node: ast.AST) -> bool:
    """`p = ...`, `return ...`, `f(...)`, `a + ...`; not `Z[..., 0]`, nor a bare `...`."""
    match node:
        case ast.Assign(value=v) | ast.AnnAssign(value=v) | ast.AugAssign(value=v):
            return _placeholder(v) or (isinstance(v, ast.Tuple) and any(map(_placeholder, v.elts)))
        case ast.Return(value=ast.Tuple(elts=elts)):
            return any(map(_placeholder, elts))
        case ast.Return(value=v):
            return _placeholder(v)
        case ast.Call(func=func, args=args):
            return _placeholder(func) or any(map(_placeholder, args))
        case ast.BinOp(left=a, right=b):
            return _placeholder(a) or _placeholder(b)
    return False


_STUBS = ("pass", "return ...", "raise NotImplementedError", "raise NotImplementedError('')")


def _blank_code(code: CodeType | None) -> bool:
    """Without a source: bytecode that holds nothing and does what a stub does."""
    if code is None or not set(code.co_names) <= {"NotImplementedError"}:
        return False
    held = [c for c in code.co_consts if c is not None and c is not ... and not isinstance(c, str)]
    return not held and code.co_code in _stub_code()


@cache
def _stub_code() -> frozenset[bytes]:
    """The bytecode of each kind of stub, with a docstring and without."""
    made = set()
    for stub in _STUBS:
        for doc in ("", "'doc'; "):
            space: dict[str, Any] = {}
            exec(f"def stub(): {doc}{stub}", space)
            made.add(space["stub"].__code__.co_code)
    return frozenset(made)
