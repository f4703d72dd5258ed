"""The shelf: the folder `mine` beside the record, where the pages stand and are written.

One notebook writes at a time, under the record's lock, and a file takes the place of the old one
in one step. Who waits too long for the lock leaves a small file with the piece, and the next one
adds it. A text that is replaced goes to `versions`; one that the student has changed by hand is
replaced only when the notebook has a new one.
"""

from __future__ import annotations

import json
import os
import secrets
import time
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ...files import write_bytes
from .. import record
from ..registry import chapter
from .load import runs
from .page import Page
from .piece import MARK, CannotKeep, Piece
from .places import file, folder

KEPT = 3  # older versions of an answer


def store(piece: Piece) -> str:
    """Write a piece into its page. What to tell the student, or "". Raises OSError, CannotKeep."""
    with record.lock() as alone:
        if not alone:
            name = f"{piece.id}-{os.getpid()}-{secrets.token_hex(4)}.waiting"
            write_bytes(folder() / "versions" / name, json.dumps(asdict(piece)).encode())
            return ""
        _add_waiting()
        return _add(piece)


def tidy() -> None:
    """Add what waits, where something does. Never raises."""
    with suppress(Exception):
        if any(folder().glob("versions/*.waiting")):
            with record.lock() as alone:
                if alone:
                    _add_waiting()


def _add_waiting() -> None:
    waiting = sorted(folder().glob("versions/*.waiting"), key=lambda one: one.stat().st_mtime)
    for one in waiting:
        with suppress(ValueError, TypeError, CannotKeep):  # a part of a file has nothing to save
            _add(Piece(**json.loads(one.read_bytes())))
        one.unlink(missing_ok=True)


def _add(piece: Piece) -> str:
    said = ""
    kept = _kept(piece.chapter)
    page, broken = _page(piece.chapter, kept)
    if broken:
        said = f"{file(piece.chapter).name} could not be read ({broken}), so it is written anew "
        said += "from what was kept; your text of it lies in `versions`."
    texts = _news(piece, page, kept)
    before = kept.get("pieces", {}).get(piece.id, {})
    place = page.place_of(piece.id, chapter(piece.chapter).EXERCISES)
    page.put(texts, place)
    page.use(piece.imports)
    page.arrange()
    page.drop_unused(before.get("imports", []))
    text = str(page)
    if text != _text(piece.chapter):
        if why := runs(piece.chapter, text):  # one answer must not take the others with it
            raise CannotKeep(f"with it, {file(piece.chapter).name} would not run ({why})")
        write_bytes(file(piece.chapter), text.encode())
    start = folder() / "__init__.py"
    if not start.exists():
        write_bytes(start, b'"""Your own library: what you wrote in the course."""\n')
    kept.setdefault("pieces", {})[piece.id] = asdict(piece)
    write_bytes(_kept_file(piece.chapter), json.dumps(kept, indent=1).encode())
    _point_here(piece)
    return said


def _news(piece: Piece, page: Page, kept: dict[str, Any]) -> list[str]:
    """The texts that are to be written; what they replace is put by."""
    known = {
        text.strip()
        for old in kept.get("pieces", {}).values()
        for text in [*old["blocks"], old["text"]]
    }
    last = kept.get("pieces", {}).get(piece.id, {})
    answer = {last.get("text", "").strip()}
    news = []
    for text in [*piece.blocks, piece.text]:
        olds = [(b, page.find(b.key)) for b in Page(text).blocks]
        changed = [old for b, old in olds if old and old.text.strip() != b.text.strip()]
        edited = [old for old in changed if not old.nnlibs]
        same_as_before = text.strip() in (answer if text is piece.text else known)
        if edited and same_as_before:
            continue  # the student's hand was there, and the notebook has nothing new
        if text.startswith(MARK) and edited:
            continue
        for old in edited:
            _put_by(piece.chapter, old.key, old.text)
        news.append(text)
    return news


def _put_by(number: int, key: str, text: str) -> None:
    """Keep a replaced text among the last three versions of its name."""
    if not key.isidentifier():
        return
    where = folder() / "versions"
    old = versions(number, key)
    for one in old:
        if one.read_text(encoding="utf-8").strip() == text.strip():
            one.unlink()
    latest = int(old[-1].stem.rpartition(".")[2]) if old else 0
    write_bytes(where / f"ch{number:02}.{key}.{latest + 1}.py", f"{text.strip()}\n".encode())
    for one in versions(number, key)[:-KEPT]:
        one.unlink(missing_ok=True)


def versions(number: int, key: str) -> list[Path]:
    """The older versions of an answer, the oldest first."""
    found = (folder() / "versions").glob(f"ch{number:02}.{key}.*.py")
    ending = [(one.stem.rpartition(".")[2], one) for one in found]
    return [one for _, one in sorted((int(n), one) for n, one in ending if n.isdigit())]


def _page(number: int, kept: dict[str, Any]) -> tuple[Page, str]:
    """The page of a chapter; and what is amiss with its file, if it is made anew."""
    text = _text(number)
    broken = ""
    try:
        if text is not None:
            page = Page(text)
            page.head = page.head or head(number)
            return page, ""
    except (SyntaxError, ValueError, RecursionError) as error:
        broken = f"{error}"
        aside = folder() / "versions" / f"ch{number:02}-{time.strftime('%Y%m%d-%H%M%S')}.txt"
        write_bytes(aside, file(number).read_bytes())
    page = Page(head(number))
    if broken:
        for old in kept.get("pieces", {}).values():
            page.put([*old["blocks"], old["text"]], len(page.blocks))
            page.use(old["imports"])
    return page, broken


def _text(number: int) -> str | None:
    try:
        return file(number).read_bytes().decode("utf-8").replace("\r\n", "\n")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        return "\0"


def head(number: int) -> str:
    title = chapter(number).TITLE
    return (
        f'"""Chapter {number}, {title}: what you wrote.\n\n'
        "An answer is kept here when it passes. The page is yours: what you change by hand stays,\n"
        'until the notebook has a new text for it, and the old one is then in `versions`.\n"""'
    )


def _kept_file(number: int) -> Path:
    return folder() / "versions" / f"ch{number:02}.json"


def _kept(number: int) -> dict[str, Any]:
    """What was last kept from the notebook: {"pieces": {id: ...}}. Damaged, it counts as none."""
    try:
        found = json.loads(_kept_file(number).read_bytes())
        for old in found["pieces"].values():
            Piece(**old)
        return found
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {"pieces": {}}


def _point_here(piece: Piece) -> None:
    """Pages that took this name from nnlib take it from the student now."""
    for path in folder().glob("ch*.py"):
        if path == file(piece.chapter):
            continue
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines()
        for i, line in enumerate(lines):
            words = line.split("  #")[0].split()
            if line.endswith(MARK) and words[:1] == ["from"] and words[3:4] == [piece.id]:
                lines[i] = " ".join(["from", f".ch{piece.chapter:02}", *words[2:]])
        if lines != text.splitlines():
            write_bytes(path, ("\n".join(lines) + "\n").encode())
