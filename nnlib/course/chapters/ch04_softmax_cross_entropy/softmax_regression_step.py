"""The 1/N of the mean enters once, in dZ; after that everything is a sum."""

import numpy as np

from nnlib.course.description import case, describe, region
from nnlib.functions import cross_entropy_grad


def softmax_regression_step(W, b, X, y, learning_rate):
    """One step of gradient descent on the mean cross-entropy; returns the new (W, b)."""
    dZ = cross_entropy_grad(X @ W + b, y)  # (N, K)
    dW = X.T @ dZ  # (D, K)
    db = dZ.sum(axis=0)  # (K,)
    return W - learning_rate * dW, b - learning_rate * db


def regression(rng):
    N, D, K = 5, int(rng.integers(2, 5)), int(rng.integers(6, 8))
    X, W, b = rng.normal(size=(N, D)), rng.normal(size=(D, K)), rng.normal(size=K)
    return W, b, X, rng.integers(0, K, size=N), 0.3


exercise = describe(
    softmax_regression_step,
    title="One step of softmax regression",
    minutes=9,
    difficulty=2,
    cases=(
        case(
            np.zeros((2, 3)),
            np.zeros(3),
            np.array([[1.0, 2], [3, 4], [5, 6], [7, 9]]),
            np.array([0, 2, 2, 1]),
            0.5,
            about="from zeros",
        ),
    ),
    draw=regression,
    returns=("W", "b"),
    regions=(
        region(
            """Right for small scores and one learning rate. With others something else comes out:
            use `learning_rate` as it comes, and the cross-entropy's own gradient.""",
            case(
                np.array([[90.0, 0, -90], [0, 5, 0]]),
                np.zeros(3),
                np.array([[1.0, 0], [0, 1], [1, 1]]),
                np.array([1, 0, 2]),
                2.0,
            ),
        ),
    ),
    exempt={
        "single precision": "a difference quotient is right too, and needs more digits",
        "large numbers": "a softmax that is not safe is right too, for scores from small weights",
        "whole numbers": "weights are fractions from their first step on",
        "a list": "the cells below take a list as well",
    },
    calls=("softmax_regression_step(W, b, X, y, learning_rate=1.0)",),
    hints=(
        "Three gradients, each with the shape of its own variable: dZ, then dW and db.",
        "dZ is your `cross_entropy_grad`. dW = X^T dZ, and db is dZ added up over the "
        "samples. Then step against each gradient.",
        "`dZ = cross_entropy_grad(X @ W + b, y)`, then return "
        "`W - learning_rate * X.T @ dZ, b - learning_rate * dZ.sum(axis=0)`.",
    ),
)


@exercise.misconception(
    "steps uphill",
    """The step goes uphill: the gradient points where the loss grows. Subtract it.""",
)
def step_uphill(W, b, X, y, learning_rate):
    dZ = cross_entropy_grad(X @ W + b, y)
    return W + learning_rate * X.T @ dZ, b + learning_rate * dZ.sum(axis=0)


@exercise.misconception(
    "gradient summed over the batch",
    """Your step is N times too long. The loss is a mean over the batch, so dZ carries a factor
    1/N.""",
)
def step_summed(W, b, X, y, learning_rate):
    dZ = cross_entropy_grad(X @ W + b, y) * len(y)
    return W - learning_rate * X.T @ dZ, b - learning_rate * dZ.sum(axis=0)


@exercise.misconception(
    "averaged twice",
    """Your step is N times too short. `cross_entropy_grad` holds the 1/N of the mean already, so
    nothing is left to divide.""",
)
def step_averaged_twice(W, b, X, y, learning_rate):
    dZ = cross_entropy_grad(X @ W + b, y) / len(y)
    return W - learning_rate * X.T @ dZ, b - learning_rate * dZ.sum(axis=0)


@exercise.misconception(
    "bias averaged twice",
    """W is right; b moves N times too little. dZ already holds the 1/N of the mean, so db is its
    sum over the samples, not its mean.""",
)
def step_bias_averaged_twice(W, b, X, y, learning_rate):
    dZ = cross_entropy_grad(X @ W + b, y)
    return W - learning_rate * X.T @ dZ, b - learning_rate * dZ.mean(axis=0)


@exercise.misconception(
    "learning rate not used",
    """The whole gradient is subtracted: the learning rate is not used. Multiply the gradient by it
    first.""",
)
def step_without_rate(W, b, X, y, learning_rate):
    dZ = cross_entropy_grad(X @ W + b, y)
    return W - X.T @ dZ, b - dZ.sum(axis=0)


@exercise.misconception(
    "returns the gradients",
    """These are the gradients dW and db, and they are right. The exercise asks for the weights
    after the step: W - learning_rate * dW, and the same for b.""",
)
def step_gradients_only(W, b, X, y, learning_rate):
    dZ = cross_entropy_grad(X @ W + b, y)
    return X.T @ dZ, dZ.sum(axis=0)
