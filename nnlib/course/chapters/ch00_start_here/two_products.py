"""`*` multiplies entry by entry, `@` dots rows with columns, and only `@` minds the order."""

import numpy as np

from nnlib.course.description import case, describe


def two_products(A, B):
    """The Hadamard product, entry by entry, and the matrix product, rows dotted with columns."""
    return A * B, A @ B


def two_squares(rng):
    return rng.normal(size=(3, 3)), rng.normal(size=(3, 3))


exercise = describe(
    two_products,
    title="Two products of two matrices",
    minutes=3,
    difficulty=1,
    returns=("the Hadamard product", "the matrix product"),
    cases=(
        case(np.array([[1.0, 2], [3, 4]]), np.array([[0.0, 1], [1, 0]]), about="a swap"),
        case(np.array([[1.0, 2], [3, 4]]), np.eye(2), about="the identity matrix"),
    ),
    draw=two_squares,
    exempt={
        "a list": "the cells below take a list as well",
    },
    hints=(
        "NumPy has two signs for the two products. Which one did you use for two vectors?",
        "`*` works entry by entry. `@` dots every row of the left matrix with every column of "
        "the right one.",
        "`return A * B, A @ B`.",
    ),
)


@exercise.misconception(
    "the other way round",
    """Both products are there, in the opposite order. `*` is the Hadamard product and comes first
    here; `@` is the matrix product.""",
)
def products_swapped(A, B):
    return A @ B, A * B


@exercise.misconception(
    "Hadamard twice",
    """Both are entry by entry: `np.multiply` is another name for `*`. The matrix product is `A @
    B`.""",
)
def products_both_hadamard(A, B):
    return A * B, np.multiply(A, B)


@exercise.misconception(
    "matrix product twice",
    """Both are the matrix product: for matrices `np.dot` is another name for `@`. Entry by entry is
    plain `A * B`.""",
)
def products_both_matrix(A, B):
    return np.dot(A, B), A @ B


@exercise.misconception(
    "B @ A",
    """The Hadamard product is right. The other is B @ A, and the order matters: rows are taken from
    the left matrix, columns from the right.""",
)
def products_other_order(A, B):
    return A * B, B @ A


@exercise.misconception(
    "rows with rows",
    """You dot the rows of A with the rows of B; that is `A @ B.T`. In a matrix product the right
    matrix gives its columns: leave out the `.T`.""",
)
def products_rows_with_rows(A, B):
    return A * B, A @ B.T


@exercise.misconception(
    "the Hadamard product alone",
    """This is the Hadamard product, and it is right. Two results were asked for: return it and the
    matrix product, with a comma between them.""",
)
def products_hadamard_alone(A, B):
    return A * B


@exercise.misconception(
    "the matrix product alone",
    """This is the matrix product, and it is right. Two results were asked for: return the Hadamard
    product and it, with a comma between them.""",
)
def products_matrix_alone(A, B):
    return A @ B
