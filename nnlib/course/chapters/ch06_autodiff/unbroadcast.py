"""What was copied forward is summed backward, along every axis that was stretched."""

import numpy as np

from nnlib import ops
from nnlib.course.description import case, describe


def stretched(rng):
    shape, longer = [
        ((3,), (2, 3)),
        ((1, 3), (4, 3)),
        ((4, 1), (4, 3)),
        ((1, 2), (2, 3, 2)),
        ((2, 1), (3, 2, 4)),
    ][rng.integers(5)]
    return rng.normal(size=longer), shape


exercise = describe(
    ops.unbroadcast,
    title="The adjoint of a broadcast is a sum",
    minutes=8,
    difficulty=3,
    loops=True,
    cases=(
        case(np.array([[1.0, 2, 3], [4, 5, 6]]), (3,), about="a bias: rows are added up"),
        case(np.array([[1.0, 2, 3], [4, 5, 6]]), (2, 1), about="a column"),
        case(np.array([[1.0, 2, 3], [4, 5, 6]]), (1, 3), about="a row of shape (1, 3)"),
        case(np.array([[1.0, 2, 3], [4, 5, 6]]), (2, 3), about="nothing was stretched"),
        case(np.array([[1.0, 2], [3, 4]]), (2,), about="square: the axis matters"),
        case(np.array([1.0, 2, 3]), (), about="a single number"),
        case(np.array([1.0, 2, 3]), (1,), about="an array of one"),
        case(np.arange(8.0).reshape(2, 2, 2), (2,), about="two new axes"),
        case(np.arange(12.0).reshape(2, 3, 2), (3, 1), about="a new axis and a stretched one"),
    ),
    draw=stretched,
    draws=6,
    factors=lambda g, shape: {
        "how often each element was used": g.size / max(1, int(np.prod(shape)))
    },
    exempt={"a length of 1": "the shape is given, and would not fit"},
    hints=(
        "Each element of the small array was copied to several places. Each copy sends a "
        "gradient back. What does the original get?",
        "Two kinds of axes: those that NumPy added in front, `g.ndim - len(shape)` of them, "
        "and those where `shape` has a 1. Sum over the first kind and let them go; sum over "
        "the second and keep them as 1.",
        "`extra = g.ndim - len(shape)`; `g = g.sum(axis=tuple(range(extra)))`; then for each "
        "axis i with `shape[i] == 1`: `g = g.sum(axis=i, keepdims=True)`.",
    ),
)


@exercise.misconception(
    "mean instead of sum",
    """The shapes are right, and the numbers are means. Each copy of an element pulls at it, and
    pulls add up: sum.""",
)
def unbroadcast_mean(g, shape):
    total = ops.unbroadcast(g, shape)
    return total * (total.size / g.size)


@exercise.misconception(
    "cut to size",
    """You keep the first elements and drop the rest, so most copies are not heard. Every copy sends
    its gradient back: add them up.""",
)
def unbroadcast_cut(g, shape):
    return np.resize(g, shape)


@exercise.misconception(
    "new axes only",
    """The axes added in front are summed. An axis of length 1 was stretched as well, and is still
    long: sum it, with `keepdims=True`.""",
)
def unbroadcast_front_only(g, shape):
    while g.ndim > len(shape):
        g = g.sum(axis=0)
    return g


@exercise.misconception(
    "axes of length 1 only",
    """Axes of length 1 are summed. But NumPy also adds axes in front, as when a bias (3,) meets (2,
    3). Sum those first, and let them go.""",
)
def unbroadcast_ones_only(g, shape):
    for axis, n in enumerate(shape):
        if n == 1:
            g = g.sum(axis=axis, keepdims=True)
    return g


@exercise.misconception(
    "length 1 lost",
    """The sums are right, and the axes of length 1 are gone. A gradient has the shape of its own
    array: keep them by `keepdims=True`, or `reshape(shape)` at the end.""",
)
def unbroadcast_without_keepdims(g, shape):
    extra = g.ndim - len(shape)
    ones = [extra + i for i, n in enumerate(shape) if n == 1]
    return g.sum(axis=(*range(extra), *ones))


@exercise.misconception(
    "everything added up",
    """You add up everything. Only copies of one element belong together: sum along the stretched
    axes, and along no other.""",
)
def unbroadcast_total(g, shape):
    return np.full(shape, g.sum())


@exercise.misconception(
    "always along axis 0",
    """You sum along axis 0, whatever the shape. It is right for a bias. Which axes were stretched
    is a question to `shape`.""",
)
def unbroadcast_first_axis(g, shape):
    return g.sum(axis=0)
