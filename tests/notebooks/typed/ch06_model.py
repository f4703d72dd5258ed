"""Chapter 6, solved: the model solutions, in the notebook's own names."""

import numpy as np

from nnlib.init import kaiming_uniform
from nnlib.nn import Module, Parameter
from nnlib.tensor import Tensor


class Dual:
    """A value, and its slope: how fast the value moves with the chosen input."""

    def __init__(self, value, slope=0.0):
        self.value, self.slope = value, slope

    def __add__(self, other):
        return Dual(self.value + other.value, self.slope + other.slope)

    def __mul__(self, other):
        slope = self.slope * other.value + self.value * other.slope
        return Dual(self.value * other.value, slope)

    def sin(self):
        return Dual(np.sin(self.value), np.cos(self.value) * self.slope)


def multiply(a, b):
    """Arrays of one shape -> a * b, and two vjps: functions of g, for a and for b."""
    return a * b, (lambda g: g * b, lambda g: g * a)


def primitive(op):
    """Lift op(*arrays, **options) -> (out, vjps) from arrays to Tensors."""

    def lifted(*args, **options):
        arrays = [a.data if isinstance(a, Tensor) else a for a in args]
        out, vjps = op(*arrays, **options)
        edges = []
        for a, vjp in zip(args, vjps):
            if isinstance(a, Tensor) and a.requires_grad:
                edges.append((a, vjp))
        return Tensor(out, bool(edges), edges)

    return lifted


def backward(self, gradient=None):
    """Add d(self)/d(leaf) to the .grad of every leaf. Other nodes keep nothing."""
    if gradient is None:
        gradient = np.ones_like(self.data)
    for node, g in backpropagate(self, gradient):
        if not node.edges:
            node.grad = g if node.grad is None else node.grad + g


def exp(x):
    """An array -> e^x, and a tuple of one vjp. The comma makes a tuple: (lambda g: ...,)."""
    out = np.exp(x)
    return out, (lambda g: g * out,)


def relu(x):
    """An array -> max(x, 0), and a tuple of one vjp. At 0 the slope is 0."""
    return np.maximum(x, 0), (lambda g: g * (x > 0),)


def divide(a, b):
    """Arrays of one shape -> a / b, and two vjps: functions of g, for a and for b."""
    return a / b, (lambda g: g / b, lambda g: -g * a / b**2)


def postorder(root):
    """All nodes that root depends on, and root: a list, each once, inputs before their users.

    A node has .edges, a list of (input, vjp).
    """
    order, visited = [], set()

    def visit(node):
        if node in visited:
            return
        visited.add(node)
        for parent, _ in node.edges:
            visit(parent)
        order.append(node)

    visit(root)
    return order


def backpropagate(root, gradient):
    """Yield (node, dL/d node) for every node, each once, after all its users.

    gradient: dL/d(root), an array. A node has .edges, a list of (input, vjp).
    """
    grads = {root: gradient}
    for node in reversed(postorder(root)):
        g = grads.pop(node)
        yield node, g
        for parent, vjp in node.edges:
            grads[parent] = grads[parent] + vjp(g) if parent in grads else vjp(g)


def unbroadcast(g, shape):
    """A gradient g of the broadcast shape -> the gradient of an array of this shape."""
    extra = g.ndim - len(shape)
    g = g.sum(axis=tuple(range(extra)))
    for i, n in enumerate(shape):
        if n == 1:
            g = g.sum(axis=i, keepdims=True)
    return g


def matmul(X, W):
    """Matrices (N, D) and (D, H) -> X @ W (N, H), and two vjps: functions of dZ (N, H)."""
    return X @ W, (lambda dZ: dZ @ W.T, lambda dZ: X.T @ dZ)


class Linear(Module):
    """X @ W + b, with weight (in_features, out_features) and bias (out_features,)."""

    def __init__(self, in_features, out_features, rng=None):
        self.weight = Parameter(kaiming_uniform((in_features, out_features), rng))
        self.bias = Parameter(np.zeros(out_features))

    def forward(self, X):
        return X @ self.weight + self.bias


class SGD:
    """Gradient descent on parameters that have .data and .grad."""

    def __init__(self, params, lr):
        self.params, self.lr = list(params), lr

    def step(self):
        """Move every parameter that has a gradient against it, in place."""
        for p in self.params:
            if p.grad is not None:
                p.data -= self.lr * p.grad

    def zero_grad(self):
        """Forget all gradients."""
        for p in self.params:
            p.grad = None
