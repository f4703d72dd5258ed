"""Another book's layout turns every product round and leaves the loss as it is."""

import numpy as np

from nnlib.course.description import case, describe
from nnlib.functions import cross_entropy, sigmoid, softmax


def loss_in_columns(X, y, W1, b1, W2, b2, strength):
    """A two-layer sigmoid network as books with samples in columns write it.

    X (D, N), W1 (H, D), b1 (H, 1), W2 (K, H), b2 (K, 1), labels y (N,) -> one number: the mean
    cross-entropy plus strength / 2 (||W1||^2 + ||W2||^2).
    """
    A = sigmoid(W1 @ X + b1)
    Z = W2 @ A + b2
    penalty = strength / 2 * (np.sum(W1**2) + np.sum(W2**2))
    return cross_entropy(Z.T, y) + penalty


def in_columns(rng):
    N, D, H, K = 4, 3, 2, int(rng.integers(5, 7))
    shapes = (H, D), (H, 1), (K, H), (K, 1)
    arrays = [rng.normal(size=shape) for shape in shapes]
    return rng.normal(size=(D, N)), rng.integers(K, size=N), *arrays, float(rng.uniform(0.3, 0.9))


THREE_FOUR_FIVE = (
    np.arange(6.0).reshape(3, 2),
    np.array([3, 4]),
    np.tile([1.0, 2, 3], (4, 1)),
    np.ones((4, 1)),
    np.full((5, 4), 2.0),
    np.full((5, 1), 2.0),
    0.5,
)


exercise = describe(
    loss_in_columns,
    title="A regularised loss, samples in columns",
    minutes=8,
    difficulty=2,
    returns=("the loss",),
    cases=(
        case(*THREE_FOUR_FIVE, about="the published 3-4-5 case: 35.60943791"),
        case(
            np.zeros((1, 3)),
            np.array([0, 1, 1]),
            np.array([[2.0]]),
            np.array([[0.0]]),
            np.array([[1.0], [-1.0]]),
            np.array([[3.0], [0.0]]),
            2.0,
            about="one input, one unit",
        ),
    ),
    draw=in_columns,
    factors=lambda X, y, *rest: {"N, the number of samples": len(y)},
    terms=lambda X, y, W1, b1, W2, b2, strength: {
        "the penalty of W1": strength / 2 * np.sum(W1**2),
        "the penalty of W2": strength / 2 * np.sum(W2**2),
    },
    exempt={"large numbers": "the logarithm of softmax is a right way, and fails only there"},
    hints=(
        "Which comes first in W X + b? And which axis of the scores holds the classes?",
        "A = sigmoid(W1 X + b1), Z = W2 A + b2 of shape (K, N). `cross_entropy` wants samples "
        "in rows: hand it Z^T. Then add the penalty of the two weights.",
        "`Z = W2 @ functions.sigmoid(W1 @ X + b1) + b2`, then return "
        "`functions.cross_entropy(Z.T, y) + strength / 2 * (np.sum(W1**2) + np.sum(W2**2))`.",
    ),
)


@exercise.misconception(
    "penalty without its half",
    """The penalty is twice too large. This case, and the whole course, use lambda/2, so that the
    gradient is lambda W. Multiply by strength / 2.""",
)
def columns_without_half(X, y, W1, b1, W2, b2, strength):
    data = loss_in_columns(X, y, W1, b1, W2, b2, 0)
    return data + strength * (np.sum(W1**2) + np.sum(W2**2))


@exercise.misconception(
    "biases penalised too",
    """The biases are in the penalty. They shift, they do not bend, and they are left out: only W1
    and W2.""",
)
def columns_biases_too(X, y, W1, b1, W2, b2, strength):
    data = loss_in_columns(X, y, W1, b1, W2, b2, strength)
    return data + strength / 2 * (np.sum(b1**2) + np.sum(b2**2))


@exercise.misconception(
    "cross-entropy summed",
    """The cross-entropy is summed over the samples. Losses are means here; the penalty does not
    depend on N.""",
)
def columns_summed(X, y, W1, b1, W2, b2, strength):
    data = loss_in_columns(X, y, W1, b1, W2, b2, 0)
    return len(y) * data + strength / 2 * (np.sum(W1**2) + np.sum(W2**2))


@exercise.misconception(
    "penalty divided by N",
    """The penalty is divided by N. Some books do that. Here only the data term is a mean: the
    penalty is added once, as it is.""",
)
def columns_penalty_averaged(X, y, W1, b1, W2, b2, strength):
    data = loss_in_columns(X, y, W1, b1, W2, b2, 0)
    return data + strength / 2 / len(y) * (np.sum(W1**2) + np.sum(W2**2))


@exercise.misconception(
    "penalty left out",
    """The cross-entropy is right, and the penalty is missing. Add strength / 2 times the sum of all
    squared weights.""",
)
def columns_without_penalty(X, y, W1, b1, W2, b2, strength):
    return loss_in_columns(X, y, W1, b1, W2, b2, 0)


@exercise.misconception(
    "norms not squared",
    """The penalty adds the norms themselves. It is made of their squares, ||W||^2: the sum of all
    squared entries, without a root.""",
)
def columns_norms_not_squared(X, y, W1, b1, W2, b2, strength):
    data = loss_in_columns(X, y, W1, b1, W2, b2, 0)
    return data + strength / 2 * (np.linalg.norm(W1) + np.linalg.norm(W2))


@exercise.misconception(
    "softmax before the cross-entropy",
    """The scores went through softmax before `cross_entropy`, which applies it itself. Hand it the
    scores.""",
)
def columns_softmax_first(X, y, W1, b1, W2, b2, strength):
    Z = W2 @ sigmoid(W1 @ X + b1) + b2
    penalty = strength / 2 * (np.sum(W1**2) + np.sum(W2**2))
    return cross_entropy(softmax(Z.T), y) + penalty


@exercise.misconception(
    "sigmoid on the scores",
    """The scores went through a sigmoid as well, so softmax sees numbers between 0 and 1 only. The
    last layer stays linear.""",
)
def columns_activated_scores(X, y, W1, b1, W2, b2, strength):
    Z = sigmoid(W2 @ sigmoid(W1 @ X + b1) + b2)
    return cross_entropy(Z.T, y) + strength / 2 * (np.sum(W1**2) + np.sum(W2**2))


@exercise.misconception(
    "scores not turned",
    """`cross_entropy` reads each row as a sample, and your Z holds samples in columns, (K, N). Hand
    it `Z.T`.""",
)
def columns_not_turned(X, y, W1, b1, W2, b2, strength):
    Z = W2 @ sigmoid(W1 @ X + b1) + b2
    return cross_entropy(Z, y) + strength / 2 * (np.sum(W1**2) + np.sum(W2**2))
