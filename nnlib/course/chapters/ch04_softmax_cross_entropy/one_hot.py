"""A pair of index lists sets one cell for each row; a slice would set whole columns."""

import numpy as np

from nnlib import functions
from nnlib.course.description import case, describe, region


def labels_and_K(rng):
    K = int(rng.integers(7, 10))
    return rng.integers(0, K - 1, size=rng.integers(4, 7)), K


exercise = describe(
    functions.one_hot,
    title="Labels to one-hot rows",
    minutes=4,
    difficulty=1,
    cases=(
        case(np.array([2, 0, 1]), 4, about="class 3 never occurs"),
        case(np.array([4]), 5, about="a single sample"),
    ),
    draw=labels_and_K,
    regions=(
        region(
            """Right, and not here: the number of classes is K, whatever labels occur, and a label
            may come several times.""",
            case(np.array([1, 1, 1]), 3),
            case(np.array([0, 5, 5, 2, 9, 0]), 12),
        ),
    ),
    exempt={"a list": "the cells below take a list as well"},
    hints=(
        "Start from zeros, one row a label and one column a class.",
        "Row i needs its 1 in column y[i]. NumPy takes a list of rows and a list of columns "
        "at once: `Y[rows, columns] = 1`.",
        "`Y = np.zeros((len(y), K))`, then `Y[np.arange(len(y)), y] = 1`.",
    ),
)


@exercise.misconception(
    "samples in columns",
    """Your table stands on its side: the samples run along the columns. In this course rows are
    samples, so Y has shape (N, K). Put the sample's number first: `Y[sample, label]`.""",
)
def one_hot_in_columns(y, K):
    Y = np.zeros((K, len(y)))
    Y[y, np.arange(len(y))] = 1
    return Y


@exercise.misconception(
    "counts from one",
    """Each 1 stands one column too far left (that of label 0 in the last column). Labels count from
    0, as columns do: label 0 belongs in column 0. No `- 1` is needed.""",
)
def one_hot_from_one(y, K):
    Y = np.zeros((len(y), K))
    Y[np.arange(len(y)), y - 1] = 1
    return Y


@exercise.misconception(
    "fills whole columns",
    """Every row got the 1 of every label, so whole columns are 1. `Y[:, y] = 1` does that. Pair
    each row with its own label: `Y[np.arange(len(y)), y] = 1`.""",
)
def one_hot_whole_columns(y, K):
    Y = np.zeros((len(y), K))
    Y[:, y] = 1
    return Y


@exercise.misconception(
    "K taken from the labels",
    """The number of columns comes from the largest label you happen to see. A batch need not hold
    every class: use the K that is given.""",
)
def one_hot_seen_classes(y, K):
    return np.eye(y.max() + 1)[y]
