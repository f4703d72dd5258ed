"""The loss is the surprise at the true class alone, averaged over the samples."""

import numpy as np

from nnlib import functions
from nnlib.course.description import case, describe, region
from nnlib.functions import log_softmax, softmax

from .shared import NEUROMATCH, scores_and_labels, sizes

exercise = describe(
    functions.cross_entropy,
    title="Cross-entropy from scores",
    minutes=8,
    difficulty=2,
    cases=(
        case(NEUROMATCH, np.array([0, 1]), about="a published example, 0.34672750"),
        case(np.zeros((3, 10)), np.array([1, 7, 9]), about="no opinion: ln 10"),
        case(np.array([[1000.0, 0, 0]]), np.array([2]), about="sure, and mistaken"),
    ),
    draw=scores_and_labels,
    factors=sizes,
    returns=("the loss",),
    regions=(
        region(
            """Right, while the scores of a row lie together. Here one lies far above the others:
            the loss is then the distance to it, a thousand and more, and not infinity or nan. Take
            the logarithm of softmax in one formula.""",
            case(np.array([[0.0, 0, 0, 0, 2000], [1, -3000, 2, 3, 0]]), np.array([0, 1])),
            case(np.array([[-800.0, -1600, -800]]), np.array([1])),
        ),
    ),
    hints=(
        "Only the probability of the true class matters. Which column is that in row i?",
        "Take `log_softmax(Z)`, pick column y[i] from row i, average, and turn the sign.",
        "`-log_softmax(Z)[np.arange(len(y)), y].mean()`.",
    ),
)


@exercise.misconception(
    "sum instead of mean",
    """This is the sum over the samples. In this course every loss is the mean, so that the learning
    rate does not depend on the batch size. Divide by N.""",
)
def surprise_summed(Z, y):
    return -log_softmax(Z)[np.arange(len(y)), y].sum()


@exercise.misconception(
    "minus sign missing",
    """The sign is missing. Logarithms of probabilities are 0 or less, and a loss should be zero at
    best: the surprise is -log p.""",
)
def surprise_negative(Z, y):
    return log_softmax(Z)[np.arange(len(y)), y].mean()


@exercise.misconception(
    "mean over all entries",
    """You average over all N * K entries of the table, and most of them are zeros. There is one
    surprise a sample: sum over the classes first, then average over the N samples.""",
)
def surprise_over_all_entries(Z, y):
    return -(np.eye(Z.shape[1])[y] * log_softmax(Z)).mean()


@exercise.misconception(
    "labels not used",
    """Every class is counted here, whatever the label says. Only the true class of each sample
    belongs in the loss: pick entry y[i] of row i.""",
)
def surprise_of_everything(Z, y):
    return -log_softmax(Z).sum() / len(y)


@exercise.misconception(
    "whole columns picked",
    """`[:, y]` takes every row for each label, a table (N, N), so most of what you average belongs
    to other samples' labels. Pair each row with its own label: `[np.arange(len(y)), y]`.""",
)
def surprise_of_whole_columns(Z, y):
    return -log_softmax(Z)[:, y].mean()


@exercise.misconception(
    "epsilon inside the logarithm",
    """A small constant inside the logarithm hides log 0, and bends the loss: a sure mistake costs
    20.7 here, where it should cost 1000. Use your `log_softmax`: it needs no constant.""",
)
def surprise_with_epsilon(Z, y):
    return -np.mean(np.log(softmax(Z)[np.arange(len(y)), y] + 1e-9))
