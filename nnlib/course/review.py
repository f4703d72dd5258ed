"""Three minutes before a chapter: what you missed in earlier ones, asked once more.

`review(5)` stands at the top of chapter 5. It takes the questions that you answered otherwise and
the exercises where you met a misconception; where the record has none, the chapter's own choice.
"""

from __future__ import annotations

import importlib
import inspect
from dataclasses import dataclass
from typing import Any

from ..screen import in_notebook
from . import record
from .cards import NEUTRAL, box, fold, paragraph, preformatted, wrap
from .description import Exercise, Quiz
from .quiz import Question
from .registry import chapter, exercises, quizzes

QUESTIONS = 2, 3  # at least, at most
SHORT = 8  # minutes: what takes longer is no warming-up


def review(number: int) -> Review:
    """Two or three questions and a short exercise from the chapters before `number`.

    Raises ValueError for a chapter that has no review.
    """
    try:
        own = importlib.import_module(f"{chapter(number).__name__}.review")
    except (KeyError, ImportError):
        raise ValueError(f"review got {number!r}; expected a chapter from 3 on") from None
    seen = record.read()
    missed = [q for q in _before(quizzes, number) if _missed(seen["quizzes"].get(q.id, {}))]
    asked = _turn(missed, number)[: QUESTIONS[1]]
    for id in own.QUIZZES:
        if len(asked) < QUESTIONS[0] and quizzes[id] not in asked:
            asked.append(quizzes[id])
    slips = [e for e in _before(exercises, number) if _known(e, seen) and _short(e)]
    chosen = _turn(slips, number)[:1]
    met = _known(chosen[0], seen) if chosen else []
    return Review(number, asked, chosen[0] if chosen else exercises[own.EXERCISE], met, len(missed))


def _before(registry: Any, number: int) -> list[Any]:
    return [item for item in registry.values() if item.chapter < number]


def _missed(entry: dict[str, Any]) -> bool:
    return entry.get("right") is False


def _known(exercise: Exercise, seen: dict[str, Any]) -> list[str]:
    """The misconceptions that the student met in an exercise, those that it still has."""
    met = seen["exercises"].get(exercise.id, {}).get("met", [])
    return [m.name for m in exercise.misconceptions if m.name in met]


def _short(exercise: Exercise) -> bool:
    return exercise.kind == "function" and exercise.minutes <= SHORT


def _turn(found: list[Any], number: int) -> list[Any]:
    """Another one first in each chapter, so that not always the same is asked."""
    start = number % len(found) if found else 0
    return found[start:] + found[:start]


@dataclass
class Review:
    """A card with questions and one exercise; in a live notebook, the questions have buttons."""

    number: int
    questions: list[Quiz]
    exercise: Exercise
    met: list[str]  # the student's own misconceptions in that exercise
    missed: int  # how many questions the record has that were answered otherwise

    def __repr__(self) -> str:
        parts = [f"{self._title}\n{wrap(self._opening)}"]
        parts += [repr(Question(asked)) for asked in self.questions]
        parts += [f"{wrap(self._task)}\n\n{self._stub}"]
        return "\n\n".join(parts)

    def _repr_html_(self) -> str:
        questions = [Question(asked)._repr_html_() for asked in self.questions]
        return box(NEUTRAL, self._head, *questions, self._foot)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        bundle: dict[str, Any] = {"text/plain": repr(self), "text/html": self._repr_html_()}
        widget = self.widget() if in_notebook() else None
        if widget is not None:
            bundle["application/vnd.jupyter.widget-view+json"] = {
                "version_major": 2,
                "version_minor": 0,
                "model_id": widget.model_id,
            }
        return bundle

    def widget(self) -> Any:
        """The same with a button an option; None where ipywidgets is missing."""
        inner = [Question(asked).widget() for asked in self.questions]
        if None in inner:
            return None
        import ipywidgets

        head, foot = (ipywidgets.HTML(box(NEUTRAL, part)) for part in (self._head, self._foot))
        return ipywidgets.VBox([head, *inner, foot])

    @property
    def _title(self) -> str:
        return f"Review · three minutes before chapter {self.number}"

    @property
    def _opening(self) -> str:
        own = []
        if self.missed:
            own.append("questions that you answered otherwise")
        if self.met:
            own.append("an exercise where you met a misconception")
        if not own:
            return "Taken from earlier chapters. You may skip it: nothing below depends on it."
        return f"From your record: {' and '.join(own)}. You may skip it."

    @property
    def _task(self) -> str:
        asked = self.exercise
        words = f"Write it once more, without looking: {asked.title} (chapter {asked.chapter}). "
        if self.met:
            met = " and ".join(f'"{name}"' for name in self.met)
            words += f"Last time you met {met}. "
        return words + "Copy these lines to a cell of your own and run it."

    @property
    def _stub(self) -> str:
        """The blank answer, in the names that the check uses."""
        asked = self.exercise
        given = list(inspect.signature(asked.reference).parameters.values())
        if not asked.probe:  # the library's may have more, with defaults
            given = given[: max(len(case.args) for case in asked.all_cases())]
        names = ", ".join(str(p.replace(annotation=inspect.Parameter.empty)) for p in given)
        return f'@exercise("{asked.id}")\ndef {asked.id}({names}):\n    ...'

    @property
    def _head(self) -> str:
        return f'<p style="margin:.2em 0"><b>{self._title}</b></p>{paragraph(self._opening)}'

    @property
    def _foot(self) -> str:
        said = [m for m in self.exercise.misconceptions if m.name in self.met]
        folds = [fold(f'What the check said to "{m.name}"', paragraph(m.message)) for m in said]
        return "".join([paragraph(self._task), preformatted(self._stub), *folds])
