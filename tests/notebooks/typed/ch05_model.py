"""Chapter 5, solved: the model solutions, in the notebook's own names."""

import numpy as np

from nnlib.functions import cross_entropy, relu, sigmoid, softmax
from nnlib.gradcheck import numerical_gradient
from nnlib.init import kaiming_uniform
from nnlib.manual import Layer, Parameter


def linear_backward(X, W, dZ):
    """Back through Z = X W + b: X (N, D), W (D, H), dZ (N, H) -> dX (N, D), dW (D, H), db (H,)."""
    dX = dZ @ W.T
    dW = X.T @ dZ
    db = dZ.sum(axis=0)
    return dX, dW, db


def sum_of_outer_products(X, dZ):
    """Inputs X (N, D), gradients dZ (N, H) -> dW (D, H), one outer product a sample, added up."""
    dW = np.zeros((X.shape[1], dZ.shape[1]))
    for n in range(len(X)):
        dW += np.outer(X[n], dZ[n])
    return dW


def gradient_error(f, x, gradient):
    """How far `gradient` is from the numerical one of f at x: the largest relative error."""
    numerical = numerical_gradient(f, x)
    size = np.abs(gradient) + np.abs(numerical)
    return np.max(np.abs(gradient - numerical) / np.maximum(size, 1e-8))


def two_layer_backward(X, Y, W1, b1, W2, b2):
    """The eight gradients of mean((A2 - Y)^2), as a dict.

    Its keys: dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1.
    """
    A1 = sigmoid(X @ W1 + b1)
    A2 = sigmoid(A1 @ W2 + b2)
    dA2 = 2 * (A2 - Y) / Y.size
    dZ2 = dA2 * A2 * (1 - A2)
    dA1, dW2, db2 = linear_backward(A1, W2, dZ2)
    dZ1 = dA1 * A1 * (1 - A1)
    dX, dW1, db1 = linear_backward(X, W1, dZ1)
    return {
        "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2,
        "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1,
    }  # fmt: skip


def relu_backward(dA, A):
    """Back through A = relu(Z), from the output alone: dA (N, H), A (N, H) -> dZ (N, H)."""
    return dA * (A > 0)


class SoftmaxCrossEntropy:
    """Mean cross-entropy of scores Z (N, K) against integer labels y (N,)."""

    def forward(self, Z, y):
        """The loss, one number. Remembers what backward needs."""
        self.P, self.y = softmax(Z), y
        return cross_entropy(Z, y)

    def backward(self):
        """dZ (N, K), for the Z and y of the last forward."""
        dZ = self.P.copy()
        dZ[np.arange(len(self.y)), self.y] -= 1
        return dZ / len(self.y)


def l2_penalty_grad(W, strength):
    """Weights W (D, H) -> the gradient of strength / 2 * ||W||^2, (D, H)."""
    return strength * W


def sgd_step(parameters, learning_rate):
    """Move every parameter's .data against its .grad. Returns nothing."""
    for p in parameters:
        p.data -= learning_rate * p.grad


class LinearLayer(Layer):
    """Z = X W + b. The gradients of W and b are accumulated."""

    def __init__(self, in_features, out_features, rng=None):
        self.weight = Parameter(kaiming_uniform((in_features, out_features), rng))
        self.bias = Parameter(np.zeros(out_features))

    def forward(self, X):
        self.X = X
        return X @ self.weight.data + self.bias.data

    def backward(self, dZ):
        """dZ (N, out_features) -> dX (N, in_features)."""
        dX, dW, db = linear_backward(self.X, self.weight.data, dZ)
        self.weight.accumulate(dW)
        self.bias.accumulate(db)
        return dX

    def own_parameters(self):
        return [("weight", self.weight), ("bias", self.bias)]


class ReLULayer(Layer):
    """relu, entry by entry."""

    def forward(self, Z):
        self.A = relu(Z)
        return self.A

    def backward(self, dA):
        return relu_backward(dA, self.A)


class SigmoidLayer(Layer):
    """sigmoid, entry by entry."""

    def forward(self, Z):
        self.A = sigmoid(Z)
        return self.A

    def backward(self, dA):
        return dA * self.A * (1 - self.A)


Linear, ReLU = LinearLayer, ReLULayer


class Network(Layer):
    """Linear layers of the given sizes, with a ReLU between each two."""

    def __init__(self, sizes, rng=None):
        rng = np.random.default_rng(rng)
        self.layers = []
        for n_in, n_out in zip(sizes[:-1], sizes[1:], strict=True):
            self.layers += [Linear(n_in, n_out, rng=rng), ReLU()]
        self.layers.pop()

    def forward(self, X):
        """Inputs X (N, D) -> scores (N, K). No ReLU after the last layer."""
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, dZ):
        """dZ (N, K) -> dX (N, D). Every parameter's gradient is added to its .grad."""
        for layer in reversed(self.layers):
            dZ = layer.backward(dZ)
        return dZ

    def parts(self):
        return [(str(i), layer) for i, layer in enumerate(self.layers)]


def training_step(net, criterion, X, y, learning_rate):
    """One step on one batch. Returns the loss before the step."""
    net.zero_grad()
    L = criterion.forward(net.forward(X), y)
    net.backward(criterion.backward())
    sgd_step(net.parameters(), learning_rate)
    return L
