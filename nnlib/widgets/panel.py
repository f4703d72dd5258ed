"""`Panel`: the frame of every widget, and what a page without a kernel shows in its place."""

from html import escape

import ipywidgets as ipw

from . import svg
from .keys import PANEL, Keys

WIDTH = 720  # pixels: the widest picture


class Panel(ipw.VBox):
    """Controls and pictures in a column. static: a `static_picture`, for a page without a kernel.

    width: pixels of the widest picture in it.
    """

    def __init__(self, children, static, width=WIDTH):
        self.static = static
        layout = {"max_width": f"{width + 8}px", "overflow": "visible"}
        super().__init__([*children, Keys()], layout=layout, _dom_classes=(PANEL,))

    def _repr_mimebundle_(self, include=None, exclude=None, **kwargs):
        bundle = super()._repr_mimebundle_(**kwargs)
        if isinstance(bundle, tuple):
            return {**bundle[0], **self.static}, bundle[1]
        return {**(bundle or {}), **self.static}  # JupyterLab prefers the live view

    def __repr__(self):
        return self.static["text/plain"]


def static_picture(state):
    """The state as a page without a kernel shows it: {"text/html": ..., "text/plain": alt}."""
    picture = state.picture()
    html = svg.image(picture, picture.alt, picture.width) + words(state)
    return {"text/html": html, "text/plain": picture.alt}


def words(state):
    """A state's readout as HTML. It may hold names of the reader's own: all of it is escaped."""
    text = escape(state.readout(), quote=False).replace("\n", "<br>")
    text = text.replace(" × 10", "\u00a0×\u00a010")  # stays on one line
    style = "font-size:16px;line-height:1.45"
    return f'<div role="status" style="{style}">{text}</div>' if text else ""
