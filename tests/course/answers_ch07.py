"""Chapter 7: right answers written differently, and mutants that change nothing."""

import math

import numpy as np

from nnlib import manual, nn, optim
from nnlib.training import EarlyStopping, History, Penalty, Run


def decay_by_powers(eta_0, rate, i):
    return eta_0 * math.exp(-rate) ** i


def decay_by_division(eta_0, rate, i):
    return eta_0 / np.exp(rate * np.asarray(i))


def one_parameter(w, gradient):
    p = manual.Parameter(w)
    p.grad = gradient
    return p


def momentum_by_the_optimiser(w, v, gradient, lr, momentum):
    p = one_parameter(w, gradient)
    optimiser = optim.SGD([p], lr, momentum=momentum)
    if momentum:
        optimiser.states[0]["v"] = v.copy()
    optimiser.step()
    return p.data, optimiser.states[0].get("v", gradient)


def momentum_as_a_list(w, v, gradient, lr, momentum):
    new = gradient + v * momentum
    return [w + -lr * new, new]


def adam_by_the_optimiser(w, m, s, gradient, t, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    p = one_parameter(w, gradient)
    optimiser = optim.Adam([p], lr, (b1, b2), eps)
    optimiser.states[0] = {"t": t - 1, "m": m.copy(), "s": s.copy()}
    optimiser.step()
    return p.data, optimiser.states[0]["m"], optimiser.states[0]["s"]


def adam_weight_by_weight(w, m, s, gradient, t, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    w, m, s = w.copy(), m.copy(), s.copy()
    for k, g in enumerate(gradient):
        m[k] += (1 - b1) * (g - m[k])
        s[k] += (1 - b2) * (g * g - s[k])
        w[k] -= lr * (m[k] / (1 - b1**t)) / (math.sqrt(s[k] / (1 - b2**t)) + eps)
    return w, m, s


def warmup_by_the_library(t, warmup):
    return optim.warmup_cosine(warmup)(t)


def warmup_by_half_angles(t, warmup):
    return t / warmup if t < warmup else math.cos(math.pi / 2 * (t - warmup) / (1 - warmup)) ** 2


def penalty_by_comparisons(W, dW, l1, l2):
    return dW + l1 * ((W > 0) * 1.0 - (W < 0) * 1.0) + W * l2


def penalty_by_the_library(W, dW, l1, l2):
    p = one_parameter(W, dW)
    Penalty(l1, l2).backward([p])
    return p.grad


def decay_by_its_gradient(W, dW, lr, strength):
    return W - lr * (dW + strength * W)


def decay_by_the_optimiser(W, dW, lr, strength):
    p = one_parameter(W, dW)
    optim.SGD([p], lr, weight_decay=strength).step()
    return p.data


def dropout_by_where(A, dice, p, training):
    return np.where(dice < p, 0, A / (1 - p)) if training else A


def dropout_element_by_element(A, dice, p, training):
    if not training:
        return A.copy()
    out = np.zeros_like(A)
    for at in np.ndindex(A.shape):
        if dice[at] >= p:
            out[at] = A[at] / (1 - p)
    return out


class Dice:
    """A generator that throws what it is told to."""

    def __init__(self, dice):
        self.dice = dice

    def random(self, shape, dtype):
        return self.dice


def dropout_by_the_module(A, dice, p, training):
    layer = nn.Dropout(p)
    layer.rng = Dice(dice)
    return layer.train(training)(A)


def stopping_by_the_library(losses, patience):
    stopping = EarlyStopping(patience)
    run = Run(manual.MLP([1, 1], rng=0), None, History(), len(losses), 1)
    for loss in losses:
        run.history.validation_loss.append(loss)
        run.epoch += 1
        stopping.update(run)
        if run.history.stopped:
            break
    return stopping.best_epoch, run.epoch


def stopping_by_slices(losses, patience):
    for last in range(1, len(losses) + 1):
        best = int(np.argmin(losses[:last])) + 1
        if last - best >= patience:
            return best, last
    return best, last


class MomentumOfTheLibrary(optim.SGD):
    def __init__(self, params, lr, momentum=0.9):
        super().__init__(params, lr, momentum=momentum)


class MomentumInADict:
    def __init__(self, params, lr, momentum=0.9):
        self.params, self.lr, self.share = [*params], lr, momentum
        self.v = {}

    def step(self):
        for p in self.params:
            if p.grad is None:
                continue
            self.v[id(p)] = self.share * self.v.get(id(p), 0.0) + p.grad
            p.data -= self.lr * self.v[id(p)]

    def zero_grad(self):
        for p in self.params:
            p.grad = None


class AdamOfTheLibrary(optim.Adam):
    pass


class AdamInADict:
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, (self.b1, self.b2), self.eps = [*params], lr, betas, eps
        self.averages, self.steps = {}, 0

    def step(self):
        self.steps += 1
        for i, p in enumerate(self.params):
            if p.grad is None:
                continue
            m, s = self.averages.get(i, (0.0, 0.0))
            m = m + (1 - self.b1) * (p.grad - m)
            s = s + (1 - self.b2) * (p.grad**2 - s)
            self.averages[i] = m, s
            m, s = m / (1 - self.b1**self.steps), s / (1 - self.b2**self.steps)
            p.data[...] = p.data - self.lr * m / (np.sqrt(s) + self.eps)

    def zero_grad(self):
        for p in self.params:
            p.grad = None


def training_with_a_range(net, criterion, optimiser, batches, lr, schedule):
    losses = np.zeros(len(batches))
    for i in range(len(batches)):
        X, y = batches[i]
        losses[i] = criterion.forward(net.forward(X), y)
        optimiser.zero_grad()
        net.backward(criterion.backward())
        optimiser.lr = schedule(i / len(batches)) * lr
        optimiser.step()
    return losses.tolist()


def training_by_counting(net, criterion, optimiser, batches, lr, schedule):
    losses = []
    for X, y in batches:
        loss = criterion(net(X), y)
        net.zero_grad()
        net.backward(criterion.backward())
        optimiser.lr = lr * schedule(len(losses) / len(batches))
        optimiser.step()
        losses += [loss]
    return losses


ALTERNATIVES = {
    "exponential_decay": [decay_by_powers, decay_by_division],
    "momentum_step": [momentum_by_the_optimiser, momentum_as_a_list],
    "adam_step": [adam_by_the_optimiser, adam_weight_by_weight],
    "Momentum": [MomentumOfTheLibrary, MomentumInADict],
    "Adam": [AdamOfTheLibrary, AdamInADict],
    "train_by_schedule": [training_with_a_range, training_by_counting],
    "warmup_cosine": [warmup_by_the_library, warmup_by_half_angles],
    "penalised_gradient": [penalty_by_comparisons, penalty_by_the_library],
    "weight_decay_step": [decay_by_its_gradient, decay_by_the_optimiser],
    "dropout": [dropout_by_where, dropout_element_by_element, dropout_by_the_module],
    "early_stopping": [stopping_by_the_library, stopping_by_slices],
}

EQUIVALENT = {}
