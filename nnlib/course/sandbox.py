"""Running a student's code: for a limited time, in limited memory, leaving nothing changed."""

from __future__ import annotations

import copy
import ctypes
import io
import os
import random
import re
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np

from .exercise import Case, Exercise
from .source import code_of

HEADROOM = 1 << 30  # bytes an answer may take beyond what the kernel holds already
TICK = 0.05  # seconds between two looks at the clock and the memory
PRINTED = 400  # characters of output that are kept

NNLIB = str(Path(__file__).resolve().parents[1]) + os.sep
LIBRARIES = tuple({os.path.realpath(p) + os.sep for p in (sys.prefix, sys.base_prefix)})


@dataclass(frozen=True)
class Failure:
    """An exception, as much of it as the student needs."""

    type: str
    message: str
    line: int = 0  # in the student's own text; 0 where it was raised elsewhere
    text: str = ""
    in_answer: bool = True  # False where the check's own call failed, before any line of theirs


@dataclass(frozen=True)
class Outcome:
    """What one call did."""

    value: Any = None
    failure: Failure | None = None
    ended: str = "returned"  # or "raised", "too long", "too big"
    changed: tuple[str, ...] = ()  # names of the inputs that are no longer what they were
    printed: str = ""
    warned: str = ""


class TimeUp(BaseException):
    """Raised in the student's code by the clock; not an Exception, so that `except` lets it by."""


class TooBig(BaseException):
    """Raised in the student's code when it takes too much memory."""


def attempt(exercise: Exercise, answer: Callable, cases: Sequence[Case]) -> list[Outcome]:
    """Call `answer` on every case. Stops at the first that does not end; never raises for it."""
    outcomes: list[Outcome] = []
    with state_kept():
        try:
            with limits(exercise.seconds) as guard:
                for case in cases:
                    outcomes.append(_call(exercise, answer, case, guard))
                    if outcomes[-1].ended in ("too long", "too big"):
                        break
        except (TimeUp, TooBig) as end:  # between two calls, in code of ours
            outcomes.append(Outcome(ended="too long" if isinstance(end, TimeUp) else "too big"))
    return outcomes


def _call(exercise: Exercise, answer: Callable, case: Case, guard: _Guard) -> Outcome:
    args = copy.deepcopy(case.args)
    printed = _Page()
    value, failure, ended = None, None, "returned"
    np.random.seed(0)
    random.seed(0)
    with warnings.catch_warnings(record=True) as heard, np.errstate(all="warn"):
        warnings.simplefilter("always")
        np.seterr(under="ignore")
        with redirect_stdout(printed), redirect_stderr(printed):
            try:
                result = exercise.probe(answer, *args) if exercise.probe else answer(*args)
                value = plain(result)
            except TimeUp as error:
                guard.satisfied = True
                ended, failure = "too long", describe(error, answer)
            except (TooBig, MemoryError) as error:
                guard.satisfied = True
                ended, failure = "too big", describe(error, answer)
            except KeyboardInterrupt:
                raise
            except BaseException as error:  # SystemExit too: a student's exit() ends one call only
                ended, failure = "raised", describe(error, answer)
    changed = () if exercise.changes_input else _changed(exercise, case.args, args)
    warned = next((str(w.message) for w in heard if issubclass(w.category, RuntimeWarning)), "")
    return Outcome(value, failure, ended, changed, printed.getvalue(), warned)


def plain(value: Any) -> Any:
    """A copy made of numbers, arrays, tuples, lists and dicts; other things stay as they are."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if type(value) in (tuple, list):
        return type(value)(plain(v) for v in value)
    if isinstance(value, tuple):  # a named tuple
        return tuple(plain(v) for v in value)
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if not isinstance(value, type) and callable(getattr(value, "numpy", None)):
        value = value.detach() if callable(getattr(value, "detach", None)) else value
        return np.array(value.numpy())
    return value


def _changed(exercise: Exercise, before: tuple, after: tuple) -> tuple[str, ...]:
    names = exercise.names
    pairs = enumerate(zip(before, after, strict=True))
    return tuple(
        names[i] if i < len(names) else f"argument {i + 1}"
        for i, (b, a) in pairs
        if not _same_input(b, a)
    )


def _same_input(before: Any, after: Any) -> bool:
    if isinstance(before, np.ndarray):
        same = before.shape == after.shape and before.dtype == after.dtype
        return same and (before.tobytes() == after.tobytes())
    if isinstance(before, list | tuple):
        return len(before) == len(after) and all(map(_same_input, before, after))
    if isinstance(before, dict):
        return before.keys() == after.keys() and all(
            _same_input(before[k], after[k]) for k in before
        )
    return True


class _Page(io.StringIO):
    """Keeps the beginning of what is printed; a print in an endless loop costs nothing."""

    def write(self, text: str) -> int:
        return super().write(text[: PRINTED - self.tell()]) if self.tell() < PRINTED else len(text)


# ------------------------------------------------------------------------------------ exceptions


def describe(error: BaseException, answer: Callable) -> Failure:
    """The exception with the last line of the student's own text on its way."""
    code = code_of(answer)
    own = code.co_filename if code else ""
    line, text, probed = 0, "", 0
    for frame, number in _walk(error.__traceback__):
        filename = frame.f_code.co_filename
        if filename == own or not _library(filename):
            line, text = number, _line(filename, number)
        elif filename.startswith(NNLIB) and not line and frame.f_code.co_filename != __file__:
            probed, text = number, _line(filename, number)
    message = str(error)
    if isinstance(error, KeyError) and error.args:
        message = f"there is no key {error.args[0]!r}"
    return Failure(type(error).__name__, message, line, text, in_answer=bool(line or not probed))


def _walk(trace: TracebackType | None):
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
    import linecache

    return linecache.getline(filename, number).strip()


# ----------------------------------------------------------------------------------------- state


@contextmanager
def state_kept() -> Iterator[None]:
    """Put back what an answer may have changed for everyone: generators, NumPy's error state..."""
    numbers, python = np.random.get_state(), random.getstate()
    errors, options = np.geterr(), np.get_printoptions()
    depth, folder = sys.getrecursionlimit(), os.getcwd()
    try:
        with warnings.catch_warnings():
            yield
    finally:
        np.random.set_state(numbers)
        random.setstate(python)
        np.seterr(**errors)
        _put_back_options(options)
        if sys.getrecursionlimit() != depth:
            sys.setrecursionlimit(depth)
        if os.getcwd() != folder:
            os.chdir(folder)


def _put_back_options(options: dict) -> None:
    if np.get_printoptions() != options:
        np.set_printoptions(**{k: v for k, v in options.items() if k != "override_repr"})


# ---------------------------------------------------------------------------------------- limits


@contextmanager
def limits(seconds: float, headroom: int = HEADROOM) -> Iterator[_Guard]:
    """Raise TimeUp or TooBig in the block when it takes too long or too much memory.

    In the main thread of Unix an interval timer interrupts even a sleep. Elsewhere (Windows, a
    thread) a watchdog sets the exception from outside, at the next step of Python code. Both knock
    again and again, because a student's bare `except:` may swallow the first.
    """
    guard = _Alarm if _alarm_is_free() else _Watchdog
    with _memory_capped(headroom), guard(seconds, headroom) as watching:
        yield watching


def _alarm_is_free() -> bool:
    return (
        hasattr(signal, "setitimer")
        and threading.current_thread() is threading.main_thread()
        and signal.getitimer(signal.ITIMER_REAL)[0] == 0
        and signal.getsignal(signal.SIGALRM) in (signal.SIG_DFL, signal.SIG_IGN, None)
    )


class _Guard:
    def __init__(self, seconds: float, headroom: int):
        self.deadline = time.monotonic() + seconds
        self.ceiling = memory_used() + headroom
        self.knocks = 0
        self.satisfied = False  # the exception has arrived

    def verdict(self) -> type[BaseException] | None:
        """What is to be raised now, if anything."""
        if self.satisfied:
            return None
        if time.monotonic() > self.deadline:
            return TimeUp
        return TooBig if memory_used() > self.ceiling else None


class _Alarm(_Guard):
    """SIGALRM, every TICK."""

    def __enter__(self):
        self.before, self.trace = signal.signal(signal.SIGALRM, self.ring), sys.gettrace()
        signal.setitimer(signal.ITIMER_REAL, TICK, TICK)
        return self

    def __exit__(self, *_):
        while True:
            try:
                signal.setitimer(signal.ITIMER_REAL, 0)
                signal.signal(signal.SIGALRM, self.before)
                if self.knocks > 10:
                    sys.settrace(self.trace)
                return
            except (TimeUp, TooBig):  # it rang on the threshold
                continue

    def ring(self, _signal, frame):
        verdict = self.verdict()
        if verdict is None:
            return
        self.knocks += 1
        if self.knocks > 10:  # everything is swallowed: raise once more in the `except` itself

            def insist(_frame, event, _arg):
                if event == "line" and not self.satisfied:
                    raise verdict
                return insist

            sys.settrace(insist)
            frame.f_trace = insist
        raise verdict


class _Watchdog(_Guard):
    """A thread that looks on and sets the exception in the thread it guards."""

    def __enter__(self):
        self.target, self.lock, self.over = threading.get_ident(), threading.Lock(), False
        self.done = threading.Event()
        self.thread = threading.Thread(target=self.watch, daemon=True)
        try:
            self.thread.start()
        except RuntimeError:  # a Python without threads, in a browser: no limit
            self.thread = None
        return self

    def __exit__(self, *_):
        over = self.thread is None
        while not over:
            try:
                with self.lock:
                    self.over = True
                self.done.set()
                over = True
                if self.knocks:  # one may be on its way: a last one takes its place, to end here
                    _raise_in(self.target, TimeUp)
                    for _ in range(100_000):
                        pass
            except (TimeUp, TooBig):
                continue

    def watch(self):
        while not self.done.wait(TICK):
            verdict = self.verdict()
            with self.lock:
                if verdict and not self.over:
                    self.knocks += 1
                    _raise_in(self.target, verdict)


def _raise_in(thread: int, error: type[BaseException]) -> None:
    """Never NULL, to take one back: that hangs a traced thread (coverage) in CPython 3.11."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error))


@contextmanager
def _memory_capped(headroom: int) -> Iterator[None]:
    """On Linux NumPy's allocation itself fails, so that a huge array is refused before it exists.

    Elsewhere the guard looks at the memory in use, every TICK.
    """
    if not sys.platform.startswith("linux"):
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = _linux_pages(0) + headroom
    if soft != resource.RLIM_INFINITY:
        limit = min(limit, soft)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    except (ValueError, OSError):
        yield
        return
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def memory_used() -> int:
    """Bytes of memory this process holds (on macOS: held at most)."""
    try:
        if sys.platform.startswith("linux"):
            return _linux_pages(1)
        if sys.platform == "win32":
            return _windows_working_set()
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    except (OSError, ImportError, AttributeError):
        return 0


def _linux_pages(column: int) -> int:
    with open("/proc/self/statm", "rb") as file:
        return int(file.read().split()[column]) * os.sysconf("SC_PAGE_SIZE")


def _windows_working_set() -> int:
    class Counters(ctypes.Structure):
        _fields_ = [("cb", ctypes.c_ulong), ("faults", ctypes.c_ulong)] + [
            (name, ctypes.c_size_t)
            for name in ("peak", "working_set", "a", "b", "c", "d", "pagefile", "peak_pagefile")
        ]

    counters = Counters()
    counters.cb = ctypes.sizeof(counters)
    process = ctypes.windll.kernel32.GetCurrentProcess
    process.restype = ctypes.c_void_p
    ctypes.windll.psapi.GetProcessMemoryInfo(
        ctypes.c_void_p(process()), ctypes.byref(counters), counters.cb
    )
    return counters.working_set


def without_names(message: str) -> str:
    """An exception's message with quoted names left out, to compare two of them."""
    return re.sub(r"'[^']*'", "''", message)
