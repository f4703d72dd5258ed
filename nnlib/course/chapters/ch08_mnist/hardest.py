"""The worst mistakes are made with confidence, so rank by surprise at the truth."""

import numpy as np

from nnlib.course.description import case, describe, region
from nnlib.functions import log_softmax

from .shared import scores_and_labels


def hardest(scores, y, n):
    """The positions of the n samples with the largest surprise -log p, the worst one first."""
    surprise = -log_softmax(scores)[np.arange(len(y)), y]
    return np.argsort(surprise)[::-1][:n]


exercise = describe(
    hardest,
    title="Find the hardest images",
    minutes=7,
    difficulty=2,
    cases=(
        case(
            np.array([[4.0, 0, 0], [0, 0, 3], [1, 2, 0], [9, 0, 1]]),
            np.array([0, 1, 0, 2]),
            2,
            about="the worst two of four",
        ),
        case(
            np.array([[50.0, 49, 0], [1, 0, -9], [-9, 9, 0]]),
            np.array([1, 0, 2]),
            3,
            about="a high score that is not the highest",
        ),
    ),
    draw=lambda rng: (*scores_and_labels(rng), 3),
    regions=(
        region(
            """Right for scores of ordinary size and a few images. Scores of hundreds and
            thousands are ranked as well, and n may be 1, or the number of all images.""",
            case(
                np.array([[500.0, 0, 0], [0, 300, 3], [5, 0, 0], [0.5, 1, 0], [-50, 50, 0]]),
                np.array([1, 2, 1, 1, 0]),
                5,
            ),
            case(np.array([[1.0, 2], [5, 0], [0, 3]]), np.array([0, 1, 1]), 1),
            case(np.array([[1.0, 2, 0]]), np.array([2]), 1),
            case(np.array([[2.0, 1, 0], [4000, 3999, 0], [0, 0.5, 1]]), np.array([0, 1, 2]), 2),
        ),
    ),
    exempt={
        "large numbers": "several surprises are exactly 0 then, and their order is free",
        "a length of 1": "nobody asks for more images than there are",
    },
    hints=(
        "How hard was sample i? Chapter 4 has a number for it.",
        "The surprise is -log_softmax(scores) at the true label. `np.argsort` orders from "
        "small to large and gives positions.",
        "`surprise = -functions.log_softmax(scores)[np.arange(len(y)), y]`, then "
        "`np.argsort(surprise)[::-1][:n]`.",
    ),
)


@exercise.misconception(
    "the easiest ones",
    """These are the samples with the smallest surprise. `np.argsort` goes from small to large: turn
    it round with `[::-1]` before you cut.""",
)
def easiest(scores, y, n):
    surprise = -log_softmax(scores)[np.arange(len(y)), y]
    return np.argsort(surprise)[:n]


@exercise.misconception(
    "the worst one last",
    """The right samples, with the worst one last. Turn them round: `[::-1]`.""",
)
def worst_one_last(scores, y, n):
    return hardest(scores, y, n)[::-1]


@exercise.misconception(
    "least sure, whatever the truth",
    """You rank by the largest probability, without the labels: these are the samples of which the
    network was least sure. The worst mistakes are made with full confidence. Take the probability
    of the true class.""",
)
def hardest_by_doubt(scores, y, n):
    return np.argsort(log_softmax(scores).max(axis=1))[:n]


@exercise.misconception(
    "raw scores compared",
    """A score means something only beside the other scores of its row: 49 is little next to 50.
    Compare the surprise, -log softmax at the true label.""",
)
def hardest_by_raw_score(scores, y, n):
    return np.argsort(scores[np.arange(len(y)), y])[:n]


@exercise.misconception(
    "surprises instead of positions",
    """These are the largest surprises themselves. You want to know which images they belong to:
    `np.argsort` gives positions.""",
)
def hardest_values(scores, y, n):
    surprise = -log_softmax(scores)[np.arange(len(y)), y]
    return np.sort(surprise)[::-1][:n]
