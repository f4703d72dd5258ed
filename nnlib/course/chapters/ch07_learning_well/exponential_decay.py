"""Losing the same factor at every step brings the rate near 0, and never below it."""

import numpy as np

from nnlib.course.description import case, describe, region


def exponential_decay(eta_0, rate, i):
    """The learning rate after i steps: eta_0 at the start, the same factor lost at every step."""
    return eta_0 * np.exp(-rate * i)


def decay(rng):
    return float(rng.uniform(0.2, 0.9)), float(rng.uniform(0.1, 0.4)), np.arange(3.0, 8.0)


exercise = describe(
    exponential_decay,
    title="A learning rate that decays",
    minutes=3,
    difficulty=1,
    cases=(
        case(0.5, 0.1, 0, about="the first step"),
        case(0.5, 0.0, 7, about="no decay"),
        case(2.0, 0.1, np.array([0.0, 1, 10]), about="several steps at once"),
    ),
    draw=decay,
    returns=("the learning rate",),
    factors=lambda eta_0, rate, i: {"eta_0": eta_0, "the rate of decay": rate},
    regions=(
        region(
            """Right for a few steps. The rate falls at every step, over hundreds of them, and with
            `i` a whole number or an array of them.""",
            case(0.1, 0.01, 300),
            case(1, 3, 0.25),
            case(1.0, 0.5, np.arange(4)),
        ),
    ),
    exempt={"a list": "the cells below take a list as well"},
    hints=(
        "What must come out at i = 0, and what does the exponential give there?",
        "The exponent is minus `rate` times `i`. `np.exp` takes numbers and arrays.",
        "`eta_0 * np.exp(-rate * i)`.",
    ),
)


@exercise.misconception(
    "grows instead of decaying",
    """Your rate grows from step to step. The exponent lacks its minus sign: with e^(-rate i) every
    step multiplies by a number below 1.""",
)
def decay_growing(eta_0, rate, i):
    return eta_0 * np.exp(rate * i)


@exercise.misconception(
    "falls in a line",
    """You take the same amount away at each step, so the rate becomes 0 and then negative, and
    descent turns into ascent. Exponential decay takes away the same share each time, and stays
    positive.""",
)
def decay_linear(eta_0, rate, i):
    return eta_0 - rate * i


@exercise.misconception(
    "the 1/i schedule",
    """This is eta_0 / (1 + rate i), another honest schedule, used by Robbins and Monro in 1951. It
    starts alike and falls much more slowly later. Here the exponential is asked for.""",
)
def decay_harmonic(eta_0, rate, i):
    return eta_0 / (1 + rate * i)


@exercise.misconception(
    "a power of 1 - rate",
    """(1 - rate)^i is close to e^(-rate i) while the rate is tiny, since e^(-x) is about 1 - x. It
    is another number otherwise. Use `np.exp(-rate * i)`.""",
)
def decay_geometric(eta_0, rate, i):
    return eta_0 * (1 - rate) ** i
