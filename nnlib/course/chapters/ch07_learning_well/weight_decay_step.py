"""In plain descent an L2 penalty is one factor on the weights, just below 1."""

import numpy as np

from nnlib.course.description import case, describe, region

from .shared import weights_and_gradient


def weight_decay_step(W, dW, lr, strength):
    """One step of gradient descent in which every weight also shrinks by one factor."""
    return W * (1 - lr * strength) - lr * dW


exercise = describe(
    weight_decay_step,
    title="A step with weight decay",
    minutes=4,
    difficulty=1,
    cases=(
        case(np.array([[2.0, -4, 1]]), np.zeros((1, 3)), 0.1, 0.5, about="no gradient"),
        case(np.zeros((1, 3)), np.array([[1.0, -2, 3]]), 0.1, 0.5, about="weights of zero"),
        case(np.array([[2.0, -4]]), np.array([[1.0, 3]]), 0.1, 0.0, about="no decay"),
    ),
    draw=lambda rng: (*weights_and_gradient(rng), 0.3, 0.7),
    returns=("W",),
    factors=lambda W, dW, lr, strength: {
        "the learning rate": lr,
        "lambda": strength,
        "1 - lr * lambda": 1 - lr * strength,
    },
    terms=lambda W, dW, lr, strength: {
        "lr * dW": -lr * dW,  # as they stand in the step: subtracted
        "lr * lambda * W": -lr * strength * W,
        "lambda * W": -strength * W,
    },
    regions=(
        region(
            """Right for a small rate and strength. With a large one the factor on the weights turns
            negative: leave it so, nothing is to be clipped.""",
            case(np.array([[2.0, -4, 1]]), np.array([[1.0, 0, 3]]), 2.0, 1.5),
        ),
    ),
    exempt={
        "whole numbers": "weights are fractions from their first step on",
        "a list": "the cells below take a list as well",
    },
    calls=("weight_decay_step(W, dW, lr=0.1, strength=0.3)",),
    hints=(
        "Write the plain step with the gradient dW + strength * W. What can be taken out of "
        "the two terms with W?",
        "W - lr * strength * W is W times one factor. The gradient's own term stays as it is.",
        "`W * (1 - lr * strength) - lr * dW`.",
    ),
)


@exercise.misconception(
    "the decay lacks the learning rate",
    """You shrink by 1 - strength. In the derivation the penalty's gradient is multiplied by lr like
    any other: the factor is 1 - lr * strength.""",
)
def decay_without_rate(W, dW, lr, strength):
    return W * (1 - strength) - lr * dW


@exercise.misconception(
    "the gradient's step is decayed too",
    """You shrink after the step, so the factor also falls on lr * dW. It belongs to the old W
    alone: W * (1 - lr * strength) - lr * dW.""",
)
def decay_of_the_step_too(W, dW, lr, strength):
    return (W - lr * dW) * (1 - lr * strength)


@exercise.misconception(
    "the weights grow",
    """Your factor is above 1: without a gradient the weights grow for ever. Decay shrinks them, 1 -
    lr * strength.""",
)
def decay_that_grows(W, dW, lr, strength):
    return W * (1 + lr * strength) - lr * dW


@exercise.misconception(
    "a constant is subtracted",
    """You subtract the same number from every weight, and negative weights move away from 0. The L2
    gradient is strength * W: a large weight loses more.""",
)
def decay_by_a_constant(W, dW, lr, strength):
    return W - lr * strength - lr * dW


@exercise.misconception(
    "the gradient decays instead of W",
    """Your factor 1 - lr * strength is on the gradient, which only makes a smaller learning rate.
    It belongs to W.""",
)
def decay_of_the_gradient(W, dW, lr, strength):
    return W - lr * (1 - lr * strength) * dW
