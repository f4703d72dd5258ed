"""Chapter 7, solved in another style: other orders, other calls, a while loop."""

import numpy as np


def exponential_decay(eta_0, rate, i):
    return eta_0 / np.exp(rate * i)


def momentum_step(w, v, gradient, lr, momentum):
    speed = gradient + v * momentum
    moved = w + (-lr) * speed
    return moved, speed


def adam_step(w, m, s, gradient, t, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    m = m + (1 - b1) * (gradient - m)
    s = s + (1 - b2) * (gradient * gradient - s)
    size = np.sqrt(s / (1 - b2**t)) + eps
    step = m / (1 - b1**t) / size
    return w - lr * step, m, s


def warmup_cosine(t, warmup):
    import math

    climbing = t < warmup
    if climbing:
        return t / warmup
    share = (t - warmup) / (1.0 - warmup)
    return 0.5 + 0.5 * math.cos(share * math.pi)


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
