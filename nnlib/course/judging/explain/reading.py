"""Slips that can be read in the answer's own text, and that are slips whatever the numbers."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import numpy as np

from ..source import written
from ..trial import Explanation, Trial
from .phrases import which_cases

LOOPS = (ast.For, ast.While)
Found = tuple[str, int, str]  # a kind, the line, what to say of it


def reading(trial: Trial) -> Explanation | None:
    """The first slip that stands in the text, where the answer came to an end."""
    if trial.node is None or trial.difference.kind not in ("values", "shape", "nan", "raised"):
        return None
    raised = trial.difference.kind == "raised"
    original = written(trial.exercise.solution or trial.exercise.reference)
    for kind, line, words in _slips(trial, trial.node, original):
        if raised and kind != "loop over values":
            continue
        where = f"Line {line}: " if line else ""
        return Explanation(kind, f"{where}{words}" + which_cases(trial))
    return None


def _slips(trial: Trial, node: ast.AST, original: ast.AST | None) -> Iterator[Found]:
    yield from _operators(node)
    yield from identities(node)
    fraction = isinstance(trial.difference.expected, float | np.floating | np.ndarray)
    if fraction and original is not None and not any(_whole_divisions(original)):
        yield from _whole_divisions(node)
    for function in _functions(node):
        yield from _returns(function)
        yield from _discarded(function)
        yield from _overwritten(function)
        yield from _rebound(function)
    given = dict(zip(trial.wording.names, trial.case.args, strict=False))
    yield from _over_values(node, {k for k, v in given.items() if isinstance(v, np.ndarray | list)})
    theirs = set(unused(original)) if original is not None else set()
    if not trial.exercise.probe and original is not None:
        for i, name in unused(node).items():
            if i not in theirs:
                yield "unused", 0, f"Your code never uses `{name}`, and the answer depends on it."
    if not {"rng", "seed"} & {*trial.exercise.names, *trial.wording.parameters}:
        for line in _random(node) if original is None or not _random(original) else ():
            yield "random", line, "this draws random numbers, and nothing here is left to chance."


def unused(node: ast.AST) -> dict[int, str]:
    """The arguments that a function never reads, by their places."""
    if not isinstance(node, ast.FunctionDef | ast.Lambda) or node.args.vararg:
        return {}
    names = [arg.arg for arg in (*node.args.posonlyargs, *node.args.args)]
    read = {
        inner.id
        for inner in ast.walk(node)
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Load)
    } | {
        inner.target.id
        for inner in ast.walk(node)
        if isinstance(inner, ast.AugAssign) and isinstance(inner.target, ast.Name)
    }
    functions = [inner.func for inner in ast.walk(node) if isinstance(inner, ast.Call)]
    calls = {function.id for function in functions if isinstance(function, ast.Name)}
    if calls & {"locals", "vars", "eval", "exec"}:
        return {}
    return {i: name for i, name in enumerate(names) if name not in read}


def _functions(node: ast.AST) -> Iterator[ast.FunctionDef]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.FunctionDef):
            yield inner


def _operators(node: ast.AST) -> Iterator[Found]:
    for inner in ast.walk(node):
        if not isinstance(inner, ast.BinOp):
            continue
        if isinstance(inner.op, ast.BitXor):
            yield "power", inner.lineno, "`^` is no power in Python: write `**`."
        left, right = inner.left, inner.right
        if isinstance(inner.op, ast.Div) and isinstance(left, ast.BinOp):
            bare = isinstance(left.op, ast.Pow) and left.end_col_offset == left.right.end_col_offset
            if bare and _number(left.right) and _number(right):
                power = f"{ast.unparse(left.right)} / {ast.unparse(right)}"
                said = f"`** {power}` takes the power first, and then divides. Put the exponent "
                yield "brackets", inner.lineno, said + f"in brackets: `** ({power})`."


_COUNTING = ("range", "array_split", "split", "reshape", "zeros", "arange", "int")


def _whole_divisions(node: ast.AST) -> Iterator[Found]:
    """`//`, other than in what counts or cuts."""
    if isinstance(node, ast.Subscript):
        return
    if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in _COUNTING:
        return
    counts = isinstance(node, ast.BinOp) and "len(" in ast.unparse(node.left)  # batches, say
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.FloorDiv) and not counts:
        said = "`//` divides and drops the fraction. `/` keeps it."
        yield "whole division", node.lineno, said
    for inner in ast.iter_child_nodes(node):
        yield from _whole_divisions(inner)


def _number(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float)


def identities(node: ast.AST) -> Iterator[Found]:
    """Numbers compared by `is`."""
    for inner in ast.walk(node):
        if not isinstance(inner, ast.Compare):
            continue
        for op, other in zip(inner.ops, inner.comparators, strict=True):
            plain = isinstance(other, ast.Constant) and not _number(other)
            if isinstance(op, ast.Is | ast.IsNot) and not plain:
                said = "`is` asks whether two names mean one and the same object. Numbers are "
                yield "identity", inner.lineno, said + "compared by `==`."


def _returns(function: ast.FunctionDef) -> Iterator[Found]:
    for loop in ast.walk(function):
        if isinstance(loop, LOOPS):
            for statement in loop.body:
                if isinstance(statement, ast.Return) and not _leaves_early(loop):
                    said = "this `return` stands inside the loop, and ends it in its first round. "
                    said += "Move it out, below the loop."
                    yield "return in loop", statement.lineno, said


def _leaves_early(loop: ast.AST) -> bool:
    return any(isinstance(inner, ast.Continue | ast.Break) for inner in ast.walk(loop))


def _discarded(function: ast.FunctionDef) -> Iterator[Found]:
    for inner in ast.walk(function):
        if isinstance(inner, ast.Expr) and isinstance(inner.value, ast.BinOp | ast.Compare):
            text = ast.unparse(inner.value)
            if len(text) <= 60:
                said = (
                    f"`{text}` is worked out, and nothing keeps it. Give it a name, or return it."
                )
                yield "discarded", inner.lineno, said


def _overwritten(function: ast.FunctionDef) -> Iterator[Found]:
    """`total = ...` in a loop that means `total += ...`."""
    for loop in ast.walk(function):
        if not isinstance(loop, ast.For):
            continue
        runs = _names(loop.target)
        before = _started(function, loop)
        for statement in loop.body:
            if not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
                continue
            target, value = statement.targets[0], statement.value
            if not runs & _names(value):
                continue
            text = ast.unparse(target)
            others = [text == ast.unparse(n) for n in ast.walk(loop) if isinstance(n, type(target))]
            if sum(others) != 1:
                continue  # it is read here too, or written twice
            if (
                isinstance(target, ast.Name)
                and target.id in before
                and _read_after(function, loop, text)
            ):
                yield "overwritten", statement.lineno, _kept_last(text)
            if isinstance(target, ast.Subscript) and not runs & _names(target):
                whole = isinstance(target.value, ast.Name) and target.value.id
                if whole and not any(
                    isinstance(n, ast.Name) and n.id == whole for n in ast.walk(value)
                ):
                    yield "overwritten", statement.lineno, _kept_last(text)


def _kept_last(text: str) -> str:
    return f"`{text} =` begins anew in each round, and only the last one stays. `+=` adds them up."


def _names(node: ast.AST) -> set[str]:
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def _started(function: ast.FunctionDef, loop: ast.For) -> set[str]:
    """Names that were set to 0, or to zeros, before a loop."""
    return {
        name
        for inner in ast.walk(function)
        if isinstance(inner, ast.Assign) and inner.lineno < loop.lineno and _zero(inner.value)
        for target in inner.targets
        for name in _names(target)
    }


def _zero(value: ast.AST) -> bool:
    if isinstance(value, ast.Tuple):
        return any(map(_zero, value.elts))
    if isinstance(value, ast.Constant):
        return value.value == 0 and not isinstance(value.value, bool)
    named = isinstance(value, ast.Call) and ast.unparse(value.func).split(".")[-1]
    return named in ("zeros", "zeros_like")


def _read_after(function: ast.FunctionDef, loop: ast.For, name: str) -> bool:
    end = loop.end_lineno or loop.lineno
    return any(
        isinstance(inner, ast.Name) and inner.id == name and inner.lineno > end
        for inner in ast.walk(function)
    )


def _rebound(function: ast.FunctionDef) -> Iterator[Found]:
    """`for row in X: row = row - 1` gives a name another value, and changes no X."""
    for loop in ast.walk(function):
        if not isinstance(loop, ast.For) or not isinstance(loop.target, ast.Name):
            continue
        last, name = loop.body[-1], loop.target.id
        if not isinstance(last, ast.Assign) or not isinstance(loop.iter, ast.Name | ast.Attribute):
            continue
        if [ast.unparse(target) for target in last.targets] == [name]:
            said = f"this gives the name `{name}` another value; nothing changes in "
            yield (
                "rebinding",
                last.lineno,
                said + f"`{ast.unparse(loop.iter)}`, and nothing keeps it.",
            )


def _over_values(node: ast.AST, arrays: set[str]) -> Iterator[Found]:
    """`for i in u: ... u[i]`."""
    for loop in ast.walk(node):
        if not isinstance(loop, ast.For) or not isinstance(loop.target, ast.Name):
            continue
        if not isinstance(loop.iter, ast.Name):
            continue
        over, name = loop.iter.id, loop.target.id
        if over not in arrays:
            continue
        for inner in ast.walk(loop):
            if isinstance(inner, ast.Subscript) and ast.unparse(inner) == f"{over}[{name}]":
                said = f"`{name}` runs over the numbers in `{over}`, and `{over}[{name}]` takes it "
                said += f"for a position. Positions are `range(len({over}))`."
                yield "loop over values", loop.lineno, said
                return


def _random(node: ast.AST) -> list[int]:
    """The lines that draw random numbers."""
    drawn = (
        "default_rng",
        "randn",
        "rand",
        "random",
        "normal",
        "uniform",
        "shuffle",
        "permutation",
    )
    return [
        inner.lineno
        for inner in ast.walk(node)
        if isinstance(inner, ast.Call)
        and isinstance(inner.func, ast.Attribute)
        and inner.func.attr in (*drawn, "choice", "randint", "integers", "standard_normal")
        and ("random" in ast.unparse(inner.func) or "rng" in ast.unparse(inner.func))
    ]
