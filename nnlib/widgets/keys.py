"""`Keys`: keeps the keys pressed in a panel, and says in words when its kernel is gone."""

from pathlib import Path

import anywidget


class Keys(anywidget.AnyWidget):
    """Unseen; it watches over the panel it lies in, which has the class `PANEL`."""

    _esm = Path(__file__).with_name("keys.js")
    _css = Path(__file__).with_name("keys.css")

    def __init__(self):
        super().__init__(layout={"display": "none"})

    def __repr__(self):
        return ""


PANEL = "nnlib-panel"  # as in keys.js
