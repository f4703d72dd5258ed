"""A piece: one answer as text, with the imports and the definitions that it stands on."""

from __future__ import annotations

import ast
import builtins
import sys
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import FunctionType, ModuleType
from typing import Any

from ..description import Exercise
from ..judging.source import code_of, read
from ..registry import exercises
from . import cells
from .literal import literal
from .names import free

PACKAGE = "mine_"  # how the modules of a student's library begin, see shelf.py
MARK = "# nnlib's, until yours passes"


class CannotKeep(Exception):
    """Why an answer cannot be kept, in one sentence."""


@dataclass
class Piece:
    """What is written down of an answer."""

    id: str
    chapter: int
    text: str
    imports: list[str] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)  # before the answer, in this order


_known: dict[int, tuple[Any, str, bool]] = {}  # what the decorator gave: (it, exercise, passed)


def remember(value: Any, id: str, passed: bool) -> None:
    """What a name of the notebook holds after a check, so that another answer can refer to it."""
    _known[key(value)] = value, id, passed


def key(value: Any) -> int:
    return builtins.id(value)


def piece(asked: Exercise, answer: Any) -> Piece:
    """The piece of a passing answer. Raises CannotKeep, in words for the student."""
    text = definition(answer)
    if not text:
        raise CannotKeep("its text cannot be read")
    gathering = Gathering(asked.chapter, namespace(answer))
    gathering.of(text)
    name = getattr(answer, "__name__", "")
    if name == "<lambda>":
        text = f"{asked.id} = {text}"
    elif name != asked.id:
        text = f"{text}\n\n\n{asked.id} = {name}"
    own = {asked.id, name}
    imports = [line for line in gathering.imports if line.split()[-1] not in own]
    return Piece(asked.id, asked.chapter, text, imports, gathering.blocks)


def namespace(answer: Any) -> dict[str, Any]:
    """The names that an answer sees."""
    members = vars(answer).values() if isinstance(answer, type) else [answer]
    functions = (getattr(m, "__func__", getattr(m, "fget", m)) for m in members)
    found = next((f.__globals__ for f in functions if isinstance(f, FunctionType)), None)
    home = sys.modules.get(getattr(answer, "__module__", None) or "")
    return vars(home) if found is None and home else found or {}


def definition(value: Any) -> str:
    """The text of a function or class, without `@exercise`; "" where it has none of its own."""
    if not isinstance(value, FunctionType | type):
        return ""
    found = read(value)
    if found is None:
        code = code_of(value)
        return "" if code else _bare_class(value)
    if isinstance(found.node, ast.Lambda):
        return ast.unparse(found.node)
    nested = "<locals>" in value.__qualname__ or found.node.col_offset
    if nested and found.node.name != value.__name__:
        return ""
    skipped = {
        line
        for one in found.node.decorator_list
        if ast.unparse(one).split("(")[0].split(".")[-1] == "exercise"
        for line in range(one.lineno, (one.end_lineno or one.lineno) + 1)
    }
    first = min([found.node.lineno, *(d.lineno for d in found.node.decorator_list)])
    lines = found.lines[first - 1 : found.node.end_lineno]
    kept = [line for n, line in enumerate(lines, first) if n not in skipped]
    return textwrap.dedent("".join(kept)).strip()


def _bare_class(value: Any) -> str:
    """A class without a method, which has no code to be found by: the last one of its name."""
    home = vars(sys.modules.get(value.__module__, ModuleType("")))
    return cells.last(home, value.__name__) if isinstance(value, type) else ""


class Gathering:
    """What some text needs: import lines, and the definitions of the notebook it stands on."""

    def __init__(self, chapter: int, space: Mapping[str, Any]):
        self.chapter, self.space = chapter, space
        self.imports: list[str] = []
        self.blocks: list[str] = []
        self._done: set[str] = set()

    def of(self, text: str, space: Mapping[str, Any] | None = None) -> None:
        """Gather for every name that `text` does not bind itself."""
        for name in free(text):
            for place in (self.space, space or {}):
                if name in place:
                    self._name(name, place[name])
                    break
            else:
                if not hasattr(builtins, name):
                    raise CannotKeep(f"it uses `{name}`, which is not defined any more")

    def _name(self, name: str, value: Any) -> None:
        if name in self._done:
            return
        self._done.add(name)
        _, id, passed = _known.get(key(value), (None, "", False))
        library = exercises.get(name)
        if id and not passed:
            self._stand_in(name, exercises[id])
        elif library is not None and value is library.reference:
            self._stand_in(name, library)
        elif id:
            self._exercise(name, value, exercises[id])
        elif line := import_line(name, value):
            self._import(line)
        elif (text := literal(value)) is not None:
            if "np." in text:
                self._import("import numpy as np")
            self._block(f"{name} = {text}")
        else:
            self._written(name, value)

    def _exercise(self, name: str, value: Any, asked: Exercise) -> None:
        """Another answer that passed: in this file, or in that of its chapter."""
        if asked.chapter == self.chapter:
            if name not in {asked.id, getattr(value, "__name__", "")}:
                self._block(f"{name} = {asked.id}")
            self._attached(name, value)
        else:
            as_name = "" if name == asked.id else f" as {name}"
            self._import(f"from .ch{asked.chapter:02} import {asked.id}{as_name}")

    def _stand_in(self, name: str, asked: Exercise) -> None:
        """An answer that is nnlib's still. One that means the notebook's names is written out."""
        reference = asked.home
        if asked.in_notebook:
            text = definition(reference)
            self.of(text, namespace(reference))
            self._block(f"{MARK}\n{text}")
        else:
            line = import_line(name, reference)
            if not line:
                raise CannotKeep(f"it uses `{name}`, which cannot be imported")
            self._import(f"{line}  {MARK}")

    def _written(self, name: str, value: Any) -> None:
        """A function or class of the notebook, else the statements that made it."""
        text = definition(value)
        texts = [text] if text and getattr(value, "__name__", "") == name else []
        if not texts and (callable(value) or _several_callables(value)):
            texts = cells.making(self.space, name)
        if not texts:
            kind = type(value).__name__
            raise CannotKeep(f"it uses `{name}`, a {kind} of the notebook that has no short text")
        for text in texts:
            self.of(text)
            self._block(text)
        self._attached(name, value)

    def _attached(self, name: str, value: Any) -> None:
        """Methods that a later cell gave to a class: `Tensor.exp = primitive(exp)`."""
        if isinstance(value, type):
            for text in cells.attached(self.space, name, value):
                self.of(text)
                self._block(text)

    def _import(self, line: str) -> None:
        if line not in self.imports:
            self.imports.append(line)

    def _block(self, text: str) -> None:
        if text not in self.blocks:
            self.blocks.append(text)


def _several_callables(value: Any) -> bool:
    """A list or table of functions, such as the operations that a class is given."""
    parts = value.values() if isinstance(value, dict) else value
    return isinstance(value, dict | list | tuple) and any(map(callable, parts))


def import_line(name: str, value: Any) -> str:
    """The import that gives `value` this name; "" for what no module holds."""
    if isinstance(value, ModuleType):
        whole, _, last = value.__name__.rpartition(".")
        if value.__name__ == name:
            return f"import {name}"
        if whole and last == name:
            return f"from {whole} import {name}"
        return f"import {value.__name__} as {name}"
    if getattr(sys.modules.get("nnlib.course"), name, None) is value:
        return f"from nnlib.course import {name}"
    home = getattr(value, "__module__", None)
    own = getattr(value, "__name__", None)
    if not isinstance(home, str) or not isinstance(own, str) or home == "__main__":
        return ""
    for place in (home, "numpy"):
        if getattr(sys.modules.get(place), own, None) is value:
            as_name = "" if own == name else f" as {name}"
            place = f".{place.rpartition('.')[2]}" if place.startswith(PACKAGE) else place
            return f"from {place} import {own}{as_name}" if _lasting(place) else ""
    return ""


def _lasting(place: str) -> bool:
    """Whether a module will be there tomorrow: not one that a notebook's folder happens to hold."""
    module = sys.modules.get(place)
    return place.startswith(".") or module is None or bool(getattr(module, "__spec__", None))
