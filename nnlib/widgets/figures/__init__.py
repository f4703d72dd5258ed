"""Still pictures, one line each: the code that beautifies lives here, not in the chapters.

Every function returns a `Figure`. `alt` is required: what a reader who cannot see the picture
needs to know. Outside this package matplotlib stays as it was: its settings, its backend and
`pyplot` are not touched, and it is imported when the first picture is drawn.
"""

from .arrays import confusion_matrix, images, shapes, weights
from .curves import bars, histograms, history, lines, points_and_line, scatter
from .planes import decision_boundary, loss_surface
from .sheet import DPI, Figure, figure

__all__ = [
    "DPI",
    "Figure",
    "bars",
    "confusion_matrix",
    "decision_boundary",
    "figure",
    "histograms",
    "history",
    "images",
    "lines",
    "loss_surface",
    "points_and_line",
    "scatter",
    "shapes",
    "weights",
]
