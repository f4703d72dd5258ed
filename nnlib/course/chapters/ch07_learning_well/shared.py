"""What several exercises of the chapter use: their inputs and their probes."""

import numpy as np

from nnlib import manual


def weights_and_gradient(rng):
    return rng.normal(size=(2, int(rng.integers(3, 5)), 3))


def weights_and_gradients(rng):
    """Two parameters, and their gradients in two steps."""
    W, dW, dW2 = rng.normal(size=(3, 2, int(rng.integers(3, 5))))
    b, db, db2 = rng.normal(size=(3, W.shape[1]))
    return W, b, dW, db, dW2, db2, float(rng.uniform(0.1, 0.4))


def three_steps(answer, W, b, dW, db, dW2, db2, lr):
    """A step, a second by other gradients, a third at half the rate, each after a zero_grad."""
    parameters = [manual.Parameter(array) for array in (W, b, np.array([5.0]))]
    optimiser = answer(parameters, lr)
    report = {}
    for when, pair in (("first", (dW, db)), ("second", (dW2, db2)), ("third", (dW, db))):
        optimiser.zero_grad()
        for p, gradient in zip(parameters, pair, strict=False):  # the third has none
            p.grad = gradient.copy()
        if when == "third":
            optimiser.lr = lr / 2
        optimiser.step()
        report[f"W after the {when} step"] = parameters[0].data.copy()
        report[f"b after the {when} step"] = parameters[1].data.copy()
    optimiser.zero_grad()
    left = sum(p.grad is not None and bool(np.any(p.grad)) for p in parameters)
    return report | {"gradients left by zero_grad": left}


def a_pause(answer, W, b, dW, db, dW2, db2, lr):
    """Parameters from a generator; the first has no gradient in the first step."""
    parameters = [manual.Parameter(W), manual.Parameter(b)]
    optimiser = answer((p for p in parameters), lr)
    parameters[1].grad = db.copy()
    optimiser.step()
    optimiser.zero_grad()
    for p, gradient in zip(parameters, (dW2, db2), strict=True):
        p.grad = gradient.copy()
    optimiser.step()
    return {"b after both": parameters[1].data, "W moved": bool(np.any(parameters[0].data != W))}
