"""Scaling up the survivors keeps the average, so at test time nothing is left to do."""

import numpy as np

from nnlib.course.description import case, describe, region


def dropout(A, dice, p, training):
    """Inverted dropout of activations A, by dice, uniform numbers in [0, 1) of the same shape.

    In training an element lives where dice >= p, and is divided by 1 - p (Srivastava et al., 2014).
    """
    if not training:
        return A
    return A * (dice >= p) / (1 - p)


def activations(rng):
    shape = int(rng.integers(3, 5)), int(rng.integers(5, 7))
    return rng.normal(size=shape), rng.random(shape), float(rng.uniform(0.2, 0.45)), True


exercise = describe(
    dropout,
    title="Dropout, forward",
    minutes=6,
    difficulty=2,
    cases=(
        case(
            np.array([[1.0, 2, 3, 4]]),
            np.array([[0.1, 0.25, 0.9, 0.3]]),
            0.25,
            True,
            about="one throw equals p",
        ),
        case(
            np.array([[1.0, 2, 3]]),
            np.array([[0.0, 0.5, 0.9]]),
            0.0,
            True,
            about="p = 0: all live",
        ),
        case(
            np.array([[1.0, 2, 3], [4, 5, 6]]),
            np.array([[0.1, 0.5, 0.9], [0.8, 0.2, 0.3]]),
            0.4,
            False,
            about="not training",
        ),
    ),
    draw=activations,
    returns=("the output",),
    factors=lambda A, dice, p, training: {"p": p, "1 - p": 1 - p},
    regions=(
        region(
            """Right for p below 1/2. For any p the survivors are divided by 1 - p, the share that
            lives.""",
            case(np.array([[1.0, 2, 3, 4]]), np.array([[0.1, 0.55, 0.95, 0.8]]), 0.5, True),
            case(np.array([[1.0, 2, 3, 4]]), np.array([[0.1, 0.55, 0.95, 0.8]]), 0.75, True),
            case(np.array([[1.0, -2, 3, 4]]), np.array([[0.1, 0.55, 0.95, 0.8]]), 0.9, True),
            case(np.array([[1.0, -2]]), np.array([[0.1, 0.95]]), 0.9, False),
        ),
    ),
    exempt={
        "whole numbers": "activations are fractions",
        "dice": "uniform numbers in [0, 1)",
        "a list": "the cells below take a list as well",
    },
    hints=(
        "When nobody trains, what should happen? And in training, what is the average of an "
        "element that lives with probability 1 - p?",
        "`dice >= p` is true where an element lives, and counts as 1 in a product. Divide by "
        "1 - p to keep the average what it was.",
        "`if not training: return A`, else `A * (dice >= p) / (1 - p)`.",
    ),
)


@exercise.misconception(
    "the survivors are not scaled",
    """You drop, and leave the rest as it is. The next layer then sees 1 - p of what it will see at
    test time, when nothing is dropped. Divide the survivors by 1 - p.""",
)
def dropout_not_scaled(A, dice, p, training):
    return A * (dice >= p) if training else A


@exercise.misconception(
    "divided by p",
    """You divide by p, the share that is dropped. The share that lives is 1 - p: dividing by it
    keeps the average.""",
)
def dropout_divided_by_p(A, dice, p, training):
    if not training:
        return A
    return A * (dice >= p) / p if p else A


@exercise.misconception(
    "p taken for the share that lives",
    """Your elements live where dice < p. Here p is the probability of being dropped, as in PyTorch:
    they live where dice >= p. The first paper used p the other way.""",
)
def dropout_keeping_p(A, dice, p, training):
    return A * (dice < p) / (1 - p) if training else A


@exercise.misconception(
    "left on at test time",
    """You drop even when `training` is False. Then the same image gets another answer each time it
    is asked about. Outside training, return A as it is.""",
)
def dropout_left_on(A, dice, p, training):
    return A * (dice >= p) / (1 - p)


@exercise.misconception(
    "scaled at test time instead",
    """You scale by 1 - p at test time, as the paper of 2014 did. Inverted dropout divides in
    training instead, so that the finished network needs no change.""",
)
def dropout_scaled_at_test_time(A, dice, p, training):
    return A * (dice >= p) if training else A * (1 - p)


@exercise.misconception(
    "the switch is turned round",
    """You drop when `training` is False and leave everything alive when it is True. Turn the
    condition round.""",
)
def dropout_the_other_way_round(A, dice, p, training):
    return A if training else A * (dice >= p) / (1 - p)


@exercise.misconception(
    "the small activations are dropped",
    """You compare A with p, so the small activations die, always the same ones. Dropout does not
    look at the value: compare the dice with p.""",
)
def dropout_of_small_activations(A, dice, p, training):
    return A * (p <= A) / (1 - p) if training else A
