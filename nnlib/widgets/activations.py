"""Chapter 3: an activation, its tangent and its slope at one place."""

import numpy as np

from .. import functions as F
from .controls import choice, slider
from .demo import Demo
from .style import GRADIENT, MODEL
from .svg import Picture, fixed, say

FUNCTIONS = {
    "relu": (F.relu, F.relu_grad),
    "leaky relu": (F.leaky_relu, F.leaky_relu_grad),
    "gelu": (F.gelu, F.gelu_grad),
    "sigmoid": (F.sigmoid, F.sigmoid_grad),
    "tanh": (F.tanh, F.tanh_grad),
}
REACH = 6  # z from -REACH to REACH


class ActivationExplorer:
    """One activation at one place z."""

    def __init__(self, name="sigmoid", z=1.0):
        self.name, self.z = name, z

    def at(self, z):
        """f(z), f'(z)."""
        f, slope = FUNCTIONS[self.name]
        z = np.asarray(z, float)
        return f(z), slope(z)

    def note(self):
        """What there is to say about this place."""
        _, slope = self.at(self.z)
        if self.z == 0 and self.name in ("relu", "leaky relu"):
            return f"a corner: the slope is undefined here, and {say(slope)} is the choice made"
        if slope == 0:
            return "off: no slope, so no gradient passes"
        if abs(slope) < 0.02 and self.name == "leaky relu":
            return "a leak: a hundredth of the gradient passes"
        if abs(slope) < 0.02:
            return "flat: hardly any gradient passes"
        if slope > 0.98:
            return "the gradient passes whole"
        if slope < 0:
            return f"falling: the gradient is turned round and multiplied by {say(slope)}"
        return f"the gradient is multiplied by {say(slope)}"

    def picture(self):
        value, slope = map(float, self.at(self.z))
        alt = (
            f"{self.name} and its slope from −6 to 6. At z = {say(self.z)} the value is "
            f"{say(value)} and the slope {say(slope)}: {self.note()}."
        )
        picture = Picture(720, 370, alt)
        z = np.linspace(-REACH, REACH, 481)
        f, df = self.at(z)
        if self.name == "relu" or self.name == "leaky relu":
            df = np.where(np.abs(z) < 1e-9, np.nan, df)  # a jump, not a ramp
        high = 6 if f.max() > 2 else 1.5
        axes = picture.axes(
            48,
            52,
            290,
            262,
            xlim=(-REACH, REACH),
            ylim=(-1.5, high),
            xlabel="z",
            ylabel="f(z)",
            title=f"{self.name}",
            grid=True,
        )
        axes.line(z, f, MODEL, width=3)
        ends = self.z + np.array([-1.6, 1.6])
        axes.line(ends, value + slope * (ends - self.z), GRADIENT, dash="7 4", width=2.5)
        axes.points([self.z], [value], MODEL, r=7)
        axes = picture.axes(
            414,
            52,
            290,
            262,
            xlim=(-REACH, REACH),
            ylim=(-0.25, 1.25),
            xlabel="z",
            ylabel="f′(z)",
            title="its slope",
            grid=True,
        )
        axes.line(z, df, GRADIENT, width=3)
        axes.segment(self.z, 0, self.z, slope, GRADIENT, width=1.5, dash="3 3")
        axes.points([self.z], [slope], GRADIENT, r=7)
        return picture

    def readout(self):
        value, slope = map(float, self.at(self.z))
        return (
            f"{self.name}({fixed(self.z, 1)}) = {say(value, 5)}; slope {say(slope, 5)}: "
            f"{self.note()}"
        )


def activation_explorer():
    """Slide z along an activation and watch its value, its tangent and its slope."""
    return Demo(
        ActivationExplorer(),
        {
            "name": choice("activation", list(FUNCTIONS), "sigmoid"),
            "z": slider("z", 1.0, -REACH, REACH, 0.1),
        },
    )
