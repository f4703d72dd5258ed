"""The bias sits inside the activation, where it shifts the point at which a neuron answers."""

import numpy as np

from nnlib.course.description import case, describe, region
from nnlib.functions import sigmoid

from .shared import step


def neuron(x, w, b, activation):
    """Weigh the inputs, add the bias, then let the activation decide: (D,), (D,) -> one number."""
    return activation(x @ w + b)


def identity(z):
    """z, as it is"""
    return z


def one_neuron(rng):
    D = rng.integers(3, 6)
    return rng.normal(size=D), rng.normal(size=D), float(rng.normal()) * 2, sigmoid


exercise = describe(
    neuron,
    title="One neuron",
    minutes=4,
    difficulty=1,
    returns=("the output",),
    cases=(
        case(np.array([1.0, 2]), np.array([3.0, -1]), 0.5, identity, about="the score itself"),
        case(np.array([1.0, 1]), np.array([1.0, 1]), -1.5, step, about="a step: both are on"),
        case(np.array([1.0, 0]), np.array([1.0, 1]), -1.5, step, about="a step: one is on"),
        case(
            np.array([-1.0, -2]),
            np.array([2.0, -3]),
            -3.0,
            sigmoid,
            about="a published example, 0.73",
        ),
    ),
    draw=one_neuron,
    terms=lambda x, w, b, activation: {"b": b},
    regions=(
        region(
            """Right, as long as x . w is positive. A score may be negative, and stays so: only the
            activation decides what becomes of it.""",
            case(np.array([1.0, 2]), np.array([-3.0, 1]), 0.25, identity, about="a negative score"),
            case(np.array([1.0, 2]), np.array([-3.0, 1]), 0.25, sigmoid, about="a negative score"),
            case(np.array([2.0, 1]), np.array([-1.0, 0.5]), 1.25, step, about="negative before b"),
        ),
    ),
    hints=(
        "Three things happen, in this order: weigh, shift, decide. Which of them is `*`, `+`, "
        "and a call?",
        "The score is z = x . w + b, one number. The output is the activation of z, and "
        "nothing comes after it.",
        "`activation(x @ w + b)`.",
    ),
)


@exercise.misconception(
    "bias after the activation",
    """The bias is added after the activation. It belongs to the score: it shifts where the neuron
    begins to answer. Put it inside the brackets.""",
)
def neuron_bias_outside(x, w, b, activation):
    return activation(x @ w) + b


@exercise.misconception(
    "bias left out",
    """The bias is missing. Without it every neuron decides along a line through the origin. Add b
    to the weighted sum.""",
)
def neuron_without_bias(x, w, b, activation):
    return activation(x @ w)


@exercise.misconception(
    "activation left out",
    """This is the score, and it is right. The neuron's output is what the activation makes of it:
    call `activation` on the score.""",
)
def neuron_without_activation(x, w, b, activation):
    return x @ w + b


@exercise.misconception(
    "products not added up",
    """`x * w` is one product for each input, so a vector comes back. A neuron gives one number: add
    the products up first, or write `x @ w`.""",
)
def neuron_not_added(x, w, b, activation):
    return activation(x * w + b)


@exercise.misconception(
    "bias added once for each input",
    """b stands inside the sum, so it is counted D times. Sum the products, then add b once: look at
    the brackets.""",
)
def neuron_bias_for_each_input(x, w, b, activation):
    return activation(np.sum(x * w + b))
