"""Dividing the scores by T makes doubt or certainty and keeps the ranking."""

import numpy as np

from nnlib.course.description import case, describe, region
from nnlib.functions import softmax

from .shared import scores


def softmax_with_temperature(Z, T):
    """Probabilities at temperature T: a small T sharpens, a large T flattens. (N, K) -> (N, K)"""
    return softmax(Z / T)


exercise = describe(
    softmax_with_temperature,
    title="Softmax at a temperature",
    minutes=4,
    difficulty=1,
    cases=(
        case(np.array([[1.0, 2, 4]]), 2.0, about="warm: flatter"),
        case(np.array([[1.0, 2, 4], [0, 0, 3]]), 0.5, about="cold: sharper"),
        case(np.array([[1.0, 2, 4]]), 1.0, about="T = 1 changes nothing"),
    ),
    draw=lambda rng: (*scores(rng), 2.5),
    factors=lambda Z, T: {"T": T},
    regions=(
        region(
            """Right for small scores. Scores of a thousand, or a low temperature, must not
            overflow: divide by T, and leave the rest to a softmax that is safe.""",
            case(np.array([[1000.0, 998, -1000], [0, 1, 2]]), 0.5),
            case(np.array([[1.0, 2, 4]]), 0.002),
            case(np.array([[0.0, 0, 0, 0, 3000]]), 1.5),
            case(np.array([[1.0, 2, 4]]), 100.0),
            case(np.array([[1.0, 2, 4]]), 2),
        ),
    ),
    hints=(
        "A high temperature makes the classes more alike. What happens to the differences "
        "between the scores?",
        "The temperature divides the scores, before softmax sees them.",
        "`softmax(Z / T)`.",
    ),
)


@exercise.misconception(
    "multiplies by T",
    """You multiply the scores by T, so hot becomes cold: a large T sharpens here. It should
    flatten. Divide by T.""",
)
def temperature_multiplied(Z, T):
    return softmax(Z * T)


@exercise.misconception(
    "divides the probabilities",
    """You divide the probabilities by T, so they no longer add up to 1. The temperature acts on the
    scores, before softmax.""",
)
def temperature_after(Z, T):
    return softmax(Z) / T


@exercise.misconception(
    "power without renormalising",
    """p^(1/T) is the right shape of the curve, for e^(z/T) = (e^z)^(1/T). But the rows no longer
    add up to 1. Divide the scores by T instead, and softmax does the rest.""",
)
def temperature_power(Z, T):
    return softmax(Z) ** (1 / T)
