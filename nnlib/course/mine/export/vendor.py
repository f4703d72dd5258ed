"""What is nnlib's in an exported package: copies of its modules, each marked, in one folder."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path
from typing import Any

from ..names import free
from ..piece import definition, import_line, namespace

CORE = Path(__file__).resolve().parents[3]
FOLDER = "nnlibs"
HEAD = "# Copied from nnlib (MIT License, see LICENSE beside this file). Not the author's own.\n"
LICENSE = Path(__file__).with_name("nnlib-license.txt")


class LeftOut(Exception):
    """Why a page cannot go into a package that needs NumPy alone."""


class Vendor:
    """Collects what is needed of nnlib, and writes it down."""

    def __init__(self) -> None:
        self.modules: set[str] = set()  # of the core: "functions", "data"
        self.answers: dict[str, str] = {}  # references that live in the chapters: their text
        self.imports: set[str] = set()  # of these
        self.whole = False  # whether somebody says `nnlib.functions`

    def rewrite(self, node: ast.stmt, text: str, page: ast.Module, name: str) -> list[str]:
        """An import line of a page, as it reads in the package `name`."""
        if isinstance(node, ast.Import):
            return [self._import(alias, page) for alias in node.names]
        if not isinstance(node, ast.ImportFrom) or node.level:
            return [text.split("  #")[0]]
        if (node.module or "").split(".")[0] != "nnlib":
            return [text]
        return [self._from(node.module or "", alias, page, name) for alias in node.names]

    def _import(self, alias: ast.alias, page: ast.Module) -> str:
        whole = f"import {alias.name}" + (f" as {alias.asname}" if alias.asname else "")
        if alias.name.split(".")[0] != "nnlib":
            return whole
        if alias.asname and "." in alias.name:
            module = alias.name.split(".", 1)[1]
            self.need(module)
            return f"from .{FOLDER} import {module} as {alias.asname}"
        self.whole = True
        known = alias.asname or "nnlib"
        for inner in attributes(page, known):
            self.need(inner)
        return f"from . import {FOLDER} as {known}"

    def _from(self, module: str, alias: ast.alias, page: ast.Module, name: str) -> str:
        named = alias.name + (f" as {alias.asname}" if alias.asname else "")
        if module == "nnlib.course" and alias.name == "mine":
            return f"import {name} as {alias.asname or 'mine'}"
        if module.startswith("nnlib.course.chapters."):
            self._answer(getattr(importlib.import_module(module), alias.name))
            return f"from .{FOLDER}.answers import {named}"
        if module == "nnlib":
            if (CORE / f"{alias.name}.py").exists() or (CORE / alias.name).is_dir():
                self.need(alias.name)
                return f"from .{FOLDER} import {named}"
            module = getattr(importlib.import_module("nnlib"), alias.name).__module__
        inner = module.split(".", 1)[1]
        self.need(inner)
        return f"from .{FOLDER}.{inner} import {named}"

    def need(self, module: str) -> None:
        """A module of the core, and those that it imports."""
        module = module.split(".")[0]
        if module in ("course", "widgets"):
            raise LeftOut(f"it uses nnlib.{module}, which needs more than NumPy")
        if module in self.modules:
            return
        files = _files(module)
        if not files:
            raise LeftOut(f"it uses nnlib.{module}, which is no module")
        self.modules.add(module)
        for file in files:
            if file.suffix == ".py":
                depth = len(file.relative_to(CORE).parts)
                for inner in _relative(file, depth):
                    self.need(inner)

    def _answer(self, value: Any) -> None:
        """A reference from a chapter's file, and what it stands on there."""
        name = value.__name__
        if name in self.answers:
            return
        text = definition(value)
        self.answers[name] = ""  # its place, if it calls itself
        space = namespace(value)
        for used in free(text):
            if used not in space or used == name:
                continue
            line = import_line(used, space[used])
            if line.startswith("from nnlib.course"):
                self._answer(space[used])
            elif line.startswith("from nnlib"):
                module = line.split()[1].split(".", 1)
                inner = module[1] if len(module) > 1 else line.split()[3]
                self.need(inner)
                self.imports.add(line.replace("from nnlib", "from ", 1))
            elif line:
                self.imports.add(line)
        del self.answers[name]  # after what it stands on
        self.answers[name] = text

    def write(self, folder: Path) -> int:
        """Write the copies; how many lines of code they have."""
        if not (self.modules or self.answers):
            return 0
        lines = 0
        target = folder / FOLDER
        target.mkdir(parents=True, exist_ok=True)
        inner = "".join(f"from . import {m}\n" for m in sorted(self.modules)) if self.whole else ""
        start = f'"""What is nnlib\'s in this package, copied. Not the author\'s own."""\n\n{inner}'
        (target / "__init__.py").write_text(start.rstrip() + "\n", encoding="utf-8")
        (target / "LICENSE").write_text(LICENSE.read_text(encoding="utf-8"), encoding="utf-8")
        for file in sorted(file for module in self.modules for file in _files(module)):
            place = target / file.relative_to(CORE)
            place.parent.mkdir(parents=True, exist_ok=True)
            if file.suffix != ".py":
                place.write_bytes(file.read_bytes())
                continue
            text = file.read_text(encoding="utf-8")
            place.write_text(f"{HEAD}{text}", encoding="utf-8")
            lines += count(text)
        if self.answers:
            parts = ["\n".join(sorted(self.imports)), *self.answers.values()]
            text = "\n\n\n".join(part for part in parts if part)
            doc = '"""Answers of the course that the author has not written."""\n\n'
            (target / "answers.py").write_text(f"{HEAD}{doc}{text}\n", encoding="utf-8")
            lines += count(text)
        return lines


def attributes(page: ast.Module, name: str) -> list[str]:
    """What a page takes by a dot from a name: of `mine.softmax` the softmax."""
    dotted = [n for n in ast.walk(page) if isinstance(n, ast.Attribute)]
    return [n.attr for n in dotted if isinstance(n.value, ast.Name) and n.value.id == name]


def count(text: str) -> int:
    """Lines of code: not blank, and not a comment alone."""
    lines = (line.strip() for line in text.splitlines())
    return sum(bool(line) and not line.startswith("#") for line in lines)


def _files(module: str) -> list[Path]:
    if (CORE / f"{module}.py").exists():
        return [CORE / f"{module}.py"]
    found = sorted((CORE / module).rglob("*")) if (CORE / module).is_dir() else []
    return [file for file in found if file.is_file() and "__pycache__" not in file.parts]


def _relative(file: Path, depth: int) -> set[str]:
    """The modules of the core that a file imports, by their first name."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == depth:
            names = [node.module] if node.module else [alias.name for alias in node.names]
            found |= {name.split(".")[0] for name in names if name}
    return found & {p.stem for p in CORE.iterdir() if p.stem not in ("__init__", "__pycache__")}
