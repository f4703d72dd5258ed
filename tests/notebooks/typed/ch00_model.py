"""Chapter 0 as a student types it: the model solutions."""

import numpy as np


def dot(u, v):
    return u @ v


def matvec(A, x):
    return A @ x


def lp_norm(x, p):
    return (np.abs(x) ** p).sum() ** (1 / p)


def two_products(A, B):
    return A * B, A @ B


def center_rows(X):
    return X - X.mean(axis=1, keepdims=True)


def gradient_of_f(w):
    w1, w2 = w
    return np.array([1 / (w1 + w2) + 2 * w1 * w2, 1 / (w1 + w2) + w1**2])


def squared_error_grad(w, x, y):
    error = x @ w - y
    return x * error


def numerical_gradient(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    gradient = np.zeros(len(x))
    for i in range(len(x)):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        gradient[i] = (f(up) - f(down)) / (2 * h)
    return gradient
