"""The product X^T dZ hides a sum: each sample adds its inputs times its gradients."""

import numpy as np

from nnlib.course.description import case, describe

from .shared import SQUARE


def sum_of_outer_products(X, dZ):
    """dW, sample by sample: each adds its inputs times its own gradients. (N, D), (N, H) -> (D, H)

    The matrix product `X.T @ dZ` is this sum, done at once.
    """
    dW = np.zeros((X.shape[1], dZ.shape[1]))
    for n in range(len(X)):
        dW += np.outer(X[n], dZ[n])
    return dW


def inputs_and_gradients(rng):
    N, D, H = int(rng.integers(3, 5)), 2, 5
    return rng.normal(size=(N, D)), rng.normal(size=(N, H))


exercise = describe(
    sum_of_outer_products,
    title="One sample at a time: outer products, added up",
    minutes=6,
    difficulty=2,
    loops=True,
    returns=("dW",),
    cases=(
        case(np.array([[1.0, 2]]), np.array([[3.0, 4, 5]]), about="one sample, one product"),
        case(SQUARE, np.array([[1.0, -1], [0, 2]]), about="two samples"),
    ),
    draw=inputs_and_gradients,
    factors=lambda X, dZ: {"N, the number of samples": len(X)},
    exempt={"a list": "the cells below take a list as well"},
    hints=(
        "Take one sample with inputs x (D,) and gradients dz (H,). Weight w_ij joins input i "
        "to unit j: what is its gradient?",
        "x_i dz_j for all i and j is the outer product, a table (D, H). Start from zeros and "
        "add one table for each sample.",
        "`dW = np.zeros((X.shape[1], dZ.shape[1]))`, then `for n in range(len(X)): "
        "dW += np.outer(X[n], dZ[n])`.",
    ),
)


@exercise.misconception(
    "only the last sample",
    """This is the outer product of the last sample. Each turn of the loop throws away the one
    before: `+=` instead of `=`, from zeros.""",
)
def outer_last_only(X, dZ):
    for x, dz in zip(X, dZ, strict=True):
        dW = np.outer(x, dz)
    return dW


@exercise.misconception(
    "mean of the products",
    """You average the products. Where the loss is a mean, dZ carries its 1/N already; here they are
    added up.""",
)
def outer_averaged(X, dZ):
    return X.T @ dZ / len(X)


@exercise.misconception(
    "outer product turned",
    """The table stands on its side: (H, D). W has a row for each input, so x comes first:
    `np.outer(x, dz)`.""",
)
def outer_turned(X, dZ):
    return dZ.T @ X


@exercise.misconception(
    "sums multiplied",
    """You add up the samples first and multiply then. That also pairs the inputs of one sample with
    the gradients of another. Multiply sample by sample, then add.""",
)
def outer_of_sums(X, dZ):
    return np.outer(X.sum(axis=0), dZ.sum(axis=0))


@exercise.misconception(
    "products not added",
    """All products are there, one table a sample, in a stack (N, D, H). All samples share one W:
    add the tables up, over axis 0.""",
)
def outer_one_by_one(X, dZ):
    return np.array([np.outer(x, dz) for x, dz in zip(X, dZ, strict=True)])


@exercise.misconception(
    "samples with samples",
    """`X @ dZ.T` pairs samples with samples and has shape (N, N), where it runs at all. The samples
    are what is added over: X^T dZ.""",
)
def outer_between_samples(X, dZ):
    return X @ dZ.T
