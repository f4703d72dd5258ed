"""What several exercises of the chapter use: their inputs and their probes."""

from nnlib import nn


def weights(rng, *sizes):
    """The state_dict of a network: layers 0, 2, 4 are linear, 1 and 3 activations."""
    state = {}
    for layer, (n_in, n_out) in enumerate(zip(sizes[:-1], sizes[1:])):
        state[f"{2 * layer}.weight"] = rng.normal(size=(n_in, n_out))
        state[f"{2 * layer}.bias"] = rng.normal(size=n_out)
    return state


def a_model(rng):
    X, y = rng.normal(size=(5, 2)), rng.integers(3, size=5)
    return X, y, rng.normal(size=(2, 3)), rng.normal(size=3)


def cut(X, y, batch_size):
    """Batches in order; the last may be smaller."""
    starts = range(0, len(X), batch_size)
    return [(X[i : i + batch_size], y[i : i + batch_size]) for i in starts]


def network(W, b):
    """One linear layer with these weights."""
    model = nn.Linear(*W.shape)
    model.weight, model.bias = nn.Parameter(W), nn.Parameter(b)
    return model
