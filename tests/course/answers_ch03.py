"""Chapter 3: right answers written differently, and mutants that change nothing."""

import math

import numpy as np

from nnlib import functions


def leaky_slope_by_mask(Z, negative_slope=0.01):
    slope = np.full(Z.shape, float(negative_slope))
    slope[Z > 0] = 1
    return slope


def leaky_slope_in_a_loop(Z, negative_slope=0.01):
    return [[1 if z > 0 else negative_slope for z in row] for row in Z]


def leaky_slope_by_arithmetic(Z, negative_slope=0.01):
    return (Z > 0) + negative_slope * (Z <= 0)


def sigmoid_by_tanh(Z):
    return (1 + np.tanh(Z / 2)) / 2


def sigmoid_clipped(Z):
    return 1 / (1 + np.exp(-np.clip(Z, -500, 500)))


def sigmoid_by_masks(Z):
    out, right = np.empty(Z.shape), Z >= 0
    out[right] = 1 / (1 + np.exp(-Z[right]))
    E = np.exp(Z[~right])
    out[~right] = E / (1 + E)
    return out


def sigmoid_in_a_loop(Z):
    def one(z):
        return 1 / (1 + math.exp(-z)) if z > 0 else math.exp(z) / (1 + math.exp(z))

    return [[one(z) for z in row] for row in Z]


def slopes_by_cosh(Z):
    Z = np.clip(Z, -300, 300)
    return 1 / (4 * np.cosh(Z / 2) ** 2), 1 / np.cosh(Z) ** 2


def slopes_as_a_list(Z):
    S, T = sigmoid_by_tanh(Z), np.tanh(Z)
    return [S - S * S, (1 - T) * (1 + T)]


def gelu_slope_by_vectorize(Z):
    Phi = (1 + np.vectorize(math.erf)(Z / math.sqrt(2))) / 2
    return Phi + Z * np.exp(-(Z**2) / 2) / math.sqrt(2 * math.pi)


def gelu_slope_in_a_loop(Z):
    out = np.zeros(Z.shape)
    for i, z in np.ndenumerate(Z):
        out[i] = 0.5 * math.erfc(-z / math.sqrt(2))
        out[i] += z * math.exp(-0.5 * z * z) / math.sqrt(2 * math.pi)
    return out


def xor_by_differences():
    return np.array([[1.0, -1], [-1, 1]]), np.zeros(2), np.ones((2, 1)), np.zeros(1)


def xor_of_lists():
    return [[1, 1], [1, 1]], [0, -1], [[1], [-2]], [0]


def xor_with_three_units():
    W1 = np.array([[1.0, 0, 1], [0, 1, 1]])
    return W1, np.array([0.0, 0, -1]), np.array([[1.0], [1], [-2]]), 0.0


def scales_in_new_names(X, weights):
    out, A = np.zeros(len(weights)), X
    for i in range(len(weights)):
        A = np.maximum(0, A @ weights[i])
        out[i] = np.sqrt(A.var())
    return out


def scales_by_recursion(X, weights):
    if not len(weights):
        return []
    A = (X @ weights[0]).clip(min=0)
    return [np.sqrt(np.mean((A - A.mean()) ** 2)), *scales_by_recursion(A, weights[1:])]


def glorot_by_random(shape, rng):
    return (2 * rng.random(shape) - 1) * math.sqrt(6 / sum(shape))


def glorot_from_zero_to_one(shape, rng):
    n_in, n_out = shape
    bound = np.sqrt(6.0 / (n_in + n_out))
    return bound * (2 * rng.random((n_in, n_out)) - 1)


def kaiming_by_normal(shape, rng):
    return rng.normal(0, np.sqrt(2 / shape[0]), size=shape)


def kaiming_by_brackets(shape, rng):
    return rng.standard_normal(shape) * (2 / shape[0]) ** (1 / 2)


def kaiming_scaled(shape, rng):
    n_in, n_out = shape
    return rng.standard_normal((n_in, n_out)) * np.sqrt(2.0 / n_in)


def dead_by_largest(Z):
    return np.max(Z, axis=0) <= 0


def dead_in_a_loop(Z):
    return [not any(z > 0 for z in column) for column in Z.T]


def dead_by_slopes(Z):
    return np.where(Z > 0, 1, 0).sum(axis=0) == 0


ALTERNATIVES = {
    "leaky_relu_grad": [leaky_slope_by_mask, leaky_slope_in_a_loop, leaky_slope_by_arithmetic],
    "sigmoid": [sigmoid_by_tanh, sigmoid_clipped, sigmoid_by_masks],
    "sigmoid_tanh_grad": [slopes_by_cosh, slopes_as_a_list],
    "gelu_grad": [functions.gelu_grad, gelu_slope_by_vectorize, gelu_slope_in_a_loop],
    "xor_network": [xor_by_differences, xor_of_lists, xor_with_three_units],
    "dead_units": [dead_by_largest, dead_in_a_loop, dead_by_slopes],
    "scale_by_depth": [scales_in_new_names, scales_by_recursion],
    "glorot_uniform": [glorot_by_random, glorot_from_zero_to_one],
    "kaiming_normal": [kaiming_by_normal, kaiming_by_brackets, kaiming_scaled],
}

EQUIVALENT = {
    "leaky_relu_grad": {"def leaky_relu_grad: 0.01*": "negative_slope is always given here"},
    "sigmoid": {"*np.greater_equal(Z, 0) -> np.greater(Z, 0)": "both formulas give 1/2 at z = 0"},
}

MAY_REFUSE = {
    "sigmoid": [sigmoid_in_a_loop],
}
