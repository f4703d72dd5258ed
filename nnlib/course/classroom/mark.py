"""Marking one answer, from the notebook's text alone.

The definition is taken with the imports, definitions and assignments it uses into a process of its
own (`worker`), called on freshly drawn inputs, and the values that come back are judged here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..description import Exercise
from ..judging import Result, derived, diagnose
from ..judging.blank import blank_node
from ..judging.known import expected
from ..judging.outcome import Outcome
from ..judging.result import BLANK, FAILED, PASSED
from ..judging.trial import Trial
from ..registry import exercises
from .answer import Answer, Definition, borrows
from .wire import decode_outcome

PACKAGE = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Mark:
    """One exercise of one student."""

    status: str  # "blank", "failed" or "passed"
    misconception: str = ""
    message: str = ""
    note: str = ""  # "uses nnlib's own"

    def __str__(self) -> str:
        said = f"{self.status}: {self.misconception}" if self.misconception else self.status
        return f"{said} ({self.note})" if self.note else said


def mark(
    cells: list[str], answer: Answer, home: Path, folder: str, seed: int, patience: float = 40
) -> Mark:
    """Check one answer, from the notebook's text alone."""
    exercise = exercises[answer.id]
    left = blank_node(answer.node, exercise.reference)
    if left is not None:
        return Mark(BLANK, message=", ".join(left))
    request = {"exercise": answer.id, "seed": seed, "cells": cells, "folder": str(home.resolve())}
    # The answer's folder must not lend the worker its modules: an own `nnlib.py`, say.
    search = os.pathsep.join(filter(None, [str(PACKAGE), os.environ.get("PYTHONPATH", "")]))
    environment = {**os.environ, "PYTHONPATH": search, "NNLIB_PROGRESS_DIR": folder}
    try:
        process = subprocess.run(
            [sys.executable, "-m", "nnlib.course.classroom.worker"],
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=exercise.seconds + patience,
            cwd=folder,
            env=environment,
        )
        reply = json.loads(process.stdout)
    except subprocess.TimeoutExpired:
        return Mark(FAILED, message="It did not come to an end, and could not be interrupted.")
    except ValueError:
        return Mark(FAILED, message="Its process ended before it could answer.")
    if "unloadable" in reply:
        return Mark(FAILED, message=f"What it needs could not be run: {reply['unloadable']}")
    try:
        outcomes = [decode_outcome(data) for data in reply["outcomes"]]
        result = judge(exercise, outcomes, answer.node, seed)
        if result.passed:
            further = [decode_outcome(data) for data in reply["derived"]]
            result = derived.judge(exercise, further) or result
    except (ValueError, KeyError, TypeError):  # a reply that is not ours
        return Mark(FAILED, message="Its process gave an answer that cannot be read.")
    known = result.misconception.name if result.misconception else ""
    borrowed = result.status == PASSED and borrows(cells, answer, exercise)
    note = "uses nnlib's own" if borrowed else ""
    return Mark(result.status, known, result.message, note)


def judge(exercise: Exercise, outcomes: Sequence[Outcome], node: Definition, seed: int) -> Result:
    """What came from the other process, against what the reference does in this one."""
    cases = exercise.all_cases(seed)
    return diagnose(Trial(exercise, cases, expected(exercise, cases), outcomes, node))
