"""Chapter 4: scores, probabilities, the surprise at the truth, and the gradient p - y."""

import numpy as np

from .. import functions as F
from .controls import choice, log_slider, slider
from .demo import Demo
from .style import DATA, GRADIENT, INK, LOSS, MODEL
from .svg import Picture, fixed, say

K = 4
NAMES = ("cat", "dog", "fish", "bird")


class SoftmaxExplorer:
    """Four scores, a temperature, and the label that is true."""

    def __init__(self, z=(2.0, 1.0, 0.0, -1.0), temperature=1.0, label=NAMES[0]):
        self.z0, self.z1, self.z2, self.z3 = z
        self.temperature, self.label = temperature, label

    @property
    def scores(self):
        return np.array([self.z0, self.z1, self.z2, self.z3], float)

    @property
    def y(self):
        """The true class, an integer."""
        return NAMES.index(self.label)

    @property
    def p(self):
        """softmax(z / T)."""
        return F.softmax(self.scores / self.temperature)

    @property
    def surprise(self):
        """-log p[y], from the scores."""
        return float(F.cross_entropy((self.scores / self.temperature)[None], np.array([self.y])))

    @property
    def gradient(self):
        """p - y: the surprise's derivative with respect to z / T."""
        return F.cross_entropy_grad((self.scores / self.temperature)[None], np.array([self.y]))[0]

    def picture(self):
        p = self.p
        alt = (
            "Scores "
            + ", ".join(f"{n} {fixed(z, 1)}" for n, z in zip(NAMES, self.scores))
            + " become probabilities "
            + ", ".join(f"{n} {fixed(v)}" for n, v in zip(NAMES, p))
            + f" at temperature {say(self.temperature, 2)}. The truth is {self.label}: surprise "
            f"{fixed(self.surprise)}, gradient " + ", ".join(map(fixed, self.gradient)) + "."
        )
        picture = Picture(720, 470, alt)
        panels = (
            ("score z", (-5.6, 5.6), self.scores, DATA, (-5, 0, 5), 1),
            ("probability p", (0, 1.3), p, MODEL, (0, 0.5, 1), 3),
            ("gradient p − y", (-1.45, 1.45), self.gradient, GRADIENT, (-1, 0, 1), 3),
        )
        lefts = (92, 306, 520)
        for left, (title, xlim, values, colour, xticks, places) in zip(lefts, panels):
            axes = picture.axes(
                left,
                40,
                186,
                200,
                xlim=xlim,
                ylim=(K - 0.4, -0.6),
                title=title,
                xticks=xticks,
                yticks=(),
                grid=True,
            )
            axes.segment(0, -0.6, 0, K - 0.4, INK, width=1.5)
            for k, value in enumerate(values):
                self._row(axes, k, float(value), colour, places, arrow=colour == GRADIENT)
        for k, name in enumerate(NAMES):
            y = 40 + 200 * (k + 0.6) / (K + 0.2)
            true = k == self.y
            picture.text(80, y - 10 * true, name, anchor="end", middle=True, bold=true)
            if true:
                picture.text(80, y + 10, "(true)", anchor="end", middle=True, bold=True)
        self._surprise(picture)
        return picture

    def _row(self, axes, k, value, colour, places, arrow):
        if arrow:
            axes.arrow(0, k, value, k, colour, width=5, head=16)
        else:
            axes.rect(0, k - 0.3, value, k + 0.3, fill=colour)
        left = value < 0
        axes.text(
            value,
            k,
            fixed(value, places),
            dx=-6 if left else 6,
            middle=True,
            halo=True,
            anchor="end" if left else "start",
        )

    def _surprise(self, picture):
        axes = picture.axes(
            92,
            326,
            400,
            94,
            xlim=(0, 1),
            ylim=(0, 5),
            xlabel="p of the true class",
            ylabel="surprise −log p",
            yticks=(0, 2, 4),
            grid=True,
        )
        p = np.linspace(0.005, 1, 200)
        axes.line(p, -np.log(p), LOSS, width=2.5)
        truth, surprise = float(self.p[self.y]), self.surprise
        axes.points([truth], [min(surprise, 4.8)], LOSS, r=7)
        up = " ↑" if surprise > 4.8 else ""
        picture.text(520, 362, f"p({self.label}) = {say(truth, 3)}")
        picture.text(520, 388, f"surprise = {say(surprise, 3)}{up}", bold=True)

    def readout(self):
        moves = [
            f"{n} {'up' if g < 0 else 'down'} by {say(abs(g), 3)}"
            for n, g in zip(NAMES, self.gradient)
        ]
        factor = "" if self.temperature == 1 else f", divided by T = {say(self.temperature, 2)}"
        return (
            f"surprise −log p({self.label}) = {say(self.surprise, 4)}; the probabilities add up to "
            f"{fixed(float(self.p.sum()), 3)}\n"
            f"descent moves each score against p − y{factor}: {', '.join(moves)}"
        )


def softmax_explorer():
    """Drag the scores and the temperature; see the probabilities, the surprise at the true class
    and the gradient that would move each score."""
    state = SoftmaxExplorer()
    controls = {
        f"z{k}": slider(f"score of {name}", state.scores[k], -5, 5, 0.1)
        for k, name in enumerate(NAMES)
    }
    controls["temperature"] = log_slider("temperature T", 1.0, -1, 1, 0.05, readout_format=".2f")
    controls["label"] = choice("true class", list(NAMES))
    return Demo(state, controls)
