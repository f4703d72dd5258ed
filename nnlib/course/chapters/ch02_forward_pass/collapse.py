"""Without an activation between them, two layers multiply out to a single one."""

import numpy as np

from nnlib.course.description import case, describe

from .shared import SQUARE, SWAP


def collapse(W1, b1, W2, b2):
    """The one layer (W, b) that does what two linear layers with nothing between them do."""
    return W1 @ W2, b1 @ W2 + b2


def two_layers(rng):
    D, H, K = 2, int(rng.integers(3, 5)), 5
    return (
        rng.normal(size=(D, H)),
        rng.normal(size=H),
        rng.normal(size=(H, K)),
        rng.normal(size=K),
    )


exercise = describe(
    collapse,
    title="Two linear layers are one",
    minutes=7,
    difficulty=2,
    returns=("W", "b"),
    cases=(
        case(SQUARE, np.array([1.0, 0]), SWAP, np.array([0.0, 10]), about="all square"),
        case(
            np.ones((3, 1)),
            np.array([2.0]),
            np.array([[4.0, 5]]),
            np.zeros(2),
            about="through a single unit",
        ),
        case(SQUARE, np.zeros(2), 2 * np.eye(2), np.zeros(2), about="no biases, doubled"),
    ),
    draw=two_layers,
    terms=lambda W1, b1, W2, b2: {"b2": b2, "b1 W2": b1 @ W2},
    hints=(
        "Put the first layer's formula where the second one's input stands. What do the "
        "brackets give when you multiply out?",
        "(X W1 + b1) W2 + b2 = X (W1 W2) + (b1 W2 + b2). Read W and b off the right side.",
        "`return W1 @ W2, b1 @ W2 + b2`.",
    ),
)


@exercise.misconception(
    "weights in the opposite order",
    """b is right; W is W2 W1. With samples in rows X meets W1 first, so W1 stands on the left.
    (With samples in columns it would be W2 W1.) Square layers hide it.""",
)
def collapse_weights_in_reverse(W1, b1, W2, b2):
    return W2 @ W1, b1 @ W2 + b2


@exercise.misconception(
    "biases added as they are",
    """W is right. b1 is added as it is, but it passes through the second layer on its way, like
    everything that leaves the first: b1 W2 + b2.""",
)
def collapse_biases_added(W1, b1, W2, b2):
    return W1 @ W2, b1 + b2


@exercise.misconception(
    "first bias lost",
    """W is right, and b1 is lost. Set X to zero: the first layer still sends b1, and the second
    makes b1 W2 of it. Add that to b2.""",
)
def collapse_second_bias_only(W1, b1, W2, b2):
    return W1 @ W2, b2


@exercise.misconception(
    "second bias lost",
    """W is right, and b1 W2 is there. The second layer adds its own bias after that: + b2.""",
)
def collapse_first_bias_only(W1, b1, W2, b2):
    return W1 @ W2, b1 @ W2


@exercise.misconception(
    "Hadamard products",
    """`*` multiplies entry by entry. One layer after another is a matrix product: each path from
    input to output goes through a hidden unit, and the paths add up. `@`.""",
)
def collapse_hadamard(W1, b1, W2, b2):
    return W1 * W2, b1 * W2 + b2


@exercise.misconception(
    "weights added",
    """You add the two layers, as if both worked on the inputs side by side. The second works on
    what the first has made: multiply, `W1 @ W2`.""",
)
def collapse_weights_added(W1, b1, W2, b2):
    return W1 + W2, b1 + b2
