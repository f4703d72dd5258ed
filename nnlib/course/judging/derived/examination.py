"""An answer that passed the written cases, put to the derived ones."""

from __future__ import annotations

import ast
import inspect
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from ...description import Exercise
from ..compare import compare
from ..explain.phrases import line_of
from ..outcome import Outcome
from ..result import FAILED, Result
from ..show import evidence
from ..trial import Trial
from .cases import derived, run

PATIENCE = 0.5  # seconds of processor time, after which no further kind is begun


def examine(exercise: Exercise, answer: Callable) -> Result | None:
    """What the derived cases have against an answer that passed the written ones, or None."""
    return uncallable(exercise, answer) or judge(exercise, outcomes(exercise, answer))


def uncallable(exercise: Exercise, answer: Callable) -> Result | None:
    """What to say of a signature with which a later cell of the notebook stops, or None."""
    for text in exercise.calls:
        call = ast.parse(text, mode="eval").body
        if not isinstance(call, ast.Call):
            raise ValueError(f"{exercise.id}: {text!r} is no call")
        try:
            signature = inspect.signature(answer)
            signature.bind(*call.args, **{k.arg: k.value for k in call.keywords if k.arg})
        except TypeError:
            if any(p.kind is p.VAR_POSITIONAL for p in signature.parameters.values()):
                continue
            begin = "class" if exercise.kind == "class" else "def"
            yours = f"`{begin} {getattr(answer, '__name__', 'answer')}{signature}`"
            message = f"Your code is right; its first line is not yet. A later cell calls `{text}`"
            message += f", and yours begins {yours}. Leave the names of the arguments, and what "
            message += "stands behind their `=`, as they were."
            return Result(exercise, FAILED, message, "names")
        except ValueError:  # no signature to be had
            continue
    return None


def outcomes(exercise: Exercise, answer: Callable) -> list[Outcome]:
    """What an answer does on each of the derived cases.

    Where the answer is slow, only on as many kinds as fit into PATIENCE; the rest is given to it.
    """
    came: list[Outcome] = []
    begun = time.process_time()
    for _, made in groupby(derived(exercise), key=lambda d: d.kind):
        cases = [(d.kind, d.case) for d in made]
        ran = run(exercise, answer, cases)
        came += ran
        if time.process_time() - begun > PATIENCE or len(ran) < len(cases):
            break
    return came


def judge(exercise: Exercise, came: Sequence[Outcome]) -> Result | None:
    """The result for the first derived case that fails, or None where none does."""
    for made, outcome in zip(derived(exercise), came, strict=False):
        kind = made.kind
        if kind.may_raise and outcome.ended == "raised":
            continue
        if outcome.ended in ("too long", "too big"):
            what = "did not come to an end" if outcome.ended == "too long" else "asked for too much"
            return Result(exercise, FAILED, f"{kind.words} There it {what}.", kind.name)
        wanted = kind.tolerance if kind.exact else max(kind.tolerance, exercise.tolerance)
        at = replace(exercise, tolerance=wanted or exercise.tolerance)
        difference = kind.differ(at, outcome, made.expected)
        if difference:
            words = difference.words if kind.differ is not compare else ""
            message = (words or kind.words) + _stopped(outcome)
            facts = ""
            if kind.differ is compare:  # the others compare words about the result, not numbers
                facts = evidence(Trial(at, [made.case], [made.expected], [outcome]))
            return Result(exercise, FAILED, message, kind.name, evidence=facts)
    return None


def _stopped(outcome: Outcome) -> str:
    """A sentence on the exception that an answer ended with, or nothing."""
    failure = outcome.failure
    if outcome.ended != "raised" or not failure:
        return ""
    said = f"{failure.type}: {failure.message}".removesuffix(": ")
    return f" It stops with {said}" + "." * (not said.endswith(".")) + line_of(failure)
