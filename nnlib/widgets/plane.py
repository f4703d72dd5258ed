"""`Plane`: a loss of two numbers seen from above, and what moves over it."""

from functools import cached_property

from .style import LOSS
from .svg import Axes


class Plane:
    """Contours that stay, and axes to draw on above them.

    place: (left, top, width, height) in pixels. xlim, ylim: what it shows. still: the options of
    `svg.Axes` that stay as well, such as title and xticks.
    """

    def __init__(self, *place, xlim, ylim, **still):
        self.place, self.limits = place, {"xlim": xlim, "ylim": ylim}
        self.backdrop = Axes(*place, **self.limits, **still)

    def contours(self, xs, ys, Z, levels, **options):
        """Level lines of Z (len(ys), len(xs)), drawn once."""
        self.backdrop.contours(xs, ys, Z, levels, LOSS, width=1, **options)

    @cached_property
    def _still(self):
        return str(self.backdrop)

    def axes(self, picture):
        """Put the plane on a picture; returns axes for what moves."""
        picture.add(self._still)
        return picture.axes(*self.place, **self.limits, xticks=(), yticks=())
