"""Two ReLU units bend a count into an answer that no straight line can give."""

import numpy as np

from nnlib.course.description import case, describe, region
from nnlib.functions import relu


def xor_network():
    """Weights of 2 inputs, 2 ReLU units and 1 output: 1 where exactly one of the inputs is 1."""
    W1 = np.array([[1.0, 1], [1, 1]])  # both units count the inputs that are on
    b1 = np.array([0.0, -1])  # the second one begins after the first input
    W2 = np.array([[1.0], [-2]])  # two on: 2 - 2 * 1 = 0
    b2 = np.array([0.0])
    return W1, b1, W2, b2


def xor_outputs(answer, X):
    """relu(X W1 + b1) W2 + b2, with the weights that came."""
    weights = answer()
    if not isinstance(weights, tuple | list):
        return weights
    W1, b1, W2, b2 = weights
    return relu(X @ W1 + b1) @ W2 + b2


XOR = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])


def sizes(answer, X):
    """Whether the four fit together as two layers do."""
    W1, b1, W2, b2 = answer()
    units = np.shape(W1)[-1]
    fits = np.shape(W1) == (2, units) and np.shape(W2) == (units, 1)
    fits = fits and np.size(b1) in (1, units) and np.size(b2) == 1
    return "a network" if fits else f"{np.shape(W1)} {np.shape(b1)} {np.shape(W2)} {np.shape(b2)}"


exercise = describe(
    xor_network,
    title="Solve XOR with two ReLU units",
    minutes=10,
    difficulty=3,
    probe=xor_outputs,
    returns=("the output",),
    cases=(case(XOR, about="the four points"),),
    regions=(
        region(
            """The four outputs are right, and this is no network of two layers. Asked for are two
            inputs, two units and one output: W1 (2, 2), b1 (2,), W2 (2, 1), b2 (1,).""",
            case(XOR),
            use=sizes,
        ),
    ),
    exempt={
        "X": "only the four points are asked for",
        "a length of 1": "only the four points are asked for",
        "a list": "the cells below take a list as well",
    },
    hints=(
        "Count the inputs that are on: 0, 1, 1, 2. The outputs should be 0, 1, 1, 0. What "
        "would have to be taken away, and from when on?",
        "One unit passes the count, relu(x1 + x2). Another wakes up after 1: "
        "relu(x1 + x2 - 1). The output is the first minus twice the second.",
        "All of W1 is 1. `b1 = np.array([0.0, -1])`, `W2 = np.array([[1.0], [-2]])`, "
        "`b2 = np.zeros(1)`.",
    ),
)


@exercise.misconception(
    "OR",
    """The outputs are 0, 1, 1, 1: that is OR. Only (1, 1) is left to mend. There x1 + x2 is 2, and
    2 has to be taken away: a unit that is 1 only there counts -2.""",
)
def xor_is_or():
    W1, b1, W2, b2 = xor_network()
    return W1, b1, np.array([[1.0], [-1]]), b2


@exercise.misconception(
    "a count",
    """The outputs are 0, 1, 1, 2, the number of inputs that are on. A second unit that answers only
    when both are on can pull the last one down.""",
)
def xor_is_sum():
    W1, b1, W2, b2 = xor_network()
    return W1, b1, np.array([[1.0], [0]]), b2


@exercise.misconception(
    "AND",
    """The outputs are 0, 0, 0, 1: that is AND, a useful unit. Subtract it, twice, from the count x1
    + x2.""",
)
def xor_is_and():
    W1, b1, W2, b2 = xor_network()
    return W1, b1, np.array([[0.0], [1]]), b2


@exercise.misconception(
    "1 where both are equal",
    """The outputs are 1, 0, 0, 1, the opposite of XOR: 1 where both inputs are equal. One minus
    this would do: turn the signs of W2, and then look at b2.""",
)
def xor_is_its_opposite():
    W1, b1, W2, b2 = xor_network()
    return W1, b1, -W2, np.array([1.0])


@exercise.misconception(
    "hidden units alike",
    """The outputs are 0, -1, -1, -2, a multiple of x1 + x2: no bend is left at the four points. Are
    your two hidden units alike? Then they always agree, and do no more than one. Give the second
    another bias.""",
)
def xor_twins():
    return np.ones((2, 2)), np.zeros(2), np.array([[1.0], [-2]]), np.zeros(1)


@exercise.misconception(
    "W2 a vector",
    """The numbers are right. The outputs have shape (4,) because W2 is a vector; as a layer's
    weight it is a matrix (2, 1), one column for one output. `np.array([[1.0], [-2]])`.""",
)
def xor_output_vector():
    W1, b1, W2, b2 = xor_network()
    return W1, b1, W2[:, 0], b2
