"""Change the array in place, or whoever else holds the parameter keeps the old numbers."""

import numpy as np

from nnlib import manual
from nnlib.course.description import case, describe

from .shared import SQUARE


def sgd_step(parameters, learning_rate):
    """Move every parameter against its gradient, in place."""
    for p in parameters:
        p.data -= learning_rate * p.grad


def weights_and_gradients(rng):
    D, H = 2, int(rng.integers(3, 5))
    W, dW = rng.normal(size=(2, D, H))
    b, db = rng.normal(size=(2, H))
    return W, b, dW, db, float(rng.uniform(0.1, 0.7))


def after_the_step(answer, W, b, dW, db, learning_rate):
    """The parameters afterwards; what the function returns does not matter."""
    parameters = [manual.Parameter(W), manual.Parameter(b)]
    for p, gradient in zip(parameters, (dW, db), strict=True):
        p.grad = gradient.copy()
    answer(parameters, learning_rate)
    return {"W": parameters[0].data, "b": parameters[1].data}


exercise = describe(
    sgd_step,
    title="One step downhill",
    minutes=4,
    difficulty=1,
    probe=after_the_step,
    loops=True,
    cases=(
        case(
            np.array([[1.0, 2, 3]]),
            np.array([10.0, 20, 30]),
            np.array([[1.0, 0, -1]]),
            np.array([2.0, 4, -8]),
            0.5,
            about="one input, three units",
        ),
        case(
            SQUARE,
            np.array([3.0, 4]),
            SQUARE + 5,
            np.array([7.0, 8]),
            0.0,
            about="a rate of 0: nothing moves",
        ),
        case(
            np.ones((3, 2)),
            np.array([2.0, 3]),
            np.zeros((3, 2)),
            np.zeros(2),
            0.1,
            about="at the bottom: no slope",
        ),
    ),
    draw=weights_and_gradients,
    terms=lambda W, b, dW, db, learning_rate: {"the step of W": -learning_rate * dW},
    calls=("sgd_step([W1, W2], learning_rate=0.5)",),
    hints=(
        "Each parameter carries `p.data` and `p.grad`. Which way does the gradient point, and "
        "which way do you want to go?",
        "Loop over all parameters and change `p.data` itself: whoever else holds the parameter "
        "should see it. Nothing needs to be returned.",
        "`for p in parameters: p.data -= learning_rate * p.grad`.",
    ),
)


@exercise.misconception(
    "steps uphill",
    """The step goes uphill: the gradient points where the loss grows. Subtract it.""",
)
def step_uphill(parameters, learning_rate):
    for p in parameters:
        p.data += learning_rate * p.grad


@exercise.misconception(
    "learning rate not used",
    """The whole gradient is subtracted. Multiply it by the learning rate first.""",
)
def step_without_rate(parameters, learning_rate):
    for p in parameters:
        p.data -= p.grad


@exercise.misconception(
    "a new array, and the old one stays",
    """Nothing has moved. `w - ...` makes a new array, and a name of your own for it changes no
    parameter: each still holds the old one. Assign to `p.data`, or change it in place: `p.data -=
    ...`.""",
)
def step_into_a_new_name(parameters, learning_rate):
    for p in parameters:
        w = p.data
        w = w - learning_rate * p.grad


@exercise.misconception(
    "only the first parameter",
    """W has moved, b has not. Is a `return` indented into the loop? It ends everything after the
    first parameter.""",
)
def step_first_only(parameters, learning_rate):
    for p in parameters:
        p.data -= learning_rate * p.grad
        return parameters


@exercise.misconception(
    "steps by the weights",
    """You subtract a part of the weights themselves, so they all shrink, whatever the loss says.
    The direction comes from `p.grad`.""",
)
def step_by_the_weights(parameters, learning_rate):
    for p in parameters:
        p.data -= learning_rate * p.data


@exercise.misconception(
    "step in place of the weight",
    """The step is right, and it replaces the weight. It has to be added to what was there: `p.data
    -= ...` in place of `p.data = -...`.""",
)
def step_replaces(parameters, learning_rate):
    for p in parameters:
        p.data = -learning_rate * p.grad
