"""Two forms of one fraction: take the one whose exponential cannot overflow."""

import numpy as np

from nnlib import functions
from nnlib.course.description import case, describe
from nnlib.functions import sigmoid

from .shared import some_scores


def without_overflow(answer, Z):
    """The result, where an overflow is an exception and not only a warning."""
    with np.errstate(over="raise", invalid="raise"):
        return answer(Z)


exercise = describe(
    functions.sigmoid,
    title="Sigmoid, safe on both sides",
    minutes=9,
    difficulty=2,
    probe=without_overflow,
    cases=(
        case(np.array([[1.0]]), about="a score of 1: 0.731"),
        case(np.array([[0.0, 0.5, -0.5]]), about="around zero"),
        case(np.array([[1000.0]]), about="a score of 1000"),
        case(np.array([[-1000.0]]), about="a score of -1000"),
        case(np.array([[-1000.0, 0.5, 1000]]), about="all of it in one row"),
    ),
    draw=some_scores,
    hints=(
        "e^1000 is too large for a computer, e^-1000 is harmlessly 0. Which z gives trouble "
        "in 1 / (1 + e^-z), and which in e^z / (1 + e^z)?",
        "Both fractions are the same number. Use the first for z >= 0 and the second for "
        "z < 0: then only e^-|z| is ever needed, and it is never above 1.",
        "`E = np.exp(-np.abs(Z))`, then `np.where(Z >= 0, 1, E) / (1 + E)`.",
    ),
)


@exercise.misconception(
    "overflow at -1000",
    """The formula is right, and for z = -1000 it asks for e^1000, more than any float holds. NumPy
    overflows; here an overflow stops the check. For z < 0 use the same fraction times e^z above and
    below: e^z / (1 + e^z).""",
)
def sigmoid_as_printed(Z):
    return 1 / (1 + np.exp(-Z))


@exercise.misconception(
    "overflow at +1000",
    """This form is safe for negative z. At z = 1000 it is inf / inf. For z >= 0 divide above and
    below by e^z: 1 / (1 + e^-z).""",
)
def sigmoid_other_form(Z):
    return np.exp(Z) / (1 + np.exp(Z))


@exercise.misconception(
    "where computes both sides",
    """The idea is right: one formula a side. But `np.where` is handed two finished arrays, so each
    formula has already met the scores it cannot bear. Take the exponential of `-np.abs(Z)` only; it
    fits both sides.""",
)
def sigmoid_both_by_where(Z):
    return np.where(Z >= 0, 1 / (1 + np.exp(-Z)), np.exp(Z) / (1 + np.exp(Z)))


@exercise.misconception(
    "both sides alike",
    """Nothing overflows and the right side is exact. But |z| makes the left side a mirror of it:
    sigmoid never goes below 1/2. For z < 0 the numerator is e^-|z| instead of 1.""",
)
def sigmoid_of_absolute_value(Z):
    return 1 / (1 + np.exp(-np.abs(Z)))


@exercise.misconception(
    "brackets missing",
    """`1 / 1 + e` is read as (1 / 1) + e, so your numbers are above 1. Put brackets around the
    denominator. Then look at z = -1000.""",
)
def sigmoid_without_brackets(Z):
    return 1 / 1 + np.exp(-Z)


@exercise.misconception(
    "mirrored",
    """It falls from 1 to 0 where it should rise from 0 to 1: the sign in the exponent is turned
    round, or the two sides are. At z = 1 it should be about 0.73.""",
)
def sigmoid_mirrored(Z):
    return sigmoid(-Z)


@exercise.misconception(
    "tanh of z instead of z/2",
    """A fine route: sigmoid is a shifted, stretched tanh, and tanh never overflows. Yours is twice
    too steep: (1 + tanh(z / 2)) / 2.""",
)
def sigmoid_by_tanh_of_z(Z):
    return (1 + np.tanh(Z)) / 2
