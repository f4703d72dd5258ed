"""mynn against finite differences and, where it is installed, against PyTorch.

python tests/test_mynn.py, or pytest. What the package does not have is not checked.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import mynn

try:
    import torch
except ImportError:
    torch = None  # type: ignore[assignment]

rng = np.random.default_rng(0)
Z, y = rng.normal(size=(5, 4)), np.array([0, 3, 1, 1, 2])
X, W, b = rng.normal(size=(5, 3)), rng.normal(size=(3, 4)), rng.normal(size=4)


class Missing(Exception):
    """The package does not have it, or PyTorch is not here."""


def get(*names):
    for name in names:
        if not hasattr(mynn, name):
            raise Missing(name)
    found = [getattr(mynn, name) for name in names]
    return found[0] if len(found) == 1 else found


def slopes(f, x, h=1e-5):
    """The gradient of f at x by centred differences."""
    x = np.array(x, float)
    out = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        old = x[i]
        x[i] = old + h
        above = float(f(x))
        x[i] = old - h
        out[i] = (above - float(f(x))) / (2 * h)
        x[i] = old
    return out


def close(came, expected):
    np.testing.assert_allclose(came, expected, rtol=1e-4, atol=1e-6)


def with_torch():
    if torch is None:
        raise Missing("torch")
    return torch


def check_softmax():
    softmax = get("softmax")
    close(softmax(Z).sum(axis=1), 1)
    close(softmax(Z + 1000), softmax(Z))


def check_softmax_with_torch():
    close(get("softmax")(Z), with_torch().softmax(torch.tensor(Z), 1).numpy())


def check_log_softmax_with_torch():
    close(get("log_softmax")(Z), with_torch().log_softmax(torch.tensor(Z), 1).numpy())


def check_cross_entropy_with_torch():
    loss = with_torch().nn.functional.cross_entropy(torch.tensor(Z), torch.tensor(y))
    close(get("cross_entropy")(Z, y), loss.item())


def check_cross_entropy_grad():
    def loss(Z):
        S = Z - Z.max(axis=1, keepdims=True)
        return -(S - np.log(np.exp(S).sum(axis=1, keepdims=True)))[np.arange(5), y].mean()

    close(get("cross_entropy_grad")(Z, y), slopes(loss, Z))


def check_softmax_jacobian():
    def softmax(z):
        return np.exp(z) / np.exp(z).sum()

    J = get("softmax_jacobian")(softmax(Z[0]))
    close(J, [slopes(lambda z, i=i: softmax(z)[i], Z[0]) for i in range(4)])


def check_numerical_gradient():
    close(get("numerical_gradient")(lambda x: (x**3).sum(), X[0].copy()), 3 * X[0] ** 2)


def check_squared_error_grad():
    w, x, target = X[0], X[1], 0.7
    close(get("squared_error_grad")(w, x, target), slopes(lambda w: (target - x @ w) ** 2 / 2, w))


def check_regression_grad():
    w, c, target = X[0], 0.3, rng.normal(size=5)
    dw, db = get("regression_grad")(w, c, X, target)
    close(dw, slopes(lambda w: ((X @ w + c - target) ** 2).mean(), w))
    close(db, slopes(lambda c: ((X @ w + c - target) ** 2).mean(), c))


def check_activations():
    def leaky(Z):
        return np.where(Z > 0, Z, 0.01 * Z).sum()

    close(get("leaky_relu_grad")(Z), slopes(leaky, Z))


def check_sigmoid_and_tanh():
    of_sigmoid, of_tanh = get("sigmoid_tanh_grad")(Z)
    close(of_sigmoid, slopes(lambda Z: (1 / (1 + np.exp(-Z))).sum(), Z))
    close(of_tanh, slopes(lambda Z: np.tanh(Z).sum(), Z))


def check_linear_backward():
    dX, dW, db = get("linear_backward")(X, W, Z)
    close(dX, slopes(lambda X: ((X @ W + b) * Z).sum(), X))
    close(dW, slopes(lambda W: ((X @ W + b) * Z).sum(), W))
    close(db, slopes(lambda b: ((X @ W + b) * Z).sum(), b))


def check_relu_backward():
    came = get("relu_backward")(np.ones_like(Z), np.maximum(Z, 0))
    close(came, slopes(lambda Z: np.maximum(Z, 0).sum(), Z))


def check_softmax_cross_entropy_layer():
    layer = get("SoftmaxCrossEntropy")()
    layer.forward(Z, y)
    came = layer.backward()
    close(came, slopes(lambda Z: layer.forward(Z, y), Z))


def check_linear_of_the_engine():
    """The gradients of a layer's weights, through the whole engine."""
    layer = get("Linear")(3, 4, rng=0)
    start = {name: np.array(getattr(layer, name).data, float) for name in ("weight", "bias")}
    layer(X).backward(Z)
    for name, value in start.items():

        def loss(value, name=name):
            values = start | {name: value}
            return ((X @ values["weight"] + values["bias"]) * Z).sum()

        close(getattr(layer, name).grad, slopes(loss, value))


def check_linear_of_the_engine_with_torch():
    layer = get("Linear")(3, 4, rng=0)
    weight = with_torch().tensor(np.array(layer.weight.data, float), requires_grad=True)
    (torch.tensor(X) @ weight * torch.tensor(Z)).sum().backward()
    layer(X).backward(Z)
    close(layer.weight.grad, weight.grad.numpy())


CHECKS = {name[6:]: check for name, check in list(globals().items()) if name.startswith("check_")}


def test_every_check():
    """For pytest: all that the package has."""
    if main():
        raise AssertionError("what DIFFERS is printed above")


def main():
    failed = 0
    for name, check in CHECKS.items():
        words = name.replace("_", " ")
        try:
            check()
            print(f"agrees      {words}")
        except Missing as missing:
            print(f"not there   {words} ({missing})")
        except Exception as error:
            failed += 1
            print(f"DIFFERS     {words}: {type(error).__name__}: {str(error).strip()[:300]}")
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main())
