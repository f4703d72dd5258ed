"""With a column of ones the bias is one more weight, and one linear system finds them all."""

import numpy as np

from nnlib.course.description import case, describe
from nnlib.data.samples import hubble

from .shared import LINE, samples


def least_squares(X, y):
    """The (w, b) of the smallest squared error, by the normal equations A^T A v = A^T y."""
    A = np.column_stack([X, np.ones(len(X))])  # (N, D + 1): b is the weight of a constant 1
    v = np.linalg.solve(A.T @ A, A.T @ y)
    return v[:-1], v[-1]


def nebulae():
    distance, velocity = hubble()
    return case(distance[:, None], velocity, about="Hubble's 24 nebulae")


exercise = describe(
    least_squares,
    title="The normal equations: the answer in one line",
    minutes=8,
    difficulty=2,
    returns=("w", "b"),
    tolerance=1e-4,
    cases=(
        case(*LINE, about="exactly y = 2 x + 1"),
        case(
            np.array([[0.0, 0], [1, 0], [0, 1]]),
            np.array([3.0, 5, 2]),
            about="a plane through three points",
        ),
        nebulae(),
    ),
    draw=samples,
    exempt={
        "small numbers": "a search for the minimum stops early where all slopes are tiny",
        "large numbers": "and takes too many steps where one is steep",
        "a list": "the cells below take a list as well",
    },
    hints=(
        "b is a weight too. Which input would it have to be multiplied by?",
        "Append a column of ones to X; call it A. At the bottom the gradient is zero: "
        "A^T A v = A^T y. `np.linalg.solve` solves that, and the last entry of v is b.",
        "`A = np.column_stack([X, np.ones(len(X))])`, "
        "`v = np.linalg.solve(A.T @ A, A.T @ y)`, `return v[:-1], v[-1]`.",
    ),
)


@exercise.misconception(
    "line through the origin",
    """This is the best line through the origin: b was never free. Give it an input of its own, a
    column of ones beside X.""",
)
def squares_through_the_origin(X, y):
    return np.linalg.solve(X.T @ X, X.T @ y), 0.0


@exercise.misconception(
    "ones in front, b taken from the end",
    """The ones stand in the first column, so b is the first entry of the solution; you take the
    last. Put the ones where you look for b.""",
)
def squares_ones_in_front(X, y):
    A = np.column_stack([np.ones(len(X)), X])
    v = np.linalg.solve(A.T @ A, A.T @ y)
    return v[:-1], v[-1]


@exercise.misconception(
    "inverts a matrix that is not square",
    """A has N rows and D + 1 columns, and only square matrices have an inverse. Multiply both sides
    by A^T first: A^T A is square.""",
)
def squares_matrix_not_square(X, y):
    A = np.column_stack([X, np.ones(len(X))])
    v = np.linalg.inv(A) @ y
    return v[:-1], v[-1]


@exercise.misconception(
    "A^T on one side only",
    """The left side was multiplied by A^T, the right side was not. Both are: A^T A v = A^T y.""",
)
def squares_target_not_multiplied(X, y):
    A = np.column_stack([X, np.ones(len(X))])
    v = np.linalg.solve(A.T @ A, y)
    return v[:-1], v[-1]


@exercise.misconception(
    "centred, and b forgotten",
    """The slopes are right: centring takes b out of the problem. It has to come back afterwards: b
    = mean(y) - mean(X) . w.""",
)
def squares_centred_slope(X, y):
    X, y = X - X.mean(axis=0), y - y.mean()
    return np.linalg.solve(X.T @ X, X.T @ y), 0.0


@exercise.misconception(
    "solution not taken apart",
    """The numbers are right, in one array: the weights, and b as its last entry. Take it apart, as
    two results: `v[:-1], v[-1]`.""",
)
def squares_not_taken_apart(X, y):
    return np.append(*least_squares(X, y))


@exercise.misconception(
    "first weight only",
    """`v[0]` is a single number, and `v[1]` is b only where X has one column. w has an entry for
    each column: everything but the last, `v[:-1]`, and b is `v[-1]`.""",
)
def squares_first_weight_only(X, y):
    v = squares_not_taken_apart(X, y)
    return v[0], v[1]
