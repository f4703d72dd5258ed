"""Chapter 0: right answers written differently, and mutants that change nothing."""

import numpy as np


def dot_by_at(u, v):
    return u @ v


def dot_in_a_loop(u, v):
    total = 0.0
    for a, b in zip(u, v, strict=True):
        total += a * b
    return total


def matvec_by_at(A, x):
    return A @ x


def matvec_by_einsum(A, x):
    return np.einsum("mn,n->m", A, x)


def matvec_in_a_loop(A, x):
    return [dot_by_at(row, x) for row in A]


def matvec_by_columns(A, x):
    return sum(x[j] * A[:, j] for j in range(len(x)))


def norm_by_linalg(x, p):
    return np.linalg.norm(x, ord=p)


def norm_in_a_loop(x, p):
    total = 0.0
    for value in x:
        total += abs(float(value)) ** p
    return np.power(total, 1 / p)


def products_by_name(A, B):
    return np.multiply(A, B), np.matmul(A, B)


def products_by_einsum(A, B):
    return [np.einsum("ij,ij->ij", A, B), np.einsum("ij,jk->ik", A, B)]


def centred_by_none(X):
    return X - X.mean(axis=1)[:, None]


def centred_on_its_side(X):
    return (X.T - X.T.mean(axis=0)).T


def centred_in_a_loop(X):
    out = np.empty(X.shape)
    for i, row in enumerate(X):
        out[i] = row - row.mean()
    return out


def gradient_by_sum_of_terms(w):
    return np.ones(2) / w.sum() + np.array([2 * w[0] * w[1], w[0] ** 2])


def gradient_entry_by_entry(w):
    gradient = np.full(2, 1 / np.sum(w))
    gradient[0] += 2 * w[0] * w[1]
    gradient[1] += w[0] ** 2
    return gradient


def gradient_as_a_list(w):
    a, b = w
    return [1 / (a + b) + 2 * a * b, 1 / (a + b) + a * a]


def error_grad_with_two_minuses(w, x, y):
    return -x * (y - np.sum(x * w))


def error_grad_in_a_loop(w, x, y):
    error = np.dot(x, w) - y
    return [error * value for value in x]


def centred_difference_on_copies(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    gradient = np.zeros(len(x))
    for i in range(len(x)):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        gradient[i] = (f(up) - f(down)) / (2 * h)
    return gradient


def centred_difference_along_the_axes(f, x, h=1e-5):
    steps = h * np.eye(len(x))
    return np.array([(f(x + step) - f(x - step)) / (2 * h) for step in steps])


ALTERNATIVES = {
    "dot": [dot_by_at, dot_in_a_loop, np.dot],
    "matvec": [matvec_by_at, matvec_by_einsum, matvec_in_a_loop, matvec_by_columns],
    "lp_norm": [norm_by_linalg, norm_in_a_loop],
    "two_products": [products_by_name, products_by_einsum],
    "center_rows": [centred_by_none, centred_on_its_side, centred_in_a_loop],
    "gradient_of_f": [gradient_by_sum_of_terms, gradient_entry_by_entry],
    "squared_error_grad": [error_grad_with_two_minuses, error_grad_in_a_loop],
    "numerical_gradient": [centred_difference_on_copies, centred_difference_along_the_axes],
}
EQUIVALENT = {
    "matvec": {"return (A * x).sum(axis=1): 1 -> -1": "the last of two axes is axis 1"},
    "center_rows": {"return X - *: 1 -> -1": "the last of two axes is axis 1"},
    "numerical_gradient": {
        "def numerical_gradient: 1e-05 -> -1e-05": "a centred difference is even in h",
        "gradient = *np.zeros_like(x) -> np.ones_like(x)": "every entry is written afterwards",
    },
}

MAY_REFUSE = {
    "gradient_of_f": [gradient_as_a_list],
}
