"""Chapter 5: right answers written differently, and mutants that change nothing."""

import numpy as np

from nnlib import functions, manual, optim
from nnlib.gradcheck import numerical_gradient


def linear_by_the_library(X, W, dZ):
    layer = manual.Linear(*W.shape)
    layer.weight.data = W
    layer.forward(X)
    return layer.backward(dZ), layer.weight.grad, layer.bias.grad


def linear_by_einsum(X, W, dZ):
    dX = np.einsum("nh,dh->nd", dZ, W)
    return [dX, np.einsum("nd,nh->dh", X, dZ), np.ones(len(dZ)) @ dZ]


def linear_by_samples(X, W, dZ):
    dX, dW, db = np.zeros_like(X), np.zeros_like(W), np.zeros(W.shape[1])
    for i in range(len(X)):
        dX[i] = W @ dZ[i]
        dW += X[i][:, None] * dZ[i]
        db += dZ[i]
    return dX, dW, db


def outer_at_once(X, dZ):
    return X.T @ dZ


def outer_by_broadcasting(X, dZ):
    return (X[:, :, None] * dZ[:, None, :]).sum(axis=0)


def outer_as_a_sum(X, dZ):
    return sum(np.outer(x, dz) for x, dz in zip(X, dZ, strict=True))


def error_in_a_loop(f, x, gradient):
    worst = 0.0
    for a, n in zip(gradient.ravel(), numerical_gradient(f, x).ravel(), strict=True):
        worst = max(worst, abs(a - n) / max(1e-8, abs(a) + abs(n)))
    return worst


def error_by_differences_of_its_own(f, x, gradient):
    n, h = np.zeros_like(x), 1e-5
    for i in np.ndindex(*x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        n[i] = (f(up) - f(down)) / (2 * h)
    size = np.abs(gradient) + np.abs(n)
    return (np.abs(gradient - n) / np.where(size > 1e-8, size, 1e-8)).max()


def relu_by_a_copy(dA, A):
    dZ = dA.copy()
    dZ[A <= 0] = 0
    return dZ


def relu_by_where(dA, A):
    return np.where(A != 0, dA, 0.0)


def relu_by_sign(dA, A):
    return np.sign(A) * dA


class LossByHand:
    def forward(self, Z, y):
        E = np.exp(Z - Z.max(axis=1, keepdims=True))
        self.P = E / E.sum(axis=1, keepdims=True)
        self.Y = np.eye(Z.shape[1])[y]
        return (np.logaddexp.reduce(Z, axis=1) - (self.Y * Z).sum(axis=1)).mean()

    def backward(self):
        return (self.P - self.Y) / len(self.Y)


class LossOfACopy:
    def forward(self, scores, labels):
        self.dZ = functions.softmax(scores)
        self.dZ[np.arange(len(labels)), labels] -= 1
        self.dZ /= len(labels)
        return float(functions.cross_entropy(scores, labels))

    def backward(self):
        return self.dZ


def l2_in_a_loop(W, strength):
    return [[strength * w for w in row] for row in W]


def l2_by_hand(W, strength):
    return strength / 2 * 2 * W


def step_by_subtract(parameters, learning_rate):
    for p in parameters:
        np.subtract(p.data, learning_rate * p.grad, out=p.data)


def step_by_index(parameters, learning_rate):
    for i in range(len(parameters)):
        parameters[i].data[...] += -learning_rate * parameters[i].grad
    return parameters


def step_by_the_library(parameters, learning_rate):
    optim.SGD(parameters, lr=learning_rate).step()


class NetworkOfTheLibrary(manual.MLP):
    def __init__(self, sizes, rng=None):
        super().__init__(sizes, rng=rng)


class NetworkInTwoLists(manual.Layer):
    def __init__(self, sizes, rng=None):
        rng = np.random.default_rng(rng)
        self.linear = []
        for i in range(len(sizes) - 1):
            self.linear.append(manual.Linear(sizes[i], sizes[i + 1], rng=rng))
        self.relu = [manual.ReLU() for _ in self.linear[:-1]]

    def forward(self, X):
        for linear, relu in zip(self.linear[:-1], self.relu, strict=True):
            X = relu(linear(X))
        return self.linear[-1](X)

    def backward(self, dZ):
        dZ = self.linear[-1].backward(dZ)
        for i in range(len(self.relu) - 1, -1, -1):
            dZ = self.linear[i].backward(self.relu[i].backward(dZ))
        return dZ

    def parts(self):
        return [(str(i), layer) for i, layer in enumerate(self.linear)]


class NetworkWithoutLayers:
    """From nothing but the exercises before it."""

    def __init__(self, sizes, rng=None):
        rng = np.random.default_rng(rng)
        self.params = []
        for n_in, n_out in zip(sizes[:-1], sizes[1:], strict=True):
            W = rng.normal(0, (2 / n_in) ** 0.5, (n_in, n_out))
            self.params += [manual.Parameter(W), manual.Parameter(np.zeros(n_out))]

    def parameters(self):
        return self.params

    def forward(self, X):
        self.A = [X]
        for W, b in zip(self.params[::2], self.params[1::2], strict=True):
            Z = self.A[-1] @ W.data + b.data
            self.A.append(np.maximum(Z, 0) if W is not self.params[-2] else Z)
        return self.A[-1]

    def backward(self, dZ):
        for i in reversed(range(len(self.A) - 1)):
            W, b = self.params[2 * i : 2 * i + 2]
            W.accumulate(self.A[i].T @ dZ)
            b.accumulate(dZ.sum(axis=0))
            dZ = dZ @ W.data.T * (self.A[i] > 0 if i else 1)
        return dZ


def two_layers_sample_by_sample(X, Y, W1, b1, W2, b2):
    """Gradients of nodes stacked, those of parameters added up, over single samples."""
    found = {}
    for x, y in zip(X, Y, strict=True):
        A1 = functions.sigmoid(x @ W1 + b1)
        A2 = functions.sigmoid(A1 @ W2 + b2)
        dA2 = (A2 - y) / (Y.size / 2)
        dZ2 = dA2 * (A2 - A2**2)
        dA1 = W2 @ dZ2
        dZ1 = dA1 * (A1 - A1**2)
        for name, row in {"dA2": dA2, "dZ2": dZ2, "dA1": dA1, "dZ1": dZ1}.items():
            found.setdefault(name, []).append(row)
        parts = {"dW1": np.outer(x, dZ1), "db1": dZ1, "dW2": np.outer(A1, dZ2), "db2": dZ2}
        for name, part in parts.items():
            found[name] = found.get(name, 0) + part
    return {name: np.array(gradient) for name, gradient in found.items()}


def two_layers_by_layers(X, Y, W1, b1, W2, b2):
    first, second = manual.Linear(*W1.shape), manual.Linear(*W2.shape)
    for layer, W, b in ((first, W1, b1), (second, W2, b2)):
        layer.weight.data, layer.bias.data = W, b
    below, above, end = manual.Sigmoid(), manual.Sigmoid(), manual.MSE()
    end.forward(above(second(below(first(X)))), Y)
    found = {"dA2": end.backward()}
    found["dZ2"] = above.backward(found["dA2"])
    found["dA1"] = second.backward(found["dZ2"])
    found["dZ1"] = below.backward(found["dA1"])
    first.backward(found["dZ1"])
    for i, layer in ((1, first), (2, second)):
        found |= {f"dW{i}": layer.weight.grad, f"db{i}": layer.bias.grad}
    return found


class LinearOfTheLibrary(manual.Linear):
    def __init__(self, in_features, out_features, rng=None):
        super().__init__(in_features, out_features, rng=rng)


class LinearByHand:
    def __init__(self, in_features, out_features, rng=None):
        rng = np.random.default_rng(rng)
        scale = (2 / in_features) ** 0.5
        self.weight = manual.Parameter(rng.normal(0, scale, (in_features, out_features)))
        self.bias = manual.Parameter(np.zeros(out_features))

    def forward(self, X):
        self.inputs = X
        return self.inputs @ self.weight.data + self.bias.data

    def backward(self, dZ):
        dW, db = self.inputs.T @ dZ, np.ones(len(dZ)) @ dZ
        self.weight.grad = dW if self.weight.grad is None else self.weight.grad + dW
        self.bias.grad = db if self.bias.grad is None else self.bias.grad + db
        return dZ @ self.weight.data.T

    def parameters(self):
        return [self.weight, self.bias]


class ReLUByMask:
    def forward(self, Z):
        self.on = Z > 0
        return Z * self.on

    def backward(self, dA):
        return self.on * dA


class ReLUByOutput:
    def forward(self, Z):
        self.A = np.maximum(Z, 0)
        return self.A

    def backward(self, dA):
        return np.where(self.A > 0, dA, 0)


class SigmoidByOutput:
    def forward(self, Z):
        self.A = functions.sigmoid(Z)
        return self.A

    def backward(self, dA):
        return dA * self.A * (1 - self.A)


class SigmoidBySlope:
    def forward(self, Z):
        A = 1 / (1 + np.exp(-Z))
        self.slope = A - A**2
        return A

    def backward(self, dA):
        return self.slope * dA


def step_by_an_optimiser(net, criterion, X, y, learning_rate):
    descent = optim.SGD(net.parameters(), lr=learning_rate)
    descent.zero_grad()
    loss = criterion.forward(net.forward(X), y)
    net.backward(criterion.backward())
    descent.step()
    return loss


def step_with_forgetting_last(net, criterion, X, y, learning_rate):
    loss = criterion(net(X), y)
    net.backward(criterion.backward())
    for p in net.parameters():
        p.data[...] -= learning_rate * p.grad
        p.grad = None
    return loss


ALTERNATIVES = {
    "linear_backward": [linear_by_the_library, linear_by_einsum, linear_by_samples],
    "sum_of_outer_products": [outer_at_once, outer_by_broadcasting, outer_as_a_sum],
    "gradient_error": [error_in_a_loop, error_by_differences_of_its_own],
    "relu_backward": [relu_by_a_copy, relu_by_where, relu_by_sign],
    "SoftmaxCrossEntropy": [manual.SoftmaxCrossEntropy, LossByHand, LossOfACopy],
    "l2_penalty_grad": [l2_in_a_loop, l2_by_hand],
    "sgd_step": [step_by_subtract, step_by_index, step_by_the_library],
    "two_layer_backward": [two_layers_sample_by_sample, two_layers_by_layers],
    "LinearLayer": [LinearOfTheLibrary, LinearByHand],
    "ReLULayer": [ReLUByMask, ReLUByOutput],
    "SigmoidLayer": [SigmoidByOutput, SigmoidBySlope],
    "training_step": [step_by_an_optimiser, step_with_forgetting_last],
    "Network": [NetworkOfTheLibrary, NetworkInTwoLists, NetworkWithoutLayers],
}

EQUIVALENT = {
    "sum_of_outer_products": {
        "dW = np.zeros((X.shape[1], dZ.shape[1])): 1 -> -1*": "the last of two axes is axis 1",
    },
}
