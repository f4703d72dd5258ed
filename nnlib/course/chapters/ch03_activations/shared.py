"""What several exercises of the chapter use: their inputs and their probes."""

import numpy as np

from nnlib.course.description import case, region


def some_scores(rng):
    return (rng.normal(size=(3, 4)) * 2,)


def any_shape(rng):
    return (int(rng.integers(150, 250)), int(rng.integers(300, 400))), int(rng.integers(99))


def middle(answer, shape, seed):
    """The mean of a random matrix, in standard deviations, to one place."""
    W = answer(shape, np.random.default_rng(seed))
    return {"the mean, in standard deviations": np.round(np.mean(W) / np.std(W), 1)}


def fans(shape, seed):
    return {"n_in": shape[0], "n_out": shape[1]}


AROUND_ZERO = region(
    """The spread is right, and the middle is not: weights are drawn around 0. Look at the first
    arguments of the draw.""",
    case((100, 400), 3),
    use=middle,
)
