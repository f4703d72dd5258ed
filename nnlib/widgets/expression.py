"""The graph of any Tensor expression, walked backward by the engine's own `backpropagate`."""

from collections import defaultdict

import numpy as np

from ..tensor import Tensor, backpropagate, postorder, seed_gradient
from . import style
from .controls import stepping
from .demo import Demo
from .layout import HIGH, WIDE, Layout
from .matrix import row_count, shape_words, short, write_matrix
from .panel import static_picture
from .svg import Picture

LIMIT = 120  # nodes; more cannot be read


class Graph:
    """What made a Tensor, as nodes in columns, and the backward pass over them, step by step.

    root: a Tensor computed from tensors that require a gradient. names: {name: Tensor}.
    gradient: dL/d(root); may be left out where root is one number.
    `steps[k]` is the node visited at step k + 1, with its finished gradient; step 0 is before all.
    Raises TypeError for anything but Tensors, ValueError for no graph or too large a one.
    """

    def __init__(self, root, names=None, gradient=None):
        names = names or {}
        for name, tensor in {"the expression": root, **names}.items():
            if not isinstance(tensor, Tensor):
                raise TypeError(
                    f"graph got {name} of type {type(tensor).__name__}; expected an nnlib.Tensor"
                )
        if not root.requires_grad:
            raise ValueError(
                "graph got a tensor without a history; expected one computed, outside no_grad(), "
                "from a tensor with requires_grad=True"
            )
        self.root, self.nodes = root, postorder(root)
        if len(self.nodes) > LIMIT:
            raise ValueError(
                f"graph got an expression of {len(self.nodes)} nodes; expected at most {LIMIT}. "
                "Try fewer layers, or a part of it."
            )
        given = {tensor: name for name, tensor in names.items()}
        leaves = [n for n in self.nodes if not n.edges and n not in given]
        unnamed = {n: f"leaf {i + 1}" for i, n in enumerate(leaves)}
        self.names = {n: given.get(n) or unnamed.get(n, "") for n in self.nodes}
        self.operations = {n: operation(n) for n in self.nodes}
        self._backward(gradient)
        self.layout = Layout(self.root, self.nodes)
        self.step = 0

    def _backward(self, gradient):
        """Take down what the engine's own backward pass does, visit by visit."""
        self.steps, self.gradients, self.given = [], {}, {}
        self.received = defaultdict(list)  # node -> [(from which node, what it gave)]
        for node, g in backpropagate(self.root, seed_gradient(self.root, gradient)):
            self.steps.append(node)
            self.gradients[node] = np.array(g, copy=True)
            self.given[node] = [np.array(vjp(g), copy=True) for _, vjp in node.edges]
            for (parent, _), part in zip(node.edges, self.given[node]):
                self.received[parent].append((node, part))

    def visited(self):
        """The nodes whose gradient is finished at this step."""
        return self.steps[: min(max(int(self.step), 0), len(self.steps))]

    @property
    def now(self):
        """The node being visited; None before the first step."""
        visited = self.visited()
        return visited[-1] if visited else None

    def call(self, node):
        """What to call a node: its name, or its operation."""
        return self.names[node] or f"the {self.operations[node]} node"

    def so_far(self, node):
        """The gradient that has arrived at a node at this step; None if nothing has."""
        visited = set(self.visited())
        if node in visited:
            return self.gradients[node]
        parts = [part for giver, part in self.received[node] if giver in visited]
        return sum(parts[1:], parts[0]) if parts else None

    # ------------------------------------------------------------------ drawing

    def picture(self):
        """The graph, inputs on the left; gradients in green; the node of this step below."""
        rows = max(min(max(row_count(n.data) for n in self.nodes), 5), len(self.received) and 2)
        picture = GraphPicture(self.layout.width, self.layout.height + 100 + 26 * rows, self._alt())
        now, visited = self.now, set(self.visited())
        for (node, k), way in self.layout.ways.items():
            twins = [i for i, (parent, _) in enumerate(node.edges) if parent is way[0]]
            apart = 16 * (twins.index(k) - (len(twins) - 1) / 2)
            points = [(x, y + apart) for x, y in map(self.layout.place.get, way)]
            done = node in visited
            colour, opacity = (style.GRADIENT, 1) if done else (style.INK, 0.5)
            _curve(picture, points, colour, opacity, backward=done, bold=node is now)
        for node in self.nodes:
            self._box(picture, node, node is now)
        self._detail(picture, now, self.layout.height)
        return picture

    def _box(self, picture, node, here):
        x, y = self.layout.place[node]
        leaf = not node.edges
        picture.rect(
            x - WIDE / 2,
            y - HIGH / 2,
            WIDE,
            HIGH,
            fill=style.PAPER,
            stroke=style.INK,
            line=3 if here else 1,
            r=18 if leaf else 4,
        )
        name, sign = self.names[node], self.operations[node]
        title = name or sign
        if name and sign and len(f"{name} = {sign}") <= 12:
            title = f"{name} = {sign}"
        picture.text(x, y - 14, title, anchor="middle", bold=True, size=_fit(title))
        value = short(node.data.item()) if node.size == 1 else shape_words(node.data)
        colour = style.DATA if leaf else style.MODEL
        picture.text(x, y + 5, value, colour, anchor="middle", size=15)
        g = self.so_far(node)
        if g is not None:
            words = short(g.item()) if g.size == 1 else shape_words(g)
            whole = "" if node in self.visited() else "…"
            picture.text(x, y + 25, f"∇ {words}{whole}", style.GRADIENT, anchor="middle", size=15)

    def _detail(self, picture, node, top):
        picture.segment(8, top, picture.width - 8, top, width=1, opacity=0.3)
        if node is None:
            words = "Forward is done: every node has its value. Step to send gradients back."
            picture.text(8, top + 30, words)
            return
        picture.text(8, top + 30, self._sum_words(node), bold=True)
        title = f"value of {self.call(node)}"
        colour = style.MODEL if node.edges else style.DATA
        write_matrix(picture, 8, top + 64, title, node.data, colour)
        write_matrix(picture, 368, top + 64, "gradient", self.gradients[node], style.GRADIENT)

    def _sum_words(self, node):
        """Where a gradient came from: 'dx = 6 from × + 4 from +'."""
        name = (
            f"d{self.names[node]}" if self.names[node] else f"gradient of {self.operations[node]}"
        )
        parts = self.received[node]
        if not parts:
            return f"{name} = " + ("1: the result itself" if node.size == 1 else "given")
        if len(parts) > 4:
            return f"{name}: the sum of what {len(parts)} users sent back"
        said = [
            f"{short(p.item()) if p.size == 1 else shape_words(p)} from "
            f"{self.names[giver] or self.operations[giver]}"
            for giver, p in parts
        ]
        return f"{name} = {' + '.join(said)}"

    def _alt(self):
        words = f"Graph of {len(self.nodes)} nodes, {len(self.visited())} of them visited backward"
        return f"{words}; {self._sum_words(self.now)}." if self.now is not None else f"{words}."

    def readout(self):
        """The step in words, and the leaves' gradients once they are known."""
        visited = self.visited()
        words = f"Step {len(visited)} of {len(self.steps)}. "
        known = [n for n in visited if not n.edges and n.size == 1]
        if known:
            words += "Gradients of the leaves so far: "
            words += (
                ", ".join(f"{self.names[n]} {self.gradients[n].item():.7g}" for n in known) + "."
            )
        return words.replace("-", "−")


class GraphPicture(Picture):
    """Shrinks by a third at most: a wider graph scrolls, so that its words stay legible."""

    def __str__(self):
        least = f"min-width:{round(self.width * 0.67)}px;max-width:100%"
        return super().__str__().replace("max-width:100%", least, 1)


def graph(expression, gradient=None, **names):
    """Show what a Tensor was computed from, and step backward through it.

    expression: a Tensor, such as a loss. gradient: dL/d(expression), not needed for one number.
    names: what to call the tensors, as in graph(loss, x=x, w=w).
    Nothing of yours changes: `.grad` stays as it was.
    Raises TypeError for anything but Tensors, ValueError for no graph or too large a one.
    """
    state = Graph(expression, names, gradient)
    where, buttons = stepping(0, len(state.steps))
    demo = Demo(state, {"step": where}, extra=[buttons], width=state.layout.width)
    demo.drawing.layout.overflow = "auto"
    state.step = len(state.steps)  # a page without a kernel shows the whole pass
    demo.static = static_picture(state)
    state.step = 0
    return demo


def operation(node):
    """What made a node, in a sign or a word, with its constant: "× 2"; "" for a leaf."""
    if not node.edges:
        return ""
    if node.made_by is None:
        return "result"  # of edges put in by hand
    op, args, _ = node.made_by
    name = getattr(op, "__name__", type(op).__name__)
    sign = _SIGNS.get(name, name.replace("_", " "))
    if name not in _WITH_CONSTANT or len(node.edges) == len(args):
        return sign
    left, right = args
    if right is node.edges[0][0] and name not in _EITHER_WAY:
        return f"{_constant(left)} {sign}"
    return f"{sign} {_constant(left if right is node.edges[0][0] else right)}"


def _constant(values):
    """The one number that all values are, in words; "constant" where there is none."""
    values = np.ravel(np.asarray(values))
    if values.size and np.isfinite(values).all() and np.all(values == values[0]):
        return f"{values[0]:.4g}".replace("-", "−")
    return "constant"


_EITHER_WAY = "add", "multiply"
_WITH_CONSTANT = *_EITHER_WAY, "subtract", "divide", "power"
_SIGNS = {
    "add": "+",
    "subtract": "−",
    "multiply": "×",
    "divide": "÷",
    "matmul": "@",
    "power": "^",
    "negative": "negate",
    "absolute": "abs",
    "getitem": "pick",
    "mse": "squared error",
    "cross_entropy": "cross-entropy",
}


def _fit(title):
    return 15 if len(title) <= 12 else max(11, 15 * 12 / len(title))


def _curve(picture, points, colour, opacity, backward, bold):
    """A smooth way through the points from box to box, its arrow towards where numbers flow."""
    (x0, y0), (x1, y1) = points[0], points[-1]
    ends = [(x0 + WIDE / 2, y0), *points[1:-1], (x1 - WIDE / 2, y1)]
    head = 9
    if backward:
        ends[0] = (ends[0][0] + head, y0)
    else:
        ends[-1] = (ends[-1][0] - head, y1)
    d = f"M{ends[0][0]:.1f} {ends[0][1]:.1f}"
    for (ax, ay), (bx, by) in zip(ends, ends[1:]):
        m = (ax + bx) / 2
        d += f"C{m:.1f} {ay:.1f} {m:.1f} {by:.1f} {bx:.1f} {by:.1f}"
    width = 4 if bold else 2
    picture.add(
        f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width}" opacity="{opacity}"/>'
    )
    if backward:
        tip = [(x0 + WIDE / 2, y0), (ends[0][0] + 1, y0 - 5), (ends[0][0] + 1, y0 + 5)]
    else:
        tip = [(x1 - WIDE / 2, y1), (ends[-1][0] - 1, y1 - 5), (ends[-1][0] - 1, y1 + 5)]
    picture.path(tip, "none", fill=colour, close=True, opacity=opacity)
