"""One `@` predicts for every sample at once, and the bias joins after the sum."""

import numpy as np

from nnlib.course.description import case, describe

from .shared import inputs_and_weights, rows


def linear_model(X, w, b):
    """The smallest network: one prediction a sample. X (N, D), w (D,), b a number -> (N,)"""
    return X @ w + b


exercise = describe(
    linear_model,
    title="The smallest network: X w + b",
    minutes=3,
    difficulty=1,
    returns=("the vector of predictions",),
    cases=(
        case(np.array([[1.0], [2], [4]]), np.array([2.0]), 1.0, about="the line 2 x + 1"),
        case(np.array([[1.0, 2], [3, 4]]), np.array([10.0, 1]), 0.5, about="N = D"),
        case(np.array([[7.0, 8, 9]]), np.zeros(3), -2.0, about="zero weights: only b speaks"),
    ),
    draw=inputs_and_weights,
    factors=rows,
    terms=lambda X, w, b: {"b": np.full(len(X), b)},
    hints=(
        "You wrote the product of a matrix and a vector in chapter 0. What is each row here?",
        "Row i of X is sample i. Its prediction is the dot product with w, plus b. One sign, "
        "`@`, does all rows.",
        "`X @ w + b`.",
    ),
)


@exercise.misconception(
    "b left out",
    """The slopes are there, b is not: at x = 0 your line always passes through 0. Add b to every
    prediction.""",
)
def model_without_bias(X, w, b):
    return X @ w


@exercise.misconception(
    "products not added up",
    """`X * w` weighs each input and leaves a table (N, D). A prediction is one number a sample: add
    up each row. `X @ w` does both.""",
)
def model_not_added(X, w, b):
    return X * w + b


@exercise.misconception(
    "b added to the weights",
    """Brackets first: `X @ (w + b)` changes every slope by b. The bias does not meet the inputs:
    add it after the product.""",
)
def model_bias_inside(X, w, b):
    return X @ (w + b)


@exercise.misconception(
    "X transposed",
    """`X.T` stands on its side, with a row for each input. It runs where N = D, and weighs samples.
    In this course rows are samples: `X @ w`.""",
)
def model_transposed(X, w, b):
    return X.T @ w + b


@exercise.misconception(
    "w in front",
    """`w @ X` dots w with the columns of X, and those hold one input of all samples. Rows are
    samples, and the rows belong to the left factor: `X @ w`.""",
)
def model_turned(X, w, b):
    return w @ X + b
