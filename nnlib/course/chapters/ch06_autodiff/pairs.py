"""What the small operations share: a probe that calls the value and its way back."""

import numpy as np


def value_and_vjp(answer, x, g):
    """Call the operation of one array, then its vjp with g."""
    out, (to_x,) = answer(x)
    return {"out": out, "dx": to_x(g)}


def value_and_vjps(answer, a, b, g):
    """Call the operation of two arrays, then each vjp with g."""
    out, (to_a, to_b) = answer(a, b)
    return {"out": out, "da": to_a(g), "db": to_b(g)}


def array_and_gradient(rng):
    """x and g of one shape, x away from 0, where ReLU has no slope."""
    shape = 2, int(rng.integers(3, 5))
    x = rng.uniform(0.2, 2, size=shape) * rng.choice([-1, 1], size=shape)
    return x, rng.normal(size=shape)


def two_arrays_and_gradient(rng):
    return tuple(rng.normal(size=(3, 2, int(rng.integers(3, 5)))))


X, G = np.array([[-1.0, 0.5], [2, -0.25]]), np.array([[1.0, 10], [-2, 3]])
