"""Optimisers turn gradients into steps; schedules turn the learning rate down over time.

An optimiser takes any parameters with `.data` and `.grad`, `manual`'s or `nn`'s, and changes
`.data` in place. A parameter whose `.grad` is None stays as it is. The formulas and defaults are
PyTorch's.
"""

import math

import numpy as np


class Optimizer:
    """Base: `step()` calls `update(w, g, state)` for each parameter that has a gradient.

    params: an iterable of parameters. lr: the learning rate, which may be changed at any time.
    Raises TypeError for anything but parameters, ValueError for an empty list, for the result of
    an operation, and for a negative rate.
    """

    def __init__(self, params, lr, weight_decay=0):
        self.params = _parameters(type(self).__name__, params)
        if lr < 0 or weight_decay < 0:
            raise ValueError(
                f"{type(self).__name__} got lr={lr}, weight_decay={weight_decay}; "
                "expected 0 or more"
            )
        self.lr, self.weight_decay = lr, weight_decay
        self.states = [{} for _ in self.params]

    def zero_grad(self):
        """Forget all gradients."""
        for p in self.params:
            p.grad = None

    def step(self):
        """Change every parameter once, by the gradient it has collected."""
        for p, state in zip(self.params, self.states, strict=True):
            if p.grad is not None:
                self.update(p.data, np.asarray(p.grad, p.data.dtype), state)

    def update(self, w, g, state):
        raise NotImplementedError


class SGD(Optimizer):
    """v <- momentum v + g, then w <- w - lr v; without momentum, w <- w - lr g.

    momentum: 0 to less than 1 (Polyak, 1964). nesterov: step by g + momentum v instead of v
    (Sutskever et al., 2013). weight_decay: lambda, adds lambda w to g.
    """

    def __init__(self, params, lr=1e-3, momentum=0, nesterov=False, weight_decay=0):
        super().__init__(params, lr, weight_decay)
        if nesterov and not momentum:
            raise ValueError("SGD got nesterov=True without momentum; expected momentum > 0")
        self.momentum, self.nesterov = momentum, nesterov

    def update(self, w, g, state):
        if self.weight_decay:
            g = g + self.weight_decay * w
        if self.momentum:
            v = state.setdefault("v", np.zeros_like(w))
            v *= self.momentum
            v += g
            g = g + self.momentum * v if self.nesterov else v
        descend(w, g, self.lr)


class RMSprop(Optimizer):
    """s <- alpha s + (1 - alpha) g^2, then w <- w - lr g / (sqrt(s) + eps) (Hinton, 2012).

    With momentum, v <- momentum v + g / (sqrt(s) + eps) and w <- w - lr v.
    """

    def __init__(self, params, lr=1e-2, alpha=0.99, eps=1e-8, weight_decay=0, momentum=0):
        super().__init__(params, lr, weight_decay)
        self.alpha, self.eps, self.momentum = alpha, eps, momentum

    def update(self, w, g, state):
        if self.weight_decay:
            g = g + self.weight_decay * w
        s = state.setdefault("s", np.zeros_like(w))
        s *= self.alpha
        s += (1 - self.alpha) * g * g
        g = g / (np.sqrt(s) + self.eps)
        if self.momentum:
            v = state.setdefault("v", np.zeros_like(w))
            v *= self.momentum
            v += g
            g = v
        descend(w, g, self.lr)


class Adam(Optimizer):
    """Momentum divided by a running size of the gradient, both corrected for starting at zero.

    m <- b1 m + (1 - b1) g;  s <- b2 s + (1 - b2) g^2;  and after t steps, counted from 1,
    w <- w - lr m / (1 - b1^t) / (sqrt(s / (1 - b2^t)) + eps)  (Kingma and Ba, 2015).
    weight_decay: lambda, adds lambda w to g; see AdamW.
    """

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0):
        super().__init__(params, lr, weight_decay)
        self.betas, self.eps = betas, eps

    def update(self, w, g, state):
        if self.weight_decay:
            g = g + self.weight_decay * w
        self.adapt(w, g, state)

    def adapt(self, w, g, state):
        b1, b2 = self.betas
        t = state["t"] = state.get("t", 0) + 1
        m = state.setdefault("m", np.zeros_like(w))
        s = state.setdefault("s", np.zeros_like(w))
        m *= b1
        m += (1 - b1) * g
        s *= b2
        s += (1 - b2) * g * g
        size = np.sqrt(s)
        size /= math.sqrt(1 - b2**t)
        size += self.eps
        descend(w, m / size, self.lr / (1 - b1**t))


class AdamW(Adam):
    """Adam with the decay taken from the weights themselves: first w <- w (1 - lr lambda)
    (Loshchilov and Hutter, 2019)."""

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2):
        super().__init__(params, lr, betas, eps, weight_decay)

    def update(self, w, g, state):
        w *= 1 - self.lr * self.weight_decay  # and nothing is added to g
        self.adapt(w, g, state)


def descend(w, g, lr):
    """w <- w - lr g, in place."""
    w -= float(lr) * g


def _parameters(optimizer, params):
    """The parameters as a list, after a look at what they are."""
    cure = "expected parameters, such as net.parameters()"
    if isinstance(params, dict):
        raise TypeError(f"{optimizer} got a dict; {cure}. Its values() may be what you mean.")
    if hasattr(params, "data"):  # an array, a Tensor or a Parameter: a loop would take its rows
        kind = type(params).__name__
        raise TypeError(f"{optimizer} got one {kind}; {cure}. Write [w] for a single parameter w.")
    try:
        params = list(params)
    except TypeError:
        raise TypeError(f"{optimizer} got a {type(params).__name__}; {cure}") from None
    for p in params:
        if isinstance(p, tuple):
            raise TypeError(
                f"{optimizer} got pairs, as from named_parameters(); {cure} without their names"
            )
        if not hasattr(p, "grad") or not isinstance(getattr(p, "data", None), np.ndarray):
            raise TypeError(f"{optimizer} got a {type(p).__name__} among its parameters; {cure}")
        if getattr(p, "edges", ()):
            raise ValueError(
                f"{optimizer} got the result of an operation, which collects no gradient; {cure}"
            )
    if not params:
        raise ValueError(f"{optimizer} got no parameters; expected at least one")
    return params


# -------------------------------------------------------------------- schedules
#
# A schedule maps t, the part of training that is done (0 at the start, 1 at the end), to a factor
# on the learning rate: optimizer.lr = lr * schedule(step / steps).


def exponential(rate):
    """e^(-rate t): falls by the same factor in every equal stretch of training."""
    return lambda t: math.exp(-rate * t)


def warmup_linear(warmup=0.1):
    """Rises in a line to 1 while t < warmup, then falls in a line to 0.

    warmup: 0 to less than 1. Raises ValueError for any other.
    """
    _check_warmup(warmup)
    return lambda t: _rise(t, warmup) if t < warmup else 1 - _past(t, warmup)


def warmup_cosine(warmup=0.1):
    """Rises in a line to 1 while t < warmup, then falls to 0 along half a cosine
    (Loshchilov and Hutter, 2017).

    warmup: 0 to less than 1. Raises ValueError for any other.
    """
    _check_warmup(warmup)
    return lambda t: (
        _rise(t, warmup) if t < warmup else (1 + math.cos(math.pi * _past(t, warmup))) / 2
    )


def _check_warmup(warmup):
    if not 0 <= warmup < 1:
        raise ValueError(f"a schedule got warmup={warmup}; expected 0 <= warmup < 1")


def _rise(t, warmup):
    return t / warmup


def _past(t, warmup):
    return (t - warmup) / (1 - warmup)
