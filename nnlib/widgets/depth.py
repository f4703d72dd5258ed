"""Chapter 3: what thirty layers do to a signal."""

from functools import cache, lru_cache

import numpy as np

from .. import init
from .activations import FUNCTIONS
from .controls import choice, slider
from .demo import Demo
from .style import DATA, MODEL
from .svg import Picture, fixed, say

LAYERS, WIDTH, SAMPLES = 30, 64, 64  # small enough to follow a finger
_LIMITS = {"tanh": (-1, 1), "sigmoid": (0, 1)}  # the others have no upper end
BINS = 48


class ActivationsByDepth:
    """A batch of standard normal inputs through 30 layers of 64 units, without biases.

    scale: weights are normal with standard deviation scale / sqrt(n_in). Glorot's is scale 1
    (as n_in = n_out), Kaiming's sqrt(2).
    """

    def __init__(self, name="tanh", scale=1.0):
        self.name, self.scale = name, scale

    def layers(self):
        """The activations after each layer, (30, 64, 64): layers, samples, units."""
        return _signal(self.name, self.scale)

    def verdict(self, layers):
        """One sentence on what has become of the signal."""
        last, first = layers[-1], layers[0]
        if not np.isfinite(last).all():
            return "the activations overflow"
        ratio = float(last.std() / max(first.std(), 1e-30))
        if self.name in _LIMITS:
            low, high = _LIMITS[self.name]
            edge = np.mean((last > high - 0.05) | (last < low + 0.05))
            if edge > 0.25:
                return f"{100 * edge:.0f} % of the last layer is saturated: hardly any slope left"
        if ratio < 1e-20:
            return "the signal is gone"
        alike = float(last.std(axis=0).mean() / max(last.std(), 1e-30))
        if alike < 0.05:
            return f"all samples look alike: they differ by {say(alike, 2)} of the spread"
        if ratio < 0.1:
            return f"the signal fades: its spread shrinks {say(1 / ratio, 2)} times"
        if ratio > 10:
            return f"the signal explodes: its spread grows {say(ratio, 2)} times"
        return f"the signal lives: its spread in the last layer is {say(ratio, 2)} of the first's"

    def picture(self):
        layers = self.layers()
        spreads = [float(A.std()) for A in layers]
        alt = (
            f"Histograms of {self.name} activations in layers 1 to {LAYERS}, at scale "
            f"{fixed(self.scale)}. Their standard deviation goes from {say(spreads[0], 2)} to "
            f"{say(spreads[-1], 2)}: {self.verdict(layers)}."
        )
        picture = Picture(720, 500, alt)
        low, high = _LIMITS.get(self.name, (-1, 4))
        spread_limits = (1e-4, 1) if self.name in _LIMITS else (1e-6, 1e6)
        margin = 0.06 * (high - low)
        xticks = (1, 5, 10, 15, 20, 25, 30)
        axes = picture.axes(
            64,
            52,
            642,
            220,
            xlim=(0.4, LAYERS + 0.6),
            ylim=(low - margin, high + margin),
            ylabel="activation",
            title="Each layer's histogram, upright",
            xticks=xticks,
            grid=True,
        )
        edges = np.linspace(low - margin / 2, high + margin / 2, BINS + 1)
        centres = (edges[1:] + edges[:-1]) / 2
        for i, A in enumerate(layers, 1):
            # what lies beyond the picture is counted in its outermost bins
            bins = (A.ravel() - edges[0]) * (BINS / (edges[-1] - edges[0]))
            counts = np.bincount(np.clip(bins, 0, BINS - 1).astype(int), minlength=BINS)
            half = 0.46 * np.sqrt(counts / counts.max())
            some = np.flatnonzero(counts)
            shown = slice(max(some[0] - 1, 0), some[-1] + 2)
            xs = np.concatenate([i - half[shown], (i + half[shown])[::-1]])
            ys = np.concatenate([centres[shown], centres[shown][::-1]])
            axes.line(xs, ys, MODEL, width=1, fill=MODEL, close=True, opacity=0.85)
        axes = picture.axes(
            64,
            352,
            642,
            98,
            xlim=(0.4, LAYERS + 0.6),
            ylim=spread_limits,
            ylog=True,
            xlabel="layer",
            ylabel="standard deviation",
            xticks=xticks,
            grid=True,
        )
        spreads = np.clip(spreads, *spread_limits)
        axes.line(np.arange(1, LAYERS + 1), spreads, DATA, width=2.5)
        axes.points([1, LAYERS], [spreads[0], spreads[-1]], DATA, r=5)
        return picture

    def readout(self):
        layers = self.layers()
        return (
            f"standard deviation of the weights {say(self.scale / WIDTH**0.5, 3)} = "
            f"{fixed(self.scale)} / √{WIDTH} (Glorot: 1 / √{WIDTH}; Kaiming: 1.41 / √{WIDTH})\n"
            f"spread in layer 1: {say(float(layers[0].std()))}, in layer {LAYERS}: "
            f"{say(float(layers[-1].std()))}; {self.verdict(layers)}"
        )


def activations_by_depth():
    """Slide the scale of the first weights and see thirty layers of activations fade, live,
    saturate or explode."""
    return Demo(
        ActivationsByDepth(),
        {
            "name": choice("activation", ["tanh", "sigmoid", "relu"]),
            "scale": slider("weight scale", 1.0, 0.1, 3.0, 0.05),
        },
    )


@lru_cache(maxsize=8)
def _signal(name, scale):
    f = FUNCTIONS[name][0]
    A, layers = _inputs(), []
    factor = np.float32(scale / WIDTH**0.5)
    for W in _weights():
        A = f((A @ W) * factor)
        layers.append(A)
    return np.stack(layers)


@cache
def _inputs():
    return init.normal((SAMPLES, WIDTH), rng=0, std=1)


@cache
def _weights():
    return [init.normal((WIDTH, WIDTH), rng=i, std=1) for i in range(1, LAYERS + 1)]
