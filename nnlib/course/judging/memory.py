"""The memory this process holds, and a cap on it where the system has one."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


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
    system = ctypes.windll  # type: ignore[attr-defined]
    process = system.kernel32.GetCurrentProcess
    process.restype = ctypes.c_void_p
    system.psapi.GetProcessMemoryInfo(
        ctypes.c_void_p(process()), ctypes.byref(counters), counters.cb
    )
    return counters.working_set


class Cap:
    """On Linux NumPy's allocation itself fails, so that a huge array is refused before it exists.

    Elsewhere it does nothing, and the guard looks at the memory in use, again and again.
    """

    def __init__(self, headroom: float):
        self.headroom = headroom
        self.before: tuple[int, int] | None = None  # what it was; None while there is no cap

    def put_on(self) -> None:
        """From here on no more than `headroom` bytes beyond what is held now."""
        if self.before or not sys.platform.startswith("linux"):
            return
        import resource

        try:
            soft, hard = resource.getrlimit(resource.RLIMIT_AS)
            limit = _linux_pages(0) + int(self.headroom)
            limit = limit if soft == resource.RLIM_INFINITY else min(limit, soft)
            resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
        except (ValueError, OSError):
            return
        self.before = soft, hard

    def take_off(self) -> None:
        if self.before:
            import resource

            before, self.before = self.before, None
            resource.setrlimit(resource.RLIMIT_AS, before)


@contextmanager
def memory_capped(headroom: float) -> Iterator[None]:
    """A `Cap` for the block."""
    cap = Cap(headroom)
    cap.put_on()
    try:
        yield
    finally:
        cap.take_off()
