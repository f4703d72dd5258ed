"""The proof of one exercise, in seconds: what holds, and what is missing, in words.

Right answers written differently and harmless mutants are the tests' knowledge, so the proof is for
a checkout: it reads them from tests/course.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import ModuleType

from ..exercise import Exercise
from ..judging.compare import compare
from ..judging.run import attempt
from .mutants import mutants

ROOT = Path(__file__).resolve().parents[3]


@dataclass
class Finding:
    """One part of the proof: what was looked at, and what it still lacks."""

    about: str
    missing: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        lines = [f"{'◐' if self.missing else '✓'} {self.about}", *self.missing]
        return "\n    ".join(lines)


def prove(exercise: Exercise) -> Iterator[Finding]:
    """Each part of the proof, as soon as it is done."""
    yield texts(exercise)
    yield cell(exercise)
    yield reference(exercise)
    yield right_answers(exercise)
    yield misconceptions(exercise)
    yield spoilt_references(exercise)


def texts(exercise: Exercise) -> Finding:
    said = [exercise.title, *exercise.hints, *exercise.returns]
    said += [text for m in exercise.misconceptions for text in (m.name, m.message)]
    left = [text for text in said if "TODO" in text]
    file = Path(inspect.getfile(exercise.draw or exercise.reference))
    if file.stem == exercise.id and "TODO" in file.read_text(encoding="utf-8"):
        left = left or [f"see {file}"]
    return Finding("its texts are written", [f"still TODO: {text}" for text in left])


def cell(exercise: Exercise) -> Finding:
    found = sorted((ROOT / "notebooks").glob(f"{exercise.chapter:02}_*.ipynb"))
    cells = "".join(path.read_text(encoding="utf-8") for path in found)
    here = f'@exercise(\\"{exercise.id}\\")' in cells
    name = found[0].name if found else f"chapter {exercise.chapter}"
    missing = [] if here else [f'there is no cell with @exercise("{exercise.id}")']
    return Finding(f"{name} asks for it", missing)


def reference(exercise: Exercise) -> Finding:
    result = exercise.check(exercise.reference)
    missing = [] if result.passed else [result.message]
    for case, outcome in _tried(exercise, exercise.reference, seed=7):
        if outcome.ended != "returned" and not outcome.failure:
            missing.append(f"with other draws it does not return: {case}")
        if outcome.changed:
            missing.append(f"it changes its input {', '.join(outcome.changed)}")
    return Finding("the reference passes, with other draws too", missing)


def right_answers(exercise: Exercise) -> Finding:
    known = _tests().known(exercise, "ALTERNATIVES")
    missing = [f"write {2 - len(known)} more, there are {len(known)}"] if len(known) < 2 else []
    for answer in known:
        result = exercise.check(answer)
        if not result.passed:
            missing.append(f"{_name(answer)} is refused: {result.message}")
    return Finding(f"{len(known)} right answers written differently pass", missing)


def misconceptions(exercise: Exercise) -> Finding:
    known = exercise.misconceptions
    missing = [f"write {3 - len(known)} more, there are {len(known)}"] if len(known) < 3 else []
    for m in known:
        result = exercise.check(m.implementation)
        if result.passed:
            missing.append(f"{m.name}: it passes; add a case that tells it from the reference")
        elif result.misconception is not m:
            missing.append(f"{m.name}: it is met with another message: {result.message}")
    return Finding(f"{len(known)} misconceptions, each met with its own message", missing)


def spoilt_references(exercise: Exercise) -> Finding:
    original = exercise.reference
    expected = _tried(exercise, original)
    made = harmless = 0
    survived = []
    for name, mutant in mutants(original, _tests().known(exercise, "METHODS") or None):
        made += 1
        outcomes = _tried(exercise, mutant)
        if len(outcomes) < len(expected) or any(
            compare(exercise, came, right)
            for (_, came), (_, right) in zip(outcomes, expected, strict=True)
        ):
            continue
        if _tests().reason(exercise, name):
            harmless += 1
        else:
            survived.append(f"this passes: {name}; add a case that tells it from the reference")
    listed = f", {harmless} listed as harmless" if harmless else ""
    missing = survived if made else ["no mutants could be made"]
    return Finding(f"{made} mutants of the reference are rejected{listed}", missing)


def _tried(exercise: Exercise, answer: Callable, seed: int | None = None) -> list:
    cases = exercise.all_cases(seed)
    return list(zip(cases, attempt(exercise, answer, cases), strict=False))


def _name(answer: Callable) -> str:
    return getattr(answer, "__name__", repr(answer))


@cache
def _tests() -> ModuleType:
    """tests/course/answers.py of this checkout. Raises FileNotFoundError elsewhere."""
    path = ROOT / "tests" / "course" / "answers.py"
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing: an exercise is proven in a checkout")
    module = ModuleType("answers")
    module.__file__ = str(path)
    exec(compile(path.read_bytes(), path, "exec"), vars(module))
    return module
