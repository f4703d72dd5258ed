"""An exception described: its type, its words, and the last line of the student's own text."""

from __future__ import annotations

import linecache
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType, TracebackType

from .outcome import Failure
from .source import code_of

NNLIB = str(Path(__file__).resolve().parents[2]) + os.sep
HERE = str(Path(__file__).resolve().parent) + os.sep  # the judge's own frames are no one's mistake
LIBRARIES = tuple({os.path.realpath(p) + os.sep for p in (sys.prefix, sys.base_prefix)})


def describe(error: BaseException, answer: Callable) -> Failure:
    """The exception with the last line of the student's own text on its way."""
    code = code_of(answer)
    own = code.co_filename if code else ""
    line, text, probed = 0, "", 0
    for frame, number in _walk(error.__traceback__):
        filename = frame.f_code.co_filename
        if filename == own or not _library(filename):
            line, text = number, _line(filename, number)
        elif filename.startswith(NNLIB) and not line and not filename.startswith(HERE):
            probed, text = number, _line(filename, number)
    return Failure(
        type(error).__name__, _said(error), line, text, in_answer=bool(line or not probed)
    )


def _said(error: BaseException) -> str:
    """Its words; "" where they cannot be had."""
    try:
        if isinstance(error, KeyError) and error.args:
            return f"there is no key {error.args[0]!r}"
        return str(error)
    except Exception:  # a `__str__` of the student's that raises
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
    return filename.startswith(NNLIB) or os.path.realpath(filename).startswith(LIBRARIES)


def _line(filename: str, number: int) -> str:
    return linecache.getline(filename, number).strip()
