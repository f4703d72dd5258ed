"""Chapter 1 as a student types it: the model solutions."""

import numpy as np


def linear_model(X, w, b):
    return X @ w + b


def mse(prediction, target):
    return np.mean((prediction - target) ** 2)


def mse_of_columns(prediction, target):
    prediction = prediction.reshape(target.shape)
    return np.mean((prediction - target) ** 2)


def regression_grad(w, b, X, y):
    error = X @ w + b - y
    return 2 * X.T @ error / len(y), 2 * error.mean()


def gradient_descent(X, y, learning_rate, steps):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        dw, db = regression_grad(w, b, X, y)
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b


def least_squares(X, y):
    A = np.column_stack([X, np.ones(len(X))])
    v = np.linalg.solve(A.T @ A, A.T @ y)
    return v[:-1], v[-1]


def standardize(X):
    return (X - X.mean(axis=0)) / X.std(axis=0)


def sgd_epoch(w, b, X, y, order, batch_size, learning_rate):
    for start in range(0, len(order), batch_size):
        rows = order[start : start + batch_size]
        dw, db = regression_grad(w, b, X[rows], y[rows])
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b
