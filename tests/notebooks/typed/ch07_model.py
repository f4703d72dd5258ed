"""Chapter 7, solved: the model solutions, in the notebook's own names."""

import numpy as np


def exponential_decay(eta_0, rate, i):
    """The learning rate after i steps, eta_0 e^(-rate i). i: a number or an array."""
    return eta_0 * np.exp(-rate * i)


def momentum_step(w, v, gradient, lr, momentum):
    """One step with momentum. w, v and gradient have one shape. Returns the new (w, v)."""
    v = momentum * v + gradient
    return w - lr * v, v


class Momentum:
    """Descent with momentum, with one velocity a parameter."""

    def __init__(self, params, lr, momentum=0.9):
        self.params, self.lr, self.momentum = list(params), lr, momentum
        self.v = [np.zeros_like(p.data) for p in self.params]

    def step(self):
        """Move every p.data that has a p.grad, in place."""
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            w, self.v[i] = momentum_step(p.data, self.v[i], p.grad, self.lr, self.momentum)
            p.data[...] = w

    def zero_grad(self):
        """Set every p.grad to None. The velocities stay."""
        for p in self.params:
            p.grad = None


def adam_step(w, m, s, gradient, t, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    """Step number t = 1, 2, ... of Adam; w, m, s, gradient have one shape. Returns (w, m, s)."""
    m = b1 * m + (1 - b1) * gradient
    s = b2 * s + (1 - b2) * gradient**2
    m_hat = m / (1 - b1**t)
    s_hat = s / (1 - b2**t)
    return w - lr * m_hat / (np.sqrt(s_hat) + eps), m, s


class Adam:
    """Adam as an optimiser: it keeps m, s and t between steps."""

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = list(params), lr, betas, eps
        self.t = 0
        self.m = [np.zeros_like(p.data) for p in self.params]
        self.s = [np.zeros_like(p.data) for p in self.params]

    def step(self):
        """Move every p.data that has a p.grad, in place."""
        self.t += 1
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            w, self.m[i], self.s[i] = adam_step(
                p.data, self.m[i], self.s[i], p.grad, self.t, self.lr, *self.betas, self.eps
            )
            p.data[...] = w

    def zero_grad(self):
        """Set every p.grad to None. The averages stay."""
        for p in self.params:
            p.grad = None


def warmup_cosine(t, warmup):
    """The factor on the learning rate when the part t of the training is done, 0 <= t <= 1."""
    if t < warmup:
        return t / warmup
    past = (t - warmup) / (1 - warmup)
    return (1 + np.cos(np.pi * past)) / 2


def train_by_schedule(net, criterion, optimiser, batches, lr, schedule):
    """One step for each (X, y) of the list; returns the losses."""
    losses = []
    for i, (X, y) in enumerate(batches):
        optimiser.lr = lr * schedule(i / len(batches))
        optimiser.zero_grad()
        losses.append(criterion.forward(net.forward(X), y))
        net.backward(criterion.backward())
        optimiser.step()
    return losses


def early_stopping(losses, patience):
    """Validation losses, one an epoch -> (best epoch, last epoch), both counted from 1."""
    best, best_epoch = np.inf, 0
    for epoch, loss in enumerate(losses, start=1):
        if loss < best:
            best, best_epoch = loss, epoch
        if epoch - best_epoch >= patience:
            break
    return best_epoch, epoch


def penalised_gradient(W, dW, l1, l2):
    """dW, the gradient of the loss, plus those of l1 * sum |w| and l2 / 2 * sum w^2."""
    return dW + l1 * np.sign(W) + l2 * W


def weight_decay_step(W, dW, lr, strength):
    """One step of plain descent on loss + strength / 2 * sum W^2, in its decay form."""
    return W * (1 - lr * strength) - lr * dW


def dropout(A, dice, p, training):
    """Activations and dice, both (N, H) -> (N, H). An element lives where dice >= p."""
    if not training:
        return A
    return A * (dice >= p) / (1 - p)
