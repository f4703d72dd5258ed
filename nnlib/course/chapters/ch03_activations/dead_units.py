"""A unit is dead for the data if no sample gives it a slope: the question runs down a column."""

import numpy as np

from nnlib.course.description import case, describe


def dead_units(Z):
    """Which ReLU units have no positive score at any sample: Z (N, H) -> True or False, (H,)"""
    return (Z <= 0).all(axis=0)


def scores_of_a_layer(rng):
    H = int(rng.integers(6, 8))
    Z = rng.normal(size=(int(rng.integers(3, 5)), H)) + np.linspace(-2, 0.5, H)
    Z[:, 0] = -np.abs(Z[:, 0])
    Z[:, 1] = -np.abs(Z[:, 1])
    Z[1, 1] = 0
    return (Z[:, rng.permutation(H)],)


exercise = describe(
    dead_units,
    title="Find the dead units of a layer",
    minutes=4,
    difficulty=2,
    returns=("what is dead",),
    cases=(
        case(np.array([[-1.0, -2, 3], [-4, 5, 6]]), about="off for all, for one, for none"),
        case(np.array([[0.0, 1], [-2, -1], [-3, -9]]), about="a score that is exactly 0"),
        case(np.array([[-1.0, 2]]), about="a single sample"),
        case(np.array([[-9.0, -1], [1, -8]]), about="a negative mean, and one sample above 0"),
    ),
    draw=scores_of_a_layer,
    exempt={"a list": "the cells below take a list as well"},
    hints=(
        "A unit is a column. What must be true of the scores in it, and of how many of them?",
        "At a score of 0 or below the slope is 0. A unit is dead if that holds at every sample: "
        "compare, then ask each column whether `all` are so.",
        "`(Z <= 0).all(axis=0)`.",
    ),
)


@exercise.misconception(
    "samples instead of units",
    """You ask each row, so an answer comes back for each sample: those that switch the whole layer
    off. A unit is a column. Ask down the samples, `axis=0`.""",
)
def dead_samples(Z):
    return (Z <= 0).all(axis=1)


@exercise.misconception(
    "zero counted as alive",
    """A score of exactly 0 is counted as alive. There this course takes the slope of the left side,
    which is 0, so the unit learns nothing from it either: compare with `<=`.""",
)
def dead_below_zero_only(Z):
    return (Z < 0).all(axis=0)


@exercise.misconception(
    "off at one sample",
    """A unit that is off at some samples is no dead unit: that is what a ReLU is for. It is dead
    where it is off at every one: `all`, not `any`.""",
)
def dead_at_one_sample(Z):
    return (Z <= 0).any(axis=0)


@exercise.misconception(
    "negative on average",
    """You look at the mean score. One sample above 0 is enough for a gradient, however far below
    the others are. Ask every sample.""",
)
def dead_on_average(Z):
    return Z.mean(axis=0) <= 0


@exercise.misconception(
    "one answer for the layer",
    """One answer comes back for the whole layer: whether all its units are dead. Give `all` an
    axis, and there is one for each unit.""",
)
def dead_layer(Z):
    return (Z <= 0).all()


@exercise.misconception(
    "alive instead of dead",
    """True stands where a unit is alive. Asked for are the others: `~` turns an array of True and
    False round.""",
)
def dead_turned_round(Z):
    return (Z > 0).any(axis=0)


@exercise.misconception(
    "positions instead of True and False",
    """These are the places of the dead units, as numbers. Asked for is one True or False for each
    unit, in the order of the columns: what you had before you looked for the places.""",
)
def dead_places(Z):
    return np.flatnonzero((Z <= 0).all(axis=0))


@exercise.misconception(
    "counted instead of decided",
    """You count at how many samples each unit is off. It is dead where that is all N of them: True
    or False for each.""",
)
def dead_counted(Z):
    return (Z <= 0).sum(axis=0)
