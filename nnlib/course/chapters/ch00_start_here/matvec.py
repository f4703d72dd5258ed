"""A matrix with M rows asks M questions of a vector, each of them a dot product."""

import numpy as np

from nnlib.course.description import case, describe, region


def matvec(A, x):
    """Each row of A, dotted with x: (M, N), (N,) -> (M,)"""
    return (A * x).sum(axis=1)  # x is laid along every row


def matrix_and_vector(rng):
    M, N = rng.integers(3, 5), int(rng.integers(5, 7))
    return rng.normal(size=(M, N)), rng.normal(size=N)


exercise = describe(
    matvec,
    title="A matrix times a vector",
    minutes=4,
    difficulty=1,
    loops=False,
    cases=(
        case(np.array([[1.0, 2], [3, 4], [5, 6]]), np.array([10.0, 1]), about="three rows"),
        case(np.array([[1.0, 2], [3, 4]]), np.array([1.0, 0]), about="picks the first column"),
        case(np.array([[1.0, 2, 3]]), np.array([1.0, 1, 1]), about="a single row"),
    ),
    draw=matrix_and_vector,
    regions=(
        region(
            """Right, with fractions in A. With whole numbers in A and fractions in x, an array made
            like A (`np.zeros_like`, `dtype=A.dtype`) is one of integers and cuts every fraction
            off. Make it an array of floats.""",
            case(np.array([[1, 2], [3, 4], [5, 6]]), np.array([0.5, 0.25])),
        ),
    ),
    exempt={
        "a list": "the cells below take a list as well",
    },
    hints=(
        "A matrix with M rows asks M questions of x. How many numbers come back?",
        "Entry i of the result is the dot product of row i with x. `A * x` lays x along every "
        "row; what remains is a sum along each row.",
        "`(A * x).sum(axis=1)`, or `A @ x` for short.",
    ),
)


@exercise.misconception(
    "sums down the columns",
    """You add down the columns: N numbers come back where M were expected. Axis 0 runs down, axis 1
    runs along a row. Each row gives one number, so sum along axis 1.""",
)
def matvec_down_columns(A, x):
    return (A * x).sum(axis=0)


@exercise.misconception(
    "products not added up",
    """`A * x` multiplies every row by x, entry by entry, and there it stops. Add up each row's
    products: one number a row.""",
)
def matvec_not_added(A, x):
    return A * x


@exercise.misconception(
    "one sum for everything",
    """You add up the whole table, so one number comes back. A matrix with M rows gives M numbers:
    tell `sum` which axis to run along.""",
)
def matvec_total(A, x):
    return (A * x).sum()


@exercise.misconception(
    "matrix transposed",
    """`A.T @ x` dots the columns of A with x. With as many rows as columns it even runs. The rows
    are meant to meet x: leave out the `.T`.""",
)
def matvec_transposed(A, x):
    return A.T @ x


@exercise.misconception(
    "x in front",
    """`x @ A` dots x with the columns of A. The rows are meant to meet x, so A stands in front: `A
    @ x`.""",
)
def matvec_turned(A, x):
    return x @ A
