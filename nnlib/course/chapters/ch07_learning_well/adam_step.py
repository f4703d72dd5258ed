"""Averages that began at zero are too small at first, by a factor that is known exactly."""

import numpy as np

from nnlib.course.description import case, describe


def adam_step(w, m, s, gradient, t, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    """Step number t = 1, 2, 3, ... of Adam (Kingma and Ba, 2015); returns the new (w, m, s)."""
    m = b1 * m + (1 - b1) * gradient
    s = b2 * s + (1 - b2) * gradient**2
    m_hat = m / (1 - b1**t)  # m and s began at zero: divide by the weight they have seen
    s_hat = s / (1 - b2**t)
    return w - lr * m_hat / (np.sqrt(s_hat) + eps), m, s


def adam_state(rng):
    w, m, s, gradient = rng.normal(size=(4, int(rng.integers(3, 6))))
    return w, m, s**2, gradient, int(rng.integers(2, 9)), 0.3, 0.7, 0.9, 0.05


exercise = describe(
    adam_step,
    title="A step of Adam",
    minutes=12,
    difficulty=3,
    cases=(
        case(
            np.array([1.0, 2, 3]),
            np.zeros(3),
            np.zeros(3),
            np.array([5.0, -0.01, 1]),
            1,
            about="the first step",
        ),
        case(
            np.array([0.0, 1]),
            np.zeros(2),
            np.zeros(2),
            np.array([0.0, 2]),
            1,
            0.1,
            about="a gradient of zero",
        ),
        case(
            np.array([0.0]),
            np.zeros(1),
            np.zeros(1),
            np.array([1e-8]),
            1,
            0.5,
            about="a gradient as small as eps",
        ),
        case(
            np.array([1.0, -1, 2]),
            np.array([0.5, 0.1, 0]),
            np.array([0.2, 0.3, 0.1]),
            np.array([1.0, -2, 0.5]),
            1000,
            0.1,
            about="the thousandth step",
        ),
    ),
    draw=adam_state,
    returns=("w", "m", "s"),
    factors=lambda w, m, s, gradient, t, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8: {
        "the learning rate": lr,
        "1 - b1": 1 - b1,
        "1 - b2": 1 - b2,
        "1 - b1**t": 1 - b1**t,
        "1 - b2**t": 1 - b2**t,
    },
    exempt={
        "whole numbers": "weights are fractions from their first step on",
        "s": "a mean of squares, never below 0",
    },
    calls=("adam_step(w, m, s, ravine_gradient(w), t, lr=0.3)",),
    hints=(
        "Four lines, in the order of the formulas: two running averages, two corrections. "
        "Which of these four numbers does the next step need again?",
        "Keep `m` and `s` as they are and return them. Only the step uses the corrected "
        "`m / (1 - b1**t)` and `s / (1 - b2**t)`. `eps` is added after the root.",
        "`m = b1 * m + (1 - b1) * gradient` and the same for `s` with `b2` and `gradient**2`; "
        "then `w - lr * m_hat / (np.sqrt(s_hat) + eps)`.",
    ),
)


@exercise.misconception(
    "no bias correction",
    """m and s begin at zero, so early on both are too small, and not by the same factor: your first
    step is (1 - b1) / sqrt(1 - b2), about 3 times too long. Divide m by 1 - b1^t and s by 1 -
    b2^t.""",
)
def adam_uncorrected(w, m, s, gradient, t, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    m = b1 * m + (1 - b1) * gradient
    s = b2 * s + (1 - b2) * gradient**2
    return w - lr * m / (np.sqrt(s) + eps), m, s


@exercise.misconception(
    "the counter starts at 0",
    """Your correction uses t - 1. In the first step that is 1 - b^0 = 0, and the division gives inf
    or nan. t is already the number of this step: 1, 2, 3, ...""",
)
def adam_counting_from_zero(w, m, s, gradient, t, *settings):
    return adam_step(w, m, s, gradient, t - 1, *settings)


@exercise.misconception(
    "the counter is one ahead",
    """Your correction uses t + 1, as if one more gradient had been seen. The first step is then
    about a quarter too short. t already counts this step; don't add 1.""",
)
def adam_one_step_ahead(w, m, s, gradient, t, *settings):
    return adam_step(w, m, s, gradient, t + 1, *settings)


@exercise.misconception(
    "the corrected averages are stored",
    """You return the corrected m and s, and the next step would correct them again. The correction
    is for this step only: keep it under names of its own, such as `m_hat` and `s_hat`.""",
)
def adam_storing_the_corrected(w, m, s, gradient, t, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    m = (b1 * m + (1 - b1) * gradient) / (1 - b1**t)
    s = (b2 * s + (1 - b2) * gradient**2) / (1 - b2**t)
    return w - lr * m / (np.sqrt(s) + eps), m, s


@exercise.misconception(
    "eps under the root",
    """Your eps is added before the square root. There 1e-8 acts like 1e-4, and parameters with
    small gradients hardly move. Add it to the root: `np.sqrt(s_hat) + eps`.""",
)
def adam_eps_under_the_root(w, m, s, gradient, t, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    m = b1 * m + (1 - b1) * gradient
    s = b2 * s + (1 - b2) * gradient**2
    return w - lr * m / (1 - b1**t) / np.sqrt(s / (1 - b2**t) + eps), m, s


@exercise.misconception(
    "no square root",
    """You divide by s itself, an average of squares. A gradient ten times larger then gives a step
    ten times smaller. The root of s has the size of a gradient.""",
)
def adam_without_the_root(w, m, s, gradient, t, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    m = b1 * m + (1 - b1) * gradient
    s = b2 * s + (1 - b2) * gradient**2
    return w - lr * m / (1 - b1**t) / (s / (1 - b2**t) + eps), m, s


@exercise.misconception(
    "s averages the gradient, not its square",
    """Your s averages the gradient itself, so it can be negative, and its root is nan. s measures
    size: average `gradient**2`.""",
)
def adam_without_the_square(w, m, s, gradient, t, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    m = b1 * m + (1 - b1) * gradient
    s = b2 * s + (1 - b2) * gradient
    return w - lr * m / (1 - b1**t) / (np.sqrt(s / (1 - b2**t)) + eps), m, s
