"""The student's own words: what they call the arguments, and what stands in their code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from functools import cached_property

from ..description import Exercise
from .source import Definition


class Wording:
    """An answer as it may be spoken of: its own names, and only code that it has."""

    def __init__(self, exercise: Exercise, node: Definition | None):
        self.exercise, self.node = exercise, node

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The arguments' names: the student's, where they wrote the function that is called."""
        theirs = self.parameters
        ours = self.exercise.names
        if self.exercise.probe or len(theirs) > len(ours):
            return ours
        return (*theirs, *ours[len(theirs) :])

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        if self.node is None or isinstance(self.node, ast.ClassDef):
            return ()
        given = self.node.args
        return tuple(arg.arg for arg in (*given.posonlyargs, *given.args))

    def name(self, ours: str) -> str:
        """The student's name for an argument."""
        renamed = dict(zip(self.exercise.names, self.names, strict=False))
        return renamed.get(ours, ours)

    def own(self, sentence: str) -> str:
        """A sentence with the student's names where it quotes the course's."""
        renamed = {a: b for a, b in zip(self.exercise.names, self.names, strict=False) if a != b}
        if not renamed:
            return sentence

        def quoted(match: re.Match) -> str:
            return re.sub(r"(?<![\w.])[A-Za-z_]\w*", _renaming(renamed), match[0])

        return re.sub(r"`[^`]*`", quoted, sentence)

    def written(self, pieces: Iterable[str]) -> list[str]:
        """Those pieces of code that stand in the answer."""
        return [piece for piece in pieces if piece in self.pieces]

    def writes(self, name: str) -> list[str]:
        """What writes into an argument in place: "-=", "[...] =", ".pop"."""
        return [] if self.node is None else list(dict.fromkeys(_writes(self.node, name)))

    @cached_property
    def pieces(self) -> frozenset[str]:
        """What is called and used: "round", "//", "keepdims", ".T", "+=", "[...] =", "is"."""
        return frozenset() if self.node is None else frozenset(_pieces(self.node))


def quoted(message: str) -> frozenset[str]:
    """What stands in the code that a sentence begins with, and so speaks of: "`p * p` is ..."."""
    code = re.match(r"`([^`]+)`", message)
    try:
        tree = ast.parse(code[1], mode="eval") if code else None
    except SyntaxError:
        return frozenset()
    if tree is None:
        return frozenset()
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return frozenset(_pieces(tree)) - names


def _renaming(renamed: dict[str, str]):
    return lambda match: renamed.get(match[0], match[0])


_OPERATORS = {ast.FloorDiv: "//", ast.MatMult: "@", ast.BitXor: "^"}
_SAME = {"dot": ("@",), "matmul": ("@",), "multiply": ("*",), "transpose": ("T", ".T")}
_IN_PLACE = {ast.Add: "+=", ast.Sub: "-=", ast.Mult: "*=", ast.Div: "/="}


_CHANGING = ("pop", "append", "sort", "fill", "insert", "remove", "reverse", "clear", "update")


def _root(node: ast.AST) -> str:
    while isinstance(node, ast.Subscript | ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _writes(tree: ast.AST, name: str) -> Iterable[str]:
    for node in ast.walk(tree):
        match node:
            case ast.AugAssign(target=target, op=op) if _root(target) == name:
                yield _IN_PLACE.get(type(op), "[...] =")
            case ast.Assign(targets=targets):
                if any(isinstance(t, ast.Subscript) and _root(t) == name for t in targets):
                    yield "[...] ="
            case ast.Call(func=ast.Attribute(value=value, attr=method)):
                if method in _CHANGING and _root(value) == name:
                    yield f".{method}"
            case ast.keyword(arg="out", value=value) if _root(value) == name:
                yield "out="


def _pieces(tree: ast.AST) -> Iterable[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name):
                yield name
            case ast.Attribute(attr=name):
                yield from (name, f".{name}", *_SAME.get(name, ()))
            case ast.keyword(arg=str(name)):
                yield name
            case ast.BinOp(op=ast.Pow()):
                yield "**"
            case ast.BinOp(op=ast.Mult()):
                yield "*"
            case ast.BinOp(op=op) if type(op) in _OPERATORS:
                yield _OPERATORS[type(op)]
            case ast.AugAssign(op=op):
                yield _IN_PLACE.get(type(op), "")
                if type(op) in _OPERATORS:
                    yield _OPERATORS[type(op)]
            case ast.Assign(targets=targets):
                if any(isinstance(target, ast.Subscript) for target in targets):
                    yield "[...] ="
