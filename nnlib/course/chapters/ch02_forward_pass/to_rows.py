"""Reshape can give the right shape and the wrong numbers; only a transpose turns rows over."""

import numpy as np

from nnlib.course.description import case, describe

from .shared import SQUARE, SWAP, one_layer


def to_rows(X, W, b):
    """From samples in columns, Z = W X + b, to samples in rows, Z = X W + b.

    X (D, N) -> (N, D), W (H, D) -> (D, H), b (H, 1) -> (H,)
    """
    return X.T, W.T, b[:, 0]


def other_book(rng):
    X, W, b = one_layer(rng)
    return X.T.copy(), W.T.copy(), b[:, None].copy()


exercise = describe(
    to_rows,
    title="Bug clinic: a reshape is not a transpose",
    minutes=7,
    difficulty=2,
    returns=("X", "W", "b"),
    cases=(
        case(
            np.array([[1.0, 2, 3], [10, 20, 30]]),
            np.array([[7.0, 8]]),
            np.array([[5.0]]),
            about="three samples, (1, 10), (2, 20), (3, 30)",
        ),
        case(SQUARE, SWAP + SQUARE, np.array([[0.0], [1]]), about="all square"),
    ),
    draw=other_book,
    hints=(
        "Sample 0 is the first column of X. Print row 0 of what you make of it: is it the "
        "same sample?",
        "`reshape` reads on along the rows and cuts the numbers anew, so samples get mixed. "
        "`.T` turns rows into columns. (W X)^T = X^T W^T says which arrays to turn.",
        "`X.T`, `W.T`, and the only column of b: `b[:, 0]`.",
    ),
)


@exercise.misconception(
    "reshape instead of transpose",
    """All shapes are right, and the numbers are scrambled. `reshape` reads the array row by row and
    cuts it anew, so one sample gets the numbers of several. Row 0 should be the first column:
    `.T`.""",
)
def rows_by_reshape(X, W, b):
    D, N = X.shape
    H, D = W.shape
    return X.reshape(N, D), W.reshape(D, H), b.reshape(H)


@exercise.misconception(
    "W left as it was",
    """X is turned, W is not. (W X)^T = X^T W^T: both change. Here a neuron's weights stand in a
    column of W.""",
)
def rows_weights_as_they_are(X, W, b):
    return X.T, W, b[:, 0]


@exercise.misconception(
    "X left as it was",
    """W is turned; X still holds its samples in columns. Each row of X should be one sample:
    `X.T`.""",
)
def rows_inputs_as_they_are(X, W, b):
    return X, W.T, b[:, 0]


@exercise.misconception(
    "b still a column",
    """X and W are right. b is still a column (H, 1), and would give each sample a bias in place of
    each neuron. Take its only column, `b[:, 0]`: shape (H,).""",
)
def rows_bias_as_it_is(X, W, b):
    return X.T, W.T, b


@exercise.misconception(
    "b as a lying matrix",
    """X and W are right. `b.T` is a matrix (1, H). It would add up correctly, but in this course b
    is a vector, shape (H,): `b[:, 0]` or `b.ravel()`.""",
)
def rows_bias_lying(X, W, b):
    return X.T, W.T, b.T
