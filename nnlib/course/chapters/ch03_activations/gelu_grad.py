"""In z times Phi(z) both factors move, so the slope has two terms."""

import math

import numpy as np

from nnlib.course.description import case, describe

from .shared import some_scores


def gelu_grad(Z):
    """The slope of GELU(z) = z Phi(z), by the product rule. The shape of Z is kept."""
    Phi = (1 + erf(Z / np.sqrt(2))) / 2  # the part of a normal distribution below z
    phi = np.exp(-(Z**2) / 2) / np.sqrt(2 * np.pi)  # the bell curve, the slope of Phi
    return Phi + Z * phi


erf = np.vectorize(math.erf, otypes=[float])


def phi(Z):
    return np.exp(-(Z**2) / 2) / np.sqrt(2 * np.pi)


exercise = describe(
    gelu_grad,
    title="The slope of GELU: a product rule",
    minutes=8,
    difficulty=2,
    cases=(
        case(np.array([[0.0]]), about="the middle: 1/2"),
        case(np.array([[-1.0, 1, 2]]), about="a slope below 0, another above 1"),
        case(np.array([[-40.0, 40]]), about="far out: 0 and 1"),
    ),
    draw=some_scores,
    terms=lambda Z: {"z phi(z)": Z * phi(Z), "Phi(z)": gelu_grad(Z) - Z * phi(Z)},
    exempt={
        "single precision": "a difference quotient is right too, and needs more digits",
        "large numbers": "a numerical slope is right too, and has no digits where it is 0",
        "a list": "the cells below take a list as well",
    },
    hints=(
        "GELU is a product of two things that both move with z. Which rule is that?",
        "(z Phi)' = 1 Phi + z Phi', and the slope of Phi is the bell curve "
        "phi(z) = e^(-z^2 / 2) / sqrt(2 pi).",
        "`Phi + Z * np.exp(-Z**2 / 2) / np.sqrt(2 * np.pi)`, with "
        "`Phi = (1 + erf(Z / np.sqrt(2))) / 2`.",
    ),
)


@exercise.misconception(
    "second factor held still",
    """This is Phi(z), what remains if Phi is held still. It moves with z as well: the product rule
    adds z phi(z).""",
)
def gelu_first_factor(Z):
    return gelu_grad(Z) - Z * phi(Z)


@exercise.misconception(
    "slopes multiplied",
    """You multiply the two slopes, 1 and phi. The product rule is a sum: slope of the first times
    the second, plus the first times the slope of the second.""",
)
def gelu_slopes_multiplied(Z):
    return phi(Z)


@exercise.misconception(
    "first factor held still",
    """This is z phi(z), one half of the product rule. The z in front has a slope too, 1, and brings
    Phi(z).""",
)
def gelu_second_factor(Z):
    return Z * phi(Z)


@exercise.misconception(
    "bell curve not scaled",
    """Phi is there and so is z e^(-z^2 / 2). The bell curve is divided by sqrt(2 pi), about 2.507,
    so that the area below it is 1.""",
)
def gelu_density_unscaled(Z):
    return gelu_grad(Z) - Z * phi(Z) + Z * np.exp(-(Z**2) / 2)


@exercise.misconception(
    "z missing before phi",
    """You add phi(z) without its z. In (u v)' = u' v + u v' the second term keeps the u, and u is z
    here. At z = 0 the term vanishes.""",
)
def gelu_z_forgotten(Z):
    return gelu_grad(Z) - Z * phi(Z) + phi(Z)


@exercise.misconception(
    "terms subtracted",
    """Both terms are right and you subtract them. The product rule adds; the minus belongs to
    quotients.""",
)
def gelu_minus(Z):
    return gelu_grad(Z) - 2 * Z * phi(Z)
