"""PyTorch stores a layer as (out, in), so one transpose leads there and back."""

import numpy as np

from nnlib.course.description import case, describe, region

from .shared import weights


def translate_weights(state):
    """Our weights as PyTorch stores them, or theirs as we do: {name: array} -> {name: array}.

    "0.weight" (D_in, D_out) <-> (D_out, D_in); a bias, having one axis, stays as it is.
    """
    return {name: array.T for name, array in state.items()}


def a_state(rng):
    return (weights(rng, 3, int(rng.integers(4, 6)), 2),)


exercise = describe(
    translate_weights,
    title="Weights, from our layout to theirs and back",
    minutes=5,
    difficulty=1,
    loops=True,
    cases=(
        case(
            {"0.weight": np.array([[1.0, 2, 3], [4, 5, 6]]), "0.bias": np.array([7.0, 8, 9])},
            about="one layer, 2 to 3",
        ),
        case(
            {"0.weight": np.array([[1.0, 2], [3, 4]]), "2.weight": np.array([[5.0], [6]])},
            about="a square weight, and no biases",
        ),
    ),
    draw=a_state,
    regions=(
        region(
            """Right for two layers with the names 0 and 2. A network may have more, under any
            names: an array with two axes is turned over, one with a single axis stays.""",
            case(weights(np.random.default_rng(3), 2, 3, 4, 5)),
            case(
                {"hidden.bias": np.array([1.0, 2]), "hidden.weight": np.array([[1.0, 2], [3, 4]])}
            ),
            case({"10.weight": np.array([[1.0, 2, 3]]), "10.bias": np.array([1.0, 2, 3])}),
        ),
    ),
    hints=(
        "Their layer computes X W'^T + b. What must W' be, so that this equals X W + b?",
        "Go through the dict by name. Weights are transposed; names and biases stay. The same "
        "function brings their weights back.",
        "`{name: array.T for name, array in state.items()}`; a vector's `.T` is itself.",
    ),
)


@exercise.misconception(
    "reshape instead of transpose",
    """The shapes are right, and the numbers are scrambled: `reshape` cuts the array anew without
    turning it. It loads without complaint, and the network talks nonsense. Use `.T`.""",
)
def translate_by_reshape(state):
    return {name: array.reshape(array.shape[::-1]) for name, array in state.items()}


@exercise.misconception(
    "copied as they are",
    """Nothing was turned. For (784, 64) the load would fail, and loudly. For a square weight it
    would succeed in silence: W and W^T have one shape. Transpose each.""",
)
def translate_nothing(state):
    return dict(state)


@exercise.misconception(
    "first layer only",
    """The first weight is turned, the others are not. Every linear layer needs it: loop over all
    names.""",
)
def translate_first_layer_only(state):
    return {name: array.T if name == "0.weight" else array for name, array in state.items()}


@exercise.misconception(
    "biases turned to columns",
    """The weights are right. The biases became columns (D, 1), but they are vectors in both worlds,
    (D,). Leave them as they are.""",
)
def translate_biases_to_columns(state):
    return {name: np.atleast_2d(array).T for name, array in state.items()}


@exercise.misconception(
    "biases left out",
    """The weights are right, and the biases are gone. A state_dict must hold every parameter, or
    the load fails on the missing names.""",
)
def translate_weights_only(state):
    return {name: array.T for name, array in state.items() if name.endswith("weight")}


@exercise.misconception(
    "a list, without names",
    """The arrays are right, but a list has lost the names, and weights are loaded by name. Return a
    dict with the same keys.""",
)
def translate_to_a_list(state):
    return [array.T for array in state.values()]
