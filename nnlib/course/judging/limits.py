"""The time and the memory an answer has: an exception from outside ends what takes more."""

from __future__ import annotations

import ctypes
import math
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from .memory import memory_capped, memory_used

HEADROOM = 1 << 30  # bytes an answer may take beyond what the kernel holds already
TICK = 0.05  # seconds between two looks at the clock and the memory


class TimeUp(BaseException):
    """Raised in the student's code by the clock; not an Exception, so that `except` lets it by."""


class TooBig(BaseException):
    """Raised in the student's code when it takes too much memory."""


@contextmanager
def limits(seconds: float, headroom: int = HEADROOM) -> Iterator[Guard]:
    """Raise TimeUp or TooBig in the block when it takes too long or too much memory.

    In the main thread of Unix an interval timer interrupts even a sleep. Elsewhere (Windows, a
    thread) a watchdog sets the exception from outside, at the next step of Python code. Both knock
    again and again, because a student's bare `except:` may swallow the first.
    """
    guard = _Alarm if _alarm_is_free() else _Watchdog
    with memory_capped(headroom), guard(seconds, headroom) as watching:
        yield watching


def no_limits() -> AbstractContextManager[Guard]:
    """The same for code of the course's own: nothing is ever raised."""
    return nullcontext(Guard(math.inf, math.inf))


def _alarm_is_free() -> bool:
    return (
        hasattr(signal, "setitimer")
        and threading.current_thread() is threading.main_thread()
        and signal.getitimer(signal.ITIMER_REAL)[0] == 0
        and signal.getsignal(signal.SIGALRM) in (signal.SIG_DFL, signal.SIG_IGN, None)
    )


class Guard:
    """What an answer may take, and what is to be raised when it has taken more."""

    def __init__(self, seconds: float, headroom: float):
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


class _Alarm(Guard):
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


class _Watchdog(Guard):
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
