"""Chapter 6: networks that only say how to go forward. Their gradients come from `Tensor`."""

import numpy as np

from . import init, ops
from .parameters import Parametrised
from .tensor import Tensor, primitive

_linear = primitive(ops.linear)


class Parameter(Tensor):
    """A Tensor to be learned: it requires a gradient, and modules find it by themselves.

    data: an array, copied, because training changes it in place; its dtype is kept.
    """

    __slots__ = ()

    def __init__(self, data):
        super().__init__(np.array(data), requires_grad=True)


class Module(Parametrised):
    """Base of every network. Write `__init__` and `forward`; parameters are found by attribute.

    `training` is True until `eval()` and again after `train()`; Dropout looks at it.
    """

    training = True

    def forward(self, *inputs):
        raise NotImplementedError(f"{type(self).__name__} has no forward(); expected a method")

    def __call__(self, *inputs):
        return self.forward(*inputs)

    def own_parameters(self):
        return ((name, v) for name, v in vars(self).items() if isinstance(v, Parameter))

    def parts(self):
        for name, value in vars(self).items():
            if isinstance(value, Module):
                yield name, value
            elif isinstance(value, list | tuple):
                inside = ((f"{name}.{i}", part) for i, part in enumerate(value))
                yield from (pair for pair in inside if isinstance(pair[1], Module))

    def train(self, mode=True):
        """Switch this module and all inside it to training. Returns self."""
        self.training = mode
        for _, part in self.parts():
            part.train(mode)
        return self

    def eval(self):
        """Switch to evaluation: `train(False)`."""
        return self.train(False)

    def __repr__(self):
        inside = ", ".join(repr(part) for _, part in self.parts())
        return f"{type(self).__name__}({inside})"


class Linear(Module):
    """X @ W + b.

    in_features, out_features: D_in and D_out. bias: False leaves b out.
    rng: a Generator, a seed or None. init: a function of `nnlib.init` for the weight; biases are 0.
    Shape: X (..., D_in) -> (..., D_out), with weight (D_in, D_out) and bias (D_out,), float32.
    """

    def __init__(self, in_features, out_features, bias=True, rng=None, init=init.kaiming_uniform):
        self.weight = Parameter(init((in_features, out_features), rng))
        self.bias = Parameter(np.zeros(out_features, np.float32)) if bias else None

    def forward(self, X):
        X = X if isinstance(X, Tensor) else Tensor(X)
        if X.shape[-1:] != self.weight.shape[:1]:
            raise ValueError(f"{self} got X of shape {X.shape}; expected (N, {len(self.weight)})")
        if self.bias is None:
            return X @ self.weight
        if X.ndim == 2:
            return _linear(X, self.weight, self.bias)  # X @ W + b, fused
        return X @ self.weight + self.bias

    def __repr__(self):
        return "Linear({}, {})".format(*self.weight.shape)


class ReLU(Module):
    """max(0, z)."""

    def forward(self, Z):
        return Tensor.relu(Z)


class LeakyReLU(Module):
    """z where z > 0, else negative_slope * z."""

    def __init__(self, negative_slope=0.01):
        self.negative_slope = negative_slope

    def forward(self, Z):
        return Tensor.leaky_relu(Z, negative_slope=self.negative_slope)


class GELU(Module):
    """z Phi(z)."""

    def __init__(self, approximate="none"):
        self.approximate = approximate

    def forward(self, Z):
        return Tensor.gelu(Z, approximate=self.approximate)


class Sigmoid(Module):
    """1 / (1 + e^-z)."""

    def forward(self, Z):
        return Tensor.sigmoid(Z)


class Tanh(Module):
    """tanh z."""

    def forward(self, Z):
        return Tensor.tanh(Z)


class Softmax(Module):
    """Scores to probabilities along `axis`."""

    def __init__(self, axis=-1):
        self.axis = axis

    def forward(self, Z):
        return Tensor.softmax(Z, axis=self.axis)


class Dropout(Module):
    """In training, set each element to 0 with probability p and divide the rest by 1 - p.

    So the mean is kept, and evaluation changes nothing (inverted dropout; Srivastava et al., 2014).
    p: between 0 and 1. rng: a Generator, a seed or None. Raises ValueError for any other p.
    """

    def __init__(self, p=0.5, rng=None):
        if not 0 <= p < 1:
            raise ValueError(f"Dropout got p={p}; expected 0 <= p < 1")
        self.p = p
        self.rng = np.random.default_rng(rng)

    def forward(self, X):
        if not self.training or self.p == 0:
            return X
        kept = self.rng.random(X.shape, dtype=np.float32) >= self.p
        return X * np.multiply(kept, 1 / (1 - self.p), dtype=X.dtype)

    def __repr__(self):
        return f"Dropout({self.p})"


class Sequential(Module):
    """Modules one after another."""

    def __init__(self, *modules):
        self.modules = list(modules)

    def forward(self, X):
        for module in self.modules:
            X = module(X)
        return X

    def parts(self):
        return ((str(i), module) for i, module in enumerate(self.modules))


mse_loss = primitive(ops.mse)
mse_loss.__doc__ = """Mean squared error over every element, for tensors of one shape. No 1/2."""

_cross_entropy = primitive(ops.cross_entropy)


def cross_entropy(scores, labels):
    """Mean of -log softmax(scores)[label], computed in one stable, fused operation.

    Shape: scores (N, K), integer labels (N,) -> one number.
    Raises ValueError where shapes do not fit or a label is not one of 0 .. K-1.
    """
    return _cross_entropy(scores, labels.data if isinstance(labels, Tensor) else np.asarray(labels))
