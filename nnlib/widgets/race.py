"""Optimisers race down one surface from one starting point, at one learning rate."""

from dataclasses import dataclass, field
from functools import cache

import ipywidgets as ipw
import numpy as np

from .. import manual, optim
from . import style
from .controls import choice, log_slider, slider
from .demo import Demo
from .surfaces import SURFACES
from .svg import Axes, Picture, contour_paths, say, spread

STEPS = 100
FAR = 1e6  # a runner this far out has left the race


OPTIMISERS = {
    "SGD": lambda p, lr, momentum: optim.SGD(p, lr),
    "momentum": lambda p, lr, momentum: optim.SGD(p, lr, momentum=momentum),
    "Nesterov": lambda p, lr, momentum: optim.SGD(p, lr, momentum=momentum, nesterov=momentum > 0),
    "RMSprop": lambda p, lr, momentum: optim.RMSprop(p, lr, alpha=0.9),
    "Adam": lambda p, lr, momentum: optim.Adam(p, lr),
}
MARKERS = dict(zip(OPTIMISERS, ("o", "s", "D", "^", "o")))
COLOURS = dict(zip(OPTIMISERS, (style.MODEL, style.SKY, style.ORANGE, style.DATA, style.GRADIENT)))


@dataclass
class Race:
    """surface: a name in SURFACES. lr, momentum: for all runners. step: how far to show.

    Every runner is an optimiser of `nnlib.optim` stepping one Parameter.
    """

    surface: str = "ravine"
    lr: float = 0.3
    momentum: float = 0.8
    step: int = 40
    steps: int = STEPS
    _known: dict = field(default_factory=dict, repr=False)

    def path(self, name):
        """Where a runner is after 0 .. steps steps. Shape: (steps + 1, 2), NaN once it has left."""
        key = name, self.surface, float(self.lr), float(self.momentum)
        if key not in self._known:
            if len(self._known) > 200:
                self._known.clear()
            self._known[key] = self._run(name)
        return self._known[key]

    def _run(self, name):
        surface = SURFACES[self.surface]
        p = manual.Parameter(np.array(surface.start, float))
        optimiser = OPTIMISERS[name]([p], self.lr, self.momentum)
        path = np.full((self.steps + 1, 2), np.nan)
        path[0] = p.data
        for t in range(1, self.steps + 1):
            p.grad = np.array(surface.gradient(*p.data))
            optimiser.step()
            if not np.all(np.abs(p.data) < FAR):
                break
            path[t] = p.data
        return path

    def losses(self, name):
        """The loss along a runner's path. Shape: (steps + 1,)."""
        return SURFACES[self.surface].loss(*self.path(name).T)

    @property
    def t(self):
        """The step shown, within the race."""
        return min(max(int(self.step), 0), self.steps)

    def standings(self):
        """[(name, loss now)], the lowest first; who has left the race is last, with infinity."""
        now = {name: self.losses(name)[self.t] for name in OPTIMISERS}
        now = {name: float(v) if np.isfinite(v) else np.inf for name, v in now.items()}
        return sorted(now.items(), key=lambda item: item[1])

    def picture(self):
        """The surface with the paths on it, and beside it the loss step by step."""
        surface, t = SURFACES[self.surface], self.t
        picture = Picture(720, 400, self._alt())
        plane = picture.axes(
            40,
            40,
            360,
            300,
            xlim=surface.xlim,
            ylim=surface.ylim,
            xlabel="weight 1",
            ylabel="weight 2",
        )
        for path in _contours(surface):
            plane.line(*path.T, style.LOSS, width=1, opacity=0.6)
        for a, b in surface.minima:
            plane.points([a], [b], "none", r=8, stroke=style.INK)
            plane.points([a], [b], style.INK, r=2)
        low = 1e-6
        tops = [v for name in OPTIMISERS for v in self.losses(name)[:2]]
        top = 10 ** np.ceil(np.log10(np.nanmax(tops)) + 0.3)
        curve = picture.axes(
            452,
            40,
            130,
            300,
            xlim=(0, self.steps),
            ylim=(low, top),
            ylog=True,
            xlabel="step",
            ylabel="loss",
            xticks=[0, self.steps // 2, self.steps],
            grid=True,
        )
        ends = {}
        for name in OPTIMISERS:
            colour, marker = COLOURS[name], MARKERS[name]
            path, loss = self.path(name)[: t + 1], self.losses(name)[: t + 1]
            plane.line(*path.T, colour, opacity=0.85)
            with np.errstate(all="ignore"):
                curve.line(np.arange(t + 1), np.maximum(loss, low), colour)
            seen = np.flatnonzero(np.isfinite(loss))[-1]
            plane.points(*path[[seen]].T, colour, r=6, marker=marker, stroke=style.INK, width=1)
            height = curve.y(np.clip(loss[seen], low, top))
            ends[name] = float(height) if seen == t else 0.0
        places = spread(list(ends.values()), 24, within=curve.height)
        for name, y in zip(ends, places):
            y = curve.top + y
            anchor = curve.left + curve.width
            picture.segment(anchor + 2, curve.top + ends[name], anchor + 12, y, COLOURS[name], 1)
            _key(picture, anchor + 18, y, MARKERS[name], COLOURS[name])
            picture.text(anchor + 28, y, name, middle=True, size=15)
        return picture

    def _alt(self):
        words = ", ".join(
            f"{name} {say(loss, 2) if np.isfinite(loss) else 'has diverged'}"
            for name, loss in self.standings()
        )
        return f"Five optimisers on the {self.surface} after {self.t} steps. Losses: {words}."

    def readout(self):
        """The order at this step, in words."""
        words = [
            f"{name} {say(loss, 2)}" if np.isfinite(loss) else f"{name} has diverged"
            for name, loss in self.standings()
        ]
        return f"After {self.t} steps, lowest loss first: {'; '.join(words)}."


def optimiser_race():
    """Five optimisers from one start: choose the surface, the rate and the momentum; play."""
    state = Race()
    step = slider("step", state.step, 0, state.steps, 1)
    play = ipw.Play(value=state.step, min=0, max=state.steps, interval=80, show_repeat=False)
    ipw.jslink((play, "value"), (step, "value"))  # the browser moves it; nothing runs here
    return Demo(
        state,
        {
            "surface": choice("surface", list(SURFACES)),
            "lr": log_slider("learning rate, for all", state.lr, -2, 0.3, 0.02),
            "momentum": slider("momentum", state.momentum, 0, 0.98, 0.02),
            "step": step,
        },
        extra=[play],
    )


@cache
def _contours(surface):
    """A surface's level lines, found once."""
    xs, ys = np.linspace(*surface.xlim, 70), np.linspace(*surface.ylim, 70)
    Z = surface.loss(xs[None, :], ys[:, None])
    return contour_paths(xs, ys, Z, surface.levels)


def _key(picture, x, y, marker, colour):
    axes = Axes(x - 8, y - 8, 16, 16, xticks=(), yticks=())
    axes.points([0.5], [0.5], colour, r=5, marker=marker)
    picture.add(axes)
