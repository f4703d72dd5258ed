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
from .page import Page
from .piece import PACKAGE
from .places import file, folder

_loaded: dict[str, tuple[Any, ModuleType | None]] = {}  # file -> its stamp, and its module


def package() -> str:
    """The name of the student's library among the modules: one for each folder."""
    return f"{PACKAGE}{zlib.crc32(str(folder().resolve()).encode()):08x}"


def page(number: int) -> ModuleType | None:
    """A chapter's page as a module; None where there is none, or where it does not run."""
    try:
        return _run(number, ())
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        record._say(f"ch{number:02}.py of your library {_words(error, file(number))}")
        return None


def stamp(number: int) -> Any:
    """What changes when a page changes, or one that it imports."""
    return _stamp(file(number), ())


def _stamp(path: Path, way: tuple[int, ...]) -> Any:
    try:
        seen = path.stat()
    except OSError:
        return None
    return (
        seen.st_mtime_ns,
        seen.st_size,
        *(_stamp(file(n), (*way, n)) for n in _imports(path) if n not in way),
    )


_imported: dict[tuple, list[int]] = {}


def _imports(path: Path) -> list[int]:
    """The chapters that a page imports from."""
    seen = path.stat()
    key = str(path), seen.st_mtime_ns, seen.st_size
    if key not in _imported:
        _imported[key] = _of_text(path.read_bytes())
    return _imported[key]


def _of_text(text: str | bytes) -> list[int]:
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    names = [n.module or "" for n in body if isinstance(n, ast.ImportFrom) and n.level == 1]
    return [int(n[2:]) for n in names if n.startswith("ch") and n[2:].isdigit()]


def _run(number: int, way: tuple[int, ...]) -> ModuleType | None:
    path = file(number)
    now = stamp(number)
    if now is None:
        return None
    before = _loaded.get(str(path))
    if before and before[0] == now:
        return before[1]
    _loaded[str(path)] = now, None  # a page that fails is not tried again before it has changed
    for other in _imports(path):
        if other not in way and other != number:
            _run(other, (*way, number))
    module = _executed(number, path.read_bytes())
    linecache.checkcache(str(path))
    _loaded[str(path)] = now, module
    return module


def _executed(number: int, text: str | bytes) -> ModuleType:
    """A page's text, run as a module of the student's library."""
    home = package()
    if home not in sys.modules:
        sys.modules[home] = ModuleType(home)
        sys.modules[home].__path__ = [str(folder())]
    name = f"{home}.ch{number:02}"
    module = ModuleType(name)
    vars(module).update(__file__=str(file(number)), __package__=home)
    before = sys.modules.get(name)
    sys.modules[name] = module
    try:
        exec(compile(text, str(file(number)), "exec"), vars(module))
    except BaseException:
        sys.modules.pop(name)
        if before:
            sys.modules[name] = before
        raise
    setattr(sys.modules[home], f"ch{number:02}", module)
    return module


def runs(number: int, text: str) -> str:
    """Why a page that is to be written would not run, in a few words; "" where it runs."""
    name = f"{package()}.ch{number:02}"
    before = sys.modules.get(name)
    try:
        for other in _of_text(text):
            if other != number:
                _run(other, (number,))
        _executed(number, text)
        return ""
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    finally:
        sys.modules.pop(name, None)
        if before:
            sys.modules[name] = before


def names(number: int) -> dict[str, bool]:
    """Each name that a page defines: True where it is the student's. Empty where it has none."""
    try:
        return Page(file(number).read_text(encoding="utf-8")).names()
    except (OSError, SyntaxError, ValueError):
        return {}


def _words(error: BaseException, path: Path) -> str:
    line = error.lineno if isinstance(error, SyntaxError) else None
    trace = error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == str(path):
            line = trace.tb_lineno
        trace = trace.tb_next
    where = f" in line {line}" if line else ""
    return (
        f"does not run: {type(error).__name__}: {getattr(error, 'msg', error)}{where}. Until it "
        f"does, `mine` gives nnlib's for that chapter. The file: {path}"
    )
