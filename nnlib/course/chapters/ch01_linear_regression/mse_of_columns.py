"""A column minus a row is a table of all pairs, and no error message tells you."""

import numpy as np

from nnlib.course.description import case, describe
from nnlib.functions import mse

from .shared import two_columns_of_numbers


def mse_of_columns(prediction, target):
    """Mean squared error where the prediction may stand as a column: (N, 1) or (N,), and (N,)."""
    return mse(prediction.reshape(target.shape), target)


def column_and_target(rng):
    prediction, target = two_columns_of_numbers(rng)
    return prediction[:, None], target


exercise = describe(
    mse_of_columns,
    title="Bug clinic: a column minus a row",
    minutes=6,
    difficulty=2,
    returns=("the loss",),
    cases=(
        case(np.array([[1.0], [2]]), np.array([1.0, 2]), about="a perfect column: 0"),
        case(np.array([1.0, 2, 6]), np.array([1.0, 3, 3]), about="no column at all"),
        case(np.array([[4.0]]), np.array([1.0]), about="a single sample"),
        case(np.array([[1.0], [2], [3]]), np.array([2.0, 2, 2]), about="constant targets"),
    ),
    draw=column_and_target,
    factors=lambda prediction, target: {"N, the number of samples": len(target)},
    hints=(
        "Print the shape of `prediction - target` for a column of 2 and 2 targets. How many "
        "errors are there?",
        "(N, 1) minus (N,) is stretched to (N, N). Give the prediction the target's shape "
        "before you subtract: `reshape`.",
        "`prediction = prediction.reshape(target.shape)`, then the mean of the squares.",
    ),
)


@exercise.misconception(
    "every pair instead of every sample",
    """(N, 1) minus (N,) is broadcast to (N, N): every prediction meets every target, and even a
    perfect fit has a loss. Nothing warns you. Give both the same shape first:
    `prediction.reshape(target.shape)`.""",
)
def columns_every_pair(prediction, target):
    return np.mean((prediction - target) ** 2)


@exercise.misconception(
    "every pair, divided by N",
    """The division by N is right for N errors; here there are N * N. (N, 1) minus (N,) pairs every
    prediction with every target. Look at the shape of the difference.""",
)
def columns_every_pair_over_n(prediction, target):
    return np.sum((prediction - target) ** 2) / len(target)


@exercise.misconception(
    "target made a column",
    """For a column prediction this is right. A flat prediction now meets a column target, and the
    same trap closes from the other side. Bring one to the shape of the other, whatever it is.""",
)
def columns_target_stood_up(prediction, target):
    return np.mean((prediction - target[:, None]) ** 2)


@exercise.misconception(
    "first prediction only",
    """`prediction[0]` is the first row of the column: one prediction, compared with every target.
    You need all of them, in the shape of the target: `prediction.reshape(target.shape)`.""",
)
def columns_first_only(prediction, target):
    return np.mean((prediction[0] - target) ** 2)


@exercise.misconception(
    "mean along one axis",
    """A vector comes back, and a loss is one number. The difference was a table (N, N) to begin
    with: make both shapes equal, then take the mean of everything.""",
)
def columns_along_an_axis(prediction, target):
    return np.mean((prediction - target) ** 2, axis=0)
