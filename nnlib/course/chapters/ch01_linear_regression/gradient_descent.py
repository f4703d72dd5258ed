"""All gradients are taken at one place, and only then does every weight move."""

import numpy as np

from nnlib.course.description import case, describe, region

from .regression_grad import regression_grad
from .shared import LINE, samples


def gradient_descent(X, y, learning_rate, steps):
    """Start from zeros and go downhill `steps` times, each time with all samples: (w, b)."""
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        dw, db = regression_grad(w, b, X, y)
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b


def descent(rng):
    return *samples(rng), 0.1, int(rng.integers(3, 6))


exercise = describe(
    gradient_descent,
    title="Gradient descent, from zeros",
    minutes=8,
    difficulty=2,
    returns=("w", "b"),
    cases=(
        case(*LINE, 0.1, 1, about="a single step"),
        case(*LINE, 0.1, 2, about="two steps"),
        case(*LINE, 0.1, 0, about="no step: still zeros"),
    ),
    draw=descent,
    regions=(
        region(
            """Right for a few steps at rate 0.1. Other rates, and more steps, go elsewhere: a rate
            that is too large must be seen to diverge, and all `steps` are taken, however small they
            get. Nothing is to be clipped, stopped or fixed.""",
            case(*LINE, 0.05, 30, about="a smaller rate"),
            case(*LINE, 0.1, 150, about="150 steps"),
            case(*LINE, 0.5, 12, about="a rate that diverges"),
            case(LINE[0], 100 * LINE[1], 0.3, 6, about="large targets, and it diverges"),
            tolerance=1e-4,
        ),
    ),
    exempt={"a list": "the cells below take a list as well"},
    calls=(
        "gradient_descent(X, y, learning_rate=0.1, steps=1)",
        "gradient_descent(X, y, rate, steps=200)",
    ),
    hints=(
        "Where does it start, what happens in each step, and what has to be ready before "
        "either weight moves?",
        "Zeros of shape (D,) and 0.0. In a loop: both gradients at the present (w, b), then "
        "each weight minus the rate times its gradient.",
        "In `for _ in range(steps):` write `dw, db = regression_grad(w, b, X, y)`, then "
        "`w, b = w - learning_rate * dw, b - learning_rate * db`. Return after the loop.",
    ),
)


@exercise.misconception(
    "steps uphill",
    """The loss grows with every step: the gradient points uphill, and you add it. Subtract.""",
)
def descent_uphill(X, y, learning_rate, steps):
    return gradient_descent(X, y, -learning_rate, steps)


@exercise.misconception(
    "gradient taken once",
    """Every step uses the gradient of the start, so the path is a straight line that never turns.
    Take the gradient inside the loop, at the present w and b.""",
)
def descent_one_gradient(X, y, learning_rate, steps):
    w, b = np.zeros(X.shape[1]), 0.0
    dw, db = regression_grad(w, b, X, y)
    for _ in range(steps):
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b


@exercise.misconception(
    "w moves before db is taken",
    """w is moved first, and the slope of b is then taken at the new w. A step belongs to one point:
    take both gradients there, then move both.""",
)
def descent_one_after_the_other(X, y, learning_rate, steps):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        w = w - learning_rate * regression_grad(w, b, X, y)[0]
        b = b - learning_rate * regression_grad(w, b, X, y)[1]
    return w, b


@exercise.misconception(
    "returns inside the loop",
    """Only the first step was taken. Is `return` indented into the loop? It belongs after it.""",
)
def descent_returns_early(X, y, learning_rate, steps):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        dw, db = regression_grad(w, b, X, y)
        w, b = w - learning_rate * dw, b - learning_rate * db
        return w, b


@exercise.misconception(
    "b never moves",
    """b is still 0. It has a slope of its own, db, and takes a step like w.""",
)
def descent_w_only(X, y, learning_rate, steps):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        w = w - learning_rate * regression_grad(w, b, X, y)[0]
    return w, b


@exercise.misconception(
    "starts over in every step",
    """However many steps, the result is that of one: the zeros stand inside the loop and wipe out
    the step before. Set them once, in front of it.""",
)
def descent_starts_over(X, y, learning_rate, steps):
    for _ in range(steps):
        w, b = np.zeros(X.shape[1]), 0.0
        dw, db = regression_grad(w, b, X, y)
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b


def descent_from(w, X, y, learning_rate, steps):
    b = 0.0
    for _ in range(steps):
        dw, db = regression_grad(w, b, X, y)
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b


@exercise.misconception(
    "w starts as one number",
    """w starts as a single 0.0, and `X @ w` needs a vector: one weight for each of the D columns of
    X. `np.zeros(X.shape[1])`.""",
)
def descent_from_one_number(X, y, learning_rate, steps):
    return descent_from(0.0, X, y, learning_rate, steps)


@exercise.misconception(
    "a weight for each sample",
    """You start with N zeros, one for each sample. A weight belongs to an input: there are as many
    as X has columns, `np.zeros(X.shape[1])`.""",
)
def descent_weight_for_each_sample(X, y, learning_rate, steps):
    return descent_from(np.zeros(len(X)), X, y, learning_rate, steps)


@exercise.misconception(
    "the step instead of the new place",
    """w becomes the step, minus rate times gradient, and forgets where it was. The first step hides
    it, since it starts at 0. Subtract from the present value: `w - learning_rate * dw`.""",
)
def descent_forgets_where_it_was(X, y, learning_rate, steps):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        dw, db = regression_grad(w, b, X, y)
        w, b = -learning_rate * dw, -learning_rate * db
    return w, b
