"""A shuffled order must pick inputs and targets alike, and the short last batch counts too."""

import numpy as np

from nnlib.course.description import case, describe, region

from .regression_grad import regression_grad
from .shared import LINE


def sgd_epoch(w, b, X, y, order, batch_size, learning_rate):
    """One epoch: a step for every `batch_size` samples, taken in the given order: (w, b)."""
    for start in range(0, len(order), batch_size):
        batch = order[start : start + batch_size]
        dw, db = regression_grad(w, b, X[batch], y[batch])
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b


def epoch(rng):
    X, y = rng.normal(size=(7, 2)), rng.normal(size=7)
    return rng.normal(size=2), float(rng.normal()), X, y, rng.permutation(7), 3, 0.1


exercise = describe(
    sgd_epoch,
    title="One epoch in mini-batches",
    minutes=10,
    difficulty=3,
    returns=("w", "b"),
    cases=(
        case(
            np.zeros(1),
            0.0,
            *LINE,
            np.array([2, 0, 1]),
            2,
            0.05,
            about="three samples in batches of two: the last is small",
        ),
        case(
            np.zeros(1),
            0.0,
            *LINE,
            np.array([1, 2, 0]),
            1,
            0.05,
            about="one sample at a time",
        ),
        case(
            np.array([1.0]),
            1.0,
            *LINE,
            np.array([0, 1, 2]),
            3,
            0.05,
            about="all samples at once",
        ),
    ),
    draw=epoch,
    regions=(
        region(
            """Right at a rate of 0.1. Other rates move further, and one that is too large must be
            seen to diverge: use `learning_rate` as it comes, and clip nothing.""",
            case(
                np.array([1.0]),
                -1.0,
                LINE[0],
                10 * LINE[1],
                np.array([0, 2, 1]),
                1,
                0.7,
                about="a rate that diverges",
            ),
            case(np.array([5.0]), 2.0, *LINE, np.array([1, 0, 2]), 2, 0.001, about="a small rate"),
            case(
                np.array([5.0]), 2.0, *LINE, np.array([1, 0, 2]), 10, 0.01, about="one large batch"
            ),
        ),
    ),
    exempt={"a list": "the cells below take a list as well"},
    hints=(
        "`order` says which sample comes first, second, third. How do you take `batch_size` "
        "of them at a time?",
        "Loop over `range(0, len(order), batch_size)`; a slice of `order` holds the rows of "
        "one batch. Take X and y at these rows, then a step as before.",
        "`batch = order[start : start + batch_size]`, "
        "`dw, db = regression_grad(w, b, X[batch], y[batch])`, then move w and b.",
    ),
)


@exercise.misconception(
    "order not used",
    """The batches are cut from X as it stands, and `order` is not used. Data is often sorted, and
    then every batch tells one side of the story. Index by the slice of `order`.""",
)
def epoch_without_order(w, b, X, y, order, batch_size, learning_rate):
    return sgd_epoch(w, b, X, y, np.arange(len(order)), batch_size, learning_rate)


@exercise.misconception(
    "targets left in the old order",
    """X is reordered and y is not, so samples are paired with another sample's target. Use the same
    rows for both: `X[batch], y[batch]`.""",
)
def epoch_labels_left_behind(w, b, X, y, order, batch_size, learning_rate):
    return sgd_epoch(w, b, X[order], y, np.arange(len(order)), batch_size, learning_rate)


@exercise.misconception(
    "last batch left out",
    """The samples that do not fill a batch are left out. A smaller last batch is fine: a slice that
    runs over the end just ends.""",
)
def epoch_drops_the_rest(w, b, X, y, order, batch_size, learning_rate):
    whole = len(order) // batch_size * batch_size
    return sgd_epoch(w, b, X, y, order[:whole], batch_size, learning_rate)


@exercise.misconception(
    "one batch only",
    """Only the first batch was used. Is `return` indented into the loop? An epoch shows every
    sample once.""",
)
def epoch_one_batch(w, b, X, y, order, batch_size, learning_rate):
    return sgd_epoch(w, b, X, y, order[:batch_size], batch_size, learning_rate)


@exercise.misconception(
    "every gradient at the start",
    """Every batch takes its gradient at the weights of the start; with all the steps added up, that
    is one large step. Each batch begins where the last one ended.""",
)
def epoch_start_weights(w, b, X, y, order, batch_size, learning_rate):
    new_w, new_b = w, b
    for start in range(0, len(order), batch_size):
        batch = order[start : start + batch_size]
        dw, db = regression_grad(w, b, X[batch], y[batch])
        new_w, new_b = new_w - learning_rate * dw, new_b - learning_rate * db
    return new_w, new_b


@exercise.misconception(
    "batches overlap",
    """The start of the batch moves on by 1, so most samples are used several times. Move on by
    `batch_size`, the third argument of `range`.""",
)
def epoch_windows_overlap(w, b, X, y, order, batch_size, learning_rate):
    for start in range(len(order)):
        batch = order[start : start + batch_size]
        dw, db = regression_grad(w, b, X[batch], y[batch])
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b


@exercise.misconception(
    "slices end at batch_size",
    """Every slice ends at `batch_size`, wherever it starts, so from the second on they are empty,
    and a mean over no samples is nan. A slice ends `batch_size` after its start: `order[start :
    start + batch_size]`.""",
)
def epoch_slice_ends_too_early(w, b, X, y, order, batch_size, learning_rate):
    for start in range(0, len(order), batch_size):
        batch = order[start:batch_size]
        dw, db = regression_grad(w, b, X[batch], y[batch])
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b


@exercise.misconception(
    "an empty batch at the end",
    """Where the batches fill exactly, your loop takes one more, and it is empty: a mean over no
    samples is nan. `range(0, len(order), batch_size)` gives the starts that have samples.""",
)
def epoch_one_batch_too_many(w, b, X, y, order, batch_size, learning_rate):
    for i in range(len(order) // batch_size + 1):
        batch = order[i * batch_size : (i + 1) * batch_size]
        dw, db = regression_grad(w, b, X[batch], y[batch])
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b
