"""Activations stand between layers, and none after the last, for scores need their sign."""

from itertools import pairwise

import numpy as np

from nnlib.course.description import case, describe, region
from nnlib.functions import relu, sigmoid

from .shared import SQUARE, SWAP, step


def network_forward(X, layers, activation):
    """Through every (W, b) in `layers`, with the activation between two layers: (N, D) -> (N, K)"""
    *hidden, (W_last, b_last) = layers
    for W, b in hidden:
        X = activation(X @ W + b)
    return X @ W_last + b_last  # scores: no activation after the last


def three_layers(rng):
    sizes = [2, int(rng.integers(4, 6)), 3, 2]
    weights = [
        array
        for n_in, n_out in pairwise(sizes)
        for array in (rng.normal(size=(n_in, n_out)), rng.normal(size=n_out))
    ]
    return rng.normal(size=(3, 2)), sigmoid, *weights


def through(answer, X, activation, W1, b1, W2=None, b2=None, W3=None, b3=None):
    """Call a forward pass with as many layers as are given."""
    layers = [(W, b) for W, b in ((W1, b1), (W2, b2), (W3, b3)) if W is not None]
    return answer(X, layers, activation)


def five_layers(answer, X, *matrices):
    """Through layers with these weights, and a bias of 0.1."""
    return answer(X, [(W, np.full(2, 0.1)) for W in matrices], relu)


exercise = describe(
    network_forward,
    title="The whole network, forward",
    minutes=8,
    difficulty=2,
    probe=through,
    returns=("the output",),
    cases=(
        case(
            np.array([[1.0, -2]]),
            relu,
            SQUARE,
            np.array([0.0, 1]),
            np.array([[1.0], [10]]),
            np.array([-100.0]),
            about="two layers, a negative score",
        ),
        case(
            np.array([[1.0, 2], [-1, 0]]),
            relu,
            -SQUARE,
            np.array([1.0, -1]),
            about="one layer: nothing between, no activation",
        ),
        case(
            np.array([[1.0, -1]]),
            step,
            SQUARE,
            np.zeros(2),
            SWAP,
            np.array([-0.5, 0]),
            SQUARE,
            np.array([0.0, -7]),
            about="three square layers",
        ),
    ),
    draw=three_layers,
    regions=(
        region(
            """Right for up to three layers. A deeper network does the same again and again: loop
            over `layers`, as many as there are.""",
            case(
                np.array([[1.0, -2], [0.5, 1]]),
                *[np.array([[1.0, -1], [0.5, 2]]) / k for k in (1, 2, 3, 4, 5)],
                about="five layers",
            ),
            use=five_layers,
        ),
    ),
    hints=(
        "The output of one layer is the input of the next. Which layer is different from the "
        "others?",
        "Loop over the layers and overwrite X each time. The activation stands between two "
        "layers: after all but the last.",
        "`for W, b in layers[:-1]: X = activation(X @ W + b)`, then `W, b = layers[-1]` and "
        "`return X @ W + b`.",
    ),
)


@exercise.misconception(
    "activation after the last layer",
    """The scores went through the activation too. ReLU would turn every negative score to 0, and
    scores need their sign. The last layer stays linear.""",
)
def forward_activates_scores(X, layers, activation):
    for W, b in layers:
        X = activation(X @ W + b)
    return X


@exercise.misconception(
    "activation never called",
    """The layers are chained, and the activation is never called. Linear layers alone fold into a
    single one, as you will see in a moment. Call it between layers.""",
)
def forward_without_activation(X, layers, activation):
    for W, b in layers:
        X = X @ W + b
    return X


@exercise.misconception(
    "every layer gets the inputs",
    """Each layer is given the network's inputs again, and what the layer before made is thrown
    away. Feed the result on: the same name on both sides, `X = activation(X @ W + b)`.""",
)
def forward_always_from_inputs(X, layers, activation):
    *hidden, (W_last, b_last) = layers
    A = X
    for W, b in hidden:
        A = activation(X @ W + b)
    return A @ W_last + b_last


@exercise.misconception(
    "activation before each layer",
    """The activation stands in front of each layer, so the inputs pass through it too: ReLU would
    cut off their negative part. It comes after a layer, except the last.""",
)
def forward_activates_inputs(X, layers, activation):
    for W, b in layers:
        X = activation(X) @ W + b
    return X


@exercise.misconception(
    "last layer missing",
    """These are the activations of the last hidden layer. One layer is still to come, without an
    activation: `W, b = layers[-1]`.""",
)
def forward_without_last(X, layers, activation):
    for W, b in layers[:-1]:
        X = activation(X @ W + b)
    return X
