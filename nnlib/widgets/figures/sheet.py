"""`Figure`: a picture in PNG with its words, drawn by matplotlib in the course's style."""

import base64
import io
from html import escape

from .. import style

DPI = 150


class Figure:
    """A picture in PNG with its text alternative; a notebook shows it as an <img alt=...>."""

    def __init__(self, png, alt, width):
        self.png, self.alt, self.width = png, alt, width

    def _repr_mimebundle_(self, include=None, exclude=None):
        data = base64.b64encode(self.png).decode()
        html = (
            f'<img alt="{escape(self.alt)}" width="{self.width}" style="max-width:100%"'
            f' src="data:image/png;base64,{data}">'
        )
        return {"text/html": html, "text/plain": self.alt}

    def save(self, path):
        """Write the PNG to a file."""
        with open(path, "wb") as file:
            file.write(self.png)

    def __repr__(self):
        return self.alt


def figure(draw, *, alt, width=7, height=4, rows=1, columns=1):
    """Whatever draw(ax) draws on axes in the course's style.

    draw: takes one matplotlib Axes, or an array of them where rows or columns exceed 1.
    width, height: inches; a screen shows 96 pixels an inch.
    """
    if not isinstance(alt, str) or not alt.strip():
        raise ValueError(f"a figure got alt={alt!r}; expected a sentence that says what it shows")
    with style.styled():
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure as Sheet

        sheet = Sheet(figsize=(width, height), layout="constrained")
        FigureCanvasAgg(sheet)
        draw(sheet.subplots(rows, columns))
        buffer = io.BytesIO()
        sheet.savefig(buffer, format="png", dpi=DPI, metadata={"Software": None})
    return Figure(buffer.getvalue(), " ".join(alt.split()), round(width * 96))
