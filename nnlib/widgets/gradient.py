"""Chapter 0: gradient arrows on a surface, and the step h of the finite difference."""

from functools import cache, lru_cache

import numpy as np

from ..gradcheck import numerical_gradient
from .controls import log_slider, slider
from .demo import Demo
from .plane import Plane
from .style import DATA, GRADIENT, INK, MODEL
from .svg import Picture, say

LIMIT = 3.2  # the picture shows 0 to LIMIT on both axes
STEPS = 10.0 ** np.arange(-14, 0.01, 0.25)  # the steps h of the error curve


def f(w):
    """The chapter's function, ln(w1 + w2) + w1^2 w2, for w1 + w2 > 0; elsewhere NaN."""
    with np.errstate(all="ignore"):
        return np.log(w[0] + w[1]) + w[0] ** 2 * w[1]


def f_gradient(w):
    """(1/s + 2 w1 w2, 1/s + w1^2) with s = w1 + w2."""
    s = w[0] + w[1]
    return np.array([1 / s + 2 * w[0] * w[1], 1 / s + w[0] ** 2])


class GradientArrows:
    """A point (w1, w2) on the surface, and a step h."""

    def __init__(self, w1=1.0, w2=2.0, h=1e-3):
        self.w1, self.w2, self.h = w1, w2, h

    @property
    def w(self):
        return np.array([self.w1, self.w2])

    @property
    def exact(self):
        """The gradient by calculus."""
        return f_gradient(self.w)

    @property
    def numerical(self):
        """The gradient by centred differences of step h; NaN where h leaves the surface."""
        return numerical_gradient(f, self.w, self.h)

    def error(self, h=None):
        """The largest difference between the two, over both components."""
        numerical = numerical_gradient(f, self.w, self.h if h is None else h)
        return float(np.max(np.abs(numerical - self.exact)))

    def picture(self):
        alt = (
            f"Contours of f(w) = ln(w1 + w2) + w1² w2. At ({say(self.w1)}, {say(self.w2)}) the "
            f"gradient is ({say(self.exact[0])}, {say(self.exact[1])}), an arrow at right angles "
            f"to the contour, uphill. With step h = {say(self.h, 2)} the finite difference is off "
            f"by {say(self.error(), 2)}."
        )
        picture = Picture(720, 406, alt)
        self._surface(picture)
        self._errors(picture)
        return picture

    def _surface(self, picture):
        axes = _plane().axes(picture)
        self._arrow(axes, self.numerical, MODEL, dash="5 4")
        self._arrow(axes, self.exact, GRADIENT)
        axes.points([self.w1], [self.w2], DATA, r=6)

    def _arrow(self, axes, gradient, colour, dash=None):
        x, y = self.w1, self.w2
        dx, dy = 0.9 * _shortened(gradient)
        if dash:
            axes.segment(x, y, x + dx * 1.25, y + dy * 1.25, colour, width=3, dash=dash)
        else:
            axes.arrow(x, y, x + dx, y + dy, colour, width=4, head=15)

    def _errors(self, picture):
        axes = picture.axes(
            410,
            54,
            296,
            300,
            xlim=(1e-14, 1),
            ylim=(1e-13, 10),
            xlog=True,
            ylog=True,
            xlabel="step h",
            ylabel="error of the finite difference",
            grid=True,
            title="Too large, too small",
        )
        s = self.w1 + self.w2
        truncation = STEPS**2 / (3 * s**3)  # h² f''' / 6, and f''' = 2 / s³
        rounding = np.finfo(float).eps / 2 * max(abs(float(f(self.w))), 1) / STEPS
        axes.line(STEPS, truncation, INK, dash="6 4", width=1.5)
        axes.line(STEPS, rounding, INK, dash="2 3", width=1.5)
        axes.text(1e-13, 2e-12, "rounding", dy=-4, halo=True)
        axes.text(1e-13, 2e-12, "~ ε / h", dy=15, halo=True)
        axes.text(0.9, 2e-12, "truncation", dy=-4, anchor="end", halo=True)
        axes.text(0.9, 2e-12, "~ h²", dy=15, anchor="end", halo=True)
        axes.line(STEPS, _errors(self.w1, self.w2), MODEL)
        error = self.error()
        if np.isfinite(error):
            axes.points([self.h], [np.clip(error, 1.6e-13, 8)], MODEL, r=7)

    def readout(self):
        e, n = self.exact, self.numerical
        if np.isfinite(n).all():
            second = (
                f"finite difference, h = {say(self.h, 2)}: ({say(n[0], 9)}, {say(n[1], 9)}); "
                f"error {say(self.error(), 2)}"
            )
        else:
            second = (
                f"finite difference, h = {say(self.h, 2)}: undefined, since w − h leaves the "
                "surface (the logarithm needs w₁ + w₂ > 0)"
            )
        return (
            f"f(w) = {say(f(self.w), 9)}\ngradient by calculus (green): "
            f"({say(e[0], 9)}, {say(e[1], 9)})\n{second} (dashed)"
        )


def gradient_arrows():
    """Move a point over a surface and see its gradient; slide h and watch truncation and
    rounding fight over the finite difference."""
    return Demo(
        GradientArrows(),
        {
            "w1": slider("w₁", 1.0, 0.1, 3.0, 0.05),
            "w2": slider("w₂", 2.0, 0.1, 3.0, 0.05),
            "h": log_slider("step h", 1e-3, -14, 0, 0.25, readout_format=".1e"),
        },
    )


def _shortened(gradient):
    """The gradient at a length that fits: the square root of its own, in units of the axes."""
    length = np.linalg.norm(gradient)
    return gradient * (0.35 / np.sqrt(length)) if length > 0 else gradient


@lru_cache(maxsize=8)
def _errors(w1, w2):
    """The whole error curve; it stays the same while h moves along it."""
    state = GradientArrows(w1, w2)
    return [state.error(h) for h in STEPS]


@cache
def _plane():
    """Contours and small arrows: what no slider changes."""
    plane = Plane(
        *(28, 54, 300, 300),
        xlim=(0, LIMIT),
        ylim=(0, LIMIT),
        xlabel="w₁",
        ylabel="w₂",
        title="The surface from above",
        xticks=(0, 1, 2, 3),
        yticks=(0, 1, 2, 3),
    )
    w = np.linspace(0.001, LIMIT, 90)
    levels = (-1, 0, 1, 2, 3.5, 5.5, 8, 11, 15, 20, 26)
    plane.contours(w, w, f(np.meshgrid(w, w)), levels, opacity=0.8)
    places = np.arange(0.25, LIMIT, 0.45)
    for x, y in ((x, y) for x in places for y in places):
        dx, dy = 0.35 * _shortened(f_gradient((x, y)))
        plane.backdrop.arrow(x, y, x + dx, y + dy, GRADIENT, width=1.2, head=6, opacity=0.6)
    return plane
