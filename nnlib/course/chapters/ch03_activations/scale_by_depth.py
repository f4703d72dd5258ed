"""A small factor at every layer becomes a huge or a vanishing one after many."""

import numpy as np

from nnlib.course.description import case, describe
from nnlib.functions import relu


def scale_by_depth(X, weights):
    """The standard deviation of the activations after each layer relu(X W).

    X (N, H), weights (L, H, H), one matrix a layer -> (L,)
    """
    scales = []
    for W in weights:
        X = relu(X @ W)
        scales.append(X.std())
    return np.array(scales)


def three_layers(rng):
    return rng.normal(size=(4, 2)), rng.normal(size=(3, 2, 2))


exercise = describe(
    scale_by_depth,
    title="Follow the signal down the layers",
    minutes=7,
    difficulty=2,
    loops=True,
    cases=(
        case(np.array([[1.0, 3]]), np.array([np.eye(2), 2 * np.eye(2)]), about="one sample"),
        case(np.array([[1.0], [4], [-5]]), np.full((2, 1, 1), 0.5), about="halved, twice"),
        case(np.array([[1.0, 2], [3, 4]]), np.zeros((3, 2, 2)), about="weights of zero"),
    ),
    draw=three_layers,
    exempt={
        "a list": "the cells below take a list as well",
    },
    hints=(
        "What goes into the second layer? And what is written down after each?",
        "Loop over the weights, X = relu(X W). After each layer append the standard "
        "deviation of all its activations.",
        "In `for W in weights:` write `X = relu(X @ W)` and `scales.append(X.std())`. Return "
        "the list.",
    ),
)


@exercise.misconception(
    "every layer gets the inputs",
    """Each layer is fed with the inputs again, so nothing can build up. The activations of one
    layer are the inputs of the next: `X = relu(X @ W)`.""",
)
def scales_from_the_inputs(X, weights):
    return np.array([relu(X @ W).std() for W in weights])


@exercise.misconception(
    "ReLU left out",
    """The layers are chained without an activation. ReLU takes about half of the mean square in
    each layer, and this is just what initialisation has to make up for.""",
)
def scales_without_relu(X, weights):
    scales = []
    for W in weights:
        X = X @ W
        scales.append(X.std())
    return np.array(scales)


@exercise.misconception(
    "measured before ReLU",
    """You measure Z, before ReLU. It also tells how the signal fares, but here the activations are
    asked for: relu first, then `std`.""",
)
def scales_before_relu(X, weights):
    scales = []
    for W in weights:
        Z = X @ W
        scales.append(Z.std())
        X = relu(Z)
    return np.array(scales)


@exercise.misconception(
    "variance",
    """These are variances, the squares of what was asked for. `std` has the unit of the signal
    itself.""",
)
def scales_as_variances(X, weights):
    return scale_by_depth(X, weights) ** 2


@exercise.misconception(
    "last layer only",
    """One number comes back, that of the last layer. To see the signal fade you want all of them:
    append inside the loop, return after it.""",
)
def scales_last_only(X, weights):
    return scale_by_depth(X, weights)[-1]


@exercise.misconception(
    "one layer late",
    """Each number stands one place too late: the first is that of the inputs. Go through the layer
    first, then measure.""",
)
def scales_one_late(X, weights):
    return np.array([X.std(), *scale_by_depth(X, weights)[:-1]])
