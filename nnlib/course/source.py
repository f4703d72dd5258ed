"""Reading the student's own text: where an answer is written, whether it is blank, if it loops."""

from __future__ import annotations

import ast
import dis
import inspect
import linecache
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType
from typing import Any

LOOPS = (ast.For, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(frozen=True)
class Source:
    """A definition as it stands in its file or cell."""

    node: ast.AST
    filename: str
    lines: tuple[str, ...]  # of the whole file or cell

    def line(self, number: int) -> str:
        return self.lines[number - 1].strip() if 0 < number <= len(self.lines) else ""

    @property
    def text(self) -> str:
        return "".join(self.lines[first_line(self.node) - 1 : self.node.end_lineno])


def read(answer: Any) -> Source | None:
    """The source of a function or class, from its file or its notebook cell; None if it is lost."""
    code = code_of(answer)
    if code is None:
        return None
    lines = tuple(linecache.getlines(code.co_filename))
    tree = _parse("".join(lines))
    if tree is None:
        return None
    named = isinstance(answer, type) and answer.__name__
    for node in ast.walk(tree):
        if named:
            found = isinstance(node, ast.ClassDef) and node.name == named
            found = found and node.lineno <= code.co_firstlineno <= node.end_lineno
        elif isinstance(node, ast.Lambda):
            found = code.co_name == "<lambda>" and node.lineno == code.co_firstlineno
        else:
            found = isinstance(node, ast.FunctionDef) and node.name == code.co_name
            found = found and first_line(node) == code.co_firstlineno
        if found:
            return Source(node, code.co_filename, lines)
    return None


def code_of(answer: Any) -> CodeType | None:
    """The code object of a function, or of the first method written in a class."""
    if isinstance(answer, type):
        for member in vars(answer).values():
            member = getattr(member, "__func__", getattr(member, "fget", member))
            written = inspect.isfunction(member) and member.__module__ == answer.__module__
            if written and member.__code__.co_filename != "<string>":  # a dataclass's own methods
                return member.__code__
        return None
    answer = inspect.unwrap(answer) if callable(answer) else answer
    return getattr(getattr(answer, "__func__", answer), "__code__", None)


@lru_cache(maxsize=64)
def _parse(text: str) -> ast.Module | None:
    try:
        return ast.parse(text)
    except SyntaxError:
        return None


def first_line(node: ast.AST) -> int:
    return min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", ()))])


def loops(node: ast.AST) -> bool:
    """True where a definition repeats something in Python."""
    return any(isinstance(inner, LOOPS) for inner in ast.walk(node))


# ------------------------------------------------------------------------------------- blankness


def blank(answer: Any, reference: Any = None) -> tuple[str, ...] | None:
    """What is still to be written: names of methods, () for a whole function; None if nothing is.

    A method that is a stub in `reference` too (an abstract `forward`) does not count.
    """
    source = read(answer)
    if source is None:
        return () if _blank_code(code_of(answer)) and not isinstance(answer, type) else None
    return blank_node(source.node, reference)


def blank_node(node: ast.AST, reference: Any = None) -> tuple[str, ...] | None:
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
    if original:
        stubs = {
            m.name
            for m in original.node.body
            if isinstance(m, ast.FunctionDef) and _blank_function(m)
        }
        left = [name for name in left if name not in stubs]
    return tuple(left) or None


def _body(node: ast.AST) -> list[ast.stmt]:
    """The statements after the docstring."""
    return node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body


def _blank_function(node: ast.AST) -> bool:
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


_IDLE = {
    "RESUME",
    "NOP",
    "POP_TOP",
    "PUSH_NULL",
    "LOAD_CONST",
    "LOAD_SMALL_INT",
    "RETURN_CONST",
    "RETURN_VALUE",
    "LOAD_GLOBAL",
    "PRECALL",
    "CALL",
    "CALL_FUNCTION",
    "RAISE_VARARGS",
    "CACHE",
    "LOAD_COMMON_CONSTANT",
    "NOT_TAKEN",
}


def _blank_code(code: CodeType | None) -> bool:
    """Without a source: bytecode that holds nothing and does nothing."""
    if code is None or not set(code.co_names) <= {"NotImplementedError"}:
        return False
    held = [c for c in code.co_consts if c is not None and c is not ... and not isinstance(c, str)]
    return not held and {step.opname for step in dis.get_instructions(code)} <= _IDLE
