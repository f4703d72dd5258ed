"""NumPy lines shapes up from the right, so a number for each row has to stand as a column."""

import numpy as np

from nnlib.course.description import case, describe


def center_rows(X):
    """Each row minus its own mean: (N, D) -> (N, D), every row adding up to 0."""
    return X - X.mean(axis=1, keepdims=True)


def table(rng):
    return (rng.normal(size=(rng.integers(3, 5), rng.integers(5, 7))) + 4,)


exercise = describe(
    center_rows,
    title="Bug clinic: broadcasting down when you meant along",
    minutes=6,
    difficulty=2,
    cases=(
        case(np.array([[1.0, 3], [10, 30]]), about="as many rows as columns"),
        case(np.array([[1.0, 2, 6]]), about="a single row"),
        case(np.array([[5.0, 5, 5], [0, 1, 2]]), about="a row of equal numbers"),
    ),
    draw=table,
    hints=(
        "Print the shape of `X.mean(axis=1)`. Against which side of X does NumPy line it up?",
        "Shapes are lined up from the right, so (N,) meets the columns. As a column (N, 1) it "
        "meets the rows. Which argument of `mean` keeps the axis?",
        "`X - X.mean(axis=1, keepdims=True)`.",
    ),
)


@exercise.misconception(
    "row means laid along the columns",
    """`X.mean(axis=1)` has shape (N,), and NumPy lines shapes up from the right: entry j is taken
    from column j. Only a square X lets this pass unseen. Keep the means as a column, (N, 1):
    `keepdims=True`.""",
)
def center_without_keepdims(X):
    return X - X.mean(axis=1)


@exercise.misconception(
    "column means",
    """Your columns add up to 0; the rows should. `axis=0` runs down the rows and leaves a mean for
    each column. Take `axis=1`.""",
)
def center_columns(X):
    return X - X.mean(axis=0)


@exercise.misconception(
    "one mean for everything",
    """You subtract the mean of the whole table. All numbers together add up to 0; each row by
    itself should. Give `mean` an axis.""",
)
def center_everything(X):
    return X - X.mean()


@exercise.misconception(
    "only the means",
    """These are the row means, one a row, in the right shape (N, 1). Subtract them from X.""",
)
def center_means_only(X):
    return X.mean(axis=1, keepdims=True)
