"""Chapter 9 in another style: other calls, another order."""

import numpy as np

from nnlib import functions


def torch_network(nn, sizes):
    layers = [nn.Linear(sizes[0], sizes[1])]
    for i in range(1, len(sizes) - 1):
        layers.append(nn.ReLU())
        layers.append(nn.Linear(sizes[i], sizes[i + 1]))
    return nn.Sequential(*layers)


def translate_weights(state):
    new = {}
    for name in state:
        new[name] = np.transpose(state[name]).copy()
    return new


def worst_difference(ours, theirs):
    worst = size = 0.0
    for name in ours:
        worst = max(worst, float(np.max(np.abs(theirs[name] - ours[name]))))
        size = max(size, float(np.max(np.abs(theirs[name]))))
    return worst / size


def loss_in_columns(X, y, W1, b1, W2, b2, strength):
    rows = functions.sigmoid(X.T @ W1.T + b1.ravel()) @ W2.T + b2.ravel()
    squares = sum(np.sum(W * W) for W in (W1, W2))
    return functions.cross_entropy(rows, y) + 0.5 * strength * squares


def train_epoch(model, criterion, optimizer, batches):
    losses, sizes = [], []
    for X, y in batches:
        optimizer.zero_grad()
        loss = criterion(model(X), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        sizes.append(len(y))
    return float(np.average(losses, weights=sizes))


def accumulate_gradients(model, criterion, batches):
    model.zero_grad()
    count = 0
    for X, y in batches:
        (criterion(model(X), y) * len(y)).backward()
        count += len(y)
    for p in model.parameters():
        p.grad = p.grad / count


def parameter_groups(named_parameters, weight_decay):
    parameters = [p for _, p in named_parameters]
    return [
        {"params": [p for p in parameters if p.ndim == 2], "weight_decay": weight_decay},
        {"params": [p for p in parameters if p.ndim != 2], "weight_decay": 0.0},
    ]


class Swish:
    @staticmethod
    def forward(ctx, x):
        s = x.sigmoid()
        y = s * x
        ctx.save_for_backward(s, y)
        return y

    @staticmethod
    def backward(ctx, gradient):
        s, y = ctx.saved_tensors
        return (y + s * (1 - y)) * gradient
