"""Two awkward derivatives cancel to predicted minus true, divided by N."""

import numpy as np

from nnlib import functions
from nnlib.course.description import case, describe, region
from nnlib.functions import cross_entropy_grad, softmax

from .shared import NEUROMATCH, scores_and_labels, sizes

exercise = describe(
    functions.cross_entropy_grad,
    title="The gradient of softmax and cross-entropy",
    minutes=8,
    difficulty=2,
    cases=(
        case(np.array([[1.0, 2, 3]]), np.array([2]), about="one sample"),
        case(NEUROMATCH, np.array([0, 1]), about="a published example"),
        case(np.zeros((2, 5)), np.array([4, 4]), about="no opinion"),
    ),
    draw=scores_and_labels,
    factors=sizes,
    terms=lambda Z, y: {
        "P / N": softmax(Z) / len(y),
        "Y / N": -np.eye(Z.shape[1])[y] / len(y),  # it is subtracted
    },
    returns=("dZ",),
    regions=(
        region(
            """Right for small scores. Scores of a thousand must not overflow: the softmax in it has
            to be a safe one.""",
            case(np.array([[1000.0, 0, -1000], [0, 0, 2000]]), np.array([0, 1])),
            case(np.array([[0.0, 0, 0, 0, 2000]]), np.array([2])),
        ),
    ),
    exempt={"single precision": "a difference quotient is right too, and needs more digits"},
    hints=(
        "After all the algebra it is a difference of two tables. You have made both.",
        "Predicted minus true, P - Y. And the loss is a mean over N samples.",
        "`(softmax(Z) - one_hot(y, Z.shape[1])) / len(y)`.",
    ),
)


@exercise.misconception(
    "not divided by N",
    """P - Y is right for each sample. But the loss is the mean over the samples, and the 1/N of the
    mean stays in its gradient.""",
)
def grad_summed(Z, y):
    return cross_entropy_grad(Z, y) * len(y)


@exercise.misconception(
    "Y - P",
    """This is Y - P: the direction in which the loss falls. A gradient points where the loss rises,
    so it is P - Y; descent then subtracts it.""",
)
def grad_uphill(Z, y):
    return -cross_entropy_grad(Z, y)


@exercise.misconception(
    "divided by N * K",
    """Divided by N * K. The mean runs over the N samples; the classes were summed.""",
)
def grad_over_all_entries(Z, y):
    return cross_entropy_grad(Z, y) / Z.shape[1]


@exercise.misconception(
    "only Y divided by N",
    """Only Y is divided by N: `/` binds more tightly than `-`. Put brackets round the difference,
    (P - Y) / N.""",
)
def grad_half_divided(Z, y):
    return softmax(Z) - np.eye(Z.shape[1])[y] / len(y)


@exercise.misconception(
    "1 subtracted from whole columns",
    """`P[:, y] -= 1` subtracts from every row, for each label. Each row should lose 1 at its own
    label only: `P[np.arange(len(y)), y] -= 1`.""",
)
def grad_whole_columns(Z, y):
    P = softmax(Z)
    P[:, y] -= 1
    return P / len(y)


@exercise.misconception(
    "Y missing",
    """This is P / N: the truth is not in it yet. Subtract 1 at the true class of each row before
    dividing.""",
)
def grad_without_truth(Z, y):
    return softmax(Z) / len(y)


@exercise.misconception(
    "label subtracted as a number",
    """You subtract the label itself, as if class 7 were seven times class 1. A label is a name.
    Subtract its one-hot row.""",
)
def grad_minus_label(Z, y):
    return (softmax(Z) - y[:, None]) / len(y)
