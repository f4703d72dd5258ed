"""A probability too small for a float still has an ordinary logarithm."""

import numpy as np

from nnlib import functions
from nnlib.course.description import case, describe
from nnlib.functions import log_softmax, softmax

from .shared import FAR_APART, scores

exercise = describe(
    functions.log_softmax,
    title="The logarithm of softmax, safely",
    minutes=7,
    difficulty=2,
    cases=(
        case(np.array([[1.0, 2, 3]]), about="one row"),
        case(np.array([[0.0, -1000, 1000]]), about="probabilities too small for a float"),
        case(np.array([[-1000.0, -1001], [5, 3]]), about="every e^z of a row is zero"),
    ),
    draw=scores,
    regions=(FAR_APART,),
    hints=(
        "log(e^z / sum e^z) is a difference of two logarithms. One of them is simple.",
        "log softmax(z) = z - log sum e^z. Subtract the row maximum m from z first; it "
        "cancels, and the sum is at least 1.",
        "`S = Z - Z.max(axis=1, keepdims=True)`, then "
        "`S - np.log(np.exp(S).sum(axis=1, keepdims=True))`.",
    ),
)


@exercise.misconception(
    "logarithm of the probabilities",
    """You take the logarithm of the finished probabilities. One below about 2.5e-324 is rounded to
    0, and log 0 is -inf: the answer was a plain number, about -1000, but it is lost. Stay in
    logarithms: z - log sum e^z.""",
)
def log_of_softmax(Z):
    return np.log(softmax(Z))


@exercise.misconception(
    "no maximum subtracted",
    """z - log sum e^z is right on paper, but e^1000 overflows to inf. Subtract each row's maximum
    from Z first. Log-softmax does not change when a row is shifted.""",
)
def log_softmax_overflowing(Z):
    return Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))


@exercise.misconception(
    "shifted inside only",
    """The maximum is subtracted inside the exponential but not from the Z in front. Every row is
    off by its maximum. Shift once, then use the shifted scores in both places.""",
)
def log_softmax_half_shifted(Z):
    return Z - np.log(np.exp(Z - Z.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True))


@exercise.misconception(
    "sign turned round",
    """The sign is turned round. The logarithm of a probability is never positive; minus it is the
    surprise, and that comes one exercise later.""",
)
def log_softmax_negated(Z):
    return -log_softmax(Z)
