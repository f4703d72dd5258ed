"""A loop that asks only for forward, backward, step and zero_grad drives both libraries."""

import numpy as np

from nnlib import nn, optim
from nnlib.course.description import case, describe, region
from nnlib.tensor import Tensor

from .shared import a_model, cut, network


def train_epoch(model, criterion, optimizer, batches):
    """One epoch of training, for our networks and for PyTorch's: the mean loss of its samples."""
    total, count = 0.0, 0
    for X, y in batches:
        loss = criterion(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(y)
        count += len(y)
    return total / count


def for_training(rng):
    return *a_model(rng), float(rng.uniform(0.2, 0.9)), 2


def trained(answer, X, y, W, b, learning_rate, batch_size):
    """Train a linear layer for one epoch by the answer; look at the loss and the weights."""
    model = network(W, b)
    optimizer = optim.SGD(model.parameters(), lr=learning_rate)
    loss = answer(model, nn.cross_entropy, optimizer, cut(X, y, batch_size))
    loss = loss.data if isinstance(loss, Tensor) else loss
    return {"the mean loss": loss, "W afterwards": model.weight.data, "b": model.bias.data}


def from_a_generator(answer, X, y, W, b, learning_rate, batch_size):
    """As `trained`, with batches that come one at a time."""

    def reading_once(model, criterion, optimizer, batches):
        return answer(model, criterion, optimizer, (batch for batch in batches))

    return trained(reading_once, X, y, W, b, learning_rate, batch_size)


exercise = describe(
    train_epoch,
    title="One loop for both worlds",
    minutes=8,
    difficulty=2,
    probe=trained,
    loops=True,
    cases=(
        case(
            np.array([[1.0], [-1.0], [2.0]]),
            np.array([0, 1, 0]),
            np.array([[0.5, -0.5]]),
            np.zeros(2),
            1.0,
            2,
            about="three samples, batches of 2 and 1",
        ),
        case(
            np.array([[1.0, 0], [0, 1]]),
            np.array([0, 1]),
            np.zeros((2, 2)),
            np.zeros(2),
            0.5,
            2,
            about="a single batch",
        ),
    ),
    draw=for_training,
    regions=(
        region(
            """Right, with a list. The notebook hands over a generator: it can be read once, so
            count the samples as they come, in the loop that trains.""",
            case(
                np.array([[1.0], [-1], [2], [0.5]]),
                np.array([0, 1, 0, 1]),
                np.array([[0.5, -0.5]]),
                np.zeros(2),
                0.5,
                3,
            ),
            use=from_a_generator,
        ),
    ),
    hints=(
        "Four things happen with each batch. What must be empty before gradients are "
        "collected, and what must be full before a step is taken?",
        "Forward and loss, `zero_grad`, `backward`, `step`. For the mean, weigh each batch's "
        "loss by its number of samples: the last batch is smaller.",
        "In the loop: `loss = criterion(model(X), y)`, `optimizer.zero_grad()`, "
        "`loss.backward()`, `optimizer.step()`, `total += loss.item() * len(y)`, "
        "`count += len(y)`; return `total / count`.",
    ),
)


def in_another_order(calls, model, criterion, optimizer, batches):
    """The reference's loop with its three calls as `calls` names them."""
    total, count = 0.0, 0
    for X, y in batches:
        loss = criterion(model(X), y)
        for call in calls.split():
            getattr(loss if call == "backward" else optimizer, call)()
        total += loss.item() * len(y)
        count += len(y)
    return total / count


@exercise.misconception(
    "zero_grad forgotten",
    """The gradients are never emptied, so each step also repeats all earlier ones. Gradients add
    up, here and in PyTorch: call `optimizer.zero_grad()` once a batch.""",
)
def epoch_without_zero(model, criterion, optimizer, batches):
    return in_another_order("backward step", model, criterion, optimizer, batches)


@exercise.misconception(
    "no gradient left when the step is taken",
    """The weights never move. Either `step` is not called, or it finds no gradient: `zero_grad`
    stands between `backward` and `step`, or `step` in front of `backward`. The order is
    `zero_grad`, `backward`, `step`.""",
)
def epoch_zero_after_backward(model, criterion, optimizer, batches):
    return in_another_order("backward zero_grad step", model, criterion, optimizer, batches)


@exercise.misconception(
    "step before backward",
    """Each step follows the gradient of the batch before: `step` stands in front of `backward`. The
    first batch moves nothing, and the last is never used. The order is `zero_grad`, `backward`,
    `step`.""",
)
def epoch_step_before_backward(model, criterion, optimizer, batches):
    return in_another_order("step zero_grad backward", model, criterion, optimizer, batches)


@exercise.misconception(
    "one step an epoch",
    """The step stands behind the loop, so the weights move once an epoch, by the last batch's
    gradient. Indent it: one step for each batch.""",
)
def epoch_with_late_step(model, criterion, optimizer, batches):
    loss = in_another_order("zero_grad backward", model, criterion, optimizer, batches)
    optimizer.step()
    return loss


@exercise.misconception(
    "the return stands in the loop",
    """Your `return` ends the function after the first batch. Move it behind the loop.""",
)
def epoch_returned_early(model, criterion, optimizer, batches):
    for X, y in batches:
        optimizer.zero_grad()
        loss = criterion(model(X), y)
        loss.backward()
        optimizer.step()
        return loss.item()


@exercise.misconception(
    "mean of the batches' means",
    """The weights are right. The loss is the mean of the batches' means, and the last, smaller
    batch counts too much in it. Weigh each by `len(y)`, divide by the total.""",
)
def epoch_mean_of_means(model, criterion, optimizer, batches):
    losses = []
    for X, y in batches:
        optimizer.zero_grad()
        loss = criterion(model(X), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return np.mean(losses)


@exercise.misconception(
    "the last batch's loss",
    """The weights are right. The loss is the last batch's alone; add up `loss.item() * len(y)` over
    all batches and divide by the number of samples.""",
)
def epoch_last_loss(model, criterion, optimizer, batches):
    for X, y in batches:
        optimizer.zero_grad()
        loss = criterion(model(X), y)
        loss.backward()
        optimizer.step()
    return loss.item()
