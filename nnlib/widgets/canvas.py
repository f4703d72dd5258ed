"""`Canvas`: a widget that the page draws itself; Python and the page exchange bytes."""

from pathlib import Path

import anywidget


class Canvas(anywidget.AnyWidget):
    """A widget with a script of its own; see `script`."""

    def __repr__(self):  # anywidget's own changes from version to version
        return "a canvas"


def script(path):
    """The text of a canvas's script, below what all of them share."""
    shared = Path(__file__).with_name("canvas.js")
    return "\n".join(part.read_text(encoding="utf-8") for part in (shared, path))
