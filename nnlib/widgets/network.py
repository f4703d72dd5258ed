"""Chapter 2: a small network, drawn live, with the number that travels on every wire."""

import ipywidgets as ipw
import numpy as np

from .. import functions as F
from .. import manual
from .controls import LABEL_WIDTH, choice, slider
from .demo import Demo
from .style import DATA, GRADIENT, INK, MODEL
from .svg import Picture, fixed

WEIGHTS = {
    "weight 1": [[0.8, -0.5, 0.3], [0.4, 0.9, -0.7]],
    "bias 1": [0.1, -0.2, 0.0],
    "weight 2": [[0.7], [-0.6], [1.1]],
    "bias 2": [0.2],
}
ACTIVATIONS = {"relu": F.relu, "tanh": F.tanh, "none": lambda Z: Z}


class NetworkDiagram:
    """Two inputs, three hidden units, one output: x -> relu(x W1 + b1) -> a W2 + b2.

    chosen: the name of one weight or bias; `value` reads and sets that one.
    """

    def __init__(self, x1=1.0, x2=0.5, activation="relu"):
        self.x1, self.x2 = x1, x2
        self.linear = [manual.Linear(2, 3), manual.Linear(3, 1)]
        for k, layer in enumerate(self.linear, 1):
            layer.weight.data = np.array(WEIGHTS[f"weight {k}"])
            layer.bias.data = np.array(WEIGHTS[f"bias {k}"])
        self.activation = activation
        self.places = dict(_places())
        self.chosen = next(iter(self.places))

    @property
    def value(self):
        array, index = self._chosen()
        return round(float(array[index]), 6)

    @value.setter
    def value(self, value):
        array, index = self._chosen()
        array[index] = value

    def forward(self):
        """(x, z, a, out): inputs, pre-activations, activations, output, each one row."""
        x = np.array([[self.x1, self.x2]])
        z = self.linear[0].forward(x)
        a = ACTIVATIONS[self.activation](z)
        return x[0], z[0], a[0], self.linear[1].forward(a)[0]

    def _chosen(self):
        layer, kind, index = self.places[self.chosen]
        return getattr(self.linear[layer], kind).data, index

    def picture(self):
        x, z, a, out = self.forward()
        alt = (
            f"A network with inputs {fixed(x[0])} and {fixed(x[1])}, three hidden units with "
            f"activations {', '.join(fixed(v) for v in a)}, and the output {fixed(out[0])}. "
            f"The chosen parameter, {self.chosen}, is {fixed(self.value)}."
        )
        picture = Picture(720, 472, alt)
        left = [(64, 118), (64, 332)]
        hidden = [(360, 66), (360, 225), (360, 384)]
        right = [(650, 225)]
        first, last = self.linear
        self._wires(picture, 0, left, hidden, x, first.weight.data)
        self._wires(picture, 1, hidden, right, a, last.weight.data)
        for i, (place, value) in enumerate(zip(left, x)):
            self._node(picture, place, f"x{_SUB[i]}", value)
        for j, (place, value) in enumerate(zip(hidden, a)):
            below = f"z{_SUB[j]} = {fixed(z[j])}"
            off = self.activation == "relu" and z[j] <= 0
            self._node(picture, place, f"a{_SUB[j]}", value, below, f"b1[{j}]", off=off)
        self._node(picture, right[0], "output", out[0], "", "b2[0]")
        return picture

    def _wires(self, picture, layer, starts, ends, values, W):
        for i, j in np.ndindex(W.shape):
            w = W[i, j]
            chosen = self.places[self.chosen] == (layer, "weight", (i, j))
            # the weight near the start, the product near the end; the wire leaves room for both
            labels = ((0.3, f"×{fixed(w, 1)}", chosen), (0.68, fixed(values[i] * w), False))
            edges = [0.0]
            for t, words, bold in labels:
                self._number(picture, _between(starts[i], ends[j], t), words, bold)
                gap = _gap(starts[i], ends[j], words)
                edges += [t - gap, t + gap]
            edges.append(1.0)
            for a, b in zip(edges[::2], edges[1::2]):
                picture.segment(
                    *_between(starts[i], ends[j], a),
                    *_between(starts[i], ends[j], b),
                    MODEL if w >= 0 else DATA,
                    width=1 + 2.5 * min(abs(w), 2),
                    dash=None if w >= 0 else "8 5",
                    opacity=1 if chosen else 0.9,
                )

    def _number(self, picture, place, words, chosen):
        x, y = place
        half = 4.6 * len(words) + 5
        if chosen:
            picture.rect(x - half, y - 12, 2 * half, 24, stroke=GRADIENT, line=3, r=6)
        picture.text(x, y, words, anchor="middle", middle=True, halo=True, bold=chosen)

    def _node(self, picture, place, name, value, below="", bias="", off=False):
        x, y = place
        picture.circle(x, y, 31, fill="var(--jp-layout-color0, #fff)")
        picture.circle(x, y, 31, fill="none", stroke=INK, width=2.5)
        if off:
            picture.circle(x, y, 26, fill="none", stroke=INK, width=1)
        words = "var(--jp-content-font-color1, #333)"
        picture.text(x, y, fixed(value), words, anchor="middle", middle=True, bold=True)
        picture.text(x, y - 39, name + (" (off)" if off else ""), anchor="middle", halo=True)
        lines = [below] * bool(below)
        if bias:
            b = self.linear[int(bias[1]) - 1].bias.data[int(bias[3])]
            lines.append(f"b = {fixed(b, 1)}")
        for k, words in enumerate(lines):
            chosen = k == len(lines) - 1 and bias == self.chosen
            self._number(picture, (x, y + 47 + 22 * k), words, chosen)

    def readout(self):
        x, z, a, out = self.forward()
        first, last = self.linear
        f = {"relu": "relu(z)", "tanh": "tanh(z)", "none": "z (no activation)"}[self.activation]
        rows = [
            f"z{_SUB[j]} = {_dot(x, first.weight.data[:, j])} + {_in(first.bias.data[j], 1)}"
            f" = {fixed(z[j])}, a{_SUB[j]} = {fixed(a[j])}"
            for j in range(3)
        ]
        rows.append(
            f"output = {_dot(a, last.weight.data[:, 0])} + {_in(last.bias.data[0], 1)}"
            f" = {fixed(out[0])}"
        )
        return "\n".join([f"a = {f}", *rows])


def network_diagram():
    """A live network: move an input, or choose a weight or a bias and move that, and every number
    behind it changes."""
    state = NetworkDiagram()
    chosen = ipw.Dropdown(
        options=list(state.places),
        description="parameter",
        style={"description_width": LABEL_WIDTH},
        layout={"max_width": "340px"},
    )
    value = slider("its value", state.value, -2, 2, 0.1)
    demo = Demo(
        state,
        {
            "x1": slider("input x₁", 1.0, -2, 2, 0.1),
            "x2": slider("input x₂", 0.5, -2, 2, 0.1),
            "chosen": chosen,
            "value": value,
            "activation": choice("activation", ["relu", "tanh", "none"]),
        },
    )
    # the slider takes the value of what was chosen
    chosen.observe(lambda change: setattr(value, "value", state.value), "value")
    return demo


_SUB = "₁₂₃"


def _places():
    """(name, (layer, "weight" or "bias", index)) of every parameter."""
    for layer, (n_in, n_out) in enumerate(((2, 3), (3, 1))):
        for index in np.ndindex(n_in, n_out):
            yield f"W{layer + 1}[{index[0]}, {index[1]}]", (layer, "weight", index)
        for j in range(n_out):
            yield f"b{layer + 1}[{j}]", (layer, "bias", (j,))


def _between(start, end, t):
    return start[0] + t * (end[0] - start[0]), start[1] + t * (end[1] - start[1])


def _gap(start, end, words):
    """Half of the room that words take from a wire, as a part of its length."""
    dx, dy = abs(end[0] - start[0]), abs(end[1] - start[1])
    return min((4.6 * len(words) + 5) / dx, 12 / dy if dy else 1)


def _dot(values, weights):
    return " + ".join(f"{_in(v)} × {_in(w, 1)}" for v, w in zip(values, weights))


def _in(value, places=2):
    """A number inside a sum: negative ones in brackets."""
    words = fixed(value, places)
    return f"({words})" if words.startswith("−") else words
