"""The leaves keep what arrives, added to what they have; all other nodes only pass it on."""

import numpy as np

from nnlib.course.description import case, describe
from nnlib.tensor import Tensor, backpropagate


def backward(self, gradient=None):
    """Add d(self)/d(leaf) to the .grad of every leaf."""
    gradient = np.ones_like(self.data) if gradient is None else gradient
    for node, g in backpropagate(self, gradient):
        if not node.edges:
            node.grad = np.array(g) if node.grad is None else node.grad + g


def twice_and_with_ones(answer, x, y, g):
    """r = x y + x: once, a second time, and another result without a gradient given."""
    x, y = Tensor(x, requires_grad=True), Tensor(y, requires_grad=True)
    p = x * y
    r = p + x
    report = {}
    for time in "once", "twice":
        answer(r, g)
        report |= {f"x.grad, {time}": now(x), f"y.grad, {time}": now(y)}
    kept = [name for name, node in {"x y": p, "x y + x": r}.items() if node.grad is not None]
    report["results that keep a .grad"] = " and ".join(kept) or "none"
    z = Tensor(x.data, requires_grad=True)
    answer(z + z)
    return report | {"z.grad of z + z, no gradient given": now(z)}


def now(leaf):
    return "None" if leaf.grad is None else np.array(leaf.grad)


exercise = describe(
    backward,
    title="Leaves keep what arrives",
    minutes=6,
    difficulty=2,
    probe=twice_and_with_ones,
    loops=True,
    in_notebook=True,
    cases=(
        case(np.array(2.0), np.array(3.0), np.array(1.0), about="single numbers"),
        case(np.array([2.0, -1]), np.array([3.0, 5]), np.array([1.0, 10]), about="arrays"),
    ),
    draw=lambda rng: tuple(rng.normal(size=(3, 2, int(rng.integers(3, 5))))),
    hints=(
        "`backpropagate` hands out every node with its gradient. Which of these nodes keep it, and "
        "what do they do if they have one already?",
        "Where no gradient is given, start from `np.ones_like(self.data)`. Loop over "
        "`backpropagate(self, gradient)`. A node without edges is a leaf: set its `.grad`, or add "
        "to it.",
        "`if not node.edges: node.grad = g if node.grad is None else ...`, inside "
        "`for node, g in backpropagate(self, gradient):`.",
    ),
)


@exercise.misconception(
    "the second pass replaces the first",
    """After a second backward, `.grad` holds the last gradient alone. Here gradients add up until
    somebody forgets them: two losses may share a weight. Where there is a `.grad`, add to it.""",
)
def backward_replacing(self, gradient=None):
    gradient = np.ones_like(self.data) if gradient is None else gradient
    for node, g in backpropagate(self, gradient):
        if not node.edges:
            node.grad = np.array(g)


@exercise.misconception(
    "every node keeps its gradient",
    """The leaves are right. But the results in between keep a `.grad` as well, which costs memory
    that nobody asked for. Keep it only where `node.edges` is empty.""",
)
def backward_everywhere(self, gradient=None):
    gradient = np.ones_like(self.data) if gradient is None else gradient
    for node, g in backpropagate(self, gradient):
        node.grad = np.array(g) if node.grad is None else node.grad + g


@exercise.misconception(
    "nodes with edges keep it",
    """The question is turned round: `if node.edges` asks for results. A leaf is a node that was
    made from nothing, so its `edges` are empty.""",
)
def backward_at_results(self, gradient=None):
    gradient = np.ones_like(self.data) if gradient is None else gradient
    for node, g in backpropagate(self, gradient):
        if node.edges:
            node.grad = np.array(g) if node.grad is None else node.grad + g


@exercise.misconception(
    "always starts from ones",
    """The gradient that was given is not used: the pass starts from ones each time. Ones are only
    for the call without a gradient.""",
)
def backward_from_ones(self, gradient=None):
    backward(self, np.ones_like(self.data))


@exercise.misconception(
    "starts from zeros",
    """Where no gradient is given, yours starts from zeros, and zeros are all that arrives. A result
    moves with itself, one to one: start from ones.""",
)
def backward_from_zeros(self, gradient=None):
    backward(self, np.zeros_like(self.data) if gradient is None else gradient)
