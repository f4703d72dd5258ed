"""Chapter 9: right answers written differently, and mutants that change nothing."""

import numpy as np

from nnlib.functions import log_softmax, one_hot, sigmoid


def translate_in_a_loop(state):
    new = {}
    for name in state:
        is_weight = name.endswith(".weight")
        new[name] = np.transpose(state[name]).copy() if is_weight else state[name].copy()
    return new


def translate_by_axes(state):
    return {n: np.ascontiguousarray(a.swapaxes(0, -1)) for n, a in state.items()}


def columns_through_rows(X, y, W1, b1, W2, b2, strength):
    """Turn everything first, then go the way of the course."""
    Z = sigmoid(X.T @ W1.T + b1[:, 0]) @ W2.T + b2.ravel()
    data = -np.mean(np.sum(one_hot(y, Z.shape[1]) * log_softmax(Z), axis=1))
    return data + 0.5 * strength * sum(np.sum(W * W) for W in (W1, W2))


def columns_along_axis_0(X, y, W1, b1, W2, b2, strength):
    Z = W2 @ sigmoid(W1 @ X + b1) + b2
    E = np.exp(Z - Z.max(axis=0))
    P = E / E.sum(axis=0)
    data = -np.log(P[y, np.arange(len(y))]).mean()
    return data + (strength * np.linalg.norm(W1) ** 2 + strength * np.linalg.norm(W2) ** 2) / 2


def worst_in_a_loop(ours, theirs):
    worst = size = 0.0
    for name in ours:
        worst = max(worst, float(np.max(np.abs(theirs[name] - ours[name]))))
        size = max(size, float(np.max(np.abs(theirs[name]))))
    return worst / size


def worst_of_one_long_vector(ours, theirs):
    a, b = (np.concatenate([d[n].ravel() for n in theirs]) for d in (ours, theirs))
    return np.linalg.norm(a - b, np.inf) / np.linalg.norm(b, np.inf)


def epoch_with_zero_first(model, criterion, optimizer, batches):
    losses, sizes = [], []
    for X, y in batches:
        optimizer.zero_grad()
        loss = criterion(model(X), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        sizes.append(len(y))
    return np.average(losses, weights=sizes)


def epoch_with_zero_last(model, criterion, optimizer, batches):
    total = count = 0
    for X, y in batches:
        scores = model(X)
        loss = criterion(scores, y)
        loss.backward()
        optimizer.step()
        model.zero_grad()
        total, count = total + float(loss.item()) * len(X), count + len(X)
    return total / count


def accumulate_sums_then_divide(model, criterion, batches):
    model.zero_grad()
    count = 0
    for X, y in batches:
        (criterion(model(X), y) * len(y)).backward()
        count += len(y)
    for p in model.parameters():
        p.grad = p.grad / count


def accumulate_apart(model, criterion, batches):
    """Each part's gradients by themselves, weighed and added up at the end."""
    N, parts = sum(len(X) for X, _ in batches), []
    for X, y in batches:
        model.zero_grad()
        criterion(model(X), y).backward()
        parts.append([p.grad * len(y) / N for p in model.parameters()])
    for p, gradients in zip(model.parameters(), zip(*parts)):
        p.grad = sum(gradients)


def groups_from_a_list(named_parameters, weight_decay):
    parameters = [p for _, p in list(named_parameters)]
    return [
        {"params": [p for p in parameters if p.ndim == 2], "weight_decay": weight_decay},
        {"params": [p for p in parameters if p.ndim != 2], "weight_decay": 0.0},
    ]


def groups_as_a_tuple(named_parameters, weight_decay):
    groups = (
        {"params": [], "weight_decay": weight_decay},
        {"params": [], "weight_decay": 0},
    )
    for _, p in named_parameters:
        groups[len(p.shape) == 1]["params"].append(p)
    return groups


def network_by_comprehension(nn, sizes):
    last = len(sizes) - 2
    pairs = [(nn.Linear(sizes[i], sizes[i + 1]), nn.ReLU()) for i in range(last)]
    return nn.Sequential(*[m for pair in pairs for m in pair], nn.Linear(*sizes[last:]))


def network_with_relu_first(nn, sizes):
    layers = [nn.Linear(sizes[0], sizes[1])]
    for i in range(1, len(sizes) - 1):
        layers.append(nn.ReLU())
        layers.append(nn.Linear(sizes[i], sizes[i + 1]))
    return nn.Sequential(*layers)


class SwishBySlope:
    """The slope is computed on the way forward, and kept as an attribute."""

    @staticmethod
    def forward(ctx, x):
        s = 1 / (1 + (-x).exp())
        ctx.slope = s * (1 + x * (1 - s))
        return x * s

    @staticmethod
    def backward(ctx, gradient):
        return gradient * ctx.slope


class SwishByOutput:
    """With y = x s the slope is y + s (1 - y)."""

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


ALTERNATIVES = {
    "torch_network": [network_by_comprehension, network_with_relu_first],
    "Swish": [SwishBySlope, SwishByOutput],
    "translate_weights": [translate_in_a_loop, translate_by_axes],
    "loss_in_columns": [columns_through_rows, columns_along_axis_0],
    "worst_difference": [worst_in_a_loop, worst_of_one_long_vector],
    "train_epoch": [epoch_with_zero_first, epoch_with_zero_last],
    "accumulate_gradients": [accumulate_sums_then_divide, accumulate_apart],
    "parameter_groups": [groups_from_a_list, groups_as_a_tuple],
}
EQUIVALENT = {}
