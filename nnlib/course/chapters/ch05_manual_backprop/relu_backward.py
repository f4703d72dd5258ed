"""A gradient passes where a unit was on, and nowhere else; `>=` lets everything through."""

import numpy as np

from nnlib import functions
from nnlib.course.description import case, describe, region


def relu_backward(dA, A):
    """Back through A = relu(Z), from the output alone: A > 0 exactly where Z > 0. All (N, H)."""
    return dA * (A > 0)


def gradient_and_output(rng):
    shape = int(rng.integers(3, 5)), 5
    return rng.normal(size=shape), functions.relu(rng.normal(size=shape))


exercise = describe(
    relu_backward,
    title="Bug clinic: a mask that is always on",
    minutes=6,
    difficulty=2,
    returns=("dZ",),
    cases=(
        case(np.array([[-7.0, 5]]), np.array([[3.0, 0]]), about="one unit on, one off"),
        case(np.array([[1.0, 2, 3]]), np.zeros((1, 3)), about="all units off"),
        case(np.array([[-4.0]]), np.array([[0.5]]), about="a negative gradient, unit on"),
    ),
    draw=gradient_and_output,
    terms=lambda dA, A: {"dA where the unit is off": dA * (A == 0)},
    regions=(
        region(
            """Right, for outputs of ordinary size. However small an output is, its unit is on:
            compare with 0 itself.""",
            case(np.array([[-3.0, 2, 5]]), np.array([[1e-9, 1e-30, 0]])),
        ),
    ),
    exempt={"A": "the output of a ReLU, never below 0"},
    hints=(
        "A holds what ReLU let through. Which numbers can it never hold? So what is "
        "`A >= 0`, everywhere?",
        "The slope is 1 where the unit was on, that is where A > 0, and 0 where A is 0. The "
        "gradient that arrives is multiplied by it.",
        "`dA * (A > 0)`.",
    ),
)


@exercise.misconception(
    "A >= 0",
    """The whole gradient comes through, also where the unit was off. After ReLU nothing is below 0,
    so `A >= 0` is always true and the mask does nothing. This line is in a published tutorial;
    training even seems to work. `A > 0`.""",
)
def relu_mask_with_zero(dA, A):
    return dA * (A >= 0)


@exercise.misconception(
    "ReLU of the gradient",
    """You cut off negative gradients. What decides is not the gradient's sign but whether the unit
    was on: multiply by A > 0.""",
)
def relu_of_gradient(dA, A):
    return np.maximum(dA, 0)


@exercise.misconception(
    "multiplied by the output",
    """You multiply by A, the value. The chain rule multiplies by the slope, and that is 1 wherever
    the unit is on, however large A is.""",
)
def relu_times_output(dA, A):
    return dA * A


@exercise.misconception(
    "mask alone",
    """This is the slope of ReLU, and it is right. The chain rule multiplies it by what arrives from
    above: dA.""",
)
def relu_mask_alone(dA, A):
    return (A > 0).astype(float)


@exercise.misconception(
    "arguments exchanged",
    """The two arguments have changed places: you let A through where dA is positive. It is dA that
    goes through, where A > 0.""",
)
def relu_mask_of_gradient(dA, A):
    return A * (dA > 0)


@exercise.misconception(
    "negative gradients cut too",
    """Units that were off are handled well. But where a unit was on, its negative gradients are
    gone too. A negative slope is as good as a positive one: it passes.""",
)
def relu_both_masks(dA, A):
    return np.where((A > 0) & (dA > 0), dA, 0)


@exercise.misconception(
    "mask turned round",
    """The mask is turned round: the gradient passes where the unit was off, and stops where it was
    on. It has to pass where A > 0.""",
)
def relu_mask_turned(dA, A):
    return dA * (A <= 0)
