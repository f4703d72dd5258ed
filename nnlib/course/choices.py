"""`Choices`: the options of a question as buttons of full width, and the reply beneath them.

The page holds every reply from the start, so it answers at once; the kernel hears which option was
chosen. The longest reply sets the room that is kept, so that nothing below ever moves.
"""

from __future__ import annotations

from pathlib import Path

import anywidget
import ipywidgets
import traitlets

from ..widgets.keys import PANEL, Keys


class Choices(anywidget.AnyWidget):
    """One question. `chosen` is the number of the option that was clicked last; 0 before."""

    _esm = Path(__file__).with_name("choices.js")
    _css = Path(__file__).with_name("choices.css")
    question = traitlets.Unicode().tag(sync=True)  # HTML, as the rest
    options = traitlets.List(traitlets.Unicode()).tag(sync=True)
    replies = traitlets.List(traitlets.Unicode()).tag(sync=True)
    right = traitlets.Int().tag(sync=True)
    chosen = traitlets.Int(0).tag(sync=True)

    def __repr__(self) -> str:
        return "a question"


def panel(choices: Choices) -> ipywidgets.VBox:
    """The question in a panel that keeps the keys pressed in it."""
    return ipywidgets.VBox([choices, Keys()], _dom_classes=(PANEL,))
