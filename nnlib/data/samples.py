"""Small sets to think with: Hubble's nebulae, moons, spirals and XOR."""

import operator
from typing import NamedTuple

import numpy as np

from .errors import DataError


class Hubble(NamedTuple):
    """How far each nebula is, and how fast it moves away."""

    distance: np.ndarray  # (24,) float64, megaparsecs
    velocity: np.ndarray  # (24,) float64, kilometres a second


def hubble():
    """Hubble's 24 nebulae: distance (24,) in Mpc, velocity (24,) in km/s, float64.

    Source: E. Hubble, "A relation between distance and radial velocity among extra-galactic
    nebulae", PNAS 15(3), 168-173 (1929), table 1.
    """
    table = """0.032 +170, 0.034 +290, 0.214 -130, 0.263 -70, 0.275 -185, 0.275 -220, 0.45 +200,
        0.5 +290, 0.5 +270, 0.63 +200, 0.8 +300, 0.9 -30, 0.9 +650, 0.9 +150, 0.9 +500, 1.0 +920,
        1.1 +450, 1.1 +500, 1.4 +500, 1.7 +960, 2.0 +500, 2.0 +850, 2.0 +800, 2.0 +1090"""
    distance, velocity = np.array([row.split() for row in table.split(",")], dtype=float).T
    return Hubble(distance.copy(), velocity.copy())


def make_moons(n_samples=100, noise=0.0, rng=None):
    """Two half circles that reach into each other, as in scikit-learn.

    noise: standard deviation of the Gaussian noise on each coordinate.
    rng: a NumPy Generator, a seed or None.
    Returns X (N, 2) float32 and y (N,) int64 in {0, 1}, in random order.
    Raises DataError unless n_samples >= 1 and noise >= 0.
    """
    n, rng = _checked(n_samples, noise, rng)
    outer = np.linspace(0, np.pi, n // 2)
    inner = np.linspace(0, np.pi, n - n // 2)
    X = np.concatenate(
        [
            np.column_stack([np.cos(outer), np.sin(outer)]),
            np.column_stack([1 - np.cos(inner), 0.5 - np.sin(inner)]),
        ]
    )
    return _finished(X, np.arange(n) >= n // 2, noise, rng)


def make_spirals(n_samples=100, classes=3, noise=0.0, rng=None):
    """Arms of one spiral, a class each, as in Stanford's CS231n notes.

    Each arm runs from the centre to radius 1 while it turns by 4 radians.
    noise, rng: see make_moons.
    Returns X (N, 2) float32 and y (N,) int64 in 0 .. classes-1, in random order.
    Raises DataError unless n_samples >= 1, classes >= 1 and noise >= 0.
    """
    n, rng = _checked(n_samples, noise, rng)
    classes = _at_least_one("classes", classes)
    y = np.arange(n) * classes // n  # as equal in number as n allows
    first = np.searchsorted(y, np.arange(classes))
    counts = np.bincount(y, minlength=classes)
    radius = (np.arange(n) - first[y]) / np.maximum(counts[y] - 1, 1)
    angle = 4 * radius + 2 * np.pi * y / classes
    X = np.column_stack([radius * np.sin(angle), radius * np.cos(angle)])
    return _finished(X, y, noise, rng)


def make_xor(n_samples=100, noise=0.0, rng=None):
    """Points in the square from -1 to 1; class 1 where the two coordinates differ in sign.

    Without noise every point keeps 0.1 away from the axes. The four quadrants are equally full.
    noise, rng: see make_moons.
    Returns X (N, 2) float32 and y (N,) int64 in {0, 1}, in random order.
    Raises DataError unless n_samples >= 1 and noise >= 0.
    """
    n, rng = _checked(n_samples, noise, rng)
    quadrant = np.arange(n) % 4
    right, up = quadrant % 2, quadrant // 2
    signs = 2 * np.column_stack([right, up]) - 1
    return _finished(signs * rng.uniform(0.1, 1, (n, 2)), right != up, noise, rng)


def _finished(X, y, noise, rng):
    """Add the noise, shuffle, and settle the types."""
    order = rng.permutation(len(X))
    if noise:
        X = X + rng.normal(0, noise, X.shape)
    return X[order].astype(np.float32), y[order].astype(np.int64)


def _checked(n_samples, noise, rng):
    if not noise >= 0:
        raise DataError(f"noise is a standard deviation, at least 0; got {noise!r}.")
    return _at_least_one("n_samples", n_samples), np.random.default_rng(rng)


def _at_least_one(name, value):
    try:
        number = operator.index(value)
    except TypeError:
        number = 0
    if number < 1:
        raise DataError(f"{name} must be a whole number of at least 1; got {value!r}.")
    return number
