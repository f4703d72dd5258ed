"""Chapter 6: right answers written differently, and mutants that change nothing."""

import math
from collections import Counter

import numpy as np

from nnlib import nn, optim
from nnlib.tensor import Tensor, backpropagate, postorder


class DualOfItsOwnKind:
    def __init__(self, value, slope=0.0):
        self.value = value
        self.slope = slope

    def __add__(self, other):
        return type(self)(other.value + self.value, other.slope + self.slope)

    def __mul__(self, other):
        u, v = self.value, other.value
        return type(self)(u * v, u * other.slope + v * self.slope)

    def sin(self):
        return type(self)(math.sin(self.value), self.slope * math.cos(self.value))


class DualByComplexStep:
    """A slope of 1e-20 in the imaginary part: products of two of them vanish below rounding."""

    def __init__(self, value, slope=0.0):
        self.z = complex(value, 1e-20 * slope)

    @classmethod
    def of(cls, z):
        return cls(z.real, z.imag * 1e20)

    value = property(lambda self: self.z.real)
    slope = property(lambda self: self.z.imag * 1e20)

    def __add__(self, other):
        return self.of(self.z + other.z)

    def __mul__(self, other):
        return self.of(self.z * other.z)

    def sin(self):
        return self.of(np.sin(self.z))


def divide_by_the_quotient(a, b):
    out = a / b

    def to_a(g):
        return g / b

    def to_b(g):
        return -g * out / b

    return out, [to_a, to_b]


def divide_by_powers(a, b):
    return a * b**-1, (lambda g: g * b**-1, lambda g: -1 * g * a * b ** (-2))


def order_by_recursion(root):
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


def order_by_counting_users(root):
    """Kahn, 1962: a node is written down when all its users are; then the list is turned round."""
    users, stack, seen = Counter(), [root], {root}
    while stack:
        for parent, _ in stack.pop().edges:
            users[parent] += 1
            if parent not in seen:
                seen.add(parent)
                stack.append(parent)
    order, ready = [], [root]
    while ready:
        node = ready.pop()
        order.append(node)
        for parent, _ in node.edges:
            users[parent] -= 1
            if users[parent] == 0:
                ready.append(parent)
    return order[::-1]


def order_as_a_generator(root):
    yield from order_by_recursion(root)


def backward_as_a_list(root, gradient):
    grads, out = {id(root): gradient}, []
    for node in reversed(postorder(root)):
        out.append((node, grads[id(node)]))
        for parent, vjp in node.edges:
            grads[id(parent)] = grads.get(id(parent), 0) + vjp(grads[id(node)])
    return out


def backward_by_collecting_parts(root, gradient):
    parts = {node: [] for node in postorder(root)}
    parts[root].append(gradient)
    for node in postorder(root)[::-1]:
        g = sum(parts[node][1:], parts[node][0])
        yield node, g
        for parent, vjp in node.edges:
            parts[parent].append(vjp(g))


def unbroadcast_step_by_step(g, shape):
    while g.ndim > len(shape):
        g = g.sum(axis=0)
    for axis, n in enumerate(shape):
        if n == 1:
            g = g.sum(axis=axis, keepdims=True)
    return g


def unbroadcast_by_einsum(g, shape):
    letters = "abcdef"[: g.ndim]
    kept = letters[g.ndim - len(shape) :]
    kept = "".join(c for c, n in zip(kept, shape, strict=True) if n != 1)
    return np.einsum(f"{letters}->{kept}", g).reshape(shape)


def unbroadcast_by_adding_at(g, shape):
    places = np.broadcast_to(np.arange(math.prod(shape)).reshape(shape), g.shape)
    return np.bincount(places.ravel(), g.ravel(), minlength=math.prod(shape)).reshape(shape)


def matmul_of_matrices(X, W):
    return X @ W, (lambda dZ: dZ @ W.T, lambda dZ: X.T @ dZ)


def matmul_by_einsum(X, W):
    Z = np.einsum("nd,dh->nh", X, W)
    return Z, [
        lambda dZ: np.einsum("nh,dh->nd", dZ, W),
        lambda dZ: sum(np.outer(x, dz) for x, dz in zip(X, dZ, strict=True)),
    ]


class LinearInThreeLines(nn.Module):
    def __init__(self, in_features, out_features, rng=None):
        rng = np.random.default_rng(rng)
        self.weight = nn.Parameter(
            rng.normal(0, (2 / in_features) ** 0.5, (in_features, out_features))
        )
        self.bias = nn.Parameter(np.zeros(out_features))

    def forward(self, X):
        return X @ self.weight + self.bias


class LinearOfAnyInit(nn.Module):
    def __init__(self, in_features, out_features, rng=None):
        self.weight = nn.Parameter(nn.init.glorot_uniform((in_features, out_features), rng))
        self.bias = nn.Parameter(nn.init.zeros((out_features,)))

    def forward(self, inputs):
        return Tensor.__add__(self.bias, inputs @ self.weight)


class SGDBySubtract:
    def __init__(self, params, lr):
        self.params, self.lr = list(params), lr

    def step(self):
        for p in self.params:
            if p.grad is None:
                continue
            np.subtract(p.data, self.lr * p.grad, out=p.data)

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad = np.zeros_like(p.data)


def multiply_by_named_functions(a, b):
    def to_a(g):
        return b * g

    def to_b(g):
        return a * g

    return np.multiply(a, b), [to_a, to_b]


def multiply_by_quotients(a, b):
    out = b * a
    return out, (lambda g: np.multiply(g, b), lambda g: np.multiply(g, a))


def exp_computed_twice(x):
    return np.exp(x), (lambda g: np.exp(x) * g,)


def exp_by_power(x):
    out = np.e**x

    def back(g):
        return out * g

    return out, [back]


def relu_by_where(x):
    return np.where(x > 0, x, 0), (lambda g: np.where(x > 0, g, 0),)


def relu_by_mask(x):
    on = (x > 0) * 1.0
    return x * on, [lambda g: g * on]


def backward_with_zeros(self, gradient=None):
    if gradient is None:
        gradient = np.ones(np.shape(self.data))
    for node, g in backpropagate(self, gradient):
        if len(node.edges) == 0:
            before = 0 if node.grad is None else node.grad
            node.grad = before + g


def backward_in_two_walks(self, gradient=None):
    start = np.ones_like(self.data) if gradient is None else gradient
    arrived = [(node, g) for node, g in backpropagate(self, start) if not node.edges]
    for leaf, g in arrived:
        if leaf.grad is None:
            leaf.grad = np.zeros_like(leaf.data)
        leaf.grad = leaf.grad + g


def primitive_in_a_line(op):
    def lifted(*args, **options):
        out, vjps = op(
            *(getattr(a, "data", a) if isinstance(a, Tensor) else a for a in args), **options
        )
        pairs = [(a, v) for a, v in zip(args, vjps, strict=True) if wants(a)]
        return Tensor(out, requires_grad=len(pairs) > 0, edges=pairs)

    def wants(a):
        return isinstance(a, Tensor) and a.requires_grad

    return lifted


def primitive_by_index(op):
    def lifted(*args, **options):
        arrays = []
        for a in args:
            arrays.append(a.data if isinstance(a, Tensor) else a)
        out, vjps = op(*arrays, **options)
        result = Tensor(out)
        result.edges = tuple(
            (args[i], vjps[i])
            for i in range(len(vjps))
            if isinstance(args[i], Tensor) and args[i].requires_grad
        )
        result.requires_grad = result.edges != ()
        return result

    return lifted


ALTERNATIVES = {
    "multiply": [multiply_by_named_functions, multiply_by_quotients],
    "primitive": [primitive_in_a_line, primitive_by_index],
    "backward": [backward_with_zeros, backward_in_two_walks],
    "exp": [exp_computed_twice, exp_by_power],
    "relu": [relu_by_where, relu_by_mask],
    "Dual": [DualOfItsOwnKind, DualByComplexStep],
    "divide": [divide_by_the_quotient, divide_by_powers],
    "postorder": [order_by_recursion, order_by_counting_users, order_as_a_generator],
    "backpropagate": [backward_as_a_list, backward_by_collecting_parts],
    "unbroadcast": [
        unbroadcast_step_by_step,
        unbroadcast_by_einsum,
        unbroadcast_by_adding_at,
    ],
    "matmul": [matmul_of_matrices, matmul_by_einsum],
    "Linear": [LinearInThreeLines, LinearOfAnyInit],
    "SGD": [SGDBySubtract, optim.SGD],
}

VECTORS = "the exercise multiplies matrices; vectors are the library's own extra"
EQUIVALENT = {
    "matmul": {
        "A = a[None, :] if*": VECTORS,
        "B = b[:, None] if*": VECTORS,
        "g = np.expand_dims(g, -1) if*": VECTORS,
        "return np.expand_dims(g, -2) if*": VECTORS,
        "return (out, (lambda g: unbroadcast*: -1 -> 1*": "a matrix has two axes: 1 is the last",
    },
    "Linear": {
        "self.bias = Parameter(*if bias*": "the exercise's layer always has a bias",
        "return X @ self.weight: *": "the branch of a layer without a bias",
        "X = X if isinstance(*": "X is an array, and X @ weight is a Tensor either way",
        "if X.ndim == 2:*": "both ways compute X @ W + b; one is fused",
        "return X @ self.weight + self.bias:*": "taken only for inputs of three axes and more",
    },
}
