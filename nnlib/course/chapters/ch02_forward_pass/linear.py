"""With samples in rows, column j of W is neuron j, and one product serves the whole batch."""

import numpy as np

from nnlib.course.description import case, describe

from .shared import SQUARE, one_layer


def linear(X, W, b):
    """A layer of neurons, without their activation: X (N, D), W (D, H), b (H,) -> Z (N, H)"""
    return X @ W + b


exercise = describe(
    linear,
    title="A layer as a matrix, a batch as another",
    minutes=4,
    difficulty=1,
    returns=("Z",),
    cases=(
        case(SQUARE, np.array([[0.0, 1], [10, 100]]), np.array([5.0, -5]), about="all square"),
        case(np.array([[1.0, 2, 3]]), np.ones((3, 2)), np.array([0.0, 1]), about="one sample"),
        case(np.zeros((3, 1)), np.array([[7.0]]), np.array([2.0]), about="inputs of zero"),
    ),
    draw=one_layer,
    terms=lambda X, W, b: {"b": np.broadcast_to(b, (len(X), len(b)))},
    hints=(
        "Write the shapes side by side: (N, D), (D, H). Which product takes them to (N, H)?",
        "Column j of W holds the weights of neuron j, so `X @ W` dots every sample with every "
        "neuron. b (H,) is laid along each row.",
        "`X @ W + b`.",
    ),
)


@exercise.misconception(
    "W transposed",
    """`W.T` is at home where weights are stored as (out, in), as in PyTorch. Here W is (D, H), a
    column for each neuron, and fits as it is. Square matrices hide the difference.""",
)
def linear_weights_turned(X, W, b):
    return X @ W.T + b


@exercise.misconception(
    "W @ X",
    """W x + b is how texts with samples in columns write it. With samples in rows the data stands
    on the left: `X @ W`. Check the inner shapes: (N, D) (D, H).""",
)
def linear_weights_first(X, W, b):
    return W @ X + b


@exercise.misconception(
    "bias left out",
    """`X @ W` is right, b is missing. NumPy adds a vector (H,) to every row of (N, H): `+ b` is all
    it takes.""",
)
def linear_without_bias(X, W, b):
    return X @ W


@exercise.misconception(
    "bias as a column",
    """`b[:, None]` is a column, a number for each row: sample i gets b_i. The bias belongs to the
    neurons, and these are columns. Plain `b` lines up with them.""",
)
def linear_bias_as_column(X, W, b):
    return X @ W + b[:, None]


@exercise.misconception(
    "Hadamard product",
    """`X * W` multiplies entry by entry, where the shapes allow it at all. Each neuron needs a dot
    product with each sample: `X @ W`.""",
)
def linear_hadamard(X, W, b):
    return X * W + b
