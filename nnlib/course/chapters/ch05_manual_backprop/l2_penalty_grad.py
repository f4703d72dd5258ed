"""Each weight is pulled to zero in proportion to itself, since the half cancels the 2."""

import numpy as np

from nnlib import functions
from nnlib.course.description import case, describe


def weights_and_strength(rng):
    return rng.normal(size=(3, 4)), float(rng.uniform(0.2, 0.8))


exercise = describe(
    functions.l2_penalty_grad,
    title="The gradient of the L2 penalty",
    minutes=3,
    difficulty=1,
    returns=("dW",),
    cases=(
        case(np.array([[1.0, -2], [3, 0]]), 0.5, about="strength 1/2"),
        case(np.array([[1.0, 2]]), 0.0, about="no penalty"),
        case(np.array([[4.0]]), 1.0, about="a single weight"),
    ),
    draw=weights_and_strength,
    factors=lambda W, strength: {"the strength": strength},
    exempt={
        "single precision": "a difference quotient is right too, and needs more digits",
        "whole numbers": "weights are fractions from their first step on",
        "a list": "the cells below take a list as well",
    },
    hints=(
        "Look at one weight: how does strength / 2 * w^2 move with w?",
        "Each weight appears in a single term of the sum, so its gradient depends on itself "
        "alone. The 1/2 is there to cancel the 2 of the square.",
        "`strength * W`.",
    ),
)


@exercise.misconception(
    "factor 2 too much",
    """Twice too large: this is the gradient of strength * w^2. The penalty has a 1/2 in front, and
    the 2 of the square cancels it.""",
)
def l2_with_two(W, strength):
    return 2 * strength * W


@exercise.misconception(
    "the 1/2 kept",
    """Half of what was expected. The 1/2 of the penalty is used up by the 2 that the square brings
    down.""",
)
def l2_with_half(W, strength):
    return strength / 2 * W


@exercise.misconception(
    "the penalty itself",
    """This is the penalty, one number. Its gradient has an entry for each weight, in the shape of
    W.""",
)
def l2_value(W, strength):
    return strength / 2 * np.sum(W**2)


@exercise.misconception(
    "weights added up",
    """You add up all weights, and one number comes back. Every weight has a gradient of its own: no
    sum is left.""",
)
def l2_summed(W, strength):
    return strength * np.sum(W)


@exercise.misconception(
    "square kept",
    """The square is still there. Its slope is 2 w, with the sign of w: without it a negative weight
    would be pushed further down.""",
)
def l2_of_squares(W, strength):
    return strength * W**2


@exercise.misconception(
    "signs",
    """This is the gradient of the L1 penalty, strength * |w|: the same pull for every weight. L2
    pulls in proportion to w.""",
)
def l2_signs(W, strength):
    return strength * np.sign(W)


@exercise.misconception(
    "strength not used",
    """The weights come back as they are: multiply by the strength.""",
)
def l2_without_strength(W, strength):
    return W
