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


@contextmanager
def memory_capped(headroom: int) -> Iterator[None]:
    """On Linux NumPy's allocation itself fails, so that a huge array is refused before it exists.

    Elsewhere the guard looks at the memory in use, again and again.
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
