"""Chapter 4: right answers written differently, and mutants that change nothing."""

import math

import numpy as np


def one_hot_by_rows_of_the_identity(y, K):
    return np.eye(K)[y]


def one_hot_by_comparison(y, K):
    return y[:, None] == np.arange(K)


def one_hot_in_a_loop(y, K):
    return [[1 if k == label else 0 for k in range(K)] for label in y]


def softmax_in_a_loop(Z):
    rows = []
    for z in Z:
        e = [math.exp(v - max(z)) for v in z]
        rows.append([v / sum(e) for v in e])
    return rows


def softmax_by_logarithms(Z):
    S = Z - Z.max(axis=-1, keepdims=True)
    return np.exp(S - np.log(np.exp(S).sum(axis=-1, keepdims=True)))


def softmax_by_columns(Z):
    E = np.exp(Z.T - Z.max(axis=1))
    return (E / E.sum(axis=0)).T


def softmax_by_einsum(Z):
    E = np.exp(Z - np.amax(Z, axis=1)[:, None])
    return np.einsum("nk,n->nk", E, 1 / np.einsum("nk->n", E))


def temperature_inside(Z, T):
    E = np.exp((Z - Z.max(axis=1, keepdims=True)) / T)
    return E / E.sum(axis=1, keepdims=True)


def temperature_in_a_loop(Z, T):
    return np.array([softmax_by_columns(z[None] / T)[0] for z in Z])


def log_softmax_by_logaddexp(Z):
    return Z - np.logaddexp.reduce(Z, axis=1, keepdims=True)


def log_softmax_in_a_loop(Z):
    out = np.empty_like(Z)
    for i, z in enumerate(Z):
        m = z.max()
        out[i] = z - m - math.log(sum(math.exp(v - m) for v in z))
    return out


def cross_entropy_by_logaddexp(Z, y):
    return (np.logaddexp.reduce(Z, axis=1) - Z[np.arange(len(y)), y]).mean()


def cross_entropy_by_one_hot(Z, y):
    Y = np.eye(Z.shape[1])[y]
    return -(Y * log_softmax_by_logaddexp(Z)).sum() / len(Z)


def jacobian_by_outer(p):
    return np.diag(p) - np.outer(p, p)


def jacobian_in_a_loop(p):
    return [[p[i] * ((i == j) - p[j]) for j in range(len(p))] for i in range(len(p))]


def jacobian_by_einsum(p):
    return np.einsum("i,ij->ij", p, np.eye(len(p))) - np.einsum("i,j->ij", p, p)


def gradient_by_one_hot(Z, y):
    return (softmax_by_columns(Z) - np.eye(Z.shape[1])[y]) / len(Z)


def gradient_in_place_of_a_copy(Z, y):
    P = softmax_by_einsum(Z)
    P[range(len(y)), y] -= 1
    P /= len(y)
    return P


def step_by_samples(W, b, X, y, learning_rate):
    dW, db = np.zeros_like(W), np.zeros_like(b)
    for x, label in zip(X, y, strict=True):
        dz = gradient_by_one_hot((x @ W + b)[None], np.array([label]))[0]
        dW += np.outer(x, dz)
        db += dz
    return W - learning_rate * dW / len(y), b - learning_rate * db / len(y)


def step_as_a_list(W, b, X, y, learning_rate):
    dZ = gradient_by_one_hot(X @ W + b, y)
    db = np.ones(len(y)) @ dZ
    return [W - learning_rate * np.einsum("nd,nk->dk", X, dZ), b - learning_rate * db]


ALTERNATIVES = {
    "one_hot": [one_hot_by_rows_of_the_identity, one_hot_by_comparison, one_hot_in_a_loop],
    "softmax": [softmax_by_logarithms, softmax_by_columns, softmax_by_einsum],
    "softmax_with_temperature": [temperature_inside, temperature_in_a_loop],
    "log_softmax": [log_softmax_by_logaddexp, log_softmax_in_a_loop],
    "cross_entropy": [cross_entropy_by_logaddexp, cross_entropy_by_one_hot],
    "softmax_jacobian": [jacobian_by_outer, jacobian_by_einsum],
    "cross_entropy_grad": [gradient_by_one_hot, gradient_in_place_of_a_copy],
    "softmax_regression_step": [step_by_samples, step_as_a_list],
}

EQUIVALENT = {
    "one_hot": {
        "num_classes = int(y.max())*": "K is always given in this exercise",
        "np.put_along_axis(Y, y[..., None], 1, axis=-1): -1 -> 1": "the last of two axes is axis 1",
    },
    "softmax": {"def softmax: -1 -> 1": "the last of two axes is axis 1"},
    "log_softmax": {"def log_softmax: -1 -> 1": "the last of two axes is axis 1"},
    "cross_entropy": {
        "log_P = log_softmax(Z)*-> log_softmax(Z)": "log_P is never given in this exercise",
    },
}

MAY_REFUSE = {
    "softmax_jacobian": [jacobian_in_a_loop],
    "softmax": [softmax_in_a_loop],
}
