"""Raising one score takes probability from all the others, so every row sums to 0."""

import numpy as np

from nnlib import functions
from nnlib.course.description import case, describe
from nnlib.functions import softmax

exercise = describe(
    functions.softmax_jacobian,
    title="The Jacobian of softmax",
    minutes=8,
    difficulty=3,
    cases=(
        case(np.array([0.5, 0.5]), about="two classes, a coin"),
        case(np.array([0.7, 0.2, 0.1]), about="three classes"),
        case(np.array([1.0, 0, 0]), about="a sure thing: nothing moves"),
    ),
    draw=lambda rng: (softmax(rng.normal(size=rng.integers(4, 7))),),
    terms=lambda p: {"diag(p)": np.diag(p), "p p^T": -np.outer(p, p)},
    exempt={
        "single precision": "a difference quotient is right too, and needs more digits",
        "P": "probabilities: positive, and 1 together",
    },
    hints=(
        "Two cases: how p_i moves with its own score, and how it moves with another's.",
        "On the diagonal p_i (1 - p_i), off it -p_i p_j. Both at once: diag(p) - p p^T.",
        "`np.diag(p) - np.outer(p, p)`.",
    ),
)


@exercise.misconception(
    "diagonal only",
    """The diagonal is right, and everything else is zero. But softmax couples the classes: raising
    one score lowers every other probability by p_i p_j. Each row of the Jacobian adds up to 0.""",
)
def jacobian_diagonal(p):
    return np.diag(p * (1 - p))


@exercise.misconception(
    "elementwise product",
    """`p * p` is a vector of squares, not the table of all products p_i p_j. You need the outer
    product: `np.outer(p, p)`.""",
)
def jacobian_elementwise(p):
    return np.diag(p) - p * p


@exercise.misconception(
    "dot product",
    """`p @ p.T` is one number here: p is a vector (K,), `.T` leaves it as it is, and `@` makes the
    dot product. p p^T means the table of all products p_i p_j: `np.outer(p, p)`.""",
)
def jacobian_dot_product(p):
    return np.diag(p) - p @ p.T


@exercise.misconception(
    "sign turned round",
    """The sign is turned round. Raising a score raises its own probability, so the diagonal is
    positive: diag(p) - p p^T.""",
)
def jacobian_negative(p):
    return np.outer(p, p) - np.diag(p)


@exercise.misconception(
    "diagonal term missing",
    """-p p^T is there; diag(p) is missing. The own score also appears in the numerator of p_i, and
    that adds p_i on the diagonal.""",
)
def jacobian_outer_only(p):
    return -np.outer(p, p)
