"""Chapter 5: networks whose backward pass is written out by hand.

Each layer is one forward and one backward on plain arrays: `A = layer.forward(X)` remembers what
`dX = layer.backward(dA)` needs. `dX` means dL/dX and has the shape of X. Gradients of parameters
add up in `.grad` until `zero_grad()`.
"""

import numpy as np

from . import functions as F
from . import init
from .parameters import Parametrised


class Parameter:
    """An array to learn (a copy), and the loss's gradient with respect to it, at first None."""

    def __init__(self, data):
        self.data = np.array(data)
        self.grad = None

    def accumulate(self, gradient):
        self.grad = gradient if self.grad is None else self.grad + gradient

    def __repr__(self):
        return f"Parameter({self.data.shape}, {self.data.dtype})"


class Layer(Parametrised):
    """Something with a forward and a backward. Calling it is its forward."""

    def __call__(self, X):
        return self.forward(X)

    def __repr__(self):
        return f"{type(self).__name__}()"


class Linear(Layer):
    """Z = X @ W + b.

    in_features, out_features: D_in and D_out. bias: False leaves b out.
    rng: a Generator, a seed or None. init: a function of `nnlib.init` for the weight; biases are 0.
    Shape: X (N, D_in) -> Z (N, D_out), with weight (D_in, D_out) and bias (D_out,), float32.
    """

    def __init__(self, in_features, out_features, bias=True, rng=None, init=init.kaiming_uniform):
        self.weight = Parameter(init((in_features, out_features), rng))
        self.bias = Parameter(np.zeros(out_features, np.float32)) if bias else None

    def forward(self, X):
        check_input(self, X)
        self.X = X
        Z = X @ self.weight.data
        return Z if self.bias is None else Z + self.bias.data

    def backward(self, dZ, need_dX=True):
        self.weight.accumulate(self.X.T @ dZ)
        if self.bias is not None:
            self.bias.accumulate(dZ.sum(axis=0))
        return dZ @ self.weight.data.T if need_dX else None

    def own_parameters(self):
        yield "weight", self.weight
        if self.bias is not None:
            yield "bias", self.bias

    def __repr__(self):
        return "Linear({}, {})".format(*self.weight.data.shape)


class ReLU(Layer):
    """max(0, z), element by element."""

    def forward(self, Z):
        self.Z = Z
        return F.relu(Z)

    def backward(self, dA):
        return dA * (self.Z > 0)  # relu_grad(Z), spared the conversion to floats


class Sigmoid(Layer):
    """1 / (1 + e^-z), element by element."""

    def forward(self, Z):
        self.Z, self.A = Z, F.sigmoid(Z)
        return self.A

    def backward(self, dA):
        return dA * F.sigmoid_grad(self.Z, self.A)


class Tanh(Layer):
    """tanh z, element by element."""

    def forward(self, Z):
        self.Z, self.A = Z, F.tanh(Z)
        return self.A

    def backward(self, dA):
        return dA * F.tanh_grad(self.Z, self.A)


class Softmax(Layer):
    """Rows of scores to rows of probabilities; backward multiplies by the Jacobian, written out.

    In front of a `CrossEntropy` it gives what `SoftmaxCrossEntropy` gives in one step.
    """

    def forward(self, Z):
        self.P = F.softmax(Z)
        return self.P

    def backward(self, dP):
        J = F.softmax_jacobian(self.P)  # (N, K, K): J[n, i, j] = dp_i / dz_j
        return np.einsum("ni,nij->nj", dP, J)


class SoftmaxCrossEntropy:
    """Mean cross-entropy of scores (N, K) against integer labels (N,)."""

    def forward(self, scores, y):
        self.scores, self.y, self.log_P = scores, y, F.log_softmax(scores)
        return float(F.cross_entropy(scores, y, self.log_P))

    def backward(self):
        return F.cross_entropy_grad(self.scores, self.y, self.log_P)

    __call__ = forward


class CrossEntropy:
    """Mean of -log p[y], of probabilities (N, K) against integer labels (N,)."""

    def forward(self, P, y):
        F.check_scores(P, y)
        self.P, self.picked = P, (np.arange(len(y)), y)
        return float(-np.mean(np.log(P[self.picked])))

    def backward(self):
        dP = np.zeros_like(self.P)
        dP[self.picked] = -1 / (len(self.P) * self.P[self.picked])
        return dP

    __call__ = forward


class MSE:
    """Mean squared error over every element of arrays of one shape. There is no 1/2."""

    def forward(self, prediction, target):
        self.prediction, self.target = prediction, target
        return float(F.mse(prediction, target))

    def backward(self):
        return F.mse_grad(self.prediction, self.target)

    __call__ = forward


class Sequential(Layer):
    """Layers one after another: forward in order, backward in the opposite order.

    need_dX: False leaves out dL/dX, which training never asks for, and returns None.
    """

    def __init__(self, *layers):
        self.layers = list(layers)

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, dA, need_dX=True):
        first, others = self.layers[:1], self.layers[1:]
        for layer in reversed(others):
            dA = layer.backward(dA)
        for layer in first:
            dA = layer.backward(dA) if need_dX else backward_without_dX(layer, dA)
        return dA

    def parts(self):
        return ((str(i), layer) for i, layer in enumerate(self.layers))

    def __repr__(self):
        return f"Sequential({', '.join(map(repr, self.layers))})"


ACTIVATIONS = {
    "relu": (ReLU, init.kaiming_uniform),
    "sigmoid": (Sigmoid, init.glorot_uniform),
    "tanh": (Tanh, init.glorot_uniform),
}


class MLP(Sequential):
    """Linear layers of the given sizes with an activation between each two.

    sizes: such as [784, 64, 32, 10]. activation: "relu" (weights start as He et al., 2015),
    "sigmoid" or "tanh" (Glorot and Bengio, 2010). rng: a Generator, a seed or None.
    init: a function of `nnlib.init` instead.
    Shape: X (N, sizes[0]) -> scores (N, sizes[-1]).
    """

    def __init__(self, sizes, activation="relu", rng=None, init=None):
        if activation not in ACTIVATIONS:
            raise ValueError(f"MLP got activation={activation!r}; expected {list(ACTIVATIONS)}")
        if len(sizes) < 2:
            raise ValueError(f"MLP got sizes {sizes}; expected at least inputs and outputs")
        rng = np.random.default_rng(rng)
        between, usual_init = ACTIVATIONS[activation]
        layers = []
        for n_in, n_out in zip(sizes[:-1], sizes[1:], strict=True):
            layers += [Linear(n_in, n_out, rng=rng, init=init or usual_init), between()]
        super().__init__(*layers[:-1])  # no activation after the last


def check_input(layer, X):
    """Raise ValueError unless X is (N, in_features)."""
    D = layer.weight.data.shape[0]
    if np.ndim(X) != 2 or X.shape[1] != D:
        raise ValueError(f"{layer} got X of shape {np.shape(X)}; expected (N, {D})")


def backward_without_dX(layer, dA):
    """Find the gradients of the layer's parameters only.

    A backward that knows no `need_dX`, such as one that a student wrote, runs as it is.
    """
    if getattr(layer.backward, "__func__", None) in (Linear.backward, Sequential.backward):
        layer.backward(dA, need_dX=False)
    else:
        layer.backward(dA)
