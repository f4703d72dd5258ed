"""A schedule gives a factor, and the loop multiplies one rate by it, never the last one."""

import numpy as np

from nnlib import manual, optim
from nnlib.course.description import case, describe


def train_by_schedule(net, criterion, optimiser, batches, lr, schedule):
    """One step for each (X, y) of the list `batches`; returns the list of their losses.

    Each step has the rate lr times the schedule's factor for the part of the steps that is done, 0
    in the first.
    """
    losses = []
    for i, (X, y) in enumerate(batches):
        optimiser.lr = lr * schedule(i / len(batches))
        optimiser.zero_grad()
        losses.append(criterion.forward(net.forward(X), y))
        net.backward(criterion.backward())
        optimiser.step()
    return losses


SIMPLE = np.array([1, -0.5, 2, 0.25, -1, 1.5, -2])


class Noting(optim.SGD):
    """Descent that notes the rate of every step."""

    def __init__(self, params, lr):
        super().__init__(params, lr)
        self.rates = []

    def step(self):
        self.rates.append(self.lr)
        super().step()


def run(answer, sizes, batches, lr, schedule):
    """Train a small network: the rates and the losses, step by step, and the last weights."""
    net = manual.MLP(sizes, rng=0)
    for i, p in enumerate(net.parameters()):
        p.data = np.resize(np.roll(SIMPLE, 2 * i), p.data.shape)
    optimiser = Noting(net.parameters(), lr)
    losses = answer(net, manual.SoftmaxCrossEntropy(), optimiser, batches, lr, schedule)
    report = {"the rates": np.array(optimiser.rates), "the losses": losses}
    return report | {"W1 at the end": net.parameters()[0].data}


def falling(t):
    """1 - t / 2: from 1 down to a half"""
    return 1 - t / 2


def rising(t):
    """1 + t: from 1 up to 2"""
    return 1 + t


def steady(t):
    """1, always"""
    return 1.0


def some_batches(rng):
    D, K, steps = 2, 3, int(rng.integers(3, 6))
    batches = [(rng.normal(size=(4, D)), rng.integers(0, K, size=4)) for _ in range(steps)]
    return [D, 4, K], batches, float(rng.uniform(0.1, 0.3)), (falling, rising)[int(rng.integers(2))]


ONE, TWO = (np.array([[1.0, -1]]), np.array([2])), (np.array([[0.5, 2]]), np.array([0]))

exercise = describe(
    train_by_schedule,
    title="A loop that turns the rate",
    minutes=8,
    difficulty=2,
    probe=run,
    loops=True,
    cases=(
        case([2, 3], [ONE, TWO, ONE, TWO], 0.5, falling, about="a rate that falls"),
        case([2, 3, 3], [ONE, TWO], 0.1, steady, about="a rate that stays"),
        case([2, 3], [TWO, ONE, ONE, ONE, TWO], 0.1, rising, about="a rate that rises"),
    ),
    draw=some_batches,
    exempt={"batches": "scores and labels of a network"},
    hints=(
        "The four lines of a training step you know. What stands before them here, and what does "
        "the schedule want to be told?",
        "In each turn set `optimiser.lr` to lr times the schedule of the part that is done, i of "
        "all. Then forget, forward, backward, step, and keep the loss.",
        "In each turn of `for i, (X, y) in enumerate(batches):`, `optimiser.lr = lr * schedule(i / "
        "len(batches))`, `optimiser.zero_grad()`, `losses.append(criterion.forward("
        "net.forward(X), y))`, `net.backward(criterion.backward())`, `optimiser.step()`.",
    ),
)


@exercise.misconception(
    "factors piled up",
    """Your rates are multiplied again and again: each turn takes the rate of the turn before. The
    factor belongs to `lr`, which stays what it is.""",
)
def rates_piled_up(net, criterion, optimiser, batches, lr, schedule):
    losses = []
    for i, (X, y) in enumerate(batches):
        optimiser.lr *= schedule(i / len(batches))
        optimiser.zero_grad()
        losses.append(criterion.forward(net.forward(X), y))
        net.backward(criterion.backward())
        optimiser.step()
    return losses


@exercise.misconception(
    "the step in place of the part",
    """You hand the number of the step to the schedule: 0, 1, 2, ... It takes the part that is done,
    from 0 to 1: divide by the number of steps.""",
)
def rates_by_number(net, criterion, optimiser, batches, lr, schedule):
    n = len(batches)
    return train_by_schedule(net, criterion, optimiser, batches, lambda t: schedule(t * n))


@exercise.misconception(
    "one step late",
    """The schedule is asked after the step, so every step still has the rate of the one before. Set
    `optimiser.lr` first.""",
)
def rates_one_late(net, criterion, optimiser, batches, lr, schedule):
    n = len(batches)
    return train_by_schedule(
        net, criterion, optimiser, batches, lambda t: schedule(max(t - 1 / n, 0)) if t else 1.0
    )


@exercise.misconception(
    "the factor as the rate",
    """You set the rate to the factor itself. It is a factor on the rate: multiply by `lr`.""",
)
def rates_are_factors(net, criterion, optimiser, batches, lr, schedule):
    return train_by_schedule(net, criterion, optimiser, batches, 1.0, schedule)


@exercise.misconception(
    "the schedule is never asked",
    """Every step has the same rate: the schedule is never called. Set `optimiser.lr` before each
    step.""",
)
def rates_all_alike(net, criterion, optimiser, batches, lr, schedule):
    return train_by_schedule(net, criterion, optimiser, batches, lambda t: 1.0)


@exercise.misconception(
    "zero_grad forgotten",
    """The rates are right, and so is the first step. After it each step goes along the sum of all
    gradients so far. Forget the old ones in every turn: `optimiser.zero_grad()`.""",
)
def rates_on_all_batches(net, criterion, optimiser, batches, lr, schedule):
    losses = []
    for i, (X, y) in enumerate(batches):
        optimiser.lr = lr * schedule(i / len(batches))
        losses.append(criterion.forward(net.forward(X), y))
        net.backward(criterion.backward())
        optimiser.step()
    return losses


@exercise.misconception(
    "the last loss only",
    """The network is trained as it should be. Only the last loss comes back; whoever wants to draw
    the curve needs all of them, in a list.""",
)
def rates_and_one_loss(net, criterion, optimiser, batches, lr, schedule):
    return train_by_schedule(net, criterion, optimiser, batches, lr, schedule)[-1]
