"""`DigitPad`: the page to draw on, its tools, and the pictures of a `Drawing`."""

from pathlib import Path

import ipywidgets as ipw
import numpy as np
import traitlets

from ..canvas import Canvas, script
from ..controls import button, choice, row
from ..live import Live
from ..panel import Panel, static_picture, words
from .centring import PAD


class Pad(Canvas):
    """The page to draw on; `ink` holds its 140 x 140 bytes."""

    _esm = script(Path(__file__).with_name("pad.js"))
    ink = traitlets.Bytes().tag(sync=True, from_json=lambda value, widget: bytes(value))
    tool = traitlets.Unicode("draw").tag(sync=True)
    side = traitlets.Int(PAD).tag(sync=True)

    def __repr__(self):
        return "a page to draw a digit on"


class DigitPad(Panel):
    """The pad, its tools, and the pictures; `state` is the plain Drawing."""

    def __init__(self, state):
        self.state, self.live = state, Live()
        self.pad = Pad(ink=_bytes(state.ink), layout={"width": "284px"})
        self.answer = ipw.HTML(layout={"flex": "1 1 300px", "max_width": "424px"})
        self.changes, self.words = ipw.HTML(), ipw.HTML()
        tool = choice("pen", ["draw", "erase"])
        traitlets.link((tool, "value"), (self.pad, "tool"))
        clear = button("clear", self.clear, icon="trash")
        used = choice("the network sees", ["centred", "as drawn"])
        self.pad.observe(lambda change: self.live.call(self._drawn, change["new"]), "ink")
        used.observe(lambda change: self.live.call(self._chosen, change["new"]), "value")
        page = row([self.pad, self.answer])
        children = [tool, used, row([clear]), page, self.changes, self.words]
        super().__init__(children, static_picture(state))
        self.redraw()

    def clear(self):
        """A clean page."""
        self.pad.ink = bytes(PAD * PAD)

    def _drawn(self, ink):
        self.state.draw(ink)
        self.redraw()

    def _chosen(self, used):
        self.state.centred = used == "centred"
        self.redraw()

    def redraw(self):
        """Show the state as it now is."""
        self.answer.value = str(self.state.answer_picture())
        self.changes.value = str(self.state.changes_picture())
        self.words.value = words(self.state)


def _bytes(ink):
    return np.rint(255 * ink).astype(np.uint8).tobytes()
