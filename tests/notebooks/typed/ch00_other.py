"""Chapter 0 in another style: loops, other calls, another order."""

import numpy as np


def dot(u, v):
    total = 0.0
    for i in range(len(u)):
        total = total + u[i] * v[i]
    return total


def matvec(A, x):
    out = np.zeros(len(A))
    for i in range(len(A)):
        out[i] = dot(A[i], x)
    return out


def lp_norm(x, p):
    total = 0
    for number in x:
        total += abs(number) ** p
    return total ** (1.0 / p)


def two_products(A, B):
    M = len(A)
    product = np.zeros((M, M))
    for i in range(M):
        for j in range(M):
            product[i, j] = np.sum(A[i, :] * B[:, j])
    return np.multiply(A, B), product


def center_rows(X):
    means = np.mean(X, axis=1)
    return X - means[:, None]


def gradient_of_f(w):
    gradient = np.empty(2)
    of_log = (w[0] + w[1]) ** -1.0
    gradient[0] = of_log + 2 * w[1] * w[0]
    gradient[1] = of_log + w[0] * w[0]
    return gradient


def squared_error_grad(w, x, y):
    prediction = sum(x[i] * w[i] for i in range(len(x)))
    return np.array([x[i] * (prediction - y) for i in range(len(x))])


def numerical_gradient(f, x, h=1e-5):
    x = x.astype(float)
    slopes = []
    for step in np.eye(len(x)) * h:
        slopes.append((f(x + step) - f(x - step)) / h / 2)
    return np.array(slopes)
