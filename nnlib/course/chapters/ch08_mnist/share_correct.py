"""Accuracy asks where the largest score stands, never how large it is."""

import numpy as np

from nnlib.course.description import case, describe

from .shared import scores_and_labels


def share_correct(scores, y):
    """Scores (N, K) and labels (N,) -> the share of rows whose largest score is the label's."""
    return np.mean(scores.argmax(axis=1) == y)


exercise = describe(
    share_correct,
    title="Accuracy from scores",
    minutes=4,
    difficulty=1,
    cases=(
        case(np.array([[1.0, 3], [2, 0], [0, 5]]), np.array([1, 0, 0]), about="two of three"),
        case(np.array([[0.0, 9, 1]]), np.array([1]), about="one sample, right"),
    ),
    draw=scores_and_labels,
    factors=lambda scores, y: {"N, the number of samples": len(y)},
    returns=("the accuracy",),
    exempt={"a length of 1": "with one class left, the labels would name none"},
    hints=(
        "The network's answer is the class with the largest score. What gives its position?",
        "`argmax(axis=1)` gives one class a row. Compare with y, and average the truths.",
        "`np.mean(scores.argmax(axis=1) == y)`.",
    ),
)


@exercise.misconception(
    "a count, not a share",
    """This is how many are right. The accuracy is the share: divide by N, or take the mean of the
    comparisons.""",
)
def correct_counted(scores, y):
    return np.sum(scores.argmax(axis=1) == y)


@exercise.misconception(
    "argmax down the columns",
    """`argmax(axis=0)` asks, for each class, which sample scored highest. You want, for each
    sample, the class: axis 1.""",
)
def correct_down_the_columns(scores, y):
    return np.mean(scores.argmax(axis=0) == y)


@exercise.misconception(
    "max instead of argmax",
    """You compare the largest score itself with the label. The label is a position: `argmax` says
    where the largest score stands.""",
)
def correct_by_value(scores, y):
    return np.mean(scores.max(axis=1) == y)


@exercise.misconception(
    "one truth value for all",
    """You return True or False for all rows together. The share is the mean of the comparisons, row
    by row.""",
)
def correct_all_together(scores, y):
    return np.array_equal(scores.argmax(axis=1), y)


@exercise.misconception(
    "the error rate",
    """This is the share of mistakes, one minus the accuracy. Count where the answer equals the
    label.""",
)
def share_mistaken(scores, y):
    return np.mean(scores.argmax(axis=1) != y)
