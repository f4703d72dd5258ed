"""What an answer may change for everyone, put back after it."""

from __future__ import annotations

import builtins
import gc
import locale
import math
import os
import random
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from operator import is_
from types import ModuleType
from typing import Any

import numpy as np

every = all  # the built-in itself, while `stage` has another in its place
SHARED = (builtins, np, np.random, np.linalg, math, os, random, time)
NEEDED, ALL = slice(len(SHARED)), slice(None)


@contextmanager
def state_kept() -> Iterator[None]:
    """Put back what all code in this process shares.

    Random generators, NumPy's error state and printing, warnings, the depth, the folder, the
    streams, the locale, the garbage collector and the handler of an interrupt.
    """
    numbers, python = np.random.get_state(), random.getstate()
    errors, options = np.geterr(), np.get_printoptions()
    depth, folder, interval = sys.getrecursionlimit(), _folder(), sys.getswitchinterval()
    streams = sys.stdin, sys.stdout, sys.stderr
    spoken = locale.setlocale(locale.LC_ALL)
    collecting, thresholds = gc.isenabled(), gc.get_threshold()
    interrupt = signal.getsignal(signal.SIGINT)
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
        if folder and _folder() != folder:
            with suppress(OSError):  # it is gone
                os.chdir(folder)
        sys.stdin, sys.stdout, sys.stderr = streams
        if sys.getswitchinterval() != interval:
            sys.setswitchinterval(interval)
        if locale.setlocale(locale.LC_ALL) != spoken:
            with suppress(locale.Error):
                locale.setlocale(locale.LC_ALL, spoken)
        (gc.enable if collecting else gc.disable)()
        gc.set_threshold(*thresholds)
        if signal.getsignal(signal.SIGINT) is not interrupt and _main():
            signal.signal(signal.SIGINT, interrupt)


@contextmanager
def silence() -> Iterator[None]:
    """No warning of the judge's own arithmetic reaches the student."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


@contextmanager
def modules_kept() -> Iterator[Callable[[], None]]:
    """Put back what modules hold, and the tracers.

    Yields a function that does so on the way, for the modules that the judge itself stands on.
    """
    modules = [(vars(module), dict(vars(module))) for module in _shared(len(sys.modules))]
    trace, profile = sys.gettrace(), sys.getprofile()

    def put_back(these: slice = NEEDED) -> None:
        if sys.gettrace() is not trace:
            sys.settrace(trace)
        if sys.getprofile() is not profile:
            sys.setprofile(profile)
        own, saved = modules[0]
        own.update(saved)  # the built-in names first: the rest of this needs them
        for now, before in modules[these]:
            if len(now) != len(before) or not every(map(is_, now.values(), before.values())):
                _put_back_names(now, before)

    try:
        yield put_back
    finally:
        put_back(ALL)


def _put_back_names(now: dict[str, Any], before: dict[str, Any]) -> None:
    new = [name for name in now if name not in before]
    for name in new:
        if not isinstance(now[name], ModuleType):  # a part of it that was imported meanwhile
            del now[name]
    now.update(before)


@lru_cache(maxsize=1)
def _shared(_loaded: int) -> list[ModuleType]:
    """SHARED and what is loaded of nnlib's core; looked up when the number of modules changes."""
    apart = ("nnlib.course", "nnlib.widgets")
    names = [
        name for name in sys.modules if name.startswith("nnlib") and not name.startswith(apart)
    ]
    return [*SHARED, *(sys.modules[name] for name in names)]


def _main() -> bool:
    return threading.current_thread() is threading.main_thread()


def _folder() -> str:
    try:
        return os.getcwd()
    except OSError:  # it was removed
        return ""


def _put_back_options(options: Any) -> None:
    if np.get_printoptions() != options:
        np.set_printoptions(**{k: v for k, v in options.items() if k != "override_repr"})
