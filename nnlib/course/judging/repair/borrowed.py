"""What the edits put in: numbers, names and pieces of the reference, and of the answer itself."""

from __future__ import annotations

import ast
import builtins
import copy
import inspect
from collections.abc import Callable, Iterator
from typing import Any

from ..source import read
from .renamed import Inline, Renamed, argument_names, bared, inlined_values, is_text
from .tree import Place, ours, variables, weight

MOST = 0.6  # of the answer's body may be replaced by a piece of the reference, not more


MAKERS = {"zeros", "zeros_like", "ones", "ones_like", "array", "asarray", "empty", "full", "arange"}


class Borrowed:
    """Names, numbers and pieces that an edit may put in, all of them at hand in the answer."""

    makers = MAKERS

    def __init__(self, reference: Any, tree: ast.AST, space: dict[str, Any]):
        self.tree, self.space = tree, space
        self.known = set(space) | set(dir(builtins))
        source = read(reference)
        original = source.node if source else ast.Module([], [])
        constants = [n.value for n in ast.walk(original) if isinstance(n, ast.Constant)]
        self.numbers = sorted(
            {c for c in constants if isinstance(c, int | float) and not isinstance(c, bool)}
        )[:8]
        mine = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)]
        texts = [c for c in constants + mine if isinstance(c, str) and len(c) < 20]
        self.strings = sorted(set(texts))
        names = {n.id for n in ast.walk(original) if isinstance(n, ast.Name)}
        names |= {n.func.id for n in ast.walk(tree) if _calls_name(n)}
        self.functions = {n for n in names if _function(space.get(n, getattr(builtins, n, None)))}
        self.functions |= {n for n, value in space.items() if _of_the_course(value)}
        self.called = {n.func.id for n in ast.walk(original) if _calls_name(n)}
        self.functions -= {"len", "range", "print", "isinstance", "super", "zip", "ValueError"}
        self.functions = {n for n in self.functions if not n.startswith("_")}
        self.attributes, self.methods = set(), set()
        for node in [*ast.walk(tree), *ast.walk(original)]:
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            if called and not _of_module(node.func.value, space):
                self.methods.add(node.func.attr)
        for node in [*ast.walk(tree), *ast.walk(original)]:
            if not isinstance(node, ast.Attribute) or node.attr in self.methods | {"shape", "T"}:
                continue
            if not _of_module(node.value, space):
                self.attributes.add(node.attr)
        self.products = any(
            isinstance(n, ast.MatMult) for n in [*ast.walk(tree), *ast.walk(original)]
        )
        self._fixed = {
            ast.unparse(n)
            for n in ast.walk(original)
            if isinstance(n, ast.Attribute) and n.attr in ("pi", "e", "inf")
        }
        self._own: dict[Any, list[ast.AST]] = {}
        self._pieces: dict[str, list[ast.AST]] = {}
        self._lines: dict[str, list[tuple[str, ast.AST]]] = {}
        if source and not isinstance(original, ast.Lambda):
            self._read(original, reference)

    def own(self, function: ast.FunctionDef | None) -> list[ast.AST]:
        """`self.W`, `self.X`: what the methods of a class keep."""
        if not isinstance(self.tree, ast.ClassDef) or function is None:
            return []
        if function not in self._own:
            first = variables(function)[:1]
            attrs = {
                node.attr
                for node in ast.walk(self.tree)
                if isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id in first
            }
            attrs -= self.methods
            self._own[function] = [
                ast.Attribute(ast.Name(first[0], ast.Load()), attr, ast.Load())
                for attr in sorted(attrs)
            ]
        return copy.deepcopy(self._own[function])

    def fixed(self) -> list[ast.AST]:
        """`np.pi`, where the reference has it."""
        return [ast.parse(text, mode="eval").body for text in sorted(self._fixed)]

    # ------------------------------------------------------------------ pieces of the reference

    def _read(self, original: ast.AST, reference: Any) -> None:
        functions = [original] if isinstance(original, ast.FunctionDef) else original.body
        for function in functions:
            if not isinstance(function, ast.FunctionDef):
                continue
            yours = self._function(function.name, isinstance(original, ast.FunctionDef))
            if yours is None:
                continue
            pairs = zip(argument_names(function), argument_names(yours), strict=False)
            bound = set(variables(yours)) - set(argument_names(yours))
            rename = Renamed(dict(pairs), self._global(reference), bound)
            local = inlined_values(function)
            seen = set()
            body = ast.Module(function.body, [])
            whole = sum(weight(s) for s in function.body if not is_text(s))
            returned = [n.value for n in ast.walk(body) if isinstance(n, ast.Return) and n.value]
            whole = max([whole, *(weight(Inline(local).visit(copy.deepcopy(r))) for r in returned)])
            for node in ast.walk(body):
                loaded = isinstance(getattr(node, "ctx", ast.Load()), ast.Load)
                plain = isinstance(node, ast.Constant | ast.Slice)
                if isinstance(node, ast.expr) and loaded and not plain:
                    self._add(function.name, rename, Inline(local), node, seen, whole)
            for node in ast.walk(body):
                if isinstance(node, ast.stmt) and not is_text(node):
                    made = rename.of(node)
                    if made is not None and weight(made) <= MOST * whole:
                        text = ast.unparse(made)
                        self._lines.setdefault(function.name, []).append((text, bared(made)))

    def _add(self, name, rename, inline, node, seen, whole) -> None:
        for piece in (node, inline.visit(copy.deepcopy(node))):
            made = rename.of(piece)
            if made is None or weight(made) > min(40, max(4, MOST * whole)):
                continue
            text = ast.unparse(made)
            if text not in seen and not text.isidentifier():
                seen.add(text)
                self._pieces.setdefault(name, []).append(bared(made))

    def _function(self, name: str, alone: bool) -> ast.FunctionDef | None:
        if alone:
            return self.tree if isinstance(self.tree, ast.FunctionDef) else None
        for node in getattr(self.tree, "body", []):
            if isinstance(node, ast.FunctionDef) and node.name == name:
                return node
        return None

    def _global(self, reference: Any) -> Callable[[str], str | None]:
        """The answer's name for what the reference calls `name`; lent to it where it has none."""
        theirs = getattr(inspect.unwrap(reference), "__globals__", None)
        if theirs is None:
            module = inspect.getmodule(reference)
            theirs = vars(module) if module else {}
        read = {n.id for n in ast.walk(self.tree) if isinstance(n, ast.Name)}
        missing = read - self.known  # lent, it would hide that the answer stops there

        def find(name: str) -> str | None:
            if name in missing:
                return None
            if name not in theirs:
                return name if hasattr(builtins, name) else None
            value = theirs[name]
            if self.space.get(name) is value:
                return name
            if not callable(value) and not inspect.ismodule(value):
                return None
            for other, mine in self.space.items():
                if mine is value:
                    return other
            if name in self.space:  # something else of that name: the student's own class, say
                return name
            self.space[name] = value
            return name

        return find

    def expressions(self, place: Place) -> Iterator[tuple]:
        from .nodes import value

        if not value(place) or place.function is None:
            return
        whole = sum(weight(s) for s in place.function.body if not ours(s) and not is_text(s))
        mine = weight(place.node)
        if mine > MOST * whole:
            return
        now = ast.unparse(place.node)
        for piece in self._pieces.get(_outer(place), ()):
            size = weight(piece)
            if ast.unparse(piece) != now and size <= 3 * mine + 12:
                yield "expression", copy.deepcopy(piece), max(size, mine)

    def statements(self, place: Place) -> Iterator[tuple]:
        """A statement of the reference, put in front of one of the answer's or at the end."""
        node = place.node
        if not isinstance(node, ast.stmt) or place.index is None or place.function is None:
            return
        if isinstance(node, ast.If):
            yield from self._one_assignment(place)
        block = list(getattr(place.owner, place.field))
        bound = set(variables(place.function))
        for text, line in self._lines.get(_outer(place), ()):
            free = {n.id for n in ast.walk(line) if isinstance(n, ast.Name)}
            if not all(n in bound or n in self.known for n in free):
                continue
            if text == ast.unparse(node):
                continue
            if isinstance(line, ast.Return) and isinstance(node, ast.Return):
                continue  # its value is an expression, and looked at there
            what = f"`{text.splitlines()[0]}`"
            one = f"`{ast.unparse(node).splitlines()[0]}`"
            size = weight(line)
            before = block[: place.index] + [copy.deepcopy(line)] + block[place.index :]
            words = f"{what} in front of {one}"
            yield "missing line", ((place.owner, place.field, before),), size, None, words
            if place.index == len(block) - 1 and not isinstance(node, ast.Return):
                after = [*block, copy.deepcopy(line)]
                words = f"{what} after {one}"
                yield "missing line", ((place.owner, place.field, after),), size, None, words
            if size <= 12:
                words = f"{what} in place of {one}"
                yield (
                    "line",
                    (place.put(copy.deepcopy(line)),),
                    max(size, weight(node)),
                    None,
                    words,
                )

    def terms(self, place: Place) -> Iterator[tuple]:
        """A piece of the reference as a term, a factor or an argument that is missing."""
        node = place.node
        if not isinstance(node, ast.expr) or place.stored or place.function is None:
            return
        pieces = [p for p in self._pieces.get(_outer(place), ()) if weight(p) <= 12]
        if isinstance(node, ast.Call):
            for piece in pieces:
                changes = ((node, "args", [*node.args, copy.deepcopy(piece)]),)
                yield "argument", changes, weight(piece)
        inside = place.above.node if isinstance(place.owner, ast.Tuple) else place.owner
        if not isinstance(inside, ast.Return | ast.Assign | ast.AugAssign | ast.Tuple):
            return
        for piece in pieces:
            for op in (ast.Add, ast.Sub, ast.Mult, ast.Div):
                kind = "term" if op in (ast.Add, ast.Sub) else "factor"
                yield kind, ast.BinOp(node, op(), copy.deepcopy(piece)), weight(piece)

    def _one_assignment(self, place: Place) -> Iterator[tuple]:
        """`if W > 0: s = 1`, `else: s = -1`, as `s = np.sign(W)`."""
        inside = [s for s in ast.walk(place.node) if isinstance(s, ast.stmt) and not ours(s)]
        inside = [s for s in inside if not isinstance(s, ast.If)]
        targets = {ast.unparse(s.targets[0]) for s in inside if isinstance(s, ast.Assign)}
        if len(targets) != 1 or not all(isinstance(s, ast.Assign) for s in inside):
            return
        for piece in self._pieces.get(_outer(place), ()):
            made = ast.Assign(inside[0].targets, copy.deepcopy(piece))
            yield "element by element", made, max(weight(piece), weight(place.node))


def _outer(place: Place) -> str:
    """The name of the method, or of the one function, that a place is in."""
    name = ""
    while place:
        if isinstance(place.node, ast.FunctionDef):
            name = place.node.name
        place = place.above
    return name


def _calls_name(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name)


def _function(value: Any) -> bool:
    return callable(value) and not (isinstance(value, type) and issubclass(value, BaseException))


def _of_the_course(value: Any) -> bool:
    module = getattr(value, "__module__", None) or ""
    return inspect.isfunction(value) and module.startswith(("nnlib.functions", "nnlib.course"))


def _of_module(node: ast.AST, space: dict[str, Any]) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    if not isinstance(node, ast.Name):
        return False
    return inspect.ismodule(space.get(node.id)) or node.id in ("np", "functions")
