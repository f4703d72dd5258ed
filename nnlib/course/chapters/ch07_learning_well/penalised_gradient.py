"""L1 pulls every weight equally hard, L2 in proportion to its size."""

import numpy as np

from nnlib.course.description import case, describe
from nnlib.functions import l1_penalty_grad, l2_penalty_grad

from .shared import weights_and_gradient


def penalised_gradient(W, dW, l1, l2):
    """The gradient of loss + l1 * sum |w| + l2 / 2 * sum w^2, where dW is that of the loss."""
    return dW + l1_penalty_grad(W, l1) + l2_penalty_grad(W, l2)


exercise = describe(
    penalised_gradient,
    title="The gradient with L1 and L2",
    minutes=5,
    difficulty=2,
    cases=(
        case(np.array([[3.0, -0.5], [0, 1], [0, -2]]), np.zeros((3, 2)), 0.1, 0.0, about="L1"),
        case(np.array([[3.0, -0.5, 0]]), np.zeros((1, 3)), 0.0, 0.1, about="L2"),
        case(np.array([[3.0, -0.5]]), np.array([[1.0, 2]]), 0.0, 0.0, about="no penalty"),
    ),
    draw=lambda rng: (*weights_and_gradient(rng), 0.3, 0.7),
    returns=("the gradient",),
    factors=lambda W, dW, l1, l2: {"l1": l1, "l2": l2},
    terms=lambda W, dW, l1, l2: {
        "dW": dW,
        "l2 * W": l2 * W,
        "l1 * sign(W)": l1 * np.sign(W),
    },
    calls=("penalised_gradient(W, np.zeros((2, 2)), l1=0.1, l2=0.3)",),
    exempt={
        "single precision": "a difference quotient is right too, and needs more digits",
        "whole numbers": "weights are fractions from their first step on",
    },
    hints=(
        "Differentiate each penalty by one weight. How does |w| change when w grows a little, "
        "for a positive w and for a negative one?",
        "The slope of |w| is the sign of w: `np.sign`, which gives 0 at 0. The half in the L2 "
        "penalty cancels the 2 of the square.",
        "`dW + l1 * np.sign(W) + l2 * W`.",
    ),
)


@exercise.misconception(
    "a factor 2 in L2",
    """Your L2 term is twice too large. The penalty is l2 / 2 times the sum of squares, and the half
    cancels the 2 from the square: l2 * W is left.""",
)
def penalty_without_its_half(W, dW, l1, l2):
    return dW + l1 * np.sign(W) + 2 * l2 * W


@exercise.misconception(
    "the absolute value in place of its slope",
    """You add l1 * |W|, the penalty itself. Its slope is 1 for positive weights and -1 for negative
    ones, whatever their size: `np.sign(W)`.""",
)
def penalty_by_magnitude(W, dW, l1, l2):
    return dW + l1 * np.abs(W) + l2 * W


@exercise.misconception(
    "L1 without the sign",
    """You add l1 to every element, so positive weights shrink and negative ones grow away from 0.
    The slope of |w| is -1 where w is negative: use `np.sign(W)`.""",
)
def penalty_without_sign(W, dW, l1, l2):
    return dW + l1 + l2 * W


@exercise.misconception(
    "zero divided by zero",
    """W / |W| is the sign, until a weight is exactly 0: 0 / 0 is nan, and it spreads through the
    network in one step. `np.sign` gives 0 there.""",
)
def penalty_divided_by_magnitude(W, dW, l1, l2):
    return dW + l1 * W / np.abs(W) + l2 * W


@exercise.misconception(
    "the penalty instead of its gradient",
    """You add the value of the penalty, one number, to every element. A gradient says how that
    number changes with each weight: l1 * sign(W) and l2 * W.""",
)
def penalty_of_the_loss(W, dW, l1, l2):
    return dW + l1 * np.sum(np.abs(W)) + l2 / 2 * np.sum(W**2)


@exercise.misconception(
    "the penalty is subtracted",
    """Your penalty has the opposite sign, so descent makes the weights larger. Both penalties are
    added to the loss, so both gradients are added to dW.""",
)
def penalty_subtracted(W, dW, l1, l2):
    return dW - l1 * np.sign(W) - l2 * W
