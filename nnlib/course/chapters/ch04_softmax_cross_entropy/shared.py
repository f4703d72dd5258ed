"""What several exercises of the chapter use: their inputs and their probes."""

import numpy as np

from nnlib.course.description import case, region


def scores(rng):
    N, K = rng.integers(3, 6), rng.integers(6, 9)
    return (rng.normal(size=(N, K)) * 3,)


def scores_and_labels(rng):
    (Z,) = scores(rng)
    return Z, rng.integers(0, Z.shape[1], size=len(Z))


def sizes(Z, *_):
    """The numbers that a wrong factor is likely to be."""
    N, K = np.shape(Z)
    return {"N, the number of rows": N, "K, the number of classes": K}


NEUROMATCH = np.array([[10.0, 1, -1, -20], [10, 10, 2, -10]])
FAR_APART = region(
    """Right, while the scores of a row lie together. Here one lies far above the mean of its row:
    subtract the row's maximum, not its mean or anything else, before `exp`.""",
    case(np.array([[0.0, 0, 0, 0, 2000], [1, -3000, 2, 3, 0]])),
    case(np.array([[-800.0, -1600, -800]])),
)
