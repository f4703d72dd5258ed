"""ReLU lets a gradient through where it let the value through."""

import numpy as np

from nnlib import ops
from nnlib.course.description import case, describe

from .pairs import G, X, array_and_gradient, value_and_vjp

exercise = describe(
    ops.relu,
    title="ReLU, forward and backward",
    minutes=3,
    difficulty=1,
    probe=value_and_vjp,
    cases=(
        case(np.array([2.0, -3]), np.array([5.0, 7]), about="one on, one off"),
        case(np.array([0.0, 1]), np.array([5.0, 7]), about="at 0 the course takes the slope 0"),
        case(X, G, about="a matrix"),
    ),
    draw=array_and_gradient,
    hints=(
        "Where x is negative the result does not move with it. Where it is positive, how fast?",
        "The slope is 1 or 0: the mask `x > 0`. The vjp multiplies it by g.",
        "`return np.maximum(x, 0), (lambda g: g * (...),)`, with the mask in the brackets.",
    ),
)


@exercise.misconception(
    "the mask of g",
    """You ask where g is positive. Whether a unit was on is a question to x, which went forward;
    a gradient may have either sign.""",
)
def relu_masks_g(x):
    return np.maximum(x, 0), (lambda g: g * (g > 0),)


@exercise.misconception(
    "no mask",
    """The whole gradient comes through, also where x is negative. There the result is 0 and does
    not move: g times the mask `x > 0`.""",
)
def relu_without_mask(x):
    return np.maximum(x, 0), (lambda g: g * 1.0,)


@exercise.misconception(
    "mask without g",
    """This is the slope, 1 or 0. The vjp carries back what arrives: multiply the mask by g.""",
)
def relu_without_g(x):
    return np.maximum(x, 0), (lambda g: (x > 0) * 1.0,)


@exercise.misconception(
    "on at 0",
    """Right but for one point. At x = 0 there is no slope, and this course takes 0 (chapter 3):
    `x > 0`, without the equals sign.""",
)
def relu_on_at_zero(x):
    return np.maximum(x, 0), (lambda g: g * (x >= 0),)
