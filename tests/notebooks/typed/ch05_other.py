"""Chapter 5, solved in another style: sums by einsum, masks by where, recursion over layers."""

import numpy as np

from nnlib.functions import one_hot, sigmoid, softmax
from nnlib.gradcheck import numerical_gradient
from nnlib.init import kaiming_uniform
from nnlib.manual import Layer, Parameter


def linear_backward(X, W, dZ):
    N = X.shape[0]
    return (
        np.einsum("nh,dh->nd", dZ, W),
        np.einsum("nd,nh->dh", X, dZ),
        np.ones(N) @ dZ,
    )


def sum_of_outer_products(X, dZ):
    outer = [x[:, None] * dz[None, :] for x, dz in zip(X, dZ, strict=True)]
    return np.sum(outer, axis=0)


def gradient_error(f, x, gradient):
    measured = numerical_gradient(f, x)
    both = np.clip(abs(gradient) + abs(measured), 1e-8, None)
    return float((abs(measured - gradient) / both).max())


def two_layer_backward(X, Y, W1, b1, W2, b2):
    hidden = sigmoid(X @ W1 + b1)
    out = sigmoid(hidden @ W2 + b2)
    grads = {"dA2": (out - Y) * 2 / np.prod(Y.shape)}
    grads["dZ2"] = grads["dA2"] * (out - out**2)
    grads["dW2"] = hidden.T @ grads["dZ2"]
    grads["db2"] = grads["dZ2"].sum(0)
    grads["dA1"] = grads["dZ2"] @ W2.T
    grads["dZ1"] = grads["dA1"] * (hidden - hidden**2)
    grads["dW1"] = X.T @ grads["dZ1"]
    grads["db1"] = grads["dZ1"].sum(0)
    return grads


def relu_backward(dA, A):
    return np.where(A > 0, dA, 0.0)


class SoftmaxCrossEntropy:
    def forward(self, Z, y):
        shifted = Z - Z.max(axis=1, keepdims=True)
        log_P = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        self.Z, self.y = Z.copy(), np.array(y)
        return -np.mean([log_P[n, label] for n, label in enumerate(y)])

    def backward(self):
        N, K = self.Z.shape
        return (softmax(self.Z) - one_hot(self.y, K)) / N


def l2_penalty_grad(W, strength):
    half = strength / 2
    return half * 2 * W


def sgd_step(parameters, learning_rate):
    for parameter in list(parameters):
        parameter.data[...] = parameter.data - learning_rate * parameter.grad


class LinearLayer(Layer):
    def __init__(self, in_features, out_features, rng=None):
        self.bias = Parameter(np.zeros(out_features, dtype=np.float32))
        self.weight = Parameter(kaiming_uniform((in_features, out_features), rng=rng))

    def forward(self, X):
        self.inputs = X.copy()
        W, b = self.weight.data, self.bias.data
        return np.einsum("nd,dh->nh", X, W) + b[None, :]

    def backward(self, dZ):
        self.bias.accumulate(np.ones(len(dZ)) @ dZ)
        self.weight.accumulate(np.einsum("nd,nh->dh", self.inputs, dZ))
        return dZ @ self.weight.data.T

    def own_parameters(self):
        return [("weight", self.weight), ("bias", self.bias)]


class ReLULayer(Layer):
    def forward(self, Z):
        self.on = Z > 0
        return np.where(self.on, Z, 0.0)

    def backward(self, dA):
        return np.where(self.on, dA, 0.0)


class SigmoidLayer(Layer):
    def forward(self, Z):
        A = sigmoid(Z)
        self.slope = A - A**2
        return A

    def backward(self, dA):
        return self.slope * dA


Linear, ReLU = LinearLayer, ReLULayer


class Network(Layer):
    def __init__(self, sizes, rng=None):
        rng = np.random.default_rng(rng)
        self.layers = [Linear(sizes[0], sizes[1], rng=rng)]
        for i in range(1, len(sizes) - 1):
            self.layers.append(ReLU())
            self.layers.append(Linear(sizes[i], sizes[i + 1], rng=rng))

    def forward(self, X):
        A = X
        for layer in self.layers:
            A = layer.forward(A)
        return A

    def backward(self, dZ):
        i = len(self.layers)
        while i > 0:
            i -= 1
            dZ = self.layers[i].backward(dZ)
        return dZ

    def parts(self):
        return [(str(i), layer) for i, layer in enumerate(self.layers)]


def training_step(net, criterion, X, y, learning_rate):
    loss = criterion.forward(net.forward(X), y)
    net.zero_grad()
    net.backward(criterion.backward())
    for p in net.parameters():
        np.subtract(p.data, learning_rate * p.grad, out=p.data)
    return loss
