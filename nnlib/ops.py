"""Every differentiable operation, forward and backward on the same screen.

An operation takes arrays and returns `(out, vjps)`: its value, and for each array argument the
vector-Jacobian product that carries dL/d(out), called `g`, back to dL/d(argument). A vjp returns a
new array or a view, so `g[...]` and never `g` itself, and never changes `g`. Nothing here knows
about graphs: `tensor` lifts these functions from arrays to Tensors.
"""

from functools import lru_cache, wraps

import numpy as np

from . import functions as F


def unbroadcast(g, shape):
    """The adjoint of a broadcast is a sum: add g up along every axis that was stretched."""
    if g.shape == shape:
        return g
    extra = g.ndim - len(shape)
    stretched = [extra + i for i, n in enumerate(shape) if n == 1]
    return g.sum(axis=(*range(extra), *stretched)).reshape(shape)


def broadcasts(op):
    """Let an elementwise operation's vjps be written as if both shapes were equal."""

    @wraps(op)
    def wrapped(*args):
        out, vjps = op(*args)
        shapes = [np.shape(a) for a in args]
        return out, [
            lambda g, vjp=vjp, shape=shape: unbroadcast(vjp(g), shape)
            for vjp, shape in zip(vjps, shapes, strict=True)
        ]

    wrapped.expects = "shapes that broadcast: equal, or 1, counted from the last axis"
    return wrapped


def expects(what):
    """Note what an operation expects, for the error when it gets something else."""

    def note(op):
        op.expects = what
        return op

    return note


# ------------------------------------------------------------------- arithmetic


@broadcasts
def add(a, b):
    return a + b, (lambda g: g[...], lambda g: g[...])


@broadcasts
def subtract(a, b):
    return a - b, (lambda g: g[...], lambda g: -g)


@broadcasts
def multiply(a, b):
    return a * b, (lambda g: g * b, lambda g: g * a)


@broadcasts
def divide(a, b):
    out = a / b
    return out, (lambda g: g / b, lambda g: -g * out / b)


@broadcasts
def floor_divide(a, b):
    return a // b, (np.zeros_like, np.zeros_like)


@broadcasts
def remainder(a, b):  # a - b * (a // b)
    return a % b, (lambda g: g[...], lambda g: -g * (a // b))


@broadcasts
def power(a, b):
    out = np.power(a, b)
    base, n = np.asarray(a, out.dtype), np.asarray(b, out.dtype)
    return out, (
        lambda g: g * n * base ** np.where(n == 0, 1, n - 1),  # 0, not 0 * inf, for n = 0
        lambda g: g * out * np.log(np.where(base == 0, 1, base)),
    )


@broadcasts
def maximum(a, b):
    return np.maximum(a, b), (lambda g: _share(g, a, b), lambda g: _share(g, b, a))


@broadcasts
def minimum(a, b):
    return np.minimum(a, b), (lambda g: _share(g, b, a), lambda g: _share(g, a, b))


@broadcasts
def where(condition, a, b):
    """a where the condition holds, else b. No gradient flows to the condition."""
    return np.where(condition, a, b), (
        np.zeros_like,
        lambda g: np.where(condition, g, 0),
        lambda g: np.where(condition, 0, g),
    )


def _share(g, winner, loser):
    """All of g where `winner` is larger, half of it at a tie."""
    return np.where(np.greater(winner, loser), g, np.where(np.equal(winner, loser), g / 2, 0))


def negative(x):
    return -x, (lambda g: -g,)


# ------------------------------------------------------------------ elementwise


def exp(x):
    out = np.exp(x)
    return out, (lambda g: g * out,)


def log(x):
    return np.log(x), (lambda g: g / x,)


def sqrt(x):
    out = np.sqrt(x)
    return out, (lambda g: g / (2 * out),)


def square(x):
    return np.square(x), (lambda g: g * (2 * x),)


def absolute(x):
    return np.abs(x), (lambda g: g * np.sign(x),)


def clip(x, min=None, max=None):
    out = np.clip(x, min, max)
    return out, (lambda g: g * (out == x),)  # the bounds themselves count as inside


def relu(x):
    out = F.relu(x)
    return out, (lambda g: g * (out > 0),)  # relu_grad(x), spared the conversion to floats


def leaky_relu(x, negative_slope=0.01):
    out = F.leaky_relu(x, negative_slope)
    return out, (lambda g: g * F.leaky_relu_grad(x, negative_slope),)


def gelu(x, approximate="none"):
    return F.gelu(x, approximate), (lambda g: g * F.gelu_grad(x, approximate),)


def sigmoid(x):
    out = F.sigmoid(x)
    return out, (lambda g: g * F.sigmoid_grad(x, out),)


def tanh(x):
    out = F.tanh(x)
    return out, (lambda g: g * F.tanh_grad(x, out),)


def softmax(x, axis=-1):
    P = F.softmax(x, axis)  # (diag(p) - p p^T) g, without building the matrix
    return P, (lambda g: P * (g - (g * P).sum(axis=axis, keepdims=True)),)


def log_softmax(x, axis=-1):
    out = F.log_softmax(x, axis)
    return out, (lambda g: g - np.exp(out) * g.sum(axis=axis, keepdims=True),)


# ------------------------------------------------------------------- reductions


@expects("an axis of the input")
def sum(x, axis=None, keepdims=False):
    out = np.sum(x, axis=axis, keepdims=keepdims)
    return out, (lambda g: np.broadcast_to(_kept(g, axis, keepdims), x.shape),)


@expects("an axis of the input")
def mean(x, axis=None, keepdims=False):
    out = np.mean(x, axis=axis, keepdims=keepdims)
    n = x.size / np.maximum(out.size, 1).item()
    return out, (lambda g: np.broadcast_to(_kept(g, axis, keepdims) / n, x.shape),)


@expects("an axis of the input")
def max(x, axis=None, keepdims=False):
    return _extremum(np.max, x, axis, keepdims)


@expects("an axis of the input")
def min(x, axis=None, keepdims=False):
    return _extremum(np.min, x, axis, keepdims)


@expects("an axis of the input")
def var(x, axis=None, keepdims=False, correction=1):
    """sum of (x - mean)^2 / (n - correction): 1, PyTorch's default, for samples; 0 as in NumPy."""
    out = np.var(x, axis=axis, keepdims=keepdims, ddof=correction)
    slope = 2 / (x.size / np.maximum(out.size, 1).item() - correction)
    return out, (lambda g: _kept(g, axis, keepdims) * (x - x.mean(axis, keepdims=True)) * slope,)


@expects("an axis of the input")
def std(x, axis=None, keepdims=False, correction=1):
    """The square root of var, with slope 0 where all elements are equal."""
    out, (vjp,) = var(x, axis, keepdims, correction)
    out = np.sqrt(out)
    return out, (lambda g: vjp(np.divide(g, 2 * out, np.zeros_like(g), where=out > 0)),)


def _extremum(reduce, x, axis, keepdims):
    """The largest or smallest; elements that tie for it share the gradient evenly."""
    kept = reduce(x, axis=axis, keepdims=True)

    def vjp(g):
        ties = (x == kept).astype(x.dtype)
        return _kept(g, axis, keepdims) * ties / ties.sum(axis=axis, keepdims=True)

    return (kept if keepdims else reduce(x, axis=axis)), (vjp,)


def _kept(g, axis, keepdims):
    """g with the reduced axes put back as length 1, so that it broadcasts against the input."""
    return g if keepdims or axis is None else np.expand_dims(g, axis)


# ------------------------------------------------------------------------ shape


@expects("a shape with the same number of elements")
def reshape(x, shape):
    return np.reshape(x, shape), (lambda g: g.reshape(x.shape),)


@expects("each axis of the input once")
def transpose(x, axes=None):
    back = None if axes is None else np.argsort(np.mod(axes, x.ndim))
    return np.transpose(x, axes), (lambda g: np.transpose(g, back),)


@expects("an axis of length 1")
def squeeze(x, axis=None):
    return np.squeeze(x, axis), (lambda g: g.reshape(x.shape),)


@expects("a place among the axes of the input")
def unsqueeze(x, axis):
    return np.expand_dims(x, axis), (lambda g: g.reshape(x.shape),)


@expects("a shape that the input broadcasts to")
def broadcast_to(x, shape):
    return np.broadcast_to(x, shape), (lambda g: unbroadcast(g[...], x.shape),)


def getitem(x, index):
    def vjp(g):
        dx = np.zeros_like(x, dtype=g.dtype)
        np.add.at(dx, index, g)  # an element picked twice receives twice
        return dx

    def vjp_of_slice(g):
        dx = np.zeros_like(x, dtype=g.dtype)
        dx[index] = g
        return dx

    return x[index], (vjp_of_slice if _is_basic(index) else vjp,)


def _is_basic(index):
    """Slices, integers, None and ... cannot pick an element twice; arrays and lists can."""
    parts = index if isinstance(index, tuple) else (index,)
    return all(p is None or isinstance(p, slice | int | np.integer | type(...)) for p in parts)


@expects("inputs of one shape")
def stack(*xs, axis=0):
    pick = [lambda g, i=i: np.take(g, i, axis=axis) for i in range(len(xs))]
    return np.stack(xs, axis=axis), pick


@expects("inputs that agree on every other axis")
def concatenate(*xs, axis=0):
    out = np.concatenate(xs, axis=axis)
    lengths = [np.shape(x)[axis] for x in xs]
    part = [
        lambda g, start=end - n, end=end: _slice(g, start, end, axis)
        for n, end in zip(lengths, np.cumsum(lengths), strict=True)
    ]
    return out, part


def _slice(g, start, end, axis):
    return np.moveaxis(np.moveaxis(g, axis, 0)[start:end], 0, axis)


# --------------------------------------------------------------- linear algebra


@expects("(..., n, k) @ (..., k, m)")
def matmul(a, b):
    a, b = np.asarray(a), np.asarray(b)
    out = np.matmul(a, b)
    A = a[None, :] if a.ndim == 1 else a  # a vector is a matrix of one row on the left,
    B = b[:, None] if b.ndim == 1 else b  # and of one column on the right

    def as_matrix(g):
        g = np.expand_dims(g, -1) if b.ndim == 1 else g
        return np.expand_dims(g, -2) if a.ndim == 1 else g

    return out, (
        lambda g: unbroadcast(as_matrix(g) @ B.swapaxes(-1, -2), A.shape).reshape(a.shape),
        lambda g: unbroadcast(A.swapaxes(-1, -2) @ as_matrix(g), B.shape).reshape(b.shape),
    )


@expects("X (N, D_in), W (D_in, D_out), b (D_out,)")
def linear(X, W, b):
    """X @ W + b in one operation, for X (N, D_in)."""
    Z = X @ W
    Z += b
    return Z, (
        lambda dZ: dZ @ W.T,  # dX (N, D_in)
        lambda dZ: X.T @ dZ,  # dW (D_in, D_out)
        lambda dZ: _ones(len(dZ), dZ.dtype) @ dZ,  # db (D_out,): the sum over samples, by BLAS
    )


@lru_cache(maxsize=16)
def _ones(n, dtype):
    return np.ones(n, dtype)


# ----------------------------------------------------------------------- losses


def mse(prediction, target):
    return F.mse(prediction, target), (
        lambda g: g * F.mse_grad(prediction, target),
        lambda g: -g * F.mse_grad(prediction, target),
    )


def cross_entropy(Z, y):
    log_P = F.log_softmax(Z)
    return F.cross_entropy(Z, y, log_P), (lambda g: g * F.cross_entropy_grad(Z, y, log_P),)
