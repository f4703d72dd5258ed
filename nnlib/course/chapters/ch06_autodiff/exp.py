"""The exponential is its own slope: what forward computed, backward uses again."""

import numpy as np

from nnlib import ops
from nnlib.course.description import case, describe

from .pairs import G, X, array_and_gradient, value_and_vjp

exercise = describe(
    ops.exp,
    title="The exponential, forward and backward",
    minutes=3,
    difficulty=1,
    probe=value_and_vjp,
    cases=(
        case(np.array([1.0]), np.array([1.0]), about="one number, g = 1"),
        case(X, G, about="a matrix"),
    ),
    draw=array_and_gradient,
    hints=(
        "Which function is its own derivative? Then you have computed the slope already.",
        "Keep the value in a name, `out`, and use it in the vjp. Mind the comma of a tuple of one.",
        "`out = np.exp(x)`, then `return out, (lambda g: ...,)` with g times `out`.",
    ),
)


@exercise.misconception(
    "g left out",
    """This is the slope of the exponential. The vjp multiplies it by g, which is what arrives from
    above.""",
)
def exp_without_g(x):
    out = np.exp(x)
    return out, (lambda g: out,)


@exercise.misconception(
    "exp of g",
    """You take the exponential of what arrives. The slope belongs to the place where forward was:
    exp(x), times g.""",
)
def exp_of_g(x):
    return np.exp(x), (lambda g: np.exp(g),)


@exercise.misconception(
    "g times x",
    """g is multiplied by the input. The derivative of the exponential is the exponential, so it is
    multiplied by the output.""",
)
def exp_times_x(x):
    return np.exp(x), (lambda g: g * x,)
