"""A sum of products of pairs is the one operation that everything else is made of."""

import numpy as np

from nnlib.course.description import case, describe


def dot(u, v):
    """Multiply the numbers pair by pair and add up: (D,), (D,) -> one number."""
    return (u * v).sum()


def two_vectors(rng):
    D = rng.integers(3, 7)
    return rng.normal(size=D), rng.normal(size=D)


exercise = describe(
    dot,
    title="The dot product, in ten seconds",
    minutes=1,
    difficulty=1,
    cases=(
        case(np.array([1.0, 2, 3]), np.array([4.0, 5, 6]), about="4 + 10 + 18"),
        case(np.array([1.0, 1, 2, 0]), np.array([2.0, -4, 1, 7]), about="a right angle: 0"),
    ),
    draw=two_vectors,
    hints=(
        "Two steps: multiply, then one more. What is still missing after `u * v`?",
        "`u * v` multiplies pair by pair and gives a vector. The dot product is one number: "
        "add the products up.",
        "`(u * v).sum()`, or `u @ v` for short.",
    ),
)


@exercise.misconception(
    "products not added up",
    """The pairs are multiplied, and nothing is added yet: you return a vector where one number was
    expected. Add the products up. `u @ v` does both steps at once.""",
)
def dot_not_added(u, v):
    return u * v


@exercise.misconception(
    "sums multiplied",
    """You add up each vector first and multiply the two sums. That pairs every number with every
    other. Multiply number by number first, then add.""",
)
def dot_of_sums(u, v):
    return u.sum() * v.sum()


@exercise.misconception(
    "mean instead of sum",
    """This is the mean of the products, D times too small for vectors of length D. The dot product
    is their sum.""",
)
def dot_mean(u, v):
    return (u * v).mean()


@exercise.misconception(
    "all pairs",
    """This is the outer product, a table of all u_i v_j. The dot product takes only the pairs with
    i = j, the table's diagonal, and adds them up.""",
)
def dot_all_pairs(u, v):
    return np.outer(u, v)
