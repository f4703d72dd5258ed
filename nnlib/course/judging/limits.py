"""The time and the memory an answer has: an exception from outside ends what takes more.

The clock is the processor time of the answer's own thread, so that a busy machine fails nobody.
Imports are free, and nothing ever interrupts one: a library that is half loaded cannot be loaded
again, and ends the kernel when it is tried.
"""

from __future__ import annotations

import math
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from .memory import Cap, memory_used

HEADROOM = 1 << 30  # bytes an answer may take beyond what the kernel holds already
PATIENCE = 10  # times its seconds, by the clock on the wall, for one that sleeps
TICK = 0.05  # seconds between two looks at the clock and the memory
HOLD = 2.0  # seconds without a step of Python: code of another language holds on


class TimeUp(BaseException):
    """Raised in the student's code by the clock; not an Exception, so that `except` lets it by."""


class TooBig(BaseException):
    """Raised in the student's code when it takes too much memory."""


@contextmanager
def limits(seconds: float, headroom: int = HEADROOM) -> Iterator[Guard]:
    """Raise TimeUp or TooBig in the block when it takes too long or too much memory.

    In the main thread of Unix an interval timer interrupts even a sleep. Elsewhere (Windows, a
    thread) a watchdog sets the exception from outside, at the next step of Python code. Both knock
    again and again, because a student's bare `except:` may swallow the first. Where there are
    neither signals nor threads (a browser), nothing ends an endless loop.
    """
    global _watching
    before = _watching
    kind = _Alarm if _alarm_is_free() else _Watchdog
    with kind(seconds, headroom) as _watching:
        try:
            yield _watching
        finally:
            _watching = before


@contextmanager
def no_limits() -> Iterator[Guard]:
    """The same for code of the course's own: nothing is ever raised."""
    yield Guard(math.inf, math.inf)


_watching: Guard | None = None


def watching() -> Guard | None:
    """The guard of the answer that runs now."""
    return _watching


def _alarm_is_free() -> bool:
    return (
        hasattr(signal, "setitimer")
        and threading.current_thread() is threading.main_thread()
        and signal.getitimer(signal.ITIMER_REAL)[0] == 0
        and signal.getsignal(signal.SIGALRM) in (signal.SIG_DFL, signal.SIG_IGN, None)
    )


class Guard:
    """What an answer may take, what it has taken, and what is to be raised when that is more."""

    clock = staticmethod(getattr(time, "thread_time", time.process_time))

    def __init__(self, seconds: float, headroom: float):
        self.seconds, self.headroom = seconds, headroom
        self.cap = Cap(headroom)
        self.thread = threading.get_ident()
        self.ceiling = memory_used() + headroom
        self.processor = self.wall = 0.0  # seconds taken so far, imports left out
        self.imports: dict[str, float] = {}  # seconds by the clock on the wall, by module
        self.importing = ""  # the module that is being imported
        self.knocks = 0
        self.satisfied = False  # the exception has arrived
        self.seen = self.ticked = time.monotonic()
        self.ran = self.clock()

    def charge(self) -> None:
        """Put the time since the last look on its account: the answer's, or an import's."""
        now, ran = time.monotonic(), self.clock()
        wall, processor = now - self.ticked, ran - self.ran
        self.ticked, self.ran = now, ran
        if self.importing:
            self.imports[self.importing] = self.imports.get(self.importing, 0.0) + wall
        else:
            self.wall += wall
            self.processor += min(wall, processor)  # a process may have several threads

    def verdict(self, frame: FrameType | None) -> type[BaseException] | None:
        """What is to be raised now, if anything, where `frame` is what the answer runs."""
        self.charge()
        if self.importing:
            if self._in_import(frame):
                return None
            self.import_ended()
        if self.satisfied or self._in_import(frame):
            return None
        if self.processor > self.seconds or self.wall > PATIENCE * self.seconds:
            return TimeUp
        return TooBig if memory_used() > self.ceiling else None

    @property
    def held(self) -> bool:
        """True while code that is not Python's holds on, and nothing can be raised."""
        return time.monotonic() - self.seen > HOLD

    # ------------------------------------------------------------------------------- imports

    def import_begins(self, name: str) -> None:
        """A library takes what it takes: time, and room for its shared objects."""
        if not self.importing:
            self.charge()
            self.importing = name
            self.cap.take_off()

    def import_ended(self) -> None:
        """Also when none was on its way."""
        if self.importing:
            self.charge()
            self.importing = ""
            self.ceiling = max(self.ceiling, memory_used() + self.headroom)
            self.cap.put_on()

    def _in_import(self, frame: FrameType | None) -> bool:
        while frame and frame not in self.outside:
            if frame.f_code.co_filename == "<frozen importlib._bootstrap>":
                return True
            frame = frame.f_back
        return False

    def begin(self) -> None:
        self.outside = frozenset(_frames(sys._getframe(1)))  # a check may run inside an import
        self.door = _Door(self)
        sys.meta_path.insert(0, self.door)
        self.cap.put_on()

    def end(self) -> None:
        self.cap.take_off()
        if self.door in sys.meta_path:
            sys.meta_path.remove(self.door)
        self.outside = frozenset()


def _frames(frame: FrameType | None) -> Iterator[FrameType]:
    while frame:
        yield frame
        frame = frame.f_back


def _clock_of(thread: int) -> Callable[[], float]:
    """The processor time of one thread, to be read in another; of all where systems lack that."""
    if not hasattr(time, "pthread_getcpuclockid"):
        return time.process_time
    clock = time.pthread_getcpuclockid(thread)
    return lambda: time.clock_gettime(clock)


class _Door:
    """First of the finders: it hears of every import before that begins, and finds nothing."""

    def __init__(self, guard: Guard):
        self.guard = guard

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if threading.get_ident() == self.guard.thread:
            self.guard.import_begins(name)


# ----------------------------------------------------------------------------------- the two guards


class _Alarm(Guard):
    """SIGALRM, every TICK."""

    def __enter__(self):
        self.begin()
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
                self.end()
                return
            except (TimeUp, TooBig):  # it rang on the threshold
                continue

    def ring(self, _signal, frame):
        self.seen = time.monotonic()
        verdict = self.verdict(frame)
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

    def __init__(self, seconds: float, headroom: float):
        self.clock = _clock_of(threading.get_ident())
        super().__init__(seconds, headroom)

    def __enter__(self):
        self.begin()
        self.lock, self.over = threading.Lock(), False
        self.done = threading.Event()
        self.watcher = threading.Thread(target=self.watch, daemon=True)
        try:
            self.watcher.start()
        except RuntimeError:  # a Python without threads, in a browser: no limit
            self.watcher = None
        return self

    def __exit__(self, *_):
        over = self.watcher is None
        while not over:
            try:
                with self.lock:
                    self.over = True
                self.done.set()
                over = True
                if self.knocks:  # one may be on its way: a last one takes its place, to end here
                    _raise_in(self.thread, TimeUp)
                    for _ in range(100_000):
                        pass
            except (TimeUp, TooBig):
                continue
        self.end()

    def watch(self):
        while not self.done.wait(TICK):
            with self.lock:
                if self.over:
                    return
                verdict = self.verdict(sys._current_frames().get(self.thread))
                if not self.knocks or self.satisfied:
                    self.seen = time.monotonic()  # from the first knock on, it is to be heard
                if verdict:
                    self.knocks += 1
                    _raise_in(self.thread, verdict)


def _raise_in(thread: int, error: type[BaseException]) -> None:
    """Never NULL, to take one back: that hangs a traced thread (coverage) in CPython 3.11."""
    import ctypes

    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error))
