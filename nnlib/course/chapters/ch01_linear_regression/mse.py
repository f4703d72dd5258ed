"""First square, then average: the other way round, errors of opposite sign cancel."""

import numpy as np

from nnlib import functions
from nnlib.course.description import case, describe

from .shared import two_columns_of_numbers

exercise = describe(
    functions.mse,
    title="Mean squared error",
    minutes=4,
    difficulty=1,
    returns=("the loss",),
    cases=(
        case(np.array([1.0, 2, 3]), np.array([1.0, 2, 6]), about="one miss, by 3"),
        case(np.array([1.0, -1]), np.array([0.0, 0]), about="misses that cancel in a sum"),
        case(np.array([5.0]), np.array([1.0]), about="one sample, off by 4"),
        case(np.zeros(4), np.zeros(4), about="no error"),
    ),
    draw=two_columns_of_numbers,
    factors=lambda prediction, target: {"N, the number of samples": len(target)},
    hints=(
        "Three words, read from the right: error, squared, mean.",
        "Subtract, square entry by entry with `** 2`, and only then take the mean.",
        "`np.mean((prediction - target) ** 2)`.",
    ),
)


@exercise.misconception(
    "sum instead of mean",
    """This is the sum of the squares: it grows with every sample added. Every loss in this course
    is a mean, so that the learning rate does not depend on N.""",
)
def error_summed(prediction, target):
    return np.sum((prediction - target) ** 2)


@exercise.misconception(
    "halved",
    """Half of what was expected. Some books put 1/2 in front to cancel the 2 of the derivative.
    Here the mean squared error has no 1/2.""",
)
def error_halved(prediction, target):
    return np.mean((prediction - target) ** 2) / 2


@exercise.misconception(
    "root taken",
    """This is the root of the mean squared error, good to read because it has the unit of y. The
    loss here is the mean square itself: leave out the root.""",
)
def error_rooted(prediction, target):
    return np.sqrt(np.mean((prediction - target) ** 2))


@exercise.misconception(
    "absolute error",
    """This is the mean of |error|. A miss of 3 counts 3 here; squared it counts 9. Square instead
    of taking sizes.""",
)
def error_absolute(prediction, target):
    return np.mean(np.abs(prediction - target))


@exercise.misconception(
    "mean before square",
    """You square the mean. Then errors of +1 and -1 cancel, and a bad fit has no loss. Square each
    error first, then take the mean: look at the brackets.""",
)
def error_mean_squared(prediction, target):
    return np.mean(prediction - target) ** 2


@exercise.misconception(
    "mean left out",
    """These are the squared errors, one a sample, and they are right. A loss is one number: take
    their mean.""",
)
def error_not_averaged(prediction, target):
    return (prediction - target) ** 2


@exercise.misconception(
    "doubled instead of squared",
    """`* 2` doubles the errors, and then they can cancel. Two stars make a power: `** 2`.""",
)
def error_doubled(prediction, target):
    return np.mean((prediction - target) * 2)


@exercise.misconception(
    "a caret for a power",
    """In Python `^` is not a power but an operation on the bits of integers, which fractions do not
    have. A square is `** 2`.""",
)
def error_caret(prediction, target):
    return np.mean((prediction - target) ^ 2)
