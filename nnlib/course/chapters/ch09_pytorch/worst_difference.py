"""Rounding differences are judged by the largest, beside the scale of the whole."""

import numpy as np

from nnlib.course.description import case, describe


def worst_difference(ours, theirs):
    """The largest |a - b| anywhere in two dicts of arrays, relative to the largest |b| of all."""
    size = max(np.abs(b).max() for b in theirs.values())
    return max(np.abs(ours[name] - b).max() for name, b in theirs.items()) / size


def two_sets(rng):
    """A large weight, a small bias, and the larger difference in either of them."""
    theirs = {"0.weight": 10 * rng.normal(size=(3, 2)), "0.bias": rng.normal(size=2)}
    ours = {name: b + rng.normal(size=b.shape) for name, b in theirs.items()}
    return ours, dict(reversed(theirs.items()))


exercise = describe(
    worst_difference,
    title="Equal to rounding: how far apart at worst?",
    minutes=6,
    difficulty=2,
    loops=True,
    returns=("the worst difference",),
    cases=(
        case(
            {"W": np.array([1.0, -2, 4]), "b": np.array([0.5])},
            {"W": np.array([1.0, -2, 4]), "b": np.array([0.5])},
            about="no difference",
        ),
        case(
            {"W": np.array([[1.0, 2]]), "b": np.array([3.0])},
            {"W": np.array([[3.0, 2]]), "b": np.array([4.0])},
            about="ours are smaller",
        ),
        case(
            {"W": np.array([[10.0, -20]]), "b": np.array([1e-3])},
            {"W": np.array([[10.5, -20]]), "b": np.array([0.0])},
            about="a bias that is zero but for rounding",
        ),
    ),
    draw=two_sets,
    hints=(
        "A difference of 0.001: is it much? What would you compare it with?",
        "Take the largest |a - b| over all arrays, each found by its name, and divide by the "
        "largest |b| over all arrays.",
        "`size = max(np.abs(b).max() for b in theirs.values())`, then the `max` of "
        "`np.abs(ours[name] - b).max()` over `theirs.items()`, divided by `size`.",
    ),
)


@exercise.misconception(
    "signs kept",
    """Without the absolute value, an entry that is far too small counts as a negative difference,
    and `max` overlooks it. Take `np.abs` first.""",
)
def difference_signed(ours, theirs):
    size = max(np.abs(b).max() for b in theirs.values())
    return max((ours[name] - b).max() for name, b in theirs.items()) / size


@exercise.misconception(
    "not divided",
    """This is the largest difference itself. 0.001 is nothing beside gradients of 1000 and
    everything beside gradients of 0.001. Divide by the largest |b|.""",
)
def difference_absolute(ours, theirs):
    return max(np.abs(ours[name] - b).max() for name, b in theirs.items())


@exercise.misconception(
    "divided element by element",
    """Each entry is divided by itself, so an entry that is zero but for rounding makes the ratio
    huge, or nan. Divide once, by the largest |b| of all.""",
)
def difference_element_by_element(ours, theirs):
    with np.errstate(all="ignore"):
        return max(np.max(np.abs(ours[name] - b) / np.abs(b)) for name, b in theirs.items())


@exercise.misconception(
    "divided array by array",
    """Each array is divided by its own largest entry. An array that is zero but for rounding, such
    as db1 of the next section, then gives a huge ratio. Divide once, by the largest |b| of all
    arrays.""",
)
def difference_array_by_array(ours, theirs):
    return max(np.abs(ours[name] - b).max() / np.abs(b).max() for name, b in theirs.items())


@exercise.misconception(
    "divided by the size of ours",
    """You divide by the largest entry of `ours`. The formula measures against the second dict:
    divide by the largest |b| in `theirs`.""",
)
def difference_by_the_size_of_ours(ours, theirs):
    size = max(np.abs(a).max() for a in ours.values())
    return max(np.abs(ours[name] - b).max() for name, b in theirs.items()) / size


@exercise.misconception(
    "averaged",
    """A mean hides a single spoilt entry among a thousand good ones. Ask for the worst.""",
)
def difference_averaged(ours, theirs):
    size = max(np.abs(b).max() for b in theirs.values())
    return np.mean([np.abs(ours[name] - b).mean() for name, b in theirs.items()]) / size


@exercise.misconception(
    "paired by position",
    """The arrays are paired by their place in the dict, and two frameworks may list them in
    different orders. Look each up by its name: `ours[name]`.""",
)
def difference_by_position(ours, theirs):
    size = max(np.abs(b).max() for b in theirs.values())
    pairs = zip(ours.values(), theirs.values())
    return max(np.abs(a - b).max() for a, b in pairs) / size


@exercise.misconception(
    "last array only",
    """Each array overwrites what the one before had found, so only the last one counts. Keep the
    largest of all.""",
)
def difference_of_the_last(ours, theirs):
    for name, b in theirs.items():
        worst = np.abs(ours[name] - b).max()
    return worst / max(np.abs(b).max() for b in theirs.values())
