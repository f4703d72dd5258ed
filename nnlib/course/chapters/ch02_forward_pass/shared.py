"""What several exercises of the chapter use: their inputs and their probes."""

import numpy as np


def step(z):
    """1 where z > 0, else 0"""
    return np.where(z > 0, 1.0, 0.0)


def one_layer(rng):
    N, D, H = int(rng.integers(3, 5)), 2, int(rng.integers(5, 7))
    return rng.normal(size=(N, D)), rng.normal(size=(D, H)), rng.normal(size=H)


SQUARE = np.array([[1.0, 2], [3, 4]])


SWAP = np.array([[0.0, 1], [1, 0]])
