"""The student's record: one small JSON file in the user's data folder.

Several notebooks may be open at once: a change is read, merged and written under a lock, and the
new file takes the place of the old in one step. A file that cannot be read is set aside under
another name; a folder that cannot be written leaves the record in memory. Both are said once, and
neither stops a notebook.
"""

from __future__ import annotations

import errno
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from ..files import write_bytes

VERSION = 1  # of the file's form
BUSY = {errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK}  # another has the lock

_memory: dict[str, Any] = {}  # this session's record, where no file can be written
_said: set[str] = set()


def folder() -> Path:
    """NNLIB_PROGRESS_DIR, or the user's data folder."""
    chosen = os.environ.get("NNLIB_PROGRESS_DIR")
    if chosen:
        return Path(chosen).expanduser()
    try:
        import platformdirs

        return Path(platformdirs.user_data_dir("nnlib", appauthor=False))
    except ImportError:
        return Path.home() / ".nnlib"


def path() -> Path:
    return folder() / "progress.json"


def read() -> dict[str, Any]:
    """The record: {"exercises": {id: {...}}, "quizzes": {id: {...}}}."""
    try:
        with _lock():
            return _merged(_read_file(), _memory)
    except OSError as error:
        _say(f"Your progress cannot be read ({error}). The course goes on without it.")
        return _merged(_empty(), _memory)


def note(kind: str, id: str, change: Callable[[dict[str, Any]], None]) -> None:
    """Change one entry, e.g. note("exercises", "softmax", lambda entry: ...). Never raises."""
    try:
        with _lock():
            record = _merged(_read_file(), _memory)
            change(record[kind].setdefault(id, {}))
            _write_file(record)
            _memory.clear()
    except OSError as error:
        _say(
            f"Your progress cannot be saved in {path()} ({error.strerror or error}). It is kept "
            "until this notebook closes. NNLIB_PROGRESS_DIR can name another folder."
        )
        record = _merged(_empty(), _memory)
        change(record[kind].setdefault(id, {}))
        _memory.update(record)


# --------------------------------------------------------------------------------- what is noted


def checked(id: str, status: str, misconception: str | None = None) -> None:
    """A check took place. A pass stays a pass; a blank cell counts as no attempt."""
    if status == "blank":
        return

    def change(entry: dict[str, Any]) -> None:
        entry["attempts"] = entry.get("attempts", 0) + 1
        entry["last"] = status
        if status == "passed" and "passed" not in entry:
            entry["passed"] = _today()
        if misconception:
            met = entry.setdefault("met", [])
            if misconception not in met:
                met.append(misconception)

    note("exercises", id, change)


def hinted(id: str, number: int) -> None:
    note("exercises", id, lambda e: e.update(hints=max(number, e.get("hints", 0))))


def shown(id: str) -> None:
    note("exercises", id, lambda e: e.update(solution=True))


def answered(id: str, option: int, right: bool) -> None:
    def change(entry: dict[str, Any]) -> None:
        entry.setdefault("first", option)
        entry["answer"] = option
        entry["right"] = right

    note("quizzes", id, change)


def _today() -> str:
    return time.strftime("%Y-%m-%d")


# -------------------------------------------------------------------------------------- the file


def _empty() -> dict[str, Any]:
    return {"version": VERSION, "exercises": {}, "quizzes": {}}


def _merged(record: dict[str, Any], later: dict[str, Any]) -> dict[str, Any]:
    for kind in ("exercises", "quizzes"):
        for id, entry in later.get(kind, {}).items():
            record[kind][id] = {**record[kind].get(id, {}), **entry}
    return record


def _read_file() -> dict[str, Any]:
    try:
        text = path().read_bytes()
    except FileNotFoundError:
        return _empty()
    try:
        record = json.loads(text)
        newer = record.get("version", VERSION) > VERSION
        for kind in ("exercises", "quizzes"):
            entries = record.setdefault(kind, {})
            if not all(isinstance(entry, dict) for entry in entries.values()):
                raise ValueError("an entry is not a table")
    except (ValueError, AttributeError, TypeError):
        _set_aside()
        return _empty()
    if newer:
        raise OSError("a later version of nnlib wrote it, and reads more in it")
    return record


def _set_aside() -> None:
    aside = path().with_name(f"progress-damaged-{time.strftime('%Y%m%d-%H%M%S')}.json")
    number = 1
    while aside.exists():
        number += 1
        aside = aside.with_name(f"{aside.stem.split('~')[0]}~{number}.json")
    os.replace(path(), aside)
    _say(f"Your progress file was damaged. It is kept as {aside}, and a new one is begun.")


def _write_file(record: dict[str, Any]) -> None:
    write_bytes(path(), json.dumps(record, indent=1, sort_keys=True).encode())


@contextmanager
def _lock(patience: float = 2.0) -> Iterator[None]:
    """Only one notebook at a time. After `patience` seconds it goes on all the same, and at once
    where the folder knows no locks (some network drives)."""
    path().parent.mkdir(parents=True, exist_ok=True)
    with open(folder() / "progress.lock", "a+b") as file:
        take, release = _locking(file)
        held, until = False, time.monotonic() + patience
        while not held and time.monotonic() < until:
            try:
                take()
                held = True
            except OSError as error:
                if error.errno not in BUSY:
                    break
                time.sleep(0.01)
        try:
            yield
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


def _say(message: str) -> None:
    """Once a session, in words, on stderr; not an error."""
    kind = message[:30]
    if kind not in _said:
        _said.add(kind)
        print(message, file=sys.stderr)
