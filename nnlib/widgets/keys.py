"""`Keys`: keeps the keys pressed in a panel from the notebook's own shortcuts."""

from pathlib import Path

import anywidget


class Keys(anywidget.AnyWidget):
    """Unseen; it watches over the panel it lies in, which has the class `PANEL`."""

    _esm = Path(__file__).with_name("keys.js")

    def __init__(self):
        super().__init__(layout={"display": "none"})

    def __repr__(self):
        return ""


PANEL = "nnlib-panel"  # as in keys.js
