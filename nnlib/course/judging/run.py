"""Running an answer: for a limited time, in limited memory, leaving nothing changed."""

from __future__ import annotations

import copy
import io
import random
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any

import numpy as np

from ..description import Case, Exercise
from .failure import describe
from .limits import Guard, TimeUp, TooBig, limits, no_limits
from .outcome import Foreign, Outcome
from .stage import process_id, really_exit, stage
from .state import modules_kept, state_kept
from .words import article

PRINTED = 400  # characters of output that are kept
SLOW = 0.5  # seconds of an import that are worth a word

_one_at_a_time = threading.RLock()  # what `state_kept` and `_heard` swap belongs to all threads


def attempt(
    exercise: Exercise, answer: Callable, cases: Sequence[Case], limited: bool = True
) -> list[Outcome]:
    """Call `answer` on every case. Stops at the first that does not end; never raises for it.

    limited: False for the course's own code, which may take what it takes on a slow machine.
    """
    outcomes: list[Outcome] = []
    with _one_at_a_time, state_kept(), stage(), modules_kept() as put_back:
        try:
            with limits(exercise.seconds) if limited else no_limits() as guard:
                for case in cases:
                    outcomes.append(_call(exercise, answer, case, guard, put_back))
                    if outcomes[-1].cut_off:
                        break
        except (TimeUp, TooBig) as end:  # between two calls, in code of ours
            outcomes.append(Outcome(ended="too long" if isinstance(end, TimeUp) else "too big"))
    return outcomes


def _call(
    exercise: Exercise, answer: Callable, case: Case, guard: Guard, put_back: Callable[[], None]
) -> Outcome:
    args, process = copy.deepcopy(case.args), process_id()
    value, failure, ended = None, None, "returned"
    np.random.seed(0)
    random.seed(0)
    with _heard() as (printed, warned):
        try:
            try:
                result = exercise.probe(answer, *args) if exercise.probe else answer(*args)
                put_back()
                value = plain(result)
            finally:
                if process_id() != process:  # a child that the answer has forked ends here
                    really_exit(0)
                put_back()
                guard.import_ended()
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
    heard = next((str(w.message) for w in warned if issubclass(w.category, RuntimeWarning)), "")
    slow = max(guard.imports, key=guard.imports.__getitem__, default="")
    slow = slow if guard.imports.get(slow, 0.0) > SLOW else ""
    return Outcome(value, failure, ended, changed, printed.getvalue(), heard, slow)


@contextmanager
def _heard() -> Iterator[tuple[io.StringIO, list[warnings.WarningMessage]]]:
    """What is printed and warned of in the block."""
    printed = _Page()
    with warnings.catch_warnings(record=True) as warned, np.errstate(all="warn"):
        warnings.simplefilter("always")
        np.seterr(under="ignore")
        with redirect_stdout(printed), redirect_stderr(printed):
            sys.stdin = io.StringIO()  # `state_kept` puts it back; `exit` closes it
            yield printed, warned


class _Page(io.StringIO):
    """Keeps the beginning of what is printed; a print in an endless loop costs nothing."""

    def write(self, text: str) -> int:
        return super().write(text[: PRINTED - self.tell()]) if self.tell() < PRINTED else len(text)

    def close(self) -> None:
        """Left open, for `getvalue`: a student's code may close its output."""


# ------------------------------------------------------------------------------------- the result


def plain(value: Any) -> Any:
    """A copy made of numbers, arrays, text, tuples, lists and dicts, and of `Foreign` things.

    Nothing of the answer's own runs when such a copy is compared and shown. Functions and classes
    stay as they are.
    """
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, tuple):
        return tuple(plain(v) for v in value)
    if isinstance(value, list):
        return [plain(v) for v in value]
    if isinstance(value, dict):
        return {_plain_key(k): plain(v) for k, v in value.items()}
    if value is None or isinstance(value, bool | np.generic):
        return value
    for kind, exact in EXACT.items():
        if isinstance(value, kind):
            return exact(value)
    if isinstance(value, type):
        return value
    if callable(getattr(value, "numpy", None)):
        value = value.detach() if callable(getattr(value, "detach", None)) else value
        return np.array(value.numpy())
    if callable(value) and not hasattr(value, "__array__"):
        return value
    try:
        return Foreign(article(value), np.asarray(value))
    except Exception:  # an `__array__` that raises, say
        return Foreign(article(value))


EXACT: dict[type, Callable] = {  # a subclass has methods of its own; these go past them
    int: int.__pos__,
    float: float.__pos__,
    complex: complex.__pos__,
    str: str.__str__,
    bytes: lambda value: bytes.__getitem__(value, slice(None)),
}


def _plain_key(key: Any) -> Any:
    try:
        repr(key)  # a message may name it
        return key
    except Exception:
        return Foreign(article(key))


# ------------------------------------------------------------------------------------- the inputs


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
        alike = isinstance(after, np.ndarray) and before.dtype == after.dtype
        return alike and before.shape == after.shape and before.tobytes() == after.tobytes()
    if isinstance(before, list | tuple):
        alike = isinstance(after, list | tuple) and len(before) == len(after)
        return alike and all(map(_same_input, before, after))
    if isinstance(before, dict):
        alike = isinstance(after, dict) and before.keys() == after.keys()
        return alike and all(_same_input(before[k], after[k]) for k in before)
    return True
