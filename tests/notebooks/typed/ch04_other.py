"""Chapter 4 in another style: loops, other calls, another order."""

import numpy as np


def softmax(Z):
    P = np.zeros(Z.shape)
    for n in range(len(Z)):
        e = np.exp(Z[n] - max(Z[n]))
        P[n] = e / sum(e)
    return P


def softmax_with_temperature(Z, T):
    cold = 1 / T
    return softmax(cold * Z)


def one_hot(y, K):
    return (y[:, None] == np.arange(K)).astype(float)


def log_softmax(Z):
    rows = []
    for z in Z:
        m = np.max(z)
        rows.append(z - m - np.log(np.sum(np.exp(z - m))))
    return np.array(rows)


def cross_entropy(Z, y):
    total = 0.0
    for row, label in zip(log_softmax(Z), y):
        total -= row[label]
    return total / len(y)


def softmax_jacobian(p):
    K = len(p)
    J = np.zeros((K, K))
    for i in range(K):
        for j in range(K):
            J[i, j] = p[i] * (1 - p[i]) if i == j else -p[i] * p[j]
    return J


def cross_entropy_grad(Z, y):
    dZ = softmax(Z)
    for n in range(len(y)):
        dZ[n, y[n]] -= 1
    return dZ / len(y)


def softmax_regression_step(W, b, X, y, learning_rate):
    Z = np.dot(X, W) + b
    dZ = cross_entropy_grad(Z, y)
    step_W = np.zeros(W.shape)
    step_b = np.zeros(b.shape)
    for x, dz in zip(X, dZ):
        step_W += np.outer(x, dz)
        step_b += dz
    return W - learning_rate * step_W, b - learning_rate * step_b
