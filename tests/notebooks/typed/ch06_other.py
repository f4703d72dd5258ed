"""Chapter 6, solved in another style: no recursion, sums by name, gradients by setdefault."""

import numpy as np

from nnlib.init import kaiming_uniform
from nnlib.nn import Module, Parameter
from nnlib.tensor import Tensor


class Dual:
    def __init__(self, value, slope=0.0):
        self.value, self.slope = value, slope

    def __add__(self, other):
        total = Dual(self.value, self.slope)
        total.value = total.value + other.value
        total.slope = total.slope + other.slope
        return total

    def __mul__(self, other):
        u, du, v, dv = self.value, self.slope, other.value, other.slope
        return Dual(u * v, u * dv + v * du)

    def sin(self):
        return Dual(value=np.sin(self.value), slope=self.slope * np.cos(self.value))


def multiply(a, b):
    def to_a(g):
        return b * g

    def to_b(g):
        return a * g

    return np.multiply(a, b), [to_a, to_b]


def primitive(op):
    def wants(a):
        return isinstance(a, Tensor) and a.requires_grad

    def lifted(*args, **options):
        inside = (a.data if isinstance(a, Tensor) else a for a in args)
        out, vjps = op(*inside, **options)
        result = Tensor(out)
        result.edges = [(a, vjps[i]) for i, a in enumerate(args) if wants(a)]
        result.requires_grad = len(result.edges) > 0
        return result

    return lifted


def backward(self, gradient=None):
    start = np.ones(self.data.shape) if gradient is None else gradient
    for node, g in backpropagate(self, start):
        if len(node.edges) > 0:
            continue
        if node.grad is None:
            node.grad = np.zeros_like(node.data)
        node.grad = node.grad + g


def exp(x):
    def back(g):
        return np.exp(x) * g

    return np.exp(x), [back]


def relu(x):
    on = np.where(x > 0, 1.0, 0.0)
    return np.where(x > 0, x, 0.0), (lambda g: g * on,)


def divide(a, b):
    out = a / b

    def to_a(g):
        return g / b

    def to_b(g):
        return -(g * out) / b

    return out, (to_a, to_b)


def postorder(root):
    order, seen, stack = [], set(), [(root, False)]
    while stack:
        node, ready = stack.pop()
        if ready:
            order.append(node)
        elif node not in seen:
            seen.add(node)
            stack.append((node, True))
            stack.extend((parent, False) for parent, _ in node.edges)
    return order


def backpropagate(root, gradient):
    arrived = {root: [gradient]}
    for node in postorder(root)[::-1]:
        parts = arrived[node]
        g = parts[0]
        for part in parts[1:]:
            g = g + part
        yield node, g
        for parent, vjp in node.edges:
            arrived.setdefault(parent, []).append(vjp(g))


def unbroadcast(g, shape):
    extra = np.ndim(g) - len(shape)
    axes = tuple(range(extra))
    axes += tuple(extra + i for i in range(len(shape)) if shape[i] == 1)
    return np.sum(g, axis=axes).reshape(shape)


def matmul(X, W):
    def to_X(dZ):
        return np.einsum("nh,dh->nd", dZ, W)

    def to_W(dZ):
        return np.einsum("nd,nh->dh", X, dZ)

    return np.dot(X, W), (to_X, to_W)


class Linear(Module):
    def __init__(self, in_features, out_features, rng=None):
        shape = (in_features, out_features)
        start = kaiming_uniform(shape, rng)
        self.weight = Parameter(start)
        self.bias = Parameter(np.zeros(out_features, dtype=start.dtype))

    def forward(self, X):
        Z = X @ self.weight
        return Z + self.bias


class SGD:
    def __init__(self, params, lr):
        self.params, self.lr = list(params), lr

    def step(self):
        moving = [p for p in self.params if p.grad is not None]
        for p in moving:
            np.subtract(p.data, self.lr * p.grad, out=p.data)

    def zero_grad(self):
        for i in range(len(self.params)):
            self.params[i].grad = None
