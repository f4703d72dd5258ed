"""`python -m nnlib.course export FOLDER`: the pages as a package, with a README and its tests."""

from __future__ import annotations

import ast
import keyword
import sys
from dataclasses import dataclass, field
from pathlib import Path

from ....files import write_bytes
from ... import record
from ...registry import chapter, exercises, numbers
from .. import load, shelf
from ..page import Block, Page
from ..piece import MARK
from ..places import file
from .readme import readme
from .vendor import LeftOut, Vendor, attributes, count

TESTS = Path(__file__).with_name("checks.py")


class Nothing(Exception):
    """Why there is nothing to export, in words."""


@dataclass
class Book:
    """What goes into the package, and what is said of it."""

    name: str
    pages: dict[int, str] = field(default_factory=dict)  # chapter -> text
    own: dict[int, list[str]] = field(default_factory=dict)  # chapter -> the student's exercises
    answers: int = 0  # lines of code in these
    helpers: int = 0  # lines beside them
    copied: int = 0  # lines of nnlib's
    left: list[str] = field(default_factory=list)  # sentences


def export(folder: Path, name: str = "mynn") -> Book:
    """Write the package; what it holds. Raises Nothing, ValueError and OSError."""
    standard = name in sys.stdlib_module_names or name in ("numpy", "nnlib")
    if not name.isidentifier() or keyword.iskeyword(name) or standard:
        raise ValueError(f"--name got {name!r}; expected a name that Python can import")
    folder = Path(folder)
    if (folder / name).exists():
        raise ValueError(f"{folder / name} is there already; nothing was written over it")
    shelf.tidy()
    book, vendor = Book(name), Vendor()
    for number in numbers():
        _page(number, book, vendor)
    if not book.pages:
        left = " ".join(book.left)
        raise Nothing(f"Nothing is yours yet: an answer is kept when it passes. {left}".strip())
    for number, text in book.pages.items():
        write_bytes(folder / name / f"ch{number:02}.py", text.encode())
    book.copied += vendor.write(folder / name)
    write_bytes(folder / name / "__init__.py", _start(book).encode())
    write_bytes(folder / "tests" / f"test_{name}.py", _tests(name).encode())
    write_bytes(folder / "README.md", readme(book, _score()).encode())
    write_bytes(folder / "pyproject.toml", _project(name).encode())
    return book


def _page(number: int, book: Book, vendor: Vendor) -> None:
    own = [e.id for e in exercises.chapter(number) if load.names(number).get(e.id)]
    if not own:
        return
    title = f"ch{number:02}.py"
    if load.page(number) is None:
        book.left.append(f"{title} does not run, so it is left out.")
        return
    page = Page(file(number).read_text(encoding="utf-8"))
    tree = ast.parse(file(number).read_text(encoding="utf-8"))
    lines: list[str] = []
    try:
        for text in page.imports:
            for node in ast.parse(text).body:
                if isinstance(node, ast.ImportFrom) and node.level == 1:
                    other = int((node.module or "ch-1")[2:])
                    if other not in book.pages:
                        raise LeftOut(f"it uses {node.module}.py, which is left out")
                if text == "from nnlib.course import mine":
                    known = {id for ids in [*book.own.values(), own] for id in ids}
                    for id in attributes(tree, "mine"):
                        if id not in known:
                            raise LeftOut(f"it uses mine.{id}, which is not yours")
                lines += vendor.rewrite(node, text, tree, book.name)
    except (LeftOut, ValueError) as why:
        book.left.append(f"{title} is left out: {why}.")
        return
    page.imports = list(dict.fromkeys(lines))
    if page.head == shelf.head(number):
        page.head = f'"""{chapter(number).TITLE}."""'
    for block in page.blocks:
        _counted(block, own, book)
    book.own[number] = own
    book.pages[number] = str(page).replace(MARK, "# nnlib's, not the author's own")


def _counted(block: Block, own: list[str], book: Book) -> None:
    lines = count(block.text)
    if block.nnlibs:
        book.copied += lines
    elif block.key in own:
        book.answers += lines
    else:
        book.helpers += lines


def _start(book: Book) -> str:
    lines = [f'"""{book.name}: neural networks from scratch, in plain NumPy."""', ""]
    lines += [f"from .ch{n:02} import {', '.join(own)}" for n, own in book.own.items()]
    names = sorted(name for own in book.own.values() for name in own)
    lines += ["", "__all__ = [", *(f'    "{name}",' for name in names), "]", ""]
    return "\n".join(lines)


def _tests(name: str) -> str:
    return TESTS.read_text(encoding="utf-8").replace("mynn", name)


def _project(name: str) -> str:
    return (
        f'[project]\nname = "{name}"\nversion = "1.0"\nrequires-python = ">=3.11"\n'
        'dependencies = ["numpy>=2"]\n'
    )


def _score() -> tuple[str, float] | None:
    """What the record says that the student's network reached: of what, and how much."""
    scores = record.read().get("scores", {})
    for name, entry in scores.items():
        if "accuracy" in entry:
            return name, entry["accuracy"]
    return None
