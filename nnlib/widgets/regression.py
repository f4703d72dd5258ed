"""Chapter 1: a line through Hubble's nebulae, its squares, and the surface they make."""

from functools import cache, lru_cache

import numpy as np

from .. import functions as F
from ..data import hubble
from .controls import log_slider, slider
from .demo import Demo
from .plane import Plane
from .style import DATA, GRADIENT, INK, LOSS, MODEL
from .svg import Picture, say

SLOPES, INTERCEPTS = (-200, 1000), (-600, 600)


def loss(w, b):
    """Mean squared error of the line w x + b on Hubble's table."""
    x, y = _table()
    return float(F.mse(w * x + b, y))


def gradient(w, b):
    """(dL/dw, dL/db)."""
    x, y = _table()
    dprediction = F.mse_grad(w * x + b, y)
    return np.array([dprediction @ x, dprediction.sum()])


class LineAndSurface:
    """A line, and the descent that would start from it."""

    def __init__(self, slope=100.0, intercept=300.0, rate=0.1, steps=30):
        self.slope, self.intercept, self.rate, self.steps = slope, intercept, rate, steps

    def path(self):
        """The places of gradient descent, (steps + 1, 2): slope and intercept."""
        return _descent(self.slope, self.intercept, self.rate, int(self.steps))

    def verdict(self):
        """One word for the learning rate, and why."""
        fastest = 2 / steepest_curvature()
        if self.rate > fastest:
            return f"diverges: above {say(fastest, 2)} every step overshoots further"
        if self.rate > fastest / 2:
            return "overshoots the valley, from side to side, and still comes down"
        best = loss(*solution())
        before, after = loss(self.slope, self.intercept) - best, loss(*self.path()[-1]) - best
        if before < 1:
            return "nothing left to win: this is the minimum"
        left = after / before
        if left > 0.1:
            return f"too small for so few steps: {100 * left:.0f} % of the loss to lose remains"
        return f"comes down: {100 * left:.2g} % of the loss to lose remains"

    def picture(self):
        w, b = self.slope, self.intercept
        end = self.path()[-1]
        alt = (
            f"Left: Hubble's 24 nebulae, the line {say(w)} x {_signed(b)} and the squares of its "
            f"residuals, mean {say(loss(w, b))}. Right: the loss over slope and intercept, with "
            f"{int(self.steps)} steps of gradient descent at rate {say(self.rate, 2)}, which "
            f"end at slope {say(end[0])}, intercept {say(end[1])}. It {self.verdict()}."
        )
        picture = Picture(720, 400, alt)
        self._data(picture)
        self._surface(picture)
        return picture

    def _data(self, picture):
        axes = picture.axes(
            56,
            52,
            284,
            284,
            xlim=(0, 2.2),
            ylim=(-500, 1300),
            xlabel="distance (Mpc)",
            ylabel="velocity (km/s)",
            title="The line and its squares",
            grid=True,
        )
        x, y = _table()
        for xi, yi in zip(x, y):
            left, low, high = axes.x(xi), axes.y(yi), axes.y(self.slope * xi + self.intercept)
            side = abs(high - low)
            axes.inside.rect(left, low, side, high - low, fill=LOSS, opacity=0.13)
            axes.inside.rect(left, low, side, high - low, stroke=LOSS, line=1, opacity=0.6)
        ends = np.array([0, 2.2])
        axes.line(ends, self.slope * ends + self.intercept, MODEL, width=3)
        axes.points(x, y, DATA, r=4.5)

    def _surface(self, picture):
        axes = _plane().axes(picture)
        w, b = np.clip(self.path(), -1e6, 1e6).T
        axes.line(w, b, GRADIENT)
        if len(w) > 1:
            axes.points(w[1:], b[1:], GRADIENT, r=3)
        x, y = axes.x(solution()[0]), axes.y(solution()[1])
        axes.inside.segment(x - 8, y, x + 8, y, INK, width=3)
        axes.inside.segment(x, y - 8, x, y + 8, INK, width=3)
        axes.points([self.slope], [self.intercept], MODEL, r=7)

    def readout(self):
        w, b = self.slope, self.intercept
        dw, db = gradient(w, b)
        end = self.path()[-1]
        return (
            f"velocity = {say(w)} · distance {_signed(b)}; mean squared error {say(loss(w, b), 4)} "
            f"(least possible {say(loss(*solution()), 4)}, at the cross)\n"
            f"gradient ({say(dw)}, {say(db)})\n"
            f"descent at rate {say(self.rate, 2)}: {self.verdict()}. After {int(self.steps)} "
            f"steps w = {say(end[0])}, b = {say(end[1])}, "
            f"mean squared error {say(loss(*end), 4)}"
        )


def line_and_surface():
    """Move a line through Hubble's data and watch its squares beside the loss surface; choose a
    learning rate and see the path of the descent."""
    return Demo(
        LineAndSurface(),
        {
            "slope": slider("slope w", 100, *SLOPES, 10),
            "intercept": slider("intercept b", 300, *INTERCEPTS, 10),
            "rate": log_slider("learning rate", 0.1, -3, 0, 0.05, readout_format=".2g"),
            "steps": slider("steps of descent", 30, 0, 200, 1),
        },
    )


@cache
def _table():
    return hubble()


@lru_cache(maxsize=8)
def _descent(w, b, rate, steps):
    places = [np.array([w, b], float)]
    for _ in range(steps):
        places.append(places[-1] - rate * gradient(*places[-1]))
    return np.array(places)


@cache
def solution():
    """Slope and intercept of least squares."""
    x, y = _table()
    return np.linalg.lstsq(np.stack([x, np.ones_like(x)], axis=1), y, rcond=None)[0]


@cache
def steepest_curvature():
    """The largest eigenvalue of the loss's second derivative; descent needs a rate below 2 / it."""
    x, _ = _table()
    return float(np.linalg.eigvalsh(2 * np.array([[np.mean(x * x), x.mean()], [x.mean(), 1]]))[-1])


@cache
def _plane():
    """The contours of the loss: what no slider changes."""
    plane = Plane(
        *(420, 52, 284, 284),
        xlim=SLOPES,
        ylim=INTERCEPTS,
        xlabel="slope w",
        ylabel="intercept b",
        title="The loss from above",
        xticks=(0, 400, 800),
        yticks=(-400, 0, 400),
    )
    w, b = np.linspace(*SLOPES, 60), np.linspace(*INTERCEPTS, 60)
    Z = np.array([[loss(wi, bi) for wi in w] for bi in b])
    low = loss(*solution())
    levels = low + (Z.max() - low) * np.linspace(0.04, 1, 12) ** 2
    plane.contours(w, b, Z, levels)
    return plane


def _signed(b):
    return f"+ {say(b)}" if b >= 0 else f"− {say(-b)}"
