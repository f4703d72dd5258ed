"""Making a function or class of an edited tree, in globals of its own, with bounded loops."""

from __future__ import annotations

import ast
import copy
import time
import types
from collections.abc import Callable
from typing import Any

import numpy as np

from .tree import TICK

LARGE = 1 << 20  # bytes from which a global array is lent to the edits, not copied


class Exhausted(BaseException):
    """Raised in an edited answer whose loops run too often or too long."""


class Counter:
    """Called at the head of every loop; ends what goes round too often."""

    def __init__(self):
        self.steps, self.allowed, self.deadline = 0, 0, 0.0

    def start(self, allowed: int, seconds: float) -> None:
        self.steps, self.allowed = 0, allowed
        self.deadline = time.process_time() + seconds

    def __call__(self) -> bool:
        self.steps += 1
        if self.steps > self.allowed:
            raise Exhausted
        if not self.steps % 32 and time.process_time() > self.deadline:
            raise Exhausted
        return True


def prepared(node: ast.AST) -> ast.AST:
    """A copy of a definition: no decorator that checks it, a counter in each of its loops."""
    tree = copy.deepcopy(node)
    if isinstance(tree, ast.Lambda):
        made = ast.Assign([ast.Name("answer", ast.Store())], tree)
        return _bounded(ast.fix_missing_locations(ast.copy_location(made, node)))
    tree.decorator_list = [d for d in tree.decorator_list if not _checks(d)]
    return _bounded(tree)


def _checks(decorator: ast.AST) -> bool:
    """`@exercise("softmax")`, in any spelling: whatever is not one of Python's own."""
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return getattr(called, "attr", getattr(called, "id", "")) not in ("dataclass", "staticmethod")


def _bounded(tree: ast.AST) -> ast.AST:
    for node in list(ast.walk(tree)):
        if isinstance(node, ast.For | ast.While):
            node.body.insert(0, _mark(ast.Expr(_call()), node.body[0]))
        elif isinstance(node, ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp):
            for loop in node.generators:
                loop.ifs.insert(0, _mark(_call(), node))
        elif isinstance(node, ast.FunctionDef):  # a recursion is a loop too
            node.body.insert(0, _mark(ast.Expr(_call()), node.body[0]))
    return tree


def _call() -> ast.Call:
    return ast.Call(ast.Name(TICK, ast.Load()), [], [])


def _mark(new: ast.AST, near: ast.AST) -> ast.AST:
    new.ours = True
    return ast.fix_missing_locations(ast.copy_location(new, near))


class Workshop:
    """Builds the answer anew from its tree, as often as asked, and leaves its globals alone."""

    def __init__(self, answer: Any, tree: ast.AST, filename: str):
        self.tree, self.filename, self.counter = tree, filename, Counter()
        self.name = "answer" if isinstance(tree, ast.Assign) else tree.name
        self.space = _lent(globals_of(answer), tree)
        self.space[TICK] = self.counter
        self.module = ast.Module([tree], [])

    def build(self) -> Callable | None:
        """The function or class of the tree as it stands; None where that is no Python."""
        space = self.space.copy()
        self.counter.start(10_000, 0.1)
        try:
            exec(compile(self.module, self.filename, "exec"), space)
        except KeyboardInterrupt:
            raise
        except BaseException:
            return None
        return space.get(self.name)


def globals_of(answer: Any) -> dict[str, Any]:
    members = vars(answer).values() if isinstance(answer, type) else [answer]
    for member in members:
        member = getattr(member, "__func__", getattr(member, "fget", member))
        if isinstance(member, types.FunctionType):
            return member.__globals__
    return {}


def _lent(space: dict[str, Any], tree: ast.AST) -> dict[str, Any]:
    """A copy of the globals in which the data that the answer names cannot be changed."""
    space = dict(space)
    for name in {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} & space.keys():
        value = space[name]
        if isinstance(value, np.ndarray):
            space[name] = value.copy() if value.nbytes < LARGE else value.view()
            if value.nbytes >= LARGE:
                space[name].flags.writeable = False
        elif isinstance(value, list | dict | set | bytearray) or _holds_data(value):
            try:
                space[name] = copy.deepcopy(value)
            except Exception:
                del space[name]  # better missing than spoilt
    return space


def _holds_data(value: Any) -> bool:
    """An object of a class, a generator of numbers: not a function, class, module or constant."""
    plain = type | types.ModuleType | types.FunctionType | types.BuiltinFunctionType | np.ufunc
    fixed = int | float | complex | str | bytes | bool | None | tuple | np.generic
    if isinstance(value, plain | fixed):
        return False
    return not (callable(value) and not hasattr(value, "__dict__"))
