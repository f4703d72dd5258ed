"""A slice past the end simply stops, so the last batch is short and no sample is lost."""

import numpy as np

from nnlib.course.description import case, describe, region


def minibatches(order, batch_size):
    """A shuffled order of all samples (N,) -> a list of index arrays, one a batch."""
    return [order[i : i + batch_size] for i in range(0, len(order), batch_size)]


def some_order(rng):
    return rng.permutation(rng.integers(7, 12)), int(rng.integers(2, 5))


exercise = describe(
    minibatches,
    title="Cut an epoch into mini-batches",
    minutes=6,
    difficulty=1,
    cases=(
        case(np.array([3, 0, 2, 1, 4]), 2, about="one left over"),
        case(np.array([1, 2, 0]), 5, about="a batch larger than the data"),
        case(np.array([2, 0, 3, 1]), 2, about="nothing left over"),
    ),
    draw=some_order,
    loops=True,
    regions=(
        region(
            """Right for some sizes. Here a batch is a single sample, or all of them.""",
            case(np.array([3, 0, 2, 1]), 1),
            case(np.array([3, 0, 2, 1]), 4),
            case(np.array([3, 0, 2, 1]), 3),
            case(np.array([0]), 1),
        ),
    ),
    hints=(
        "Where does batch 0 begin? Batch 1? Where does `range` with a step help?",
        "The starts are 0, batch_size, 2 batch_size, ... A slice that runs past the end simply "
        "stops there, so the last batch may be smaller.",
        "`[order[i : i + batch_size] for i in range(0, len(order), batch_size)]`.",
    ),
)


@exercise.misconception(
    "the rest is dropped",
    """The samples left over at the end are never seen. With 60,000 images and batches of 128 that
    is 96 images an epoch. Let the last batch be smaller.""",
)
def batches_without_the_rest(order, batch_size):
    return [order[i : i + batch_size] for i in range(0, len(order) - batch_size + 1, batch_size)]


@exercise.misconception(
    "batches overlap",
    """Each batch starts one sample after the last, so most samples appear several times in an
    epoch. Start the next batch where the last one ended: step by batch_size.""",
)
def batches_that_overlap(order, batch_size):
    return [order[i : i + batch_size] for i in range(len(order) - batch_size + 1)]


@exercise.misconception(
    "a batch at every sample",
    """A batch begins at every sample, so there are as many batches as samples and each sample comes
    several times. Step by batch_size: `range(0, len(order), batch_size)`.""",
)
def batches_at_every_sample(order, batch_size):
    return [order[i : i + batch_size] for i in range(len(order))]


@exercise.misconception(
    "the order is not used",
    """Your batches hold 0, 1, 2, ... whatever the order. The shuffle is in `order`: cut that array,
    not a range.""",
)
def batches_not_shuffled(order, batch_size):
    return minibatches(np.arange(len(order)), batch_size)


@exercise.misconception(
    "as many batches as the size",
    """`np.array_split(order, batch_size)` makes batch_size batches. You want batches that each hold
    batch_size samples.""",
)
def batches_as_many_as_the_size(order, batch_size):
    return np.array_split(order, batch_size)
