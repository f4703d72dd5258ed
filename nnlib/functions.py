"""The mathematics of the course, written once, on plain arrays: each function, then its derivative.

Elementwise functions take an array of any shape and keep its dtype. `f_grad(Z)` is the derivative
f'(Z), element by element. The gradient of a loss has the shape of its first argument. Everything
else in nnlib - `manual`, `ops`, the exercises - calls the functions written here.
"""

import math

import numpy as np

from .dispatch import wanted

# ------------------------------------------------------------------ activations


def relu(Z):
    """max(0, z) (Nair and Hinton, 2010)."""
    Z = _array("relu", Z)
    return np.maximum(Z, np.zeros(Z.shape[-1:], Z.dtype))  # a row of zeros is faster than one 0


def relu_grad(Z):
    """1 where z > 0, else 0. At z = 0 the slope is undefined: 0 is chosen, as PyTorch does."""
    return _like(Z, np.greater(Z, 0))


def leaky_relu(Z, negative_slope=0.01):
    """z where z > 0, else negative_slope * z (Maas et al., 2013)."""
    return np.where(np.greater(Z, 0), Z, np.multiply(Z, negative_slope))


def leaky_relu_grad(Z, negative_slope=0.01):
    """1 where z > 0, else negative_slope."""
    return _like(Z, np.where(np.greater(Z, 0), 1, negative_slope))


def sigmoid(Z):
    """1 / (1 + e^-z). The exponential is only ever taken of -|z|, so it cannot overflow."""
    E = np.exp(-np.abs(Z))
    return np.where(np.greater_equal(Z, 0), 1, E) / (1 + E)


def sigmoid_grad(Z, A=None):
    """sigma(z) (1 - sigma(z)). Pass `A = sigmoid(Z)` where it is already known."""
    A = sigmoid(Z) if A is None else A
    return A * (1 - A)


def tanh(Z):
    """(e^z - e^-z) / (e^z + e^-z)."""
    return np.tanh(Z)


def tanh_grad(Z, A=None):
    """1 - tanh(z)^2. Pass `A = tanh(Z)` where it is already known."""
    A = tanh(Z) if A is None else A
    return 1 - A * A


def gelu(Z, approximate="none"):
    """z Phi(z), with Phi the normal distribution function (Hendrycks and Gimpel, 2016).

    approximate: "none" uses the exact Phi; "tanh" the paper's faster formula, within 0.0005 of it.
    """
    return Z * _normal_cdf(Z, approximate)


def gelu_grad(Z, approximate="none"):
    """Phi(z) + z phi(z), with phi = Phi' the normal density (or the slope of the tanh formula)."""
    Phi = _normal_cdf(Z, approximate)
    if approximate == "tanh":  # Phi = sigmoid(2u)
        density = 2 * _GELU_C * (1 + 3 * _GELU_A * np.square(Z)) * Phi * (1 - Phi)
    else:
        density = np.exp(-np.square(Z) / 2) / math.sqrt(2 * math.pi)
    return Phi + Z * density


_GELU_C, _GELU_A = math.sqrt(2 / math.pi), 0.044715
_erf = np.frompyfunc(math.erf, 1, 1)


def _normal_cdf(Z, approximate):
    if approximate == "tanh":
        return sigmoid(2 * _GELU_C * (Z + _GELU_A * np.power(Z, 3)))
    if approximate != "none":
        raise ValueError(f"gelu got approximate={approximate!r}; expected 'none' or 'tanh'")
    return _like(Z, 1 + np.asarray(_erf(np.divide(Z, math.sqrt(2))), dtype=float)) / 2


def softmax(Z, axis=-1):
    """Scores to probabilities: e^z / sum e^z along `axis`.

    The largest score is subtracted first. The result is the same, and nothing can overflow.

    Shape: (N, K) -> (N, K), every row positive and summing to 1.
    """
    E = np.exp(Z - np.max(Z, axis=axis, keepdims=True))
    E /= E.sum(axis=axis, keepdims=True)
    return E


def softmax_jacobian(P):
    """dp/dz of one softmax: diag(p) - p p^T.

    Shape: (K,) -> (K, K); a batch (N, K) -> (N, K, K), one matrix a row.
    """
    P = _array("softmax_jacobian", P)
    return P[..., :, None] * (np.eye(P.shape[-1], dtype=P.dtype) - P[..., None, :])


def log_softmax(Z, axis=-1):
    """log softmax(Z) = z - log sum e^z, without ever taking the logarithm of a tiny number."""
    shifted = Z - np.max(Z, axis=axis, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))


# ----------------------------------------------------------------------- losses


def one_hot(y, num_classes=None):
    """Integer labels to rows with a single 1.

    num_classes: K; None takes the largest label plus one.
    Shape: (N,) -> (N, K), float32. Raises ValueError for labels outside 0 .. K-1.
    """
    y = np.asarray(y)
    if num_classes is None:
        num_classes = int(y.max()) + 1 if y.size else 0
    check_labels("one_hot", y, num_classes)
    Y = np.zeros((*y.shape, num_classes), dtype=np.float32)
    np.put_along_axis(Y, y[..., None], 1, axis=-1)
    return Y


def mse(prediction, target):
    """Mean squared error over every element. There is no 1/2.

    Raises ValueError unless both have the same shape: (N, 1) minus (N,) would be (N, N).
    """
    return np.mean(np.square(_difference(prediction, target)))


def mse_grad(prediction, target):
    """2 (prediction - target) / size. Shape: that of `prediction`."""
    difference = _difference(prediction, target)
    return difference * (2 / difference.size)


def cross_entropy(Z, y, log_P=None):
    """Mean over the batch of -log p[y], the surprise at the true label, straight from scores.

    Pass `log_P = log_softmax(Z)` where it is already known.
    Shape: scores Z (N, K), integer labels y (N,) -> scalar.
    Raises ValueError where the shapes or labels do not fit.
    """
    check_scores(Z, y)
    log_P = log_softmax(Z) if log_P is None else log_P
    return -log_P[np.arange(len(y)), y].sum() / len(y)


def cross_entropy_grad(Z, y, log_P=None):
    """(P - Y) / N: predicted probabilities minus the truth. Shape: that of `Z`."""
    if log_P is None:
        check_scores(Z, y)
        log_P = log_softmax(Z)
    dZ = np.exp(log_P)
    dZ[np.arange(len(y)), y] -= 1
    dZ /= len(y)
    return dZ


# -------------------------------------------------------------------- penalties


def l2_penalty(W, strength):
    """strength / 2 * sum of w^2: the half is the convention of the whole course."""
    return strength / 2 * np.sum(np.square(W))


def l2_penalty_grad(W, strength):
    """strength * w."""
    return np.multiply(W, strength)


def l1_penalty(W, strength):
    """strength * sum of |w| (Tibshirani, 1996)."""
    return strength * np.sum(np.abs(W))


def l1_penalty_grad(W, strength):
    """strength * sign(w), with 0 at the kink."""
    return np.multiply(np.sign(W), strength)


# ----------------------------------------------------------------------- checks


def _array(name, Z):
    if not isinstance(Z, np.ndarray) and wanted(Z):
        raise TypeError(
            f"{name} got a Tensor that requires a gradient; expected an array. Use an operation of "
            f"nnlib.Tensor, as t.relu(), or t.data if no gradient is wanted."
        )
    return np.asarray(Z)


def _like(Z, values):
    """`values` in the floating dtype of Z (float64 where Z holds integers)."""
    dtype = np.asarray(Z).dtype
    return np.asarray(values, dtype=dtype if dtype.kind == "f" else float)


def _difference(prediction, target):
    expected, came = np.shape(prediction), np.shape(target)
    if came != expected:
        hint = " Reshape one of them."
        if len(expected) == 2 and expected[1] > 1 and math.prod(came) == expected[0]:
            row = "y.astype(int)" if len(came) == 1 else "y.ravel().astype(int)"
            hint = (
                f" If the target, of dtype {np.asarray(target).dtype}, holds class labels, "
                f"cross_entropy takes them as {row}; else reshape one of them."
            )
        raise ValueError(
            f"mse got a prediction of shape {expected} and a target of shape {came}; "
            f"expected equal shapes.{hint}"
        )
    return np.subtract(prediction, target)


def check_labels(name, y, num_classes):
    if y.dtype.kind not in "iu":
        raise ValueError(
            f"{name} got labels of dtype {y.dtype}; expected integers, as y.astype(int) gives"
        )
    if y.size and not 0 <= y.min() <= y.max() < num_classes:
        raise ValueError(
            f"{name} got labels from {y.min()} to {y.max()}; "
            f"expected 0 to {num_classes - 1} for {num_classes} classes"
        )


def check_scores(Z, y):
    Z, y = np.asarray(Z), np.asarray(y)
    if Z.ndim != 2 or y.shape != Z.shape[:1]:
        hint = " One-hot labels become integers by Y.argmax(axis=1)." if y.ndim == 2 else ""
        raise ValueError(
            f"cross_entropy got scores of shape {Z.shape} and labels of shape {y.shape}; "
            f"expected (N, K) and (N,).{hint}"
        )
    check_labels("cross_entropy", y, Z.shape[1])
