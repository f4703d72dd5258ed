"""Two classes of points in [-1, 1] squared: moons, circles, xor, spirals."""

import numpy as np

from ...data import make_moons, make_spirals, make_xor


def _moons(n, noise, rng):
    X, y = make_moons(n, 1.5 * noise, rng)
    return (X - np.float32([0.5, 0.25])) / np.float32(1.6), y


def _circles(n, noise, rng):
    rng = np.random.default_rng(rng)
    y = rng.permutation(np.arange(n) % 2)
    radius, angle = np.where(y, 0.9, 0.35) + rng.uniform(-0.1, 0.1, n), rng.uniform(0, 2 * np.pi, n)
    X = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    return (X + rng.normal(0, 1, X.shape) * noise).astype(np.float32), y


DATASETS = {
    "moons": _moons,
    "circles": _circles,
    "xor": make_xor,
    "spirals": lambda n, noise, rng: make_spirals(n, 2, noise, rng),
}
