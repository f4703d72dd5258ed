"""Chapter 1 in another style: loops, other calls, another order."""

import numpy as np


def linear_model(X, w, b):
    return np.array([np.dot(row, w) + b for row in X])


def mse(prediction, target):
    total = 0.0
    for p, t in zip(prediction, target):
        total += (t - p) * (t - p)
    return total / len(target)


def mse_of_columns(prediction, target):
    return mse(prediction.flatten(), target)


def regression_grad(w, b, X, y):
    N, D = X.shape
    e = linear_model(X, w, b) - y
    dw = np.zeros(D)
    for d in range(D):
        dw[d] = 2 / N * np.sum(X[:, d] * e)
    return dw, 2 / N * np.sum(e)


def gradient_descent(X, y, learning_rate, steps):
    w = np.zeros_like(X[0])
    b = 0.0
    while steps > 0:
        slopes, slope = regression_grad(w, b, X, y)
        w = w - learning_rate * slopes
        b = b - learning_rate * slope
        steps = steps - 1
    return w, b


def least_squares(X, y):
    ones = np.ones((X.shape[0], 1))
    v = np.linalg.lstsq(np.hstack([ones, X]), y, rcond=None)[0]
    return v[1:], v[0]


def standardize(X):
    S = np.empty(X.shape)
    for d in range(X.shape[1]):
        column = X[:, d] - np.mean(X[:, d])
        S[:, d] = column / np.sqrt(np.mean(column**2))
    return S


def sgd_epoch(w, b, X, y, order, batch_size, learning_rate):
    X, y = X[order], y[order]
    while len(X) > 0:
        dw, db = regression_grad(w, b, X[:batch_size], y[:batch_size])
        w = w - dw * learning_rate
        b = b - db * learning_rate
        X, y = X[batch_size:], y[batch_size:]
    return w, b
