"""A vjp multiplies what arrives by the local slope; with g = 1 a missing g stays hidden."""

import numpy as np

from nnlib import ops
from nnlib.course.description import case, describe, region


def equal_shapes(rng):
    shape = 2, int(rng.integers(3, 5))
    a, g = rng.normal(size=(2, *shape))
    return a, rng.uniform(0.5, 2, size=shape), g


def value_and_vjps(answer, a, b, g):
    """Call the operation, then each vjp with g."""
    out, (to_a, to_b) = answer(a, b)
    return {"out": out, "da": to_a(g), "db": to_b(g)}


exercise = describe(
    ops.divide,
    title="Division, forward and backward",
    minutes=6,
    difficulty=2,
    probe=value_and_vjps,
    cases=(
        case(np.array([6.0]), np.array([3.0]), np.array([1.0]), about="6 / 3, g = 1"),
        case(np.array([6.0]), np.array([3.0]), np.array([10.0]), about="6 / 3, g = 10"),
        case(np.array([0.0, -4]), np.array([0.5, 2]), np.array([1.0, -3]), about="signs"),
    ),
    draw=equal_shapes,
    terms=lambda a, b, g: {"g / b": g / b, "g a / b^2": -g * a / b**2},
    regions=(
        region(
            """Right for arrays with an axis. A single number, an array of shape (), is divided just
            the same.""",
            case(np.array(6.0), np.array(3.0), np.array(2.0)),
        ),
    ),
    hints=(
        "Two slopes: how does a / b move with a, while b stays? And with b, while a stays?",
        "d(a/b)/da = 1/b and d(a/b)/db = -a/b^2. A vjp is a function of g, and multiplies the "
        "slope by g.",
        "`return a / b, (lambda g: g / b, lambda g: -g * a / b**2)`.",
    ),
)


@exercise.misconception(
    "minus sign missing",
    """The first vjp is right. In the second the sign is missing: a larger denominator makes the
    fraction smaller. The derivative of 1/b is -1/b^2.""",
)
def divide_without_minus(a, b):
    return a / b, (lambda g: g / b, lambda g: g * a / b**2)


@exercise.misconception(
    "g left out",
    """These are the slopes of a / b itself. A vjp carries back what comes from above: it multiplies
    the slope by g. With g = 1 you would not notice.""",
)
def divide_without_g(a, b):
    return a / b, (lambda g: 1 / b, lambda g: -a / b**2)


@exercise.misconception(
    "vjps in the other order",
    """Both vjps are right, in the other order. The first carries g back to a, the second to b, as
    the arguments stand.""",
)
def divide_turned(a, b):
    return a / b, (lambda g: -g * a / b**2, lambda g: g / b)


@exercise.misconception(
    "vjps of a product",
    """The value is a / b, and the vjps are those of a * b. Differentiate the quotient: 1/b for a,
    -a/b^2 for b.""",
)
def divide_like_multiply(a, b):
    return a / b, (lambda g: g * b, lambda g: g * a)


@exercise.misconception(
    "a missing in b's gradient",
    """The first vjp is right. The second is that of 1 / b: the numerator a is a factor in front,
    and stays: -g a / b^2.""",
)
def divide_without_a(a, b):
    return a / b, (lambda g: g / b, lambda g: -g / b**2)


@exercise.misconception(
    "b not squared",
    """The first vjp is right. In the second b needs a square: 1/b = b^-1, and its derivative is
    -b^-2.""",
)
def divide_without_square(a, b):
    return a / b, (lambda g: g / b, lambda g: -g * a / b)


@exercise.misconception(
    "both treated alike",
    """The first vjp is right. Division does not treat its arguments alike: b stands below. Its
    slope is -a/b^2.""",
)
def divide_symmetric(a, b):
    return a / b, (lambda g: g / b, lambda g: g / a)
