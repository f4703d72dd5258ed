"""Back through two layers: at each node the gradient from above, times the slope of one link."""

import numpy as np

from nnlib.course.description import case, describe
from nnlib.functions import sigmoid

from .shared import SQUARE


def two_layer_backward(X, Y, W1, b1, W2, b2):
    """The gradients of mean((A2 - Y)^2), where A1 = sigmoid(X W1 + b1), A2 = sigmoid(A1 W2 + b2).

    A dict in the order of the way back: dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1.
    """
    A1 = sigmoid(X @ W1 + b1)
    A2 = sigmoid(A1 @ W2 + b2)
    dA2 = 2 * (A2 - Y) / Y.size
    dZ2 = dA2 * A2 * (1 - A2)
    dA1, dW2, db2 = dZ2 @ W2.T, A1.T @ dZ2, dZ2.sum(axis=0)
    dZ1 = dA1 * A1 * (1 - A1)
    dW1, db1 = X.T @ dZ1, dZ1.sum(axis=0)
    return {
        "dA2": dA2,
        "dZ2": dZ2,
        "dW2": dW2,
        "db2": db2,
        "dA1": dA1,
        "dZ1": dZ1,
        "dW1": dW1,
        "db1": db1,
    }


def a_network(rng):
    N, D, H, K = 3, 2, int(rng.integers(4, 6)), 6
    shapes = (N, D), (N, K), (D, H), (H,), (H, K), (K,)
    return tuple(rng.normal(size=shape) for shape in shapes)


exercise = describe(
    two_layer_backward,
    title="Back through two layers, node by node",
    minutes=15,
    difficulty=3,
    cases=(
        case(
            np.array([[1.0, -2]]),
            np.array([[0.25]]),
            np.array([[1.0, 0, -1], [0.5, 1, 0]]),
            np.array([0.0, 1, -1]),
            np.array([[1.0], [-2], [0.5]]),
            np.array([0.5]),
            about="one sample, one output",
        ),
        case(
            SQUARE / 2,
            np.array([[1.0, 0], [0, 1]]),
            np.array([[0.5, -1], [0.25, 1]]),
            np.array([0.0, 0.5]),
            np.array([[1.0, 2], [-1, 0.5]]),
            np.array([-0.5, 0]),
            about="all square: shapes do not help",
        ),
    ),
    draw=a_network,
    factors=lambda X, Y, *weights: {
        "N, the number of samples": len(X),
        "K, the outputs": Y.shape[1],
        "N K": Y.size,
    },
    exempt={"single precision": "a difference quotient is right too, and needs more digits"},
    hints=(
        "Go forward first, and keep A1 and A2. Then write one line a node, from the end. Which "
        "of the eight gradients do you get from `linear_backward`, in one call?",
        "dA2 is the slope of a mean of N K squares. Across a sigmoid, multiply by its slope, "
        "which is made of what came out. Across a layer, call `linear_backward` with what went "
        "into that layer. Then the same two kinds of line again.",
        "`dA2 = 2 * (A2 - Y) / Y.size`, `dZ2 = dA2 * A2 * (1 - A2)`, "
        "`dA1, dW2, db2 = linear_backward(A1, W2, dZ2)`; the same two lines for the first layer, "
        'whose input is X; `return {"dA2": dA2, "dZ2": dZ2, ...}`.',
    ),
)


def _in_order(dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1):
    names = ("dA2", "dZ2", "dW2", "db2", "dA1", "dZ1", "dW1", "db1")
    return dict(zip(names, (dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1), strict=True))


def _back(X, Y, W1, b1, W2, b2, end=None, slope=lambda Z, A: A * (1 - A), slope1=None, W=None):
    """The way back with another `end`, another slope, or another W2 on it."""
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dA2 = end(A2, Y) if end else 2 * (A2 - Y) / Y.size
    dZ2 = dA2 * slope(Z2, A2)
    dA1, dW2, db2 = dZ2 @ (W2 if W is None else W(W2)).T, A1.T @ dZ2, dZ2.sum(axis=0)
    dZ1 = dA1 * (slope1 or slope)(Z1, A1)
    return _in_order(dA2, dZ2, dW2, db2, dA1, dZ1, X.T @ dZ1, dZ1.sum(axis=0))


@exercise.misconception(
    "divided by N alone",
    """Every gradient is too large, by the number of outputs. The loss is a mean over all N K
    entries, not over the samples: divide by `Y.size`.""",
)
def two_layers_over_samples(X, Y, W1, b1, W2, b2):
    return _back(X, Y, W1, b1, W2, b2, end=lambda A2, Y: 2 * (A2 - Y) / len(Y))


@exercise.misconception(
    "the 2 forgotten",
    """Every gradient is half of what it should be. The slope of a square is twice what is squared;
    this loss has no 1/2 in front that would cancel it.""",
)
def two_layers_without_two(X, Y, W1, b1, W2, b2):
    return _back(X, Y, W1, b1, W2, b2, end=lambda A2, Y: (A2 - Y) / Y.size)


@exercise.misconception(
    "Y - A2",
    """All signs are turned round. A gradient points where the loss grows: where A2 is above Y,
    more of A2 makes it worse, so dA2 is positive there. A2 - Y.""",
)
def two_layers_downhill(X, Y, W1, b1, W2, b2):
    return _back(X, Y, W1, b1, W2, b2, end=lambda A2, Y: 2 * (Y - A2) / Y.size)


@exercise.misconception(
    "the sigmoid's slope left out",
    """dA2 is right, and dZ2 is the same array: the gradient passes the sigmoid as if it were not
    there. Every node that acts forward acts on the way back, by its slope.""",
)
def two_layers_without_slopes(X, Y, W1, b1, W2, b2):
    return _back(X, Y, W1, b1, W2, b2, slope=lambda Z, A: 1)


@exercise.misconception(
    "the first sigmoid's slope left out",
    """The last layer is right, and dA1 too. From there the gradient goes into the first layer as it
    is. Between A1 and Z1 stands a sigmoid as well: dZ1 is dA1 times its slope.""",
)
def two_layers_with_one_slope(X, Y, W1, b1, W2, b2):
    return _back(X, Y, W1, b1, W2, b2, slope1=lambda Z, A: 1)


@exercise.misconception(
    "a slope of the wrong values",
    """The slope is s (1 - s), where s is what the sigmoid gave: A. You put its input Z there. The
    slope is never negative and never above 1/4; yours is.""",
)
def two_layers_slope_of_z(X, Y, W1, b1, W2, b2):
    return _back(X, Y, W1, b1, W2, b2, slope=lambda Z, A: Z * (1 - Z))


@exercise.misconception(
    "sigmoid applied once more",
    """The slope is s (1 - s), where s is what the sigmoid gave. A2 has passed the sigmoid already;
    you send it through again. Use A2 itself, and A1 itself.""",
)
def two_layers_sigmoid_twice(X, Y, W1, b1, W2, b2):
    return _back(X, Y, W1, b1, W2, b2, slope=lambda Z, A: sigmoid(A) * (1 - sigmoid(A)))


@exercise.misconception(
    "X in place of A1",
    """dA2 and dZ2 are right. dW2 is built from X, which never meets W2: what went into the second
    layer is A1.""",
)
def two_layers_from_x(X, Y, W1, b1, W2, b2):
    found = _back(X, Y, W1, b1, W2, b2)
    return found | {"dW2": X.T @ found["dZ2"]}
