"""How edited answers are run: unseen, unheard, and nothing that could do harm."""

from __future__ import annotations

import ast
import contextlib
import copy
import io
import warnings
from collections.abc import Iterator, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from ...description import Case, Exercise
from ..compare import compare
from ..limits import HEADROOM
from ..memory import memory_capped
from ..outcome import Outcome
from ..run import attempt
from ..state import state_kept
from .dangers import reaches_outside


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """What edited answers print, warn of and change is nobody's business; memory is capped."""
    silence = io.StringIO()
    with (
        state_kept(),
        memory_capped(HEADROOM // 2),
        contextlib.redirect_stdout(silence),
        contextlib.redirect_stderr(silence),
        np.errstate(all="ignore"),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        yield


def copied_arg(value: Any) -> Any:
    return value.copy() if type(value) is np.ndarray else copy.deepcopy(value)


def is_safe(exercise: Exercise, answer: Any, node: ast.AST, cases: Sequence[Case]) -> bool:
    """False for an answer that reaches outside, is a closure, or has nothing to be right about."""
    if not any(case.args for case in cases):  # no arguments: many solutions, as in xor_network
        return False
    if getattr(answer, "__closure__", None):
        return False
    if not isinstance(node, ast.Lambda | ast.FunctionDef | ast.ClassDef):
        return False
    return not reaches_outside(node)


def how_far(came: Any, expected: Any) -> float:
    """The share of the numbers that differ, just below 1 at most."""
    try:
        came, expected = np.asarray(came), np.asarray(expected)
        far = np.abs(came - expected) > 1e-5 * (1 + np.abs(expected))
        return 0.9 * float(np.count_nonzero(far)) / max(1, far.size)
    except Exception:
        return 0.9


def fails(exercise: Exercise, came: Outcome, right: Outcome) -> bool:
    return came.ended in ("too long", "too big") or bool(compare(exercise, came, right))


def fresh_cases(exercise: Exercise) -> tuple[Sequence[Case], Sequence[Outcome]]:
    if exercise not in _seen:
        cases = exercise.all_cases(FRESH)
        _seen[exercise] = cases, attempt(exercise, exercise.reference, cases)
    return _seen[exercise]


_seen: WeakKeyDictionary = WeakKeyDictionary()  # exercise -> (fresh cases, what is right there)


FRESH = 7  # the seed of the cases that a repair has not seen
