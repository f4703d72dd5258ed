"""Indexing with `+=` counts a repeated cell once, where `np.add.at` counts each time."""

import numpy as np

from nnlib import training
from nnlib.course.description import case, describe, region


def labels_and_guesses(rng):
    K = int(rng.integers(3, 6))
    y = rng.integers(0, K, size=12)
    guesses = np.where(rng.random(12) < 0.6, y, rng.integers(0, K, size=12))
    return y, guesses, K


exercise = describe(
    training.confusion_matrix,
    title="Count who is taken for whom",
    minutes=7,
    difficulty=2,
    cases=(
        case(np.array([0, 0, 1, 2]), np.array([0, 1, 1, 1]), 3, about="two mistakes"),
        case(np.array([1, 1, 1]), np.array([0, 0, 0]), 2, about="the same mistake thrice"),
        case(np.array([0]), np.array([0]), 4, about="classes that never occur"),
        case(np.repeat([0, 1], [300, 2]), np.repeat([0, 1], [300, 2]), 2, about="300 alike"),
    ),
    draw=labels_and_guesses,
    loops=True,
    factors=lambda y_true, y_pred, K: {"N, the number of samples": len(y_true)},
    regions=(
        region(
            """Right, and not here: K classes there are, whatever labels occur.""",
            case(np.array([2, 2, 2, 5]), np.array([2, 5, 5, 2]), 7),
        ),
    ),
    hints=(
        "Start from zeros (K, K). Which cell does one sample belong to?",
        "Add 1 at row y_true, column y_pred, once for every sample. Beware: "
        "`counts[rows, columns] += 1` adds only once where a cell is named twice.",
        "`counts = np.zeros((K, K), dtype=int)`, then `np.add.at(counts, (y_true, y_pred), 1)` "
        "or a loop over the samples.",
    ),
)


@exercise.misconception(
    "rows and columns exchanged",
    """Your rows are what the network said and your columns the truth. Here a row is a true class:
    its sum is how often that digit occurs.""",
)
def confusion_turned(y_true, y_pred, K):
    return training.confusion_matrix(y_pred, y_true, K)


@exercise.misconception(
    "each cell counted once",
    """`counts[rows, columns] += 1` reads all cells, adds 1, and writes them back: a cell named
    three times still gets 1. `np.add.at` adds each time; so does a loop.""",
)
def confusion_each_once(y_true, y_pred, K):
    counts = np.zeros((K, K), dtype=int)
    counts[y_true, y_pred] += 1
    return counts


@exercise.misconception(
    "shares instead of counts",
    """These are shares of all samples. The matrix holds counts: do not divide.""",
)
def confusion_shares(y_true, y_pred, K):
    return training.confusion_matrix(y_true, y_pred, K) / len(y_true)


@exercise.misconception(
    "counts in bytes",
    """A byte counts to 255, and then starts again at 0. On the diagonal of MNIST stand about a
    thousand: take `dtype=int`.""",
)
def confusion_in_bytes(y_true, y_pred, K):
    return training.confusion_matrix(y_true, y_pred, K).astype(np.uint8)


@exercise.misconception(
    "the diagonal is missing",
    """Only the mistakes are counted. The right answers belong on the diagonal; their sum over N is
    the accuracy.""",
)
def confusion_only_mistakes(y_true, y_pred, K):
    counts = training.confusion_matrix(y_true, y_pred, K)
    return counts - np.diag(np.diag(counts))
