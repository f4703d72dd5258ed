"""Running the student's pages: each once, and again when its file or one it stands on has changed.

The text is run as it stands, without a cache on the disk: an edit counts at once.
"""

from __future__ import annotations

import ast
import linecache
import sys
import zlib
from pathlib import Path
from types import ModuleType
from typing import Any

from .. import record
from . import shelf
from .page import Page
from .piece import PACKAGE

_loaded: dict[str, tuple[Any, ModuleType | None]] = {}  # file -> its stamp, and its module


def package() -> str:
    """The name of the student's library among the modules: one for each folder."""
    return f"{PACKAGE}{zlib.crc32(str(shelf.folder().resolve()).encode()):08x}"


def page(number: int) -> ModuleType | None:
    """A chapter's page as a module; None where there is none, or where it does not run."""
    try:
        return _run(number, ())
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        record._say(f"ch{number:02}.py of your library {_words(error, shelf.file(number))}")
        return None


def stamp(number: int) -> Any:
    """What changes when a page changes, or one that it imports."""
    return _stamp(shelf.file(number), ())


def _stamp(file: Path, way: tuple[int, ...]) -> Any:
    try:
        seen = file.stat()
    except OSError:
        return None
    return (
        seen.st_mtime_ns,
        seen.st_size,
        *(_stamp(shelf.file(n), (*way, n)) for n in _imports(file) if n not in way),
    )


_imported: dict[tuple, list[int]] = {}


def _imports(file: Path) -> list[int]:
    """The chapters that a page imports from."""
    seen = file.stat()
    key = str(file), seen.st_mtime_ns, seen.st_size
    if key not in _imported:
        try:
            body = ast.parse(file.read_bytes()).body
        except (SyntaxError, ValueError):
            body = []
        froms = [n for n in body if isinstance(n, ast.ImportFrom) and n.level == 1]
        names = [n.module or "" for n in froms]
        _imported[key] = [int(n[2:]) for n in names if n.startswith("ch") and n[2:].isdigit()]
    return _imported[key]


def _run(number: int, way: tuple[int, ...]) -> ModuleType | None:
    file = shelf.file(number)
    now = stamp(number)
    if now is None:
        return None
    before = _loaded.get(str(file))
    if before and before[0] == now:
        return before[1]
    _loaded[str(file)] = now, None  # a page that fails is not tried again before it has changed
    home = package()
    if home not in sys.modules:
        sys.modules[home] = ModuleType(home)
        sys.modules[home].__path__ = [str(shelf.folder())]
    for other in _imports(file):
        if other not in way and other != number:
            _run(other, (*way, number))
    name = f"{home}.ch{number:02}"
    module = ModuleType(name)
    vars(module).update(__file__=str(file), __package__=home)
    text = file.read_bytes()
    old = sys.modules.get(name)
    sys.modules[name] = module
    try:
        exec(compile(text, str(file), "exec"), vars(module))
    except BaseException:
        sys.modules.pop(name)
        if old:
            sys.modules[name] = old
        raise
    linecache.checkcache(str(file))
    setattr(sys.modules[home], f"ch{number:02}", module)
    _loaded[str(file)] = now, module
    return module


def names(number: int) -> dict[str, bool]:
    """Each name that a page defines: True where it is the student's. Empty where it has none."""
    try:
        return Page(shelf.file(number).read_text(encoding="utf-8")).names()
    except (OSError, SyntaxError, ValueError):
        return {}


def _words(error: BaseException, file: Path) -> str:
    line = error.lineno if isinstance(error, SyntaxError) else None
    trace = error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == str(file):
            line = trace.tb_lineno
        trace = trace.tb_next
    where = f" in line {line}" if line else ""
    return (
        f"does not run: {type(error).__name__}: {getattr(error, 'msg', error)}{where}. Until it "
        f"does, `mine` gives nnlib's for that chapter. The file: {file}"
    )
