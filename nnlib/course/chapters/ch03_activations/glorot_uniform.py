"""A uniform draw has a bound, not a spread: its bound is root 3 standard deviations."""

import numpy as np

from nnlib import init
from nnlib.course.description import case, describe

from .shared import AROUND_ZERO, any_shape, fans


def spread(answer, shape, seed):
    """What can be measured of a random matrix: its shape, its ends, its standard deviation."""
    W = answer(shape, np.random.default_rng(seed))
    if not np.size(W) or np.asarray(W).dtype.kind != "f":
        return W
    return {
        "shape": str(np.shape(W)),
        "std": np.std(W),
        "min": np.min(W),
        "max": np.max(W),
    }


exercise = describe(
    init.glorot_uniform,
    title="Glorot: weights for sigmoid and tanh",
    minutes=5,
    difficulty=1,
    probe=spread,
    tolerance=0.02,
    cases=(
        case((100, 500), 1, about="many outputs"),
        case((500, 100), 2, about="many inputs"),
    ),
    draw=any_shape,
    factors=fans,
    regions=(AROUND_ZERO,),
    hints=(
        "Which two numbers of the layer does the formula need, and where are they in `shape`?",
        "The bound is sqrt(6 / (n_in + n_out)), the root of the whole fraction. Draw evenly "
        "between minus the bound and the bound.",
        "`bound = (6 / (n_in + n_out)) ** 0.5`, then `rng.uniform(-bound, bound, shape)`.",
    ),
)


@exercise.misconception(
    "standard deviation as bound",
    """Your bound is sqrt(2 / (n_in + n_out)): that is the standard deviation wanted. A uniform
    distribution on +-a has the standard deviation a / sqrt(3), so the bound is larger by that
    factor, and the 2 becomes a 6.""",
)
def glorot_std_as_bound(shape, rng):
    bound = np.sqrt(2 / sum(shape))
    return rng.uniform(-bound, bound, shape)


@exercise.misconception(
    "inputs only",
    """Your bound is sqrt(6 / n_in): that is Kaiming's, for ReLU. Glorot keeps both directions
    alive, the signal forward and the gradient back: n_in + n_out.""",
)
def glorot_inputs_only(shape, rng):
    bound = np.sqrt(6 / shape[0])
    return rng.uniform(-bound, bound, shape)


@exercise.misconception(
    "only positive weights",
    """All weights are positive. Then every unit adds up its inputs and none can take the
    difference. Start the interval at minus the bound.""",
)
def glorot_positive(shape, rng):
    return rng.uniform(0, np.sqrt(6 / sum(shape)), shape)


@exercise.misconception(
    "root forgotten",
    """The bound is 6 / (n_in + n_out), without the root: far too small here, and the signal would
    die within a few layers. Variances add up; a bound is the root of one.""",
)
def glorot_without_root(shape, rng):
    bound = 6 / sum(shape)
    return rng.uniform(-bound, bound, shape)


@exercise.misconception(
    "root of the 6 only",
    """The root covers the 6 and not the fraction. `np.sqrt(6 / (n_in + n_out))`: the division
    belongs inside the brackets.""",
)
def glorot_root_of_six(shape, rng):
    bound = np.sqrt(6) / sum(shape)
    return rng.uniform(-bound, bound, shape)


@exercise.misconception(
    "bound as standard deviation",
    """These weights are normal, with the bound as standard deviation: 1.7 times too wide, and some
    far outside. Draw with `rng.uniform(-bound, bound, shape)`.""",
)
def glorot_bound_as_std(shape, rng):
    return rng.normal(0, np.sqrt(6 / sum(shape)), shape)
