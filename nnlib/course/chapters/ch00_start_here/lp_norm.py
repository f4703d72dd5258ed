"""How long a vector is depends on p, and sizes come first: an odd power keeps a minus."""

import numpy as np

from nnlib.course.description import case, describe, region


def lp_norm(x, p):
    """How long x is, (sum of |x_i|^p)^(1/p): p = 1 adds up the sizes, p = 2 is Euclid's length."""
    return (np.abs(x) ** p).sum() ** (1 / p)


def vector_and_p(rng):
    return rng.normal(size=5) * 2, int(rng.integers(3, 6))


exercise = describe(
    lp_norm,
    title="The length of a vector, for any p",
    minutes=5,
    difficulty=2,
    cases=(
        case(np.array([3.0, -4]), 2, about="Euclid's 3-4-5"),
        case(np.array([3.0, -4]), 1, about="the sum of sizes"),
        case(np.array([-2.0]), 3, about="one negative number, odd p"),
        case(np.array([2.0, 1, 2]), 3, about="two numbers alike: each counts"),
        case(np.zeros(3), 2, about="no length at all"),
    ),
    draw=vector_and_p,
    factors=lambda x, p: {"p": p},
    regions=(
        region(
            """Right, where p is a whole number. Here p = 1.5 or the like: a negative number has no
            such power, and nothing can be multiplied 1.5 times. Take sizes first, `np.abs(x)`, then
            `** p`, with p as it is.""",
            case(np.array([-1.5, 2, -0.5]), 1.5),
            case(np.array([3.0, -4]), 2.5),
            case(np.array([-3.0, 0.5, 0]), 0.5),
            case(np.array([-2.0, 1]), 11.25),
        ),
    ),
    hints=(
        "Read the formula from the inside: size, power, sum, root. Which comes first in code?",
        "`np.abs(x) ** p`, then `.sum()`, then the p-th root, which is the power 1/p.",
        "`(np.abs(x) ** p).sum() ** (1 / p)`. The brackets around 1 / p matter.",
    ),
)


@exercise.misconception(
    "sizes not taken",
    """A negative number to an odd power stays negative and shortens the vector; it may even leave
    you a root of a negative number, nan. Take sizes first: `np.abs(x)`. For p = 2 the square hides
    this.""",
)
def norm_without_sizes(x, p):
    return (x**p).sum() ** (1 / p)


@exercise.misconception(
    "root missing",
    """The sum of the powers is right, and the p-th root is missing. For p = 2 you have the squared
    length. Raise the sum to the power 1/p.""",
)
def norm_without_root(x, p):
    return (np.abs(x) ** p).sum()


@exercise.misconception(
    "root before the sum",
    """You take the p-th root of each power, which undoes it, so this is the sum of sizes for every
    p. Sum first, then take one root.""",
)
def norm_root_of_each(x, p):
    return ((np.abs(x) ** p) ** (1 / p)).sum()


@exercise.misconception(
    "a power before a fraction",
    """`s ** 1 / p` means (s ** 1) / p: Python takes powers before divisions. Write `s ** (1 /
    p)`.""",
)
def norm_divided(x, p):
    return (np.abs(x) ** p).sum() ** 1 / p


@exercise.misconception(
    "always Euclid",
    """This is the Euclidean length whatever p is: right for p = 2, and p is not used otherwise. Put
    p where the 2 stands, and 1/p where the root is.""",
)
def norm_always_euclid(x, p):
    return np.sqrt((x**2).sum())


@exercise.misconception(
    "always the square root",
    """The powers are right. The root is always the square root, which fits p = 2 only: for p = 3 it
    must be the cube root. Raise the sum to the power 1/p.""",
)
def norm_always_square_root(x, p):
    return np.sqrt((np.abs(x) ** p).sum())
