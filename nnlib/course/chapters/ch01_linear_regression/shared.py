"""What several exercises of the chapter use: their inputs and their probes."""

import numpy as np


def inputs_and_weights(rng):
    N, D = int(rng.integers(5, 7)), int(rng.integers(3, 5))
    return rng.normal(size=(N, D)), rng.normal(size=D), float(rng.normal())


def two_columns_of_numbers(rng):
    N = rng.integers(3, 7)
    return rng.normal(size=N) * 3, rng.normal(size=N) * 3


def samples(rng):
    X, _, _ = inputs_and_weights(rng)
    return X, rng.normal(size=len(X)) * 2


def rows(X, *_):
    N, D = np.shape(X)
    return {"N, the number of samples": N, "D, the number of inputs": D}


LINE = np.array([[1.0], [2], [4]]), np.array([3.0, 5, 9])  # y = 2 x + 1
