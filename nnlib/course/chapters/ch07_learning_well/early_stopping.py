"""One bad epoch proves little; count how many have passed since the best."""

import math

import numpy as np

from nnlib.course.description import case, describe, region


def early_stopping(losses, patience):
    """(best epoch, last epoch), counted from 1, when training stops after `patience` epochs
    in a row without a new lowest validation loss."""
    best, best_epoch = losses[0], 1
    for epoch, loss in enumerate(losses, start=1):
        if loss < best:
            best, best_epoch = loss, epoch
        if epoch - best_epoch >= patience:
            break
    return best_epoch, epoch


def validation_losses(rng):
    return rng.integers(1, 9, size=int(rng.integers(7, 12))).tolist(), int(rng.integers(2, 4))


exercise = describe(
    early_stopping,
    title="When to stop",
    minutes=8,
    difficulty=2,
    cases=(
        case([5.0, 4, 3], 2, about="still improving"),
        case([3.0, 4, 5, 6], 2, about="worse from the start"),
        case([5.0, 3, 4, 2, 3, 3, 1], 2, about="the best comes after the stop"),
        case([5.0, 3, 3, 3, 1], 2, about="equal is no improvement"),
        case([5.0, 3, 4, 2, 5, 1, 4], 2, about="setbacks, but not in a row"),
        case([5.0, 1, 4, 3, 2], 2, about="better than yesterday, not than the best"),
        case([5.0, 4, 4], 1, about="no patience"),
        case([5.0], 3, about="a single epoch"),
    ),
    draw=validation_losses,
    returns=("best epoch", "last epoch"),
    loops=True,
    regions=(
        region(
            """Right for a few runs, and not for this one. Follow it by hand, epoch by epoch: which
            is the best so far, and how many have passed since?""",
            *[case(*validation_losses(np.random.default_rng(seed))) for seed in range(20)],
            case([3.0, 2, 1], 10),
            case([0.5, -0.25, -0.5, 0.5, 0.25, 0.125, 0.5], 3),
        ),
    ),
    calls=("early_stopping(history.validation_loss, patience=10)",),
    hints=(
        "What two things must you remember while you walk through the losses?",
        "Remember the lowest loss and its epoch. At each epoch: is this a new lowest? Then: "
        "how many epochs ago was the lowest?",
        "`if loss < best: best, best_epoch = loss, epoch`, then "
        "`if epoch - best_epoch >= patience: break`. "
        "Use `enumerate(losses, start=1)`.",
    ),
)


@exercise.misconception(
    "stops at the first rise",
    """You stop as soon as a loss is not below the one before. Validation losses jump up and down;
    that is what `patience` is for. Count the epochs since the best.""",
)
def stop_at_the_first_rise(losses, patience):
    for i in range(1, len(losses)):
        if losses[i] >= losses[i - 1]:
            return i, i + 1
    return len(losses), len(losses)


@exercise.misconception(
    "compares with the epoch before",
    """You compare each loss with its neighbour. A loss can fall from bad to less bad and still be
    far above the best. Keep the lowest loss so far and compare with it.""",
)
def stop_comparing_neighbours(losses, patience):
    best_epoch, rises = 1, 0
    for epoch in range(2, len(losses) + 1):
        if losses[epoch - 1] < losses[epoch - 2]:
            best_epoch, rises = epoch, 0
        else:
            rises += 1
        if rises >= patience:
            return best_epoch, epoch
    return best_epoch, len(losses)


@exercise.misconception(
    "counts all bad epochs",
    """You count every epoch without a new best, and never start again. A new best makes good what
    went before: count only the epochs since then.""",
)
def stop_counting_all_bad_epochs(losses, patience):
    best, best_epoch, bad = math.inf, 0, 0
    for epoch, loss in enumerate(losses, start=1):
        if loss < best:
            best, best_epoch = loss, epoch
        else:
            bad += 1
        if bad >= patience:
            return best_epoch, epoch
    return best_epoch, len(losses)


@exercise.misconception(
    "counts from 0",
    """Both your numbers are one too small. Python counts from 0, people count epochs from 1:
    `enumerate(losses, start=1)`.""",
)
def stop_counting_from_zero(losses, patience):
    best_epoch, epoch = early_stopping(losses, patience)
    return best_epoch - 1, epoch - 1


@exercise.misconception(
    "stops one epoch late",
    """You wait one epoch longer than `patience` says. With a patience of 2 the second epoch without
    a new best is the last: `>=`, not `>`.""",
)
def stop_one_epoch_late(losses, patience):
    return early_stopping(losses, patience + 1)


@exercise.misconception(
    "keeps the last epoch",
    """You stop at the right time and name the last epoch as the best. Training went on for
    `patience` epochs after it; the weights to keep are those of the lowest loss.""",
)
def stop_keeping_the_last(losses, patience):
    _, epoch = early_stopping(losses, patience)
    return epoch, epoch


@exercise.misconception(
    "looks into the future",
    """You take the lowest loss of the whole list. Early stopping has to decide on the way: what
    comes after the stop is never computed.""",
)
def stop_never(losses, patience):
    return int(np.argmin(losses)) + 1, len(losses)
