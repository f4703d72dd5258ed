"""What the student sees: quiet cards, as plain text and as static HTML that says the same.

The HTML needs neither style nor script: GitHub strips both, and the card still reads. The rule at
the left takes its colour from the course's palette (Okabe and Ito), the text from the page, so
that a card is legible on white and on black.
"""

from __future__ import annotations

import html
import re
import textwrap
from dataclasses import dataclass
from typing import Any

from ..screen import shell
from .judging.result import BLANK, PASSED, Result

WIDTH = 70
PASSED_LOOK = ("✓", "passed", "#009E73")
FAILED_LOOK = ("◐", "not yet", "#E69F00")
BLANK_LOOK = ("○", "not attempted", "#999999")
NEUTRAL = "#0072B2"


def display(card: Any) -> None:
    """Show a card below the cell, or print it where there is no notebook."""
    if shell() is not None:
        from IPython.display import display as show

        show(card)
    else:
        text = str(card)
        try:
            print(text)
        except UnicodeEncodeError:  # an old terminal
            print(text.encode("ascii", "replace").decode())


# -------------------------------------------------------------------------------------- building


def wrap(text: str, indent: str = "") -> str:
    """Paragraphs of at most 70 characters a line."""
    parts = (p for p in text.split("\n\n") if p.strip())
    return "\n\n".join(
        textwrap.fill(
            " ".join(p.split()),
            WIDTH,
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for p in parts
    )


def rich(text: str) -> str:
    """HTML of a sentence: `code` becomes <code>."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text, quote=False))


def paragraph(text: str) -> str:
    return "".join(
        f'<p style="margin:.35em 0">{rich(" ".join(p.split()))}</p>'
        for p in text.split("\n\n")
        if p.strip()
    )


def preformatted(text: str) -> str:
    style = (
        "margin:.35em 0;padding:0;background:none;color:inherit;overflow-x:auto;"
        "font-family:monospace"
    )
    return f'<pre style="{style}">{html.escape(text, quote=False)}</pre>'


def fold(summary: str, *inner: str) -> str:
    style = "margin:.35em 0"
    title = f'<summary style="cursor:pointer">{rich(summary)}</summary>'
    return f'<details style="{style}">{title}{"".join(inner)}</details>'


def box(colour: str, *inner: str) -> str:
    style = (
        f"border-left:4px solid {colour};padding:.1em 0 .1em 1em;margin:.5em 0;"
        "max-width:70ch;line-height:1.45;font-size:14px;font-family:sans-serif"
    )
    return f'<div style="{style}">{"".join(inner)}</div>'


def heading(look: tuple[str, str, str], title: str) -> str:
    symbol, word, colour = look
    return (
        f'<p style="margin:.2em 0"><span style="color:{colour}" aria-hidden="true">{symbol}</span>'
        f" <b>{word}</b> · {rich(title)}</p>"
    )


# --------------------------------------------------------------------------------------- results


def look(status: str) -> tuple[str, str, str]:
    return {PASSED: PASSED_LOOK, BLANK: BLANK_LOOK}.get(status, FAILED_LOOK)


@dataclass(frozen=True)
class ResultCard(Result):
    """A result that shows itself; `name` is what the student called their answer."""

    name: str = ""

    def __repr__(self) -> str:
        return result_text(self)

    def _repr_html_(self) -> str:
        return result_html(self)


def result_text(result: ResultCard) -> str:
    symbol, word, _ = look(result.status)
    first = f"{symbol} {word} · {result.exercise.title}"
    body = [wrap(part) for part in _sentences(result)]
    if result.evidence:
        facts = textwrap.indent(result.evidence, "    ")
        body.insert(1 if result.message else 0, f"\n{facts}\n")
    return "\n".join([first, *body])


def result_html(result: ResultCard) -> str:
    parts = [paragraph(part) for part in _sentences(result)]
    if result.evidence:
        parts.insert(1 if result.message else 0, preformatted(result.evidence))
    shown = look(result.status)
    return box(shown[2], heading(shown, result.exercise.title), *parts)


def _sentences(result: ResultCard) -> list[str]:
    """The card's paragraphs: the diagnosis, the advice, what the name holds now, the way on."""
    exercise, name = result.exercise, result.name
    said = [result.message, result.advice]
    if result.status == PASSED:
        said.append(f"`{name}` is your own from here on." if name else "")
        said[-1] += _renamed(exercise.id, name)
    elif name:
        held = f"Until then `{name}` is nnlib's, so that the notebook goes on."
        if result.status != BLANK:
            held = (
                f"For now `{name}` is nnlib's, so that the notebook goes on; "
                f"yours is `{name}.yours`."
            )
        said.append(held + _renamed(exercise.id, name))
    if result.status == BLANK:
        said[-1] += f' About {exercise.minutes} minutes. A first hint: `hint("{exercise.id}")`.'
    elif result.status != PASSED:
        said[-1] += f' For a hint: `hint("{exercise.id}")`.'
    return [part.strip() for part in said if part.strip()]


def _renamed(asked: str, name: str) -> str:
    """The sentence for an answer under a name of its own."""
    if not name or name == asked:
        return ""
    return f" The cells below call it `{asked}`: rename it, or add `{asked} = {name}` below."


class Card:
    """A finished card: the same words as text and as HTML."""

    def __init__(self, text: str, html: str):
        self.text, self.html = text, html

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return self.html


def message_card(title: str, text: str, colour: str = NEUTRAL) -> Card:
    """A card with a title and a few sentences."""
    top = f'<p style="margin:.2em 0"><b>{rich(title)}</b></p>'
    return Card(f"{title}\n{wrap(text)}", box(colour, top, paragraph(text)))
