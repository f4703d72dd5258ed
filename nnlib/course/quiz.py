"""Questions asked before the answer is told: predict, choose, and hear why.

Where a kernel runs, each option is a button (`choices`). Everywhere else, on GitHub, on paper and
in a stored notebook, each option is a fold that opens to its explanation. In a terminal
`quiz("id", 2)` chooses the second option.
"""

from __future__ import annotations

from typing import Any

from ..screen import in_notebook
from . import record
from .cards import NEUTRAL, box, fold, paragraph, rich, wrap
from .description import Quiz
from .registry import quizzes

LETTERS = "ABCDE"
RIGHT, OTHER = ("✓", "yes", "#009E73"), ("◐", "not quite", "#E69F00")


def quiz(id: str, answer: int | str | None = None) -> Question | Reply:
    """Ask a question of the course, or answer it: `quiz("shift_invariance", 2)`, or by its letter.

    Raises KeyError for an unknown id and ValueError for an option that does not exist.
    """
    asked = quizzes[id]
    if answer is None:
        return Question(asked)
    options = range(1, len(asked.options) + 1)
    letters = dict(zip(LETTERS, options, strict=False))
    chosen = letters.get(answer.upper(), 0) if isinstance(answer, str) else answer
    if chosen not in options:
        raise ValueError(f"quiz {id!r} has options 1 to {len(asked.options)}; got {answer!r}")
    record.answered(id, chosen, asked.options[chosen - 1].right)
    return Reply(asked, chosen)


class Reply:
    """What one option hears back."""

    def __init__(self, asked: Quiz, answer: int):
        self.option, self.letter = asked.options[answer - 1], LETTERS[answer - 1]
        self.look = RIGHT if self.option.right else OTHER

    @property
    def text(self) -> str:
        symbol, word, _ = self.look
        return f"{symbol} {self.letter}: {word}. {self.option.why}"

    def __repr__(self) -> str:
        return wrap(self.text)

    def _repr_html_(self) -> str:
        return box(self.look[2], paragraph(self.text))


class Question:
    """A quiz as a card; in a live notebook, with buttons."""

    def __init__(self, asked: Quiz):
        self.asked = asked

    def __repr__(self) -> str:
        asked = self.asked
        options = "\n".join(
            wrap(f"{i}  {option.text}", "  ") for i, option in enumerate(asked.options, 1)
        )
        asking = wrap(f"Predict first: {asked.question}")
        return f'{asking}\n{options}\nAnswer by its number: quiz("{asked.id}", 1)'

    def _repr_html_(self) -> str:
        folds = [
            fold(f"{LETTERS[i]}. {option.text}", paragraph(f"{_verdict(option)} {option.why}"))
            for i, option in enumerate(self.asked.options)
        ]
        return box(NEUTRAL, _question(self.asked), *folds)

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
        """The question with a button an option; None where anywidget is missing."""
        try:
            from .choices import Choices, panel
        except ImportError:
            return None
        asked = self.asked
        replies = [Reply(asked, i) for i in range(1, len(asked.options) + 1)]
        choices = Choices(
            question=_question(asked),
            options=[rich(option.text) for option in asked.options],
            replies=[paragraph(reply.text) for reply in replies],
            right=1 + [option.right for option in asked.options].index(True),
        )
        choices.observe(lambda change: _heard(asked, change["new"]), "chosen")
        return panel(choices)


def _heard(asked: Quiz, chosen: int) -> None:
    if 1 <= chosen <= len(asked.options):
        record.answered(asked.id, chosen, asked.options[chosen - 1].right)


def _question(asked: Quiz) -> str:
    return (
        '<p style="margin:.2em 0"><b>Predict first</b></p>'
        f'<p style="margin:.35em 0">{rich(asked.question)}</p>'
    )


def _verdict(option: Any) -> str:
    return "✓ Yes." if option.right else "◐ Not quite."
