"""An exception described: its type, its words, and the last line of the student's own text."""

from __future__ import annotations

import linecache
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import FrameType, TracebackType

from .limits import TimeUp, TooBig
from .outcome import Failure
from .source import code_of

NNLIB = str(Path(__file__).resolve().parents[2]) + os.sep
HERE = str(Path(__file__).resolve().parent) + os.sep  # the judge's own frames are no one's mistake
LIBRARIES = tuple({os.path.realpath(p) + os.sep for p in (sys.prefix, sys.base_prefix)})


def describe(error: BaseException, answer: Callable) -> Failure:
    """The exception with the last line of the student's own text on its way."""
    line, text, in_answer = place(_walk(error.__traceback__), answer)
    return Failure(type(error).__name__, _said(error), line, text, in_answer)


def running(frame: FrameType | None, answer: Callable) -> tuple[int, str]:
    """The last line of the student's own text, and its number, on the way to `frame`."""
    inner = []
    while frame:
        inner.append((frame, frame.f_lineno))
        frame = frame.f_back
    line, text, _ = place(reversed(inner), answer)
    return line, text


def place(frames: Iterable[tuple[FrameType, int]], answer: Callable) -> tuple[int, str, bool]:
    """The last line of the student's own text: its number, the text; False where a probe failed."""
    code = code_of(answer)
    own = code.co_filename if code else ""
    line, text, probed = 0, "", 0
    for frame, number in frames:
        filename = frame.f_code.co_filename
        if filename == own or not _library(filename):
            line, text = number, _line(filename, number)
        elif filename.startswith(NNLIB) and not line and not filename.startswith(HERE):
            probed, text = number, _line(filename, number)
    return line, text, bool(line or not probed)


def _said(error: BaseException) -> str:
    """Its words; "" where they cannot be had."""
    try:
        if isinstance(error, KeyError) and error.args:
            return f"there is no key {error.args[0]!r}"
        return str(error)
    except (KeyboardInterrupt, TimeUp, TooBig):
        raise
    except BaseException:  # a `__str__` of the student's that raises, or exits
        return ""


def _walk(trace: TracebackType | None) -> Iterator[tuple[FrameType, int]]:
    while trace:
        yield trace.tb_frame, trace.tb_lineno
        trace = trace.tb_next


def _library(filename: str) -> bool:
    if filename.startswith(("<frozen", "<__array_function__", "<string>")):
        return True
    if filename.startswith("<"):  # a cell
        return False
    if not os.path.isabs(filename):  # compiled: "numpy/random/mtrand.pyx" stands in its frames
        return True
    return filename.startswith(NNLIB) or os.path.realpath(filename).startswith(LIBRARIES)


def _line(filename: str, number: int) -> str:
    return linecache.getline(filename, number).strip()
