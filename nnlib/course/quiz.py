"""Questions asked before the answer is told: predict, choose, and hear why.

Where a kernel runs, the options are buttons (ipywidgets). Everywhere else, on GitHub, on paper and
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

    def __repr__(self) -> str:
        symbol, word, _ = self.look
        return wrap(f"{symbol} {self.letter}: {word}. {self.option.why}")

    def _repr_html_(self) -> str:
        symbol, word, colour = self.look
        said = paragraph(f"{symbol} {self.letter}: {word}. {self.option.why}")
        return box(colour, said)


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
        """The question with a button an option; None where ipywidgets is missing."""
        try:
            import ipywidgets
        except ImportError:
            return None
        asked = self.asked
        reply = ipywidgets.HTML()
        buttons: list[Any] = []
        for i, option in enumerate(asked.options, 1):
            button = ipywidgets.Button(
                description=LETTERS[i - 1],
                tooltip=option.text,
                layout=ipywidgets.Layout(width="5em"),
            )
            button.on_click(lambda _, i=i: _answer(asked, i, reply, buttons))
            buttons.append(button)
        options = "".join(
            f'<p style="margin:.2em 0"><b>{LETTERS[i]}</b>&ensp;{rich(option.text)}</p>'
            for i, option in enumerate(asked.options)
        )
        question = ipywidgets.HTML(box(NEUTRAL, _question(asked), options))
        return ipywidgets.VBox([question, ipywidgets.HBox(buttons), reply])


def _answer(asked: Quiz, i: int, reply: Any, buttons: list[Any]) -> None:
    for n, button in enumerate(buttons, 1):
        button.icon = "" if n != i else ("check" if asked.options[i - 1].right else "adjust")
    record.answered(asked.id, i, asked.options[i - 1].right)
    reply.value = Reply(asked, i)._repr_html_()


def _question(asked: Quiz) -> str:
    return (
        '<p style="margin:.2em 0"><b>Predict first</b></p>'
        f'<p style="margin:.35em 0">{rich(asked.question)}</p>'
    )


def _verdict(option: Any) -> str:
    return "✓ Yes." if option.right else "◐ Not quite."
