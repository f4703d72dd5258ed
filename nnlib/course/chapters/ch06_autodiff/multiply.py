"""Each factor of a product hears g times the other factor."""

import numpy as np

from nnlib import ops
from nnlib.course.description import case, describe

from .pairs import G, X, two_arrays_and_gradient, value_and_vjps

exercise = describe(
    ops.multiply,
    title="A product, forward and backward",
    minutes=4,
    difficulty=1,
    probe=value_and_vjps,
    cases=(
        case(np.array([2.0]), np.array([3.0]), np.array([1.0]), about="2 times 3, g = 1"),
        case(np.array([2.0]), np.array([3.0]), np.array([10.0]), about="2 times 3, g = 10"),
        case(X, G, np.array([[1.0, -1], [2, 0.5]]), about="two matrices, element by element"),
    ),
    draw=two_arrays_and_gradient,
    hints=(
        "Look at the row of v3 in the table of reverse mode. What goes to v1, and what to v2?",
        "A vjp is a function of g. The one for a multiplies g by how fast a b moves with a.",
        "`return a * b, (lambda g: g * b, lambda g: ...)`: the second is the first, with the "
        "factors exchanged.",
    ),
)


@exercise.misconception(
    "each its own factor",
    """The value is right. In the ways back each factor hears itself. How fast does a b move when
    only a moves? By b: so a hears g times b.""",
)
def multiply_by_itself(a, b):
    return a * b, (lambda g: g * a, lambda g: g * b)


@exercise.misconception(
    "g left out",
    """These are the slopes of the product itself. A vjp carries back what arrives, so it multiplies
    the slope by g. With g = 1 you would not notice.""",
)
def multiply_without_g(a, b):
    return a * b, (lambda g: b, lambda g: a)


@exercise.misconception(
    "the vjps of a sum",
    """The value is a product, and g comes back unchanged, as from a sum. In a product each factor
    stretches the other: g times the other factor.""",
)
def multiply_like_add(a, b):
    return a * b, (lambda g: g, lambda g: g)
