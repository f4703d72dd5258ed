"""A row's maximum cancels in the fraction, so subtracting it costs nothing and saves `exp`."""

import numpy as np

from nnlib import functions
from nnlib.course.description import case, describe

from .shared import FAR_APART, scores, sizes

exercise = describe(
    functions.softmax,
    title="Softmax, row by row",
    minutes=8,
    difficulty=2,
    cases=(
        case(np.array([[1.0, 2, 3]]), about="one row"),
        case(np.array([[0.0, 0], [1, 3], [-2, 5]]), about="three rows, two classes"),
        case(np.array([[1000.0, 1001, -999]]), about="scores of a thousand"),
        case(np.array([[1000.0, 1001], [-1000, -999]]), about="rows far apart"),
    ),
    draw=scores,
    factors=sizes,
    regions=(FAR_APART,),
    hints=(
        "Exponentiate, then divide by a sum. Which axis does the sum run along?",
        "Subtract each row's own maximum first: the result is the same and nothing overflows. "
        "`keepdims=True` keeps the maximum as a column, so that it broadcasts along the row.",
        "`E = np.exp(Z - Z.max(axis=1, keepdims=True))`, then divide E by its row sums, again "
        "with `keepdims=True`.",
    ),
)


@exercise.misconception(
    "no maximum subtracted",
    """The formula is right, and the computer cannot follow it: e^1000 is larger than any float, so
    it becomes inf, and inf / inf is nan. Subtract each row's maximum before `exp`. It cancels in
    the fraction, so nothing else changes.""",
)
def softmax_overflowing(Z):
    E = np.exp(Z)
    return E / E.sum(axis=1, keepdims=True)


@exercise.misconception(
    "softmax over the whole batch",
    """You divide by the sum over the whole array, so the samples compete with one another. All rows
    together add up to 1; each row should. Sum along axis 1, with `keepdims=True`.""",
)
def softmax_whole_batch(Z):
    E = np.exp(Z - Z.max())
    return E / E.sum()


@exercise.misconception(
    "softmax down the columns",
    """Your columns add up to 1; the rows should. Axis 0 runs down, over the samples; axis 1 runs
    along the classes of one sample. Code for a single vector uses axis 0, and this is what happens
    to it on a batch.""",
)
def softmax_down_columns(Z):
    E = np.exp(Z - Z.max(axis=0))
    return E / E.sum(axis=0)


@exercise.misconception(
    "row sums without keepdims",
    """`sum(axis=1)` has shape (N,), and NumPy lays it along each row, an entry for each column.
    With N = K it even runs, and column j is divided by the sum of row j. `keepdims=True` makes it
    (N, 1), an entry for each row.""",
)
def softmax_without_keepdims(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1)


@exercise.misconception(
    "row maxima without keepdims",
    """`max(axis=1)` has shape (N,), and NumPy lays it along each row, an entry for each column.
    With N = K it even runs, and subtracts the maximum of row j from column j. `keepdims=True` makes
    it (N, 1), an entry for each row.""",
)
def softmax_maxima_without_keepdims(Z):
    E = np.exp(Z - Z.max(axis=1))
    return E / E.sum(axis=1, keepdims=True)


@exercise.misconception(
    "nothing with keepdims",
    """`max(axis=1)` and `sum(axis=1)` have shape (N,). NumPy lays that along each row, an entry for
    each column; for N rows of K it fits only by chance. `keepdims=True` in both makes them (N, 1),
    an entry for each row.""",
)
def softmax_never_keepdims(Z):
    E = np.exp(Z - Z.max(axis=1))
    return E / E.sum(axis=1)


@exercise.misconception(
    "one maximum for the whole batch",
    """You subtract the largest score of the whole batch. A row far below it underflows to zeros,
    and 0 / 0 is nan. Each row needs its own maximum.""",
)
def softmax_one_maximum(Z):
    E = np.exp(Z - Z.max())
    return E / E.sum(axis=1, keepdims=True)
