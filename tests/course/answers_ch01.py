"""Chapter 1: right answers written differently, and mutants that change nothing."""

import numpy as np


def model_by_dot(X, w, b):
    return np.dot(X, w) + b


def model_in_a_loop(X, w, b):
    return [sum(x * weight for x, weight in zip(row, w, strict=True)) + b for row in X]


def model_with_a_row_sum(X, w, b):
    return (X * w).sum(axis=1) + b


def mse_by_mean(prediction, target):
    return np.mean((prediction - target) ** 2)


def mse_by_dot(prediction, target):
    error = target - prediction
    return error @ error / len(error)


def mse_in_a_loop(prediction, target):
    total = 0
    for p, t in zip(prediction, target, strict=True):
        total += (p - t) ** 2
    return total / len(target)


def columns_raveled(prediction, target):
    return np.mean((prediction.ravel() - target) ** 2)


def columns_both_stood_up(prediction, target):
    return np.mean((prediction.reshape(-1, 1) - target.reshape(-1, 1)) ** 2)


def columns_in_a_loop(prediction, target):
    errors = [float(np.squeeze(p)) - t for p, t in zip(prediction, target, strict=True)]
    return np.square(errors).mean()


def grad_by_mean_of_rows(w, b, X, y):
    error = X @ w + b - y
    return 2 * (X * error[:, None]).mean(axis=0), 2 * np.mean(error)


def grad_in_a_loop(w, b, X, y):
    dw, db = np.zeros(len(w)), 0.0
    for x, target in zip(X, y, strict=True):
        error = x @ w + b - target
        dw += 2 * error * x / len(y)
        db += 2 * error / len(y)
    return dw, db


def grad_with_two_minuses(w, b, X, y):
    error = y - X @ w - b
    return -2 / len(y) * error @ X, -2 / len(y) * error.sum()


def descent_in_place(X, y, learning_rate, steps):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        dw, db = grad_in_a_loop(w, b, X, y)
        w -= learning_rate * dw
        b -= learning_rate * db
    return w, b


def descent_with_while(X, y, learning_rate, steps):
    v, A = np.zeros(X.shape[1] + 1), np.column_stack([X, np.ones(len(X))])
    while steps > 0:
        v = v - learning_rate * 2 / len(y) * A.T @ (A @ v - y)
        steps -= 1
    return v[:-1], v[-1]


def squares_by_lstsq(X, y):
    A = np.hstack([X, np.ones((len(X), 1))])
    v, *_ = np.linalg.lstsq(A, y, rcond=None)
    return v[:-1], v[-1]


def squares_by_inverse(X, y):
    A = np.column_stack([np.ones(len(X)), X])
    v = np.linalg.inv(A.T @ A) @ A.T @ y
    return v[1:], v[0]


def squares_centred(X, y):
    centred = X - X.mean(axis=0)
    w = np.linalg.solve(centred.T @ centred, centred.T @ (y - y.mean()))
    return w, y.mean() - X.mean(axis=0) @ w


def standardized_in_two_lines(X):
    Z = X - X.mean(axis=0, keepdims=True)
    return Z / np.sqrt((Z**2).mean(axis=0))


def standardized_in_a_loop(X):
    Z = np.empty(X.shape)
    for j in range(X.shape[1]):
        column = X[:, j]
        Z[:, j] = (column - column.mean()) / column.std()
    return Z


def epoch_on_sorted_copies(w, b, X, y, order, batch_size, learning_rate):
    X, y = X[order], y[order]
    for i in range(0, len(y), batch_size):
        dw, db = grad_in_a_loop(w, b, X[i : i + batch_size], y[i : i + batch_size])
        w = w - learning_rate * dw
        b = b - learning_rate * db
    return w, b


def epoch_by_split(w, b, X, y, order, batch_size, learning_rate):
    w = w.copy()
    for batch in np.split(order, range(batch_size, len(order), batch_size)):
        dw, db = grad_by_mean_of_rows(w, b, X[batch], y[batch])
        w -= learning_rate * dw
        b -= learning_rate * db
    return w, b


ALTERNATIVES = {
    "linear_model": [model_by_dot, model_with_a_row_sum],
    "mse": [mse_by_mean, mse_by_dot, mse_in_a_loop],
    "mse_of_columns": [columns_raveled, columns_both_stood_up, columns_in_a_loop],
    "regression_grad": [grad_by_mean_of_rows, grad_in_a_loop, grad_with_two_minuses],
    "gradient_descent": [descent_in_place, descent_with_while],
    "least_squares": [squares_by_lstsq, squares_by_inverse, squares_centred],
    "standardize": [standardized_in_two_lines, standardized_in_a_loop],
    "sgd_epoch": [epoch_on_sorted_copies, epoch_by_split],
}
EQUIVALENT = {
    "gradient_descent": {"w, b = *: 1 -> -1": "the last axis of a table is axis 1"},
}

MAY_REFUSE = {
    "linear_model": [model_in_a_loop],
}
