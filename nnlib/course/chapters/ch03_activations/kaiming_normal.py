"""`x ** 1/2` is half of x, and a wrong scale raises no error of its own."""

import numpy as np

from nnlib import init
from nnlib.course.description import case, describe

from .shared import AROUND_ZERO, any_shape, fans


def bell(answer, shape, seed):
    """As `spread`, but a normal distribution has no ends: how much lies near the middle?"""
    W = answer(shape, np.random.default_rng(seed))
    if not np.size(W) or np.asarray(W).dtype.kind != "f":
        return W
    return {
        "shape": str(np.shape(W)),
        "std": np.std(W),
        "part within one std": np.mean(np.abs(W) < np.std(W)),
    }


exercise = describe(
    init.kaiming_normal,
    title="Bug clinic: a root that is none",
    minutes=7,
    difficulty=2,
    probe=bell,
    tolerance=0.02,
    cases=(
        case((100, 400), 1, about="100 inputs: 0.1414"),
        case((400, 100), 2, about="400 inputs: 0.0707"),
    ),
    draw=any_shape,
    factors=fans,
    regions=(AROUND_ZERO,),
    hints=(
        "Let Python tell: what is `16 ** 1/2`? And what is the root of 16?",
        "`**` binds more tightly than `/`: x ** 1/2 is (x ** 1) / 2. Write `** 0.5`, or "
        "`** (1 / 2)`, or `np.sqrt`.",
        "`rng.standard_normal(shape) * (2 / n_in) ** 0.5`.",
    ),
)


@exercise.misconception(
    "(2 / n) ** 1/2",
    """The standard deviation is 1 / n_in: 0.01 where 0.1414 was expected. Python reads `x ** 1/2`
    as (x ** 1) / 2, no root at all. Write `** 0.5`. Roots written as `** 1/2` stand in published
    code: nothing crashes, the signal just fades.""",
)
def kaiming_root_without_brackets(shape, rng):
    n_in, n_out = shape
    return rng.standard_normal(shape) * (2 / n_in) ** 1 / 2


@exercise.misconception(
    "variance as standard deviation",
    """2 / n_in is the variance. `rng.normal` wants the standard deviation, its root.""",
)
def kaiming_variance(shape, rng):
    n_in, n_out = shape
    return rng.normal(0, 2 / n_in, shape)


@exercise.misconception(
    "n_out in place of n_in",
    """You divide by n_out. A unit adds up n_in products, so n_in decides how large its score
    becomes. With weights (n_in, n_out) that is `shape[0]`.""",
)
def kaiming_outputs(shape, rng):
    n_in, n_out = shape
    return rng.normal(0, (2 / n_out) ** 0.5, shape)


@exercise.misconception(
    "the 2 forgotten",
    """sqrt(1 / n_in) keeps the signal of a linear layer. ReLU throws away half of its mean square,
    and the 2 brings it back. Without it 30 layers shrink the signal about 30,000 times.""",
)
def kaiming_without_two(shape, rng):
    n_in, n_out = shape
    return rng.normal(0, (1 / n_in) ** 0.5, shape)


@exercise.misconception(
    "Glorot's n_in + n_out",
    """sqrt(2 / (n_in + n_out)) is Glorot's, made for tanh. Kaiming's rule for ReLU looks at the
    inputs alone: sqrt(2 / n_in).""",
)
def kaiming_both_fans(shape, rng):
    return rng.normal(0, (2 / sum(shape)) ** 0.5, shape)


@exercise.misconception(
    "uniform on the standard deviation",
    """These weights are uniform between minus and plus sqrt(2 / n_in): their standard deviation is
    1.7 times too small. Draw normal ones, with `rng.standard_normal`.""",
)
def kaiming_std_as_bound(shape, rng):
    bound = (2 / shape[0]) ** 0.5
    return rng.uniform(-bound, bound, shape)
