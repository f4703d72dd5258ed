"""Shuffle, cut, set the rate, forget, forward, backward, step: the whole of training."""

import numpy as np

from nnlib import nn, optim
from nnlib.course.description import case, describe, region

from .minibatches import minibatches


def train_network(net, loss, optimizer, schedule, X, y, epochs, batch_size, generator):
    """Train `net` for some epochs -> a list, the mean loss of each epoch's samples.

    An epoch's order is generator.permutation(len(X)). Before step t of T the rate is that of the
    start times schedule(t / T), with t counted from 0 through all epochs.
    """
    highest, step, history = optimizer.lr, 0, []
    steps = epochs * -(-len(X) // batch_size)
    for _ in range(epochs):
        total = 0.0
        for rows in minibatches(generator.permutation(len(X)), batch_size):
            optimizer.lr = highest * schedule(step / steps)
            optimizer.zero_grad()
            value = loss(net(X[rows]), y[rows])
            value.backward()
            optimizer.step()
            total += float(value.data) * len(rows)
            step += 1
        history.append(total / len(X))
    return history


def falling(progress):
    return 1 - 0.5 * progress


def trained(answer, X, y, W, b, lr, epochs, batch_size):
    """Train one linear layer; the losses, and what the weights have become."""
    net = nn.Linear(*W.shape)
    net.weight, net.bias = nn.Parameter(W), nn.Parameter(b)
    sgd, rng = optim.SGD(net.parameters(), lr=lr), np.random.default_rng(5)
    losses = answer(net, nn.cross_entropy, sgd, falling, X, y, epochs, batch_size, rng)
    return {"the losses": losses, "W afterwards": net.weight.data, "b": net.bias.data}


def some_training(rng):
    X, y = rng.normal(size=(5, 2)), rng.integers(3, size=5)
    return X, y, rng.normal(size=(2, 3)), rng.normal(size=3), float(rng.uniform(0.3, 0.9)), 3, 2


FOUR = np.array([[1.0], [-1], [2], [0.5]]), np.array([0, 1, 0, 1])
START = np.array([[0.5, -0.5]]), np.zeros(2)


exercise = describe(
    train_network,
    title="The loop that trains",
    minutes=12,
    difficulty=3,
    probe=trained,
    loops=True,
    cases=(
        case(*FOUR, *START, 1.0, 1, 4, about="one epoch, one batch"),
        case(*FOUR, *START, 0.5, 2, 3, about="two epochs, batches of 3 and 1"),
    ),
    draw=some_training,
    regions=(
        region(
            """Right for some sizes. A batch may be a single sample, or larger than the data.""",
            case(*FOUR, *START, 0.5, 2, 1),
            case(*FOUR, *START, 0.5, 3, 9),
        ),
    ),
    hints=(
        "Two loops, one inside the other. What happens once a run, what once an epoch, what once "
        "a batch?",
        "Once a run: keep the rate, count all steps. Once an epoch: a new permutation, cut by "
        "`minibatches`. Once a batch: set the rate, forget the gradients, loss, backward, step, "
        "and add the loss times the size of the batch to a total.",
        "In the inner loop: `optimizer.lr = highest * schedule(step / steps)`, "
        "`optimizer.zero_grad()`, `value = loss(net(X[rows]), y[rows])`, `value.backward()`, "
        "`optimizer.step()`, `total += float(value.data) * len(rows)`, `step += 1`. "
        "There are `epochs * len(minibatches(np.arange(len(X)), batch_size))` steps.",
    ),
)


class Slips:
    """The reference's loop with one thing done otherwise."""

    keeps_order = keeps_gradients = by_epoch = compounds = no_rate = late = False

    def __call__(self, net, loss, optimizer, schedule, X, y, epochs, batch_size, generator):
        highest, step, history = optimizer.lr, 0, []
        order = generator.permutation(len(X))
        cut = minibatches(order, batch_size)
        for epoch in range(epochs):
            if epoch and not self.keeps_order:
                cut = minibatches(generator.permutation(len(X)), batch_size)
            total = 0.0
            for rows in cut:
                progress = epoch / epochs if self.by_epoch else step / (epochs * len(cut))
                base = optimizer.lr if self.compounds else highest
                optimizer.lr = highest if self.no_rate else base * schedule(progress)
                if not self.keeps_gradients:
                    optimizer.zero_grad()
                value = loss(net(X[rows]), y[rows])
                value.backward()
                if not self.late:
                    optimizer.step()
                total += float(value.data) * len(rows)
                step += 1
            if self.late:
                optimizer.step()
            history.append(total / len(X))
        return history


def slip(**what):
    slips = Slips()
    vars(slips).update(what)
    return slips


@exercise.misconception(
    "zero_grad forgotten",
    """The gradients are never emptied, so each step also repeats all earlier ones. Call
    `optimizer.zero_grad()` for every batch.""",
)
def gradients_kept(net, loss, optimizer, schedule, X, y, epochs, batch_size, generator):
    loop = slip(keeps_gradients=True)
    return loop(net, loss, optimizer, schedule, X, y, epochs, batch_size, generator)


@exercise.misconception(
    "one order for all epochs",
    """The first epoch is right. Then the images come in the same order again, so that the same
    ones share every batch. Draw the permutation inside the loop over the epochs.""",
)
def one_order(net, loss, optimizer, schedule, X, y, epochs, batch_size, generator):
    loop = slip(keeps_order=True)
    return loop(net, loss, optimizer, schedule, X, y, epochs, batch_size, generator)


@exercise.misconception(
    "the rate changes once an epoch",
    """The rate follows the epochs, and stays the same within each. The schedule is asked before
    every step: hand it the number of the step, divided by the number of all steps.""",
)
def rate_by_epoch(net, loss, optimizer, schedule, X, y, epochs, batch_size, generator):
    loop = slip(by_epoch=True)
    return loop(net, loss, optimizer, schedule, X, y, epochs, batch_size, generator)


@exercise.misconception(
    "the factor on top of the last one",
    """Each step multiplies the rate of the step before, so that the factors pile up and the rate
    dies away. Keep the rate of the start, and multiply that one.""",
)
def factors_pile_up(net, loss, optimizer, schedule, X, y, epochs, batch_size, generator):
    loop = slip(compounds=True)
    return loop(net, loss, optimizer, schedule, X, y, epochs, batch_size, generator)


@exercise.misconception(
    "the schedule is not used",
    """The rate stays as it was at the start. Before each step set
    `optimizer.lr` to it times the factor that `schedule` gives.""",
)
def constant_rate(net, loss, optimizer, schedule, X, y, epochs, batch_size, generator):
    loop = slip(no_rate=True)
    return loop(net, loss, optimizer, schedule, X, y, epochs, batch_size, generator)


@exercise.misconception(
    "one step an epoch",
    """The step stands behind the inner loop, so the weights move once an epoch. Indent it: one
    step for each batch.""",
)
def step_once_an_epoch(net, loss, optimizer, schedule, X, y, epochs, batch_size, generator):
    loop = slip(late=True)
    return loop(net, loss, optimizer, schedule, X, y, epochs, batch_size, generator)


@exercise.misconception(
    "the return stands in the loop",
    """Your `return` ends the training after its first epoch. Move it behind both loops.""",
)
def one_epoch_only(net, loss, optimizer, schedule, X, y, epochs, batch_size, generator):
    history, highest = [], optimizer.lr
    cut = minibatches(generator.permutation(len(X)), batch_size)
    for step, rows in enumerate(cut):
        optimizer.lr = highest * schedule(step / (epochs * len(cut)))
        optimizer.zero_grad()
        value = loss(net(X[rows]), y[rows])
        value.backward()
        optimizer.step()
        history.append(float(value.data) * len(rows))
    return [sum(history) / len(X)]
