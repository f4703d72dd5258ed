"""What an answer may change for everyone, put back after it."""

from __future__ import annotations

import os
import random
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import numpy as np


@contextmanager
def state_kept() -> Iterator[None]:
    """Put back generators, NumPy's error state and printing, warnings, the depth, the folder."""
    numbers, python = np.random.get_state(), random.getstate()
    errors, options = np.geterr(), np.get_printoptions()
    depth, folder = sys.getrecursionlimit(), _folder()
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


def _folder() -> str:
    try:
        return os.getcwd()
    except OSError:  # it was removed
        return ""


def _put_back_options(options: Any) -> None:
    if np.get_printoptions() != options:
        np.set_printoptions(**{k: v for k, v in options.items() if k != "override_repr"})
