"""First values for weights: how far from zero a network starts.

Every function takes a shape and a source of randomness, `rng`: a NumPy Generator, a seed, or None
for a different result each time. All return float32. A weight of shape (n_in, n_out) has n_in
inputs to each unit (fan in) and n_out units (fan out).
"""

import numpy as np


def zeros(shape, rng=None):
    """All zeros: right for biases, fatal for weights (every unit would stay the same for ever)."""
    return np.zeros(shape, dtype=np.float32)


def normal(shape, rng=None, std=0.01):
    """Normal with mean 0 and standard deviation `std`."""
    return (std * np.random.default_rng(rng).standard_normal(shape)).astype(np.float32)


def uniform(shape, rng=None, bound=0.01):
    """Uniform on [-bound, bound]."""
    return np.random.default_rng(rng).uniform(-bound, bound, shape).astype(np.float32)


def glorot_uniform(shape, rng=None):
    """Uniform on +-sqrt(6 / (n_in + n_out)), for sigmoid and tanh (Glorot and Bengio, 2010)."""
    n_in, n_out = fans(shape)
    return uniform(shape, rng, bound=(6 / (n_in + n_out)) ** 0.5)


def glorot_normal(shape, rng=None):
    """Normal with standard deviation sqrt(2 / (n_in + n_out)) (Glorot and Bengio, 2010)."""
    n_in, n_out = fans(shape)
    return normal(shape, rng, std=(2 / (n_in + n_out)) ** 0.5)


def kaiming_uniform(shape, rng=None):
    """Uniform on +-sqrt(6 / n_in), for ReLU (He et al., 2015)."""
    n_in, _ = fans(shape)
    return uniform(shape, rng, bound=(6 / n_in) ** 0.5)


def kaiming_normal(shape, rng=None):
    """Normal with standard deviation sqrt(2 / n_in), for ReLU (He et al., 2015)."""
    n_in, _ = fans(shape)
    return normal(shape, rng, std=(2 / n_in) ** 0.5)


def fans(shape):
    """(n_in, n_out) of a weight. Raises ValueError unless it has two axes, neither empty."""
    if len(shape) != 2 or min(shape) < 1:
        raise ValueError(f"got a weight of shape {tuple(shape)}; expected (n_in, n_out)")
    return shape
