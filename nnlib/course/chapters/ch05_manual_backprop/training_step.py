"""Forget, forward, backward, step: four lines in one order, and every training loop has them."""

import numpy as np

from nnlib import manual
from nnlib.course.description import case, describe

SIMPLE = np.array([1, -0.5, 2, 0.25, -1, 1.5, -2])


def training_step(net, criterion, X, y, learning_rate):
    """One step of descent on one batch: moves the network, returns the loss before the step."""
    net.zero_grad()
    loss = criterion.forward(net.forward(X), y)
    net.backward(criterion.backward())
    for p in net.parameters():
        p.data -= learning_rate * p.grad
    return loss


class Simple(manual.MLP):
    """A network whose weights are easy to follow."""

    def __init__(self, sizes):
        super().__init__(sizes, rng=0)
        for i, p in enumerate(self.parameters()):
            p.data = np.resize(np.roll(SIMPLE, 2 * i), p.data.shape)


def two_steps(answer, sizes, X, y, learning_rate):
    """Two steps on the same batch: both losses, and the parameters after each."""
    net, criterion = Simple(sizes), manual.SoftmaxCrossEntropy()
    report = {}
    for when in ("first", "second"):
        report[f"the {when} loss"] = answer(net, criterion, X, y, learning_rate)
        for name, p in zip(("W1", "b1", "W2", "b2"), net.parameters(), strict=False):
            report[f"{name} after the {when} step"] = p.data.copy()
    return report


def batch_and_rate(rng):
    N, D, K = int(rng.integers(3, 5)), 2, 3
    X, y = rng.normal(size=(N, D)), rng.integers(0, K, size=N)
    return [D, 4, K], X, y, float(rng.uniform(0.1, 0.5))


exercise = describe(
    training_step,
    title="One step of training: four lines, one order",
    minutes=6,
    difficulty=2,
    probe=two_steps,
    loops=True,
    cases=(
        case([2, 3], np.array([[1.0, -1]]), np.array([2]), 0.5, about="one layer, one sample"),
        case(
            [2, 3, 2],
            np.array([[1.0, 2], [-1, 0.5]]),
            np.array([0, 1]),
            0.1,
            about="two layers, two samples",
        ),
        case([1, 2], np.array([[2.0]]), np.array([0]), 0.0, about="a rate of 0: nothing moves"),
    ),
    draw=batch_and_rate,
    exempt={"X": "the same scores need the same inputs"},
    hints=(
        "What is in every `.grad` when the second call begins? And who asks for gradients first, "
        "the network or the loss?",
        "Forget with `net.zero_grad()`. Forward through the network, then the loss. Backward "
        "through the loss, then the network. Then `sgd_step`. The loss is returned.",
        "`net.zero_grad()`, `L = criterion.forward(net.forward(X), y)`, "
        "`net.backward(criterion.backward())`, `sgd_step(net.parameters(), learning_rate)`, "
        "`return L`.",
    ),
)


@exercise.misconception(
    "zero_grad forgotten",
    """The first step is right, and the second goes too far: it is made by the sum of both
    gradients. Forget the old ones first: `net.zero_grad()`.""",
)
def step_on_all_batches(net, criterion, X, y, learning_rate):
    loss = criterion.forward(net.forward(X), y)
    net.backward(criterion.backward())
    for p in net.parameters():
        p.data -= learning_rate * p.grad
    return loss


@exercise.misconception(
    "nothing returned",
    """The network has moved as it should. Nothing comes back: the loop that calls this function
    wants to see the loss.""",
)
def step_in_silence(net, criterion, X, y, learning_rate):
    training_step(net, criterion, X, y, learning_rate)


@exercise.misconception(
    "the loss after the step",
    """The network has moved as it should. The loss you return is measured again, after the step.
    That costs a second forward pass for each batch; return the one you have.""",
)
def step_then_loss(net, criterion, X, y, learning_rate):
    training_step(net, criterion, X, y, learning_rate)
    return criterion.forward(net.forward(X), y)


@exercise.misconception(
    "uphill",
    """The step goes where the loss grows. A gradient points uphill; the step subtracts it.""",
)
def step_uphill(net, criterion, X, y, learning_rate):
    return training_step(net, criterion, X, y, -learning_rate)


@exercise.misconception(
    "no step",
    """The loss is right, and the gradients are computed. Nobody moves the parameters: the last of
    the four lines is the step.""",
)
def no_step(net, criterion, X, y, learning_rate):
    return training_step(net, criterion, X, y, 0)
