"""X transposed carries N errors back to D weights; the bias gets twice their mean."""

import numpy as np

from nnlib.course.description import case, describe, region

from .shared import LINE, inputs_and_weights, rows


def regression_grad(w, b, X, y):
    """The gradient of the mean squared error of X w + b: dw (D,) and db, a number."""
    error = X @ w + b - y  # (N,)
    return 2 * X.T @ error / len(y), 2 * error.mean()


def regression(rng):
    X, w, b = inputs_and_weights(rng)
    return w, b, X, rng.normal(size=len(X)) * 2


exercise = describe(
    regression_grad,
    title="The gradient of the squared error",
    minutes=10,
    difficulty=2,
    returns=("dw", "db"),
    cases=(
        case(np.zeros(1), 0.0, *LINE, about="from zeros, y = 2 x + 1"),
        case(np.array([2.0]), 1.0, *LINE, about="at the answer: no slope left"),
        case(
            np.array([1.0, -1]),
            0.5,
            np.array([[1.0, 2], [3, 4]]),
            np.array([1.0, 0]),
            about="two samples, two inputs",
        ),
    ),
    draw=regression,
    factors=lambda w, b, X, y: rows(X),
    regions=(
        region(
            """Near, and not exact: a difference to one side is off by a multiple of h, and the
            notebook compares to 8 digits. Take the slope by the rules, or step to both sides and
            divide by 2h.""",
            case(
                np.array([0.5]),
                0.25,
                np.array([[1.0], [2], [4]]),
                np.array([0.6875, 1.1875, 2.1875]),
            ),
            tolerance=3e-7,
        ),
    ),
    exempt={"single precision": "a difference quotient is right too, and needs more digits"},
    hints=(
        "For one sample the slope was x times the error. What does a mean over N samples, "
        "and a square without its half, make of it?",
        "With error = X w + b - y: dw = 2/N X^T error, in the shape of w, and db = 2/N times "
        "the sum of the errors.",
        "`error = X @ w + b - y`, then `2 * X.T @ error / len(y), 2 * error.mean()`.",
    ),
)


@exercise.misconception(
    "sign turned round",
    """The sign is turned round: your error is y - prediction, and the minus inside the bracket was
    lost on the way out. With prediction - y there is none to lose.""",
)
def grad_turned(w, b, X, y):
    error = y - (X @ w + b)
    return 2 * X.T @ error / len(y), 2 * error.mean()


@exercise.misconception(
    "the 2 forgotten",
    """Half of what was expected. The square brings down a 2, and this loss has no 1/2 to cancel
    it.""",
)
def grad_without_two(w, b, X, y):
    error = X @ w + b - y
    return X.T @ error / len(y), error.mean()


@exercise.misconception(
    "sum instead of mean",
    """N times too large: this is the gradient of a sum of squares. The loss is a mean, and its 1/N
    stays in the gradient.""",
)
def grad_summed(w, b, X, y):
    error = X @ w + b - y
    return 2 * X.T @ error, 2 * error.sum()


@exercise.misconception(
    "db summed, dw averaged",
    """dw is right. db is N times too large: the 1/N of the mean belongs in both. `2 *
    error.mean()`.""",
)
def grad_bias_summed(w, b, X, y):
    error = X @ w + b - y
    return 2 * X.T @ error / len(y), 2 * error.sum()


@exercise.misconception(
    "b missing from the prediction",
    """The prediction in your error lacks b. Where b is 0 nobody notices; later nothing stops b from
    running away. The error is X @ w + b - y.""",
)
def grad_bias_forgotten(w, b, X, y):
    error = X @ w - y
    return 2 * X.T @ error / len(y), 2 * error.mean()


@exercise.misconception(
    "means multiplied",
    """db is right. For dw you multiply the mean input by the mean error. The mean of a product is
    another number: multiply sample by sample, then average. `X.T @ error` does the sum.""",
)
def grad_of_mean_error(w, b, X, y):
    error = X @ w + b - y
    return 2 * X.mean(axis=0) * error.mean(), 2 * error.mean()


@exercise.misconception(
    "X not transposed",
    """`X @ error` dots each row of X, a sample, with the errors. A slope belongs to an input, and
    an input is a column: `X.T @ error` dots each column with the errors.""",
)
def grad_not_transposed(w, b, X, y):
    error = X @ w + b - y
    return 2 * X @ error / len(y), 2 * error.mean()
