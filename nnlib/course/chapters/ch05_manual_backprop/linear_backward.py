"""Whatever the forward pass shares between samples, the backward pass adds up over them."""

import numpy as np

from nnlib.course.description import case, describe

from .shared import SQUARE


def linear_backward(X, W, dZ):
    """Back through Z = X W + b: X (N, D), W (D, H), dZ (N, H) -> dX (N, D), dW (D, H), db (H,)"""
    dX = dZ @ W.T
    dW = X.T @ dZ
    db = dZ.sum(axis=0)
    return dX, dW, db


def one_layer(rng):
    N, D, H = 2, int(rng.integers(3, 5)), 5
    return rng.normal(size=(N, D)), rng.normal(size=(D, H)), rng.normal(size=(N, H))


exercise = describe(
    linear_backward,
    title="A linear layer, backward: three lines",
    minutes=9,
    difficulty=2,
    returns=("dX", "dW", "db"),
    cases=(
        case(np.array([[1.0, 2]]), SQUARE, np.array([[1.0, 10]]), about="one sample"),
        case(
            SQUARE,
            np.array([[0.0, 1], [5, 7]]),
            np.array([[1.0, 0], [2, 3]]),
            about="all square: shapes do not help",
        ),
        case(np.ones((3, 2)), np.ones((2, 4)), np.zeros((3, 4)), about="nothing comes back"),
    ),
    draw=one_layer,
    factors=lambda X, W, dZ: {"N, the number of samples": len(X)},
    exempt={"single precision": "a difference quotient is right too, and needs more digits"},
    hints=(
        "Each gradient has the shape of its own variable. Write down the shapes of dZ, X and "
        "W: which products can give (N, D), and which (D, H)?",
        "dX = dZ W^T takes (N, H) back to (N, D). dW = X^T dZ adds up over the samples. Every "
        "sample uses the same b, so db adds dZ up over the samples as well.",
        "`dX = dZ @ W.T`, `dW = X.T @ dZ`, `db = dZ.sum(axis=0)`.",
    ),
)


@exercise.misconception(
    "W not transposed",
    """dW and db are right. dX is dZ W, which only runs because W is square here. Forward takes D to
    H along W; the way back, H to D, takes W transposed.""",
)
def backward_square_only(X, W, dZ):
    return dZ @ W, X.T @ dZ, dZ.sum(axis=0)


@exercise.misconception(
    "averaged over the batch",
    """dX is right; dW and db are N times too small. The 1/N of a mean loss is already inside dZ. A
    layer only adds up what its samples ask for.""",
)
def backward_averaged(X, W, dZ):
    dX, dW, db = linear_backward(X, W, dZ)
    return dX, dW / len(X), db / len(X)


@exercise.misconception(
    "db a mean",
    """dX and dW are right. db is a mean over the samples; each of them pulls at the same b, and
    pulls add up: `sum`.""",
)
def backward_bias_averaged(X, W, dZ):
    return dZ @ W.T, X.T @ dZ, dZ.mean(axis=0)


@exercise.misconception(
    "db along the rows",
    """dX and dW are right. db is added up along each row, over the units, and gives one number a
    sample. b has one number a unit: add up over the samples, axis 0.""",
)
def backward_bias_summed_along_rows(X, W, dZ):
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=1)


@exercise.misconception(
    "db not added up",
    """dX and dW are right. dZ itself has a row for each sample, and b has only one: it was laid
    along all of them on the way forward. Back, the rows are added up.""",
)
def backward_bias_not_summed(X, W, dZ):
    return dZ @ W.T, X.T @ dZ, dZ


@exercise.misconception(
    "dW transposed",
    """dX and db are right. dW is lying on its side: dZ^T X has shape (H, D), W has (D, H). Put the
    inputs first: X^T dZ.""",
)
def backward_weights_turned(X, W, dZ):
    return dZ @ W.T, dZ.T @ X, dZ.sum(axis=0)


@exercise.misconception(
    "db with an axis too many",
    """All numbers are right. db has shape (1, H), b has (H,): leave `keepdims` out here, or the
    step would turn b into a matrix.""",
)
def backward_keepdims(X, W, dZ):
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=0, keepdims=True)
