"""Chapter 7, solved in another style: other orders, other calls, a while loop."""

import numpy as np


def exponential_decay(eta_0, rate, i):
    return eta_0 / np.exp(rate * i)


def momentum_step(w, v, gradient, lr, momentum):
    speed = gradient + v * momentum
    moved = w + (-lr) * speed
    return moved, speed


class Momentum:
    def __init__(self, params, lr, momentum=0.9):
        self.parts = [[p, 0.0] for p in params]
        self.lr = lr
        self.keep = momentum

    def step(self):
        for part in self.parts:
            p, velocity = part
            if p.grad is not None:
                part[1] = self.keep * velocity + p.grad
                np.subtract(p.data, self.lr * part[1], out=p.data)

    def zero_grad(self):
        for p, _ in self.parts:
            p.grad = None


def adam_step(w, m, s, gradient, t, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    m = m + (1 - b1) * (gradient - m)
    s = s + (1 - b2) * (gradient * gradient - s)
    size = np.sqrt(s / (1 - b2**t)) + eps
    step = m / (1 - b1**t) / size
    return w - lr * step, m, s


class Adam:
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.params = list(params)
        self.lr, self.eps = lr, eps
        self.b1, self.b2 = betas
        self.steps, self.m, self.s = 0, {}, {}

    def step(self):
        self.steps = self.steps + 1
        for i, p in enumerate(self.params):
            g = p.grad
            if g is not None:
                m, s = self.m.get(i, 0.0), self.s.get(i, 0.0)
                self.m[i] = m = self.b1 * m + (1 - self.b1) * g
                self.s[i] = s = self.b2 * s + (1 - self.b2) * g * g
                fair_m = m / (1 - self.b1**self.steps)
                fair_s = s / (1 - self.b2**self.steps)
                p.data -= self.lr * fair_m / (np.sqrt(fair_s) + self.eps)

    def zero_grad(self):
        for p in self.params:
            p.grad = None


def warmup_cosine(t, warmup):
    import math

    climbing = t < warmup
    if climbing:
        return t / warmup
    share = (t - warmup) / (1.0 - warmup)
    return 0.5 + 0.5 * math.cos(share * math.pi)


def train_by_schedule(net, criterion, optimiser, batches, lr, schedule):
    losses, total = [], len(batches)
    for done in range(total):
        X, y = batches[done]
        loss = criterion.forward(net.forward(X), y)
        net.zero_grad()
        net.backward(criterion.backward())
        optimiser.lr = schedule(done / total) * lr
        optimiser.step()
        losses = [*losses, loss]
    return losses


def early_stopping(losses, patience):
    best_epoch, epoch = 1, 1
    while epoch < len(losses) and epoch - best_epoch < patience:
        epoch += 1
        if losses[epoch - 1] < losses[best_epoch - 1]:
            best_epoch = epoch
    return best_epoch, epoch


def penalised_gradient(W, dW, l1, l2):
    lasso = np.where(W > 0, l1, np.where(W < 0, -l1, 0.0))
    ridge = W * l2
    return dW + lasso + ridge


def weight_decay_step(W, dW, lr, strength):
    shrunk = (1 - lr * strength) * W
    return shrunk - dW * lr


def dropout(A, dice, p, training):
    if training:
        return np.where(dice < p, 0.0, A / (1 - p))
    return A
