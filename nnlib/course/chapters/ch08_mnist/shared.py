"""What several exercises of the chapter use: their inputs and their probes."""

import numpy as np


def scores_and_labels(rng):
    N, K = int(rng.integers(6, 9)), int(rng.integers(3, 6))
    y = rng.integers(0, K, size=N)
    scores = rng.normal(size=(N, K)) + 1.5 * np.eye(K)[y]
    return scores, y
