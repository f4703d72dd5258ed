"""Chapter 9 as its model solutions, in the notebook's own names."""

import numpy as np

from nnlib import functions


def torch_network(nn, sizes):
    layers = []
    for m, n in zip(sizes, sizes[1:]):
        layers += [nn.Linear(m, n), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def translate_weights(state):
    return {name: array.T for name, array in state.items()}


def worst_difference(ours, theirs):
    largest = max(np.abs(ours[name] - theirs[name]).max() for name in theirs)
    return largest / max(np.abs(theirs[name]).max() for name in theirs)


def loss_in_columns(X, y, W1, b1, W2, b2, strength):
    Z = W2 @ functions.sigmoid(W1 @ X + b1) + b2
    penalty = strength / 2 * (np.sum(W1**2) + np.sum(W2**2))
    return functions.cross_entropy(Z.T, y) + penalty


def train_epoch(model, criterion, optimizer, batches):
    total, count = 0.0, 0
    for X, y in batches:
        loss = criterion(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(y)
        count += len(y)
    return total / count


def accumulate_gradients(model, criterion, batches):
    N = sum(len(y) for _, y in batches)
    model.zero_grad()
    for X, y in batches:
        (criterion(model(X), y) * (len(y) / N)).backward()


def parameter_groups(named_parameters, weight_decay):
    decayed, free = [], []
    for _, p in named_parameters:
        (decayed if p.ndim > 1 else free).append(p)
    return [
        {"params": decayed, "weight_decay": weight_decay},
        {"params": free, "weight_decay": 0},
    ]


class Swish:
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x.sigmoid()

    @staticmethod
    def backward(ctx, gradient):
        (x,) = ctx.saved_tensors
        s = x.sigmoid()
        return gradient * (s + x * s * (1 - s))
