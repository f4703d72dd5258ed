"""Each column has its own mean and its own scale, so statistics run down the samples."""

import numpy as np

from nnlib.course.description import case, describe, region

from .shared import rows, samples


def standardize(X):
    """Every column to mean 0 and standard deviation 1: (N, D) -> (N, D)"""
    return (X - X.mean(axis=0)) / X.std(axis=0)


def few_columns(rng):
    X, _ = samples(rng)
    return (X * [1, 10, 100, 1000][: X.shape[1]] + 5,)


exercise = describe(
    standardize,
    title="Columns on one scale",
    minutes=5,
    difficulty=1,
    cases=(
        case(np.array([[1.0, 100], [2, 300], [6, 500]]), about="a column 100 times larger"),
        case(np.array([[1.0, 1, 1, 1, 3, 3, 3, 3]]).T, about="a single column: -1 and 1"),
        case(np.array([[0.0, 5, 1], [4, 1, 1], [2, 3, 4]]), about="N = D"),
    ),
    draw=few_columns,
    factors=rows,
    regions=(
        region(
            """Right for columns of ordinary spread. Where a column spreads by 1/100, the number
            that you add below the fraction, or the variance's root, shows: divide by the standard
            deviation alone.""",
            case(np.array([[0.01, 3], [0.02, 5], [0.04, 1], [0.03, 2]])),
        ),
    ),
    hints=(
        "Which numbers belong together: those of one sample, or those of one input?",
        "Each column by itself: subtract its mean, divide by its standard deviation. Axis 0 "
        "runs down the samples.",
        "`(X - X.mean(axis=0)) / X.std(axis=0)`.",
    ),
)


@exercise.misconception(
    "divided by the variance",
    """The means are 0; the spread is not 1 yet. You divide by the variance, the square of the
    spread. Divide by its root, `std`.""",
)
def scaled_by_variance(X):
    return (X - X.mean(axis=0)) / X.var(axis=0)


@exercise.misconception(
    "each row by itself",
    """You standardise each sample, which mixes megaparsecs with kilometres. The numbers of one
    input stand in a column: `axis=0`.""",
)
def scaled_by_rows(X):
    return (X - X.mean(axis=1, keepdims=True)) / X.std(axis=1, keepdims=True)


@exercise.misconception(
    "one scale for the whole table",
    """One mean and one spread for the whole table: the large column stays large beside the small
    one. Give `mean` and `std` an axis.""",
)
def scaled_all_together(X):
    return (X - X.mean()) / X.std()


@exercise.misconception(
    "brackets missing",
    """Division comes before subtraction: you divide X first and then subtract a mean that was not
    divided. Put `X - X.mean(axis=0)` in brackets.""",
)
def scaled_before_centring(X):
    return X / X.std(axis=0) - X.mean(axis=0)


@exercise.misconception(
    "only the mean divided",
    """Division comes before subtraction: only the mean is divided here, and X stays as large as it
    was. Put `X - X.mean(axis=0)` in brackets.""",
)
def scaled_mean_only(X):
    return X - X.mean(axis=0) / X.std(axis=0)


@exercise.misconception(
    "squeezed between 0 and 1",
    """This puts each column between 0 and 1, a scaling too, and one outlier decides it. Asked for
    is mean 0 and standard deviation 1.""",
)
def scaled_to_zero_and_one(X):
    return (X - X.min(axis=0)) / (X.max(axis=0) - X.min(axis=0))


@exercise.misconception(
    "N - 1",
    """Your spread divides by N - 1, as pandas and statistics books do for a sample of something
    larger. NumPy's `std`, and this course, divide by N.""",
)
def scaled_by_n_minus_one(X):
    return (X - X.mean(axis=0)) / X.std(axis=0, ddof=1)


@exercise.misconception(
    "centred only",
    """The means are 0, and the spread is still that of X. Divide by it: the standard deviation of
    each column, `std`.""",
)
def scaled_not_at_all(X):
    return X - X.mean(axis=0)
