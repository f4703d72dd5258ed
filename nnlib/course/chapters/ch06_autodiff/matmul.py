"""Each factor's gradient is dZ times the other factor, transposed, on the other's side."""

import numpy as np

from nnlib import ops
from nnlib.course.description import case, describe


def matrices(rng):
    N, D, H = 2, int(rng.integers(3, 5)), 5
    return rng.normal(size=(N, D)), rng.normal(size=(D, H)), rng.normal(size=(N, H))


def product_and_vjps(answer, X, W, dZ):
    """Call the operation, then each vjp with dZ."""
    out, (to_X, to_W) = answer(X, W)
    return {"Z": out, "dX": to_X(dZ), "dW": to_W(dZ)}


SQUARE = np.array([[1.0, 2], [3, 4]])


exercise = describe(
    ops.matmul,
    title="The matrix product, forward and backward",
    minutes=5,
    difficulty=2,
    probe=product_and_vjps,
    cases=(
        case(np.array([[1.0, 2]]), SQUARE, np.array([[1.0, 10]]), about="one sample"),
        case(
            SQUARE,
            np.array([[0.0, 1], [5, 7]]),
            np.array([[1.0, 0], [2, 3]]),
            about="all square: shapes do not help",
        ),
    ),
    draw=matrices,
    factors=lambda X, W, dZ: {"N, the number of rows": len(X)},
    hints=(
        "You have derived it in chapter 5. What are the shapes of dZ, X and W, and which "
        "products give the shapes of dX and dW?",
        "dX = dZ W^T and dW = X^T dZ. Here each is a function that waits for dZ.",
        "`return X @ W, (lambda dZ: dZ @ W.T, lambda dZ: X.T @ dZ)`.",
    ),
)


@exercise.misconception(
    "nothing transposed",
    """dZ W and X dZ only run because everything is square in one of the cases. Forward takes D to H
    along W; the way back goes along W transposed: dZ W^T, and X^T dZ.""",
)
def matmul_not_transposed(X, W):
    return X @ W, (lambda dZ: dZ @ W, lambda dZ: X @ dZ)


@exercise.misconception(
    "results transposed",
    """The right products, transposed: a gradient has the shape of its own array. (W dZ^T)^T is dZ
    W^T, and (dZ^T X)^T is X^T dZ.""",
)
def matmul_turned(X, W):
    return X @ W, (lambda dZ: W @ dZ.T, lambda dZ: dZ.T @ X)


@exercise.misconception(
    "elementwise",
    """`*` multiplies element by element, as in the vjp of a * b. Each entry of X meets a whole row
    of W, so the way back is a matrix product too.""",
)
def matmul_elementwise(X, W):
    return X @ W, (lambda dZ: dZ * W, lambda dZ: X * dZ)


@exercise.misconception(
    "vjps in the other order",
    """Both vjps are right, in the other order. The first argument is X: its vjp comes first.""",
)
def matmul_swapped(X, W):
    return X @ W, (lambda dZ: X.T @ dZ, lambda dZ: dZ @ W.T)


@exercise.misconception(
    "dZ left out",
    """W^T and X^T are the slopes alone. A vjp is the product of the slope with what came from
    above: dZ W^T, and X^T dZ.""",
)
def matmul_without_dZ(X, W):
    return X @ W, (lambda dZ: W.T, lambda dZ: X.T)


@exercise.misconception(
    "averaged over the batch",
    """dX is right; dW is N times too small. The 1/N of a mean loss is already inside dZ: here the
    samples only add up.""",
)
def matmul_averaged(X, W):
    return X @ W, (lambda dZ: dZ @ W.T, lambda dZ: X.T @ dZ / len(X))
