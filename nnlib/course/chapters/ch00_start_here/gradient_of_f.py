"""Each entry of a gradient is a slope along one weight, with the others held still."""

import numpy as np

from nnlib.course.description import case, describe, region


def gradient_of_f(w):
    """The gradient of f(w) = ln(w1 + w2) + w1^2 w2: (2,) -> (2,)"""
    w1, w2 = w
    return np.array([1 / (w1 + w2) + 2 * w1 * w2, 1 / (w1 + w2) + w1**2])


exercise = describe(
    gradient_of_f,
    title="A gradient on paper, then in code",
    minutes=6,
    difficulty=2,
    cases=(
        case(np.array([1.0, 2]), about="the worked example, (4.3333, 1.3333)"),
        case(np.array([0.0, 1]), about="only the logarithm has a slope here"),
        case(np.array([3.0, -1]), about="a negative coordinate"),
    ),
    draw=lambda rng: (rng.uniform(0.5, 3, size=2),),
    terms=lambda w: {
        "1 / (w1 + w2)": np.full(2, 1 / (w[0] + w[1])),
        "of w1^2 w2": np.array([2 * w[0] * w[1], w[0] ** 2]),
    },
    regions=(
        region(
            """Near, and not exact: a difference to one side is off by a multiple of h, and the
            notebook compares to 8 digits. Take the slope by the rules, or step to both sides and
            divide by 2h.""",
            case(np.array([0.1, 0.1])),
            case(np.array([0.25, 0.5])),
            tolerance=3e-7,
        ),
    ),
    exempt={
        "single precision": "a difference quotient is right too, and needs more digits",
        "other signs": "the logarithm asks for w1 + w2 > 0",
    },
    hints=(
        "Two slopes: one with w2 held still, one with w1 held still. f is a sum of two terms, "
        "and so is each slope.",
        "d/du ln(u) = 1/u, and u = w1 + w2 grows by 1 with either. w1^2 w2 has the slope "
        "2 w1 w2 along w1, and w1^2 along w2.",
        "`w1, w2 = w`, then `np.array([1 / (w1 + w2) + 2 * w1 * w2, 1 / (w1 + w2) + w1**2])`.",
    ),
)


@exercise.misconception(
    "logarithm taken apart",
    """1/w1 and 1/w2 would belong to ln(w1) + ln(w2). Here the logarithm holds the sum: ln(w1 + w2)
    has the slope 1 / (w1 + w2) along both.""",
)
def gradient_log_by_halves(w):
    w1, w2 = w
    return np.array([1 / w1 + 2 * w1 * w2, 1 / w2 + w1**2])


@exercise.misconception(
    "logarithm left out",
    """The slopes of w1^2 w2 are right; those of the logarithm are missing. Add 1 / (w1 + w2) to
    both entries.""",
)
def gradient_without_log(w):
    w1, w2 = w
    return np.array([2 * w1 * w2, w1**2])


@exercise.misconception(
    "partial derivatives swapped",
    """Both slopes are right and stand in each other's place. Entry 0 is the slope along w1, with w2
    held still.""",
)
def gradient_swapped(w):
    return gradient_of_f(w)[::-1]


@exercise.misconception(
    "slopes added up",
    """You add the two slopes into one number. A gradient keeps them apart: one entry for each
    weight, in the shape of w.""",
)
def gradient_total(w):
    return gradient_of_f(w).sum()


@exercise.misconception(
    "constant factor dropped",
    """Entry 1 is right. Along w1, w2 is a constant, and a constant factor stays: w1^2 w2 has the
    slope 2 w1 w2, not 2 w1.""",
)
def gradient_factor_dropped(w):
    w1, w2 = w
    return np.array([1 / (w1 + w2) + 2 * w1, 1 / (w1 + w2) + w1**2])


@exercise.misconception(
    "logarithm not differentiated",
    """ln(w1 + w2) still stands in both slopes. The slope of ln(u) is 1/u: put 1 / (w1 + w2) in its
    place.""",
)
def gradient_log_kept(w):
    w1, w2 = w
    return np.array([np.log(w1 + w2) + 2 * w1 * w2, np.log(w1 + w2) + w1**2])


@exercise.misconception(
    "brackets missing",
    """`1 / w1 + w2` means (1 / w1) + w2: Python divides before it adds. Write `1 / (w1 + w2)`.""",
)
def gradient_brackets_missing(w):
    w1, w2 = w
    return np.array([1 / w1 + w2 + 2 * w1 * w2, 1 / w1 + w2 + w1**2])


@exercise.misconception(
    "a caret for a power",
    """In Python `^` is not a power but an operation on the bits of integers, which fractions do not
    have. The square of w1 is `w1**2`.""",
)
def gradient_caret(w):
    w1, w2 = w
    return np.array([1 / (w1 + w2) + 2 * w1 * w2, 1 / (w1 + w2) + w1 ^ 2])
