"""At 0 ReLU has no slope of its own, so a convention chooses the left one."""

import numpy as np

from nnlib import functions
from nnlib.course.description import case, describe, region


def scores_and_slope(rng):
    return rng.normal(size=(3, 4)), float(rng.uniform(0.05, 0.4))


exercise = describe(
    functions.leaky_relu_grad,
    title="The slope of ReLU, plain and leaky",
    minutes=4,
    difficulty=1,
    cases=(
        case(np.array([[-2.0, 3]]), 0.1, about="one on each side"),
        case(np.array([[-2.0, 0, 5]]), 0.0, about="no leak: the plain ReLU, and a zero"),
        case(np.array([[0.0, 4, -1]]), 0.25, about="a leak, and the kink itself"),
    ),
    draw=scores_and_slope,
    factors=lambda Z, negative_slope: {"negative_slope": negative_slope},
    regions=(
        region(
            """Right where the slope below zero is given. Left out it is 0.01, as the first line of
            the function says.""",
            case(np.array([[-2.0, 3]])),
        ),
    ),
    exempt={
        "single precision": "a difference quotient is right too, and needs more digits",
        "a list": "the cells below take a list as well",
    },
    calls=(
        "leaky_relu_grad(Z, negative_slope=0.0)",
        "leaky_relu_grad(Z)",
    ),
    hints=(
        "The function is made of two straight lines. What is the slope of each, and where do "
        "they meet?",
        "1 where z > 0, `negative_slope` elsewhere. At z = 0 there is no slope; by agreement "
        "it takes the left one.",
        "`np.where(Z > 0, 1, negative_slope)`.",
    ),
)


@exercise.misconception(
    "the right slope at 0",
    """Only z = 0 differs. There the slope is undefined and one has to choose; you took the line on
    the right, this course takes the left, as PyTorch does. Compare with `>`, not `>=`.""",
)
def slope_one_at_zero(Z, negative_slope):
    return np.where(Z >= 0, 1, negative_slope)


@exercise.misconception(
    "no leak",
    """This is the slope of the plain ReLU: 0 on the left. The leaky one keeps a small slope there,
    so that a unit can find its way back. Put `negative_slope` in place of the 0.""",
)
def slope_of_plain_relu(Z, negative_slope):
    return np.where(Z > 0, 1.0, 0.0)


@exercise.misconception(
    "the function, not its slope",
    """These are the values of leaky ReLU. Its slope no longer depends on how large z is, only on
    its side: 1 or `negative_slope`, without a factor z.""",
)
def slope_times_z(Z, negative_slope):
    return functions.leaky_relu(Z, negative_slope)


@exercise.misconception(
    "falls on the left",
    """The left slope has a minus sign. The line negative_slope * z lies below zero for z < 0, and
    still it rises from left to right: its slope is positive.""",
)
def slope_falling(Z, negative_slope):
    return np.where(Z > 0, 1, -negative_slope)


@exercise.misconception(
    "sides exchanged",
    """Left and right are exchanged: positive scores pass unchanged, so the 1 belongs to z > 0.
    `np.where(condition, where true, where false)`.""",
)
def slope_sides_exchanged(Z, negative_slope):
    return np.where(Z > 0, negative_slope, 1)
