"""Both slopes follow from the function's value alone, with no new exponential."""

import numpy as np

from nnlib.course.description import case, describe
from nnlib.functions import sigmoid, tanh

from .shared import some_scores


def sigmoid_tanh_grad(Z):
    """The slopes of sigmoid and tanh, both from the function's own value: (N, H) -> twice (N, H)"""
    S, T = sigmoid(Z), tanh(Z)
    return S * (1 - S), 1 - T**2


exercise = describe(
    sigmoid_tanh_grad,
    title="The slopes of sigmoid and tanh",
    minutes=5,
    difficulty=1,
    returns=("sigma'", "tanh'"),
    cases=(
        case(np.array([[0.0]]), about="in the middle: 1/4 and 1"),
        case(np.array([[-1000.0, 1000]]), about="at the ends: flat"),
    ),
    draw=some_scores,
    exempt={"single precision": "a difference quotient is right too, and needs more digits"},
    hints=(
        "Both slopes need nothing but the value of the function. What is it called in "
        "sigma' = sigma (1 - sigma)?",
        "Compute S = sigmoid(Z) and T = tanh(Z) once. Then no exponential is needed any more.",
        "`return S * (1 - S), 1 - T**2`.",
    ),
)


@exercise.misconception(
    "formulas fed with z",
    """The formulas are right and get the wrong letter: they take the function's value, sigma(z),
    and you hand them z itself. Published code that calls its argument x in both places invites
    it.""",
)
def slopes_of_the_input(Z):
    return Z * (1 - Z), 1 - Z**2


@exercise.misconception(
    "brackets missing",
    """tanh' is right. For sigma' you get 0 everywhere: `S * 1 - S` is read as (S * 1) - S. Put the
    brackets around 1 - S.""",
)
def slopes_without_brackets(Z):
    S, T = sigmoid(Z), tanh(Z)
    return S * 1 - S, 1 - T**2


@exercise.misconception(
    "square around the bracket",
    """sigma' is right. In tanh' the square belongs to tanh alone: 1 - tanh^2 is 1 - (tanh z)^2, not
    (1 - tanh z)^2.""",
)
def slopes_square_outside(Z):
    S, T = sigmoid(Z), tanh(Z)
    return S * (1 - S), (1 - T) ** 2


@exercise.misconception(
    "square of z",
    """sigma' is right. tanh^2 z means (tanh z)^2: take tanh first, then square. You squared z.""",
)
def slopes_square_of_input(Z):
    S = sigmoid(Z)
    return S * (1 - S), 1 - tanh(Z**2)


@exercise.misconception(
    "one formula for both",
    """sigma' is right. tanh has a formula of its own, 1 - tanh^2: its values run from -1 to 1, so
    its slope vanishes at both ends. T (1 - T) would be 0 at z = 0, where tanh is steepest.""",
)
def slopes_one_formula(Z):
    S, T = sigmoid(Z), tanh(Z)
    return S * (1 - S), T * (1 - T)
