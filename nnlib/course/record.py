"""The student's record: one small JSON file in the user's data folder.

Several notebooks may be open at once: what is new is added under a lock, and the new file takes
the place of the old in one step. Who waits too long for the lock leaves a small file of what is
new, and the next one adds it. A file that cannot be read is set aside under another name; a folder
that cannot be written leaves the record in memory. Both are said once, and neither stops a
notebook.
"""

from __future__ import annotations

import errno
import json
import os
import secrets
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from ..files import write_bytes

VERSION = 1  # of the file's form
BUSY = {errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK}  # another has the lock

PATIENCE = 0.8  # seconds for the lock
KINDS = ("exercises", "quizzes", "scores")
FIELDS: dict[str, tuple[type, Callable]] = {  # of an entry: its type, and how old and new are added
    "attempts": (int, lambda old, new: old + new),
    "hints": (int, max),
    "met": (list, lambda old, new: [*old, *(name for name in new if name not in old)]),
    "passed": (str, lambda old, new: old),  # the first day stays
    "first": (int, lambda old, new: old),
    "last": (str, lambda old, new: new),
    "solution": (bool, lambda old, new: new),
    "answer": (int, lambda old, new: new),
    "right": (bool, lambda old, new: new),
    "accuracy": (float, max),
}

_memory: dict[str, Any] = {}  # what is new in this session, where no file can be written
_said: set[str] = set()


def folder() -> Path:
    """NNLIB_PROGRESS_DIR, or the user's data folder."""
    chosen = os.environ.get("NNLIB_PROGRESS_DIR")
    if chosen:
        try:
            return Path(chosen).expanduser()
        except RuntimeError:  # ~somebody who is not known here
            raise FileNotFoundError(errno.ENOENT, "no such home folder", chosen) from None
    try:
        import platformdirs

        return Path(platformdirs.user_data_dir("nnlib", appauthor=False))
    except ImportError:
        return Path.home() / ".nnlib"


def path() -> Path:
    return folder() / "progress.json"


def read() -> dict[str, Any]:
    """The record: {"exercises": {id: {...}}, "quizzes": {id: {...}}}. Never raises."""
    try:
        with lock():
            return _added(_read_all()[0], _memory)
    except Exception as error:
        _say(f"Your progress cannot be read ({error}). The course goes on without it.")
        return _added(_empty(), _memory)


def note(kind: str, id: str, news: dict[str, Any]) -> None:
    """Add to an entry, e.g. note("exercises", "softmax", {"attempts": 1}). Never raises."""
    _added(_memory, {kind: {id: news}})
    try:
        with lock() as alone:
            if alone:
                record, waiting = _read_all()
                _write_file(_added(record, _memory))
                _memory.clear()
                for file in waiting:
                    file.unlink(missing_ok=True)
            else:
                name = f"progress-{os.getpid()}-{secrets.token_hex(4)}.waiting"
                write_bytes(folder() / name, json.dumps(_memory).encode())
                _memory.clear()
    except Exception as error:
        _say(
            f"Your progress cannot be saved in {_place()} ({getattr(error, 'strerror', 0) or error}"
            "). It is kept until this notebook closes. NNLIB_PROGRESS_DIR can name another folder."
        )


# --------------------------------------------------------------------------------- what is noted


def checked(id: str, status: str, misconception: str | None = None) -> None:
    """A check took place. A pass stays a pass; a blank cell counts as no attempt."""
    if status == "blank":
        return
    news: dict[str, Any] = {"attempts": 1, "last": status}
    if status == "passed":
        news["passed"] = _today()
    if misconception:
        news["met"] = [misconception]
    note("exercises", id, news)


def hinted(id: str, number: int) -> None:
    note("exercises", id, {"hints": number})


def shown(id: str) -> None:
    note("exercises", id, {"solution": True})


def answered(id: str, option: int, right: bool) -> None:
    note("quizzes", id, {"first": option, "answer": option, "right": right})


def scored(name: str, accuracy: float) -> None:
    """What a network of the student's own reached, e.g. scored("MNIST's test images", 0.978)."""
    note("scores", name, {"accuracy": float(accuracy)})


def _today() -> str:
    return time.strftime("%Y-%m-%d")


# -------------------------------------------------------------------------------------- the file


def _empty() -> dict[str, Any]:
    return {"version": VERSION, "exercises": {}, "quizzes": {}, "scores": {}}


def _added(record: dict[str, Any], news: dict[str, Any]) -> dict[str, Any]:
    """`record` with what is new in it."""
    for kind in KINDS:
        for id, entry in news.get(kind, {}).items():
            mine = record.setdefault(kind, {}).setdefault(id, {})
            for field, value in entry.items():
                add = FIELDS[field][1] if field in FIELDS and field in mine else None
                mine[field] = add(mine[field], value) if add else value
    return record


def _read_all() -> tuple[dict[str, Any], list[Path]]:
    """The record with what waits to be added, and the files that hold that."""
    record = _read_file()
    waiting = sorted(folder().glob("progress-*.waiting"))
    for file in waiting:
        with suppress(FileNotFoundError):  # another notebook was quicker
            _added(record, _whole(_parsed(file.read_bytes())))
    return record, waiting


def _read_file() -> dict[str, Any]:
    try:
        text = path().read_bytes()
    except FileNotFoundError:
        return _empty()
    found = _parsed(text)
    if isinstance(found, dict) and type(found.get("version")) is int and found["version"] > VERSION:
        raise OSError("a later version of nnlib wrote it, and reads more in it")
    record = {**_empty(), **_whole(found)}
    if record != {**_empty(), **(found if isinstance(found, dict) else {"": found})}:
        _set_aside()
        if any(record[kind] for kind in KINDS):
            _write_file(record)
    return record


def _parsed(text: bytes) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _whole(found: Any) -> dict[str, Any]:
    """What is well formed in a record: what has another type than it should have is left out."""
    if not isinstance(found, dict):
        return {}
    record = {key: value for key, value in found.items() if key not in KINDS and _flat(value)}
    record["version"] = VERSION
    for kind in KINDS:
        entries = found.get(kind)
        entries = entries if isinstance(entries, dict) else {}
        record[kind] = {
            id: {field: value for field, value in entry.items() if _fits(field, value)}
            for id, entry in entries.items()
            if isinstance(entry, dict)
        }
    return record


def _fits(field: str, value: Any) -> bool:
    if field == "met":
        return isinstance(value, list) and all(isinstance(name, str) for name in value)
    return type(value) is FIELDS[field][0] if field in FIELDS else _flat(value)


def _flat(value: Any) -> bool:
    """Of a field that this version does not know: nothing nested, which might be very deep."""
    return value is None or isinstance(value, str | int | float)


def _set_aside() -> None:
    aside = path().with_name(f"progress-damaged-{time.strftime('%Y%m%d-%H%M%S')}.json")
    number = 1
    while aside.exists():
        number += 1
        aside = aside.with_name(f"{aside.stem.split('~')[0]}~{number}.json")
    os.replace(path(), aside)
    _say(
        f"Your progress file was damaged. It is kept as {aside}; what could be read in it goes on, "
        "in a new one."
    )


def _write_file(record: dict[str, Any]) -> None:
    write_bytes(path(), json.dumps(record, indent=1, sort_keys=True).encode())


@contextmanager
def lock() -> Iterator[bool]:
    """Only one notebook at a time: True where it is alone, and where the folder knows no locks
    (some network drives); False where it has waited in vain."""
    path().parent.mkdir(parents=True, exist_ok=True)
    with open(folder() / "progress.lock", "a+b") as file:
        take, release = _locking(file)
        held, busy, until = False, True, time.monotonic() + PATIENCE
        while busy and time.monotonic() < until:
            try:
                take()
                held, busy = True, False
            except OSError as error:
                busy = error.errno in BUSY
                if busy:
                    time.sleep(0.01)
        try:
            yield not busy
        finally:
            if held:
                release()


def _locking(file: IO[bytes]) -> tuple[Callable[[], Any], Callable[[], Any]]:
    if sys.platform == "win32":
        import msvcrt

        def at_start(mode: int) -> None:
            file.seek(0)
            msvcrt.locking(file.fileno(), mode, 1)

        return lambda: at_start(msvcrt.LK_NBLCK), lambda: at_start(msvcrt.LK_UNLCK)
    import fcntl

    return (
        lambda: fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB),
        lambda: fcntl.flock(file, fcntl.LOCK_UN),
    )


def _place() -> str:
    """The file's name, for a message; the folder as it was chosen, where that is none."""
    try:
        return str(path())
    except Exception:
        return os.environ.get("NNLIB_PROGRESS_DIR", "the user's data folder")


def _say(message: str) -> None:
    """Once a session, in words, on stderr; not an error."""
    kind = message[:30]
    if kind not in _said:
        _said.add(kind)
        with suppress(OSError, ValueError):  # nobody hears
            print(message, file=sys.stderr)
