"""Chapter 2: right answers written differently, and mutants that change nothing."""

import numpy as np


def neuron_in_a_loop(x, w, b, activation):
    z = b
    for value, weight in zip(x, w, strict=True):
        z += value * weight
    return activation(z)


def neuron_by_sum(x, w, b, activation):
    return activation((x * w).sum() + b)


def neuron_with_a_constant_input(x, w, b, activation):
    return activation(np.dot(np.append(x, 1), np.append(w, b)))


def linear_by_einsum(X, W, b):
    return np.einsum("nd,dh->nh", X, W) + b


def linear_neuron_by_neuron(X, W, b):
    return np.column_stack([X @ W[:, j] + b[j] for j in range(W.shape[1])])


def linear_in_columns(X, W, b):
    return (W.T @ X.T + b[:, None]).T


def rows_by_name(X, W, b):
    return np.transpose(X), np.transpose(W), b.ravel()


def rows_by_swapaxes(X, W, b):
    return [X.swapaxes(0, 1), W.swapaxes(0, 1), b.squeeze(axis=1)]


def forward_with_an_index(X, layers, activation):
    for i, (W, b) in enumerate(layers):
        X = X @ W + b
        if i < len(layers) - 1:
            X = activation(X)
    return X


def forward_first_layer_apart(X, layers, activation):
    (W, b), *later = layers
    Z = X @ W + b
    for W, b in later:
        Z = activation(Z) @ W + b
    return Z


def forward_by_recursion(X, layers, activation):
    W, b = layers[0]
    Z = linear_by_einsum(X, W, b)
    if len(layers) == 1:
        return Z
    return forward_by_recursion(activation(Z), layers[1:], activation)


def count_by_index(sizes):
    total = 0
    for layer in range(1, len(sizes)):
        total += sizes[layer] * (sizes[layer - 1] + 1)
    return total


def count_weights_then_biases(sizes):
    return int(np.dot(sizes[:-1], sizes[1:]) + sum(sizes[1:]))


def count_by_making_them(sizes):
    return sum(np.zeros((a, b)).size + np.zeros(b).size for a, b in zip(sizes, sizes[1:]))  # noqa: B905


def collapse_by_asking(W1, b1, W2, b2):
    """The bias is the answer to zero, the weights are the answers to one input at a time."""
    D = len(W1)
    b = (np.zeros(D) @ W1 + b1) @ W2 + b2
    return (np.eye(D) @ W1 + b1) @ W2 + b2 - b, b


def collapse_by_einsum(W1, b1, W2, b2):
    return np.einsum("dh,hk->dk", W1, W2), np.einsum("h,hk->k", b1, W2) + b2


ALTERNATIVES = {
    "neuron": [neuron_in_a_loop, neuron_by_sum, neuron_with_a_constant_input],
    "linear": [linear_by_einsum, linear_neuron_by_neuron, linear_in_columns],
    "to_rows": [rows_by_name, rows_by_swapaxes],
    "network_forward": [forward_with_an_index, forward_first_layer_apart, forward_by_recursion],
    "count_parameters": [count_by_index, count_weights_then_biases, count_by_making_them],
    "collapse": [collapse_by_asking, collapse_by_einsum],
}
EQUIVALENT = {}
