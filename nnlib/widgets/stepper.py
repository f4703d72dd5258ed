"""Backpropagation one node at a time: value, shape, gradient, and what the judge says of it."""

import copy
from dataclasses import dataclass

import numpy as np

from .. import manual
from ..gradcheck import numerical_gradient
from . import style
from .controls import stepping
from .demo import Demo
from .matrix import ROWS, row_count, shape_words, write_matrix
from .svg import Picture, say


@dataclass
class Node:
    """A value in the network, the loss's gradient there, and its numerical check."""

    name: str
    value: np.ndarray
    formula: str  # of the value
    rule: str = ""  # of the gradient
    gradient: np.ndarray | None = None
    numerical: np.ndarray | None = None

    @property
    def difference(self):
        """The largest relative difference |a - b| / max(|a| + |b|, 1e-6); 0 for no elements."""
        a, b = np.asarray(self.gradient, float), self.numerical
        gaps = np.abs(a - b) / np.maximum(np.abs(a) + np.abs(b), 1e-6)
        return float(gaps.max(initial=0))

    @property
    def agrees(self):
        """True where the gradient passes its numerical check (not for NaN)."""
        return self.difference < 1e-4


class Stepper:
    """A pass through a network of `manual`, forward and back, laid out as a list of steps.

    network: a Layer with `layers`, such as manual.MLP. X: (N, D). y: labels or targets.
    criterion: default softmax cross-entropy for integer y, else mean squared error.
    The network is copied, in float64: stepping changes nothing of yours.
    Raises TypeError for a network without layers.
    """

    def __init__(self, network, X, y, criterion=None):
        if not isinstance(getattr(network, "layers", None), list):
            raise TypeError(
                f"backprop_stepper got {type(network).__name__}; expected a network of "
                "nnlib.manual with layers, such as manual.MLP([2, 3, 2])"
            )
        self.network, self.y = copy.deepcopy(network), np.asarray(y)
        for p in self.network.parameters():
            p.data = np.array(p.data, float)
        self.network.zero_grad()
        labels = np.issubdtype(self.y.dtype, np.integer)
        self.criterion = criterion or (manual.SoftmaxCrossEntropy() if labels else manual.MSE())
        # checking runs on a copy of its own, because a layer remembers its last forward pass
        self.judge = copy.deepcopy((self.network.layers, self.criterion))
        self._forward(np.array(X, float))
        self._backward()
        self.steps = [("forward", name) for name in self.path] + self.back
        self.step = 0

    # ------------------------------------------------------------------ the two passes

    def _forward(self, X):
        """Fill `nodes` with every value; `path` names those on the way from X to the loss."""
        self.nodes, self.path, self.parameters = {}, [], []
        self._node("X", X, f"{count(len(X), 'sample')}, one a row")
        self.path.append("X")
        number, x = 0, "X"
        for layer in self.network.layers:
            own = dict(layer.own_parameters())
            number += bool(own) or not number
            out = f"{'Z' if own else 'A'}{number}"
            out = out if out not in self.nodes else out + "′"
            names = {}
            for kind, p in own.items():
                names[kind] = f"{_SHORT.get(kind, kind)}{number}"
                self._node(names[kind], p.data, f"{kind} of layer {number}")
            self.parameters.append(list(names.values()))
            self._node(
                out, layer.forward(self.nodes[x].value), _forward_formula(layer, out, x, names)
            )
            self.path.append(out)
            x = out
        loss = self.criterion.forward(self.nodes[x].value, self.y)
        words = _LOSSES.get(type(self.criterion), type(self.criterion).__name__)
        self._node("L", np.array(float(loss)), f"L = {words} of {x} and y")
        self.path.append("L")

    def _backward(self):
        """Fill in every gradient, by the network's own backward passes, and its check."""
        self.back = []
        self._gradient("L", np.ones(()), "dL/dL = 1", lambda value: value)
        dA = self.criterion.backward()
        last = self.path[-2]
        rule = _LOSS_RULES.get(type(self.criterion), "from the loss").format(x=last)
        self._gradient(last, dA, f"d{last} = {rule}", self._rest(len(self.network.layers)))
        for i in reversed(range(len(self.network.layers))):
            layer, x, out = self.network.layers[i], self.path[i], self.path[i + 1]
            dX = layer.backward(dA)
            for (kind, p), name in zip(layer.own_parameters(), self.parameters[i]):
                rule = {"weight": f"{x}ᵀ d{out}", "bias": f"d{out} summed over the samples"}
                words = f"d{name} = {rule.get(kind, f'from d{out}')}"
                self._gradient(name, p.grad, words, self._with(i, kind))
            W = next((n for n in self.parameters[i] if n[0] == "W"), None)
            slope = _SLOPES.get(type(layer), "slope").format(z=x, a=out)
            rule = f"d{out} {W}ᵀ" if W else f"d{out} × {slope}, element by element"
            self._gradient(x, dX, f"d{x} = {rule}", self._rest(i))
            dA = dX

    def _node(self, name, value, formula):
        self.nodes[name] = Node(name, np.array(value, float), formula)

    def _gradient(self, name, gradient, rule, loss_of):
        node = self.nodes[name]
        node.gradient, node.rule = np.array(gradient, float), rule
        node.numerical = numerical_gradient(loss_of, node.value)
        self.back.append(("backward", name))

    def _rest(self, i):
        """The loss as a function of what goes into layer i."""
        layers, criterion = self.judge

        def loss(value):
            for layer in layers[i:]:
                value = layer.forward(value)
            return criterion.forward(value, self.y)

        return loss

    def _with(self, i, kind):
        """The loss as a function of one parameter of layer i."""
        parameter = dict(self.judge[0][i].own_parameters())[kind]

        def loss(value):
            kept, parameter.data = parameter.data, value
            try:
                return self._rest(i)(self.nodes[self.path[i]].value)
            finally:
                parameter.data = kept

        return loss

    # ------------------------------------------------------------------ where we stand

    def move(self, by):
        """Go so many steps forward (or back); stays within the steps."""
        self.step = min(max(int(self.step) + by, 0), len(self.steps) - 1)

    @property
    def now(self):
        """(direction, node) of the current step."""
        direction, name = self.steps[min(max(int(self.step), 0), len(self.steps) - 1)]
        return direction, self.nodes[name]

    def known(self, name):
        """(value known, gradient known) of a node at this step."""
        seen = self.steps[: int(self.step) + 1]
        layer = next((i for i, names in enumerate(self.parameters) if name in names), None)
        value = layer is not None or ("forward", name) in seen
        return value, ("backward", name) in seen

    # ------------------------------------------------------------------ drawing

    def picture(self):
        """The network as a row of nodes, and the current one written out below."""
        direction, node = self.now
        width = max(720, 96 * len(self.path))
        rows = max(row_count(n.value) for n in self.nodes.values())
        low = 204 + 52 + 30 + 26 * min(rows, ROWS + 1)
        picture = Picture(width, low + 24, self._alt())
        pitch = width / len(self.path)
        for i, name in enumerate(self.path):
            x = pitch * (i + 0.5)
            if i:
                self._link(picture, x - pitch, x, pitch, direction, i)
            self._tile(picture, name, x, 48, 76)
        for i, names in enumerate(self.parameters):
            x = pitch * (i + 1)
            if names:
                picture.segment(x, 66, x, 112, width=1, opacity=0.6)
            across = [0] if len(names) == 1 else [-37, 37]
            for name, dx in zip(names, across):
                self._tile(picture, name, x + dx, 136, 66)
        self._detail(picture, direction, node, 204, low)
        return picture

    def _link(self, picture, x0, x1, pitch, direction, i):
        a, b = x0 + 40, x1 - 40
        name = self.path[i - 1]
        done = self.known(name)[1] if direction == "backward" else self.known(self.path[i])[0]
        colour, opacity = (_FLOW[direction], 1) if done else (style.INK, 0.35)
        start, end = (b, a) if direction == "backward" else (a, b)
        picture.arrow(start, 48, end, 48, colour, opacity=opacity, head=8, width=2)

    def _tile(self, picture, name, x, y, width):
        value, gradient = self.known(name)
        here = self.now[1].name == name
        left, high = x - width / 2, 48
        picture.rect(
            left,
            y - high / 2,
            width,
            high,
            stroke=style.INK,
            line=3 if here else 1,
            opacity=1 if here or value else 0.4,
            r=6,
        )
        picture.text(x, y - 4, name, anchor="middle", bold=True)
        picture.text(x, y + 14, shape_words(self.nodes[name].value), anchor="middle", size=14)
        half = width / 2 - 6
        if value:
            picture.rect(left + 4, y + high / 2 + 4, half, 4, fill=_colour(name))
        if gradient:
            picture.rect(x + 2, y + high / 2 + 4, half, 4, fill=style.GRADIENT)

    def _detail(self, picture, direction, node, top, low):
        back = direction == "backward"
        picture.segment(8, top - 14, picture.width - 8, top - 14, width=1, opacity=0.3)
        picture.text(8, top + 14, node.rule if back else node.formula, bold=True, size=18)
        third = (picture.width - 16) / 3
        write_matrix(picture, 8, top + 52, f"value of {node.name}", node.value, _colour(node.name))
        if not back:
            return
        name = f"gradient, d{node.name}"
        write_matrix(picture, 8 + third, top + 52, name, node.gradient, style.GRADIENT)
        write_matrix(picture, 8 + 2 * third, top + 52, "numerical", node.numerical, style.INK)
        sign, verdict = ("✓", "they agree") if node.agrees else ("✗", "they differ")
        words = f"{sign} {verdict}: largest relative difference {say(node.difference, 2)}"
        colour = style.GRADIENT if node.agrees else style.MODEL
        picture.text(8 + third, low + 8, words, colour, bold=True)

    def _alt(self):
        direction, node = self.now
        words = f"Step {int(self.step) + 1} of {len(self.steps)}, {direction}: node {node.name} "
        words += f"of shape {shape_words(node.value)}; "
        if direction == "forward":
            return words + node.formula + "."
        verdict = "agrees with" if node.agrees else "differs from"
        return words + f"{node.rule}; it {verdict} the numerical gradient."

    def readout(self):
        """Where we are, in words."""
        direction, node = self.now
        text = f"Step {int(self.step) + 1} of {len(self.steps)}, going {direction}. "
        checked = [n for d, n in self.steps[: int(self.step) + 1] if d == "backward"]
        wrong = [n for n in checked if not self.nodes[n].agrees]
        if checked:
            text += f"{count(len(checked) - len(wrong), 'gradient')} checked and found right"
            text += f"; not right: {', '.join('d' + n for n in wrong)}." if wrong else "."
        return text


def worked_example():
    """Network, inputs and targets of Mazur's step-by-step example (2015): 2-2-2, all sigmoid."""
    network = manual.MLP([2, 2, 2], "sigmoid", rng=0)
    network.layers.append(manual.Sigmoid())
    numbers = (
        [[0.15, 0.25], [0.20, 0.30]],
        [0.35, 0.35],
        [[0.40, 0.50], [0.45, 0.55]],
        [0.60, 0.60],
    )
    for p, values in zip(network.parameters(), numbers):
        p.data = np.array(values)
    return network, np.array([[0.05, 0.10]]), np.array([[0.01, 0.99]])


def backprop_stepper(network=None, X=None, y=None, criterion=None):
    """Step forward and back through a network of `manual`, every gradient beside its check.

    network: such as manual.MLP([2, 3, 2]); None takes Mazur's worked example (2015), whose mean
    of two squared errors is his 1/2 sum. X: (N, D). y: labels or targets. criterion: see Stepper.
    Raises TypeError for a network without layers, ValueError without X and y.
    """
    if network is None:
        network, X, y = worked_example()
    if X is None or y is None:
        raise ValueError("backprop_stepper got a network without X or y; expected all three")
    state = Stepper(network, X, y, criterion)
    state.step = len(state.path) + 1  # a still page shows the first gradient
    where, buttons = stepping(state.step, len(state.steps) - 1)
    return Demo(state, {"step": where}, extra=[buttons])


_FLOW = {"forward": style.MODEL, "backward": style.GRADIENT}
_SHORT = {"weight": "W", "bias": "b"}
_LOSSES = {
    manual.MSE: "mean squared error",
    manual.SoftmaxCrossEntropy: "softmax cross-entropy",
    manual.CrossEntropy: "cross-entropy",
}
_LOSS_RULES = {
    manual.MSE: "2 ({x} − y) / number of elements",
    manual.SoftmaxCrossEntropy: "(softmax({x}) − Y) / N",
    manual.CrossEntropy: "−1 / (N p) at the true labels, 0 elsewhere",
}
_FORWARD = {
    manual.ReLU: "max(0, {z})",
    manual.Sigmoid: "σ({z})",
    manual.Tanh: "tanh {z}",
    manual.Softmax: "softmax({z})",
}
_SLOPES = {
    manual.ReLU: "({z} > 0)",
    manual.Sigmoid: "{a} (1 − {a})",
    manual.Tanh: "(1 − {a}²)",
}


def _forward_formula(layer, out, x, names):
    if "weight" in names:
        bias = f" + {names['bias']}" if "bias" in names else ""
        return f"{out} = {x} {names['weight']}{bias}"
    words = _FORWARD.get(type(layer), f"{type(layer).__name__}({{z}})")
    return f"{out} = {words.format(z=x)}"


def _colour(name):
    return {"X": style.DATA, "L": style.LOSS}.get(name, style.MODEL)


def count(n, noun):
    return f"{n} {noun}{'' if n == 1 else 's'}"
