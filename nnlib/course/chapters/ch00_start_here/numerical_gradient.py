"""Two calls of f for each weight give a gradient that owes nothing to your algebra."""

import numpy as np

from nnlib.course.description import case, describe, region
from nnlib.gradcheck import numerical_gradient


def f(w):
    """ln(w1 + w2) + w1^2 w2"""
    return np.log(w[0] + w[1]) + w[0] ** 2 * w[1]


def cubes(w):
    """the sum of all w_i^3"""
    return np.sum(w**3)


def chain(w):
    """the sum of all w_i * w_(i+1)"""
    return np.sum(w[:-1] * w[1:])


def of_chain(rng):
    return chain, rng.normal(size=rng.integers(3, 6)) * 2, 0.01


def ripple(w):
    """the sum of all sin(20 w_i)"""
    return np.sum(np.sin(20 * w))


exercise = describe(
    numerical_gradient,
    title="The centred difference, judge of all gradients",
    minutes=10,
    difficulty=3,
    tolerance=1e-6,
    cases=(
        case(f, np.array([1, 2]), about="the worked example, at integers"),
        case(cubes, np.array([1.0, -2]), 0.1, about="a large step, 0.1"),
        case(cubes, np.array([3.0]), 0.5, about="one weight, a step of 0.5"),
    ),
    draw=of_chain,
    factors=lambda f, x, h=1e-5: {"h": h},
    regions=(
        region(
            """Right where the step h is given. Without one, h is 1e-5, as the first line of the
            function says: a larger step reads the curve as a slope, a much smaller one drowns in
            rounding.""",
            case(ripple, np.array([0.1, -0.3])),
            case(cubes, np.array([2.0, -1, 0.5])),
        ),
    ),
    exempt={
        "read-only": "a step that is taken back exactly leaves the weights as they were",
        "single precision": "a step of 1e-5 is rounding error there",
        "small numbers": "so is it beside a function that hardly changes",
        "large numbers": "and beside weights of thousands",
    },
    hints=(
        "One entry at a time: what has to be done to x before f is called, and what after?",
        "For each i: a copy of x with entry i raised by h, and another with it lowered by h. "
        "The rise of f between them, divided by 2h, is entry i.",
        "Begin with `x = np.array(x, dtype=float)`. In the loop: `up = x.copy(); up[i] += h`, "
        "the same for `down` with `-=`, then `gradient[i] = (f(up) - f(down)) / (2 * h)`.",
    ),
)


@exercise.misconception(
    "forward difference",
    """This is (f(x + h) - f(x)) / h. It comes near the slope, with an error of order h; the centred
    one has an error of order h^2. Step to both sides and divide by 2h.""",
)
def difference_forward(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    gradient = np.zeros_like(x)
    for i in range(len(x)):
        moved = x.copy()
        moved[i] += h
        gradient[i] = (f(moved) - f(x)) / h
    return gradient


@exercise.misconception(
    "divided by h",
    """Twice too large. From x - h to x + h the distance is 2h, and in Python it needs brackets: `/
    (2 * h)`.""",
)
def difference_over_one_step(f, x, h=1e-5):
    return 2 * numerical_gradient(f, x, h)


@exercise.misconception(
    "second step ends at the start",
    """Half of the gradient: after `x[i] += h`, `x[i] -= h` leads back to x, not to x - h. The
    difference spans h only. Step down by 2h, or work on copies.""",
)
def difference_back_to_start(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    gradient = np.zeros_like(x)
    for i in range(len(x)):
        x[i] += h
        above = f(x)
        x[i] -= h
        gradient[i] = (above - f(x)) / (2 * h)
    return gradient


@exercise.misconception(
    "entry not put back",
    """Entry 0 is right, the later ones are off: x[i] was left at x - h, and the next slope is
    measured from there. Put each entry back before the next, or step on a copy.""",
)
def difference_never_restored(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    gradient = np.zeros_like(x)
    for i in range(len(x)):
        x[i] += h
        above = f(x)
        x[i] -= 2 * h
        gradient[i] = (above - f(x)) / (2 * h)
    return gradient


@exercise.misconception(
    "all entries at once",
    """`x + h` moves every entry at once, so one number comes back: the slopes added up. A gradient
    moves one entry at a time and leaves the others still.""",
)
def difference_all_at_once(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)


@exercise.misconception(
    "steps in an integer array",
    """x holds integers here, and an array of integers cuts off what does not fit: 1.00001 becomes
    1, and 0.99999 becomes 0. The steps are lost without a word. Begin with floats: `x = np.array(x,
    dtype=float)`.""",
)
def difference_in_integers(f, x, h=1e-5):
    gradient = np.zeros(len(x))
    for i in range(len(x)):
        above, below = x.copy(), x.copy()
        above[i] += h
        below[i] -= h
        gradient[i] = (f(above) - f(below)) / (2 * h)
    return gradient


@exercise.misconception(
    "gradient in an integer array",
    """`np.zeros_like(x)` takes over the integers of x, so your slopes are cut off: 4.33 becomes 4.
    Make x a float array first, or use `np.zeros(len(x))`.""",
)
def difference_into_integers(f, x, h=1e-5):
    gradient = np.zeros_like(x)
    gradient[:] = numerical_gradient(f, x, h)
    return gradient


@exercise.misconception(
    "stepping in place on integers",
    """x holds integers here, and stepping on x itself cuts off what does not fit: `x[i] += h`
    leaves 1 at 1, `x[i] -= 2 * h` makes it 0. Begin with floats, in a new array: `x = np.array(x,
    dtype=float)`.""",
)
def difference_in_place_in_integers(f, x, h=1e-5):
    x, gradient = x.copy(), np.zeros(len(x))
    for i in range(len(x)):
        x[i] += h
        above = f(x)
        x[i] -= 2 * h
        gradient[i] = (above - f(x)) / (2 * h)
        x[i] += h
    return gradient


@exercise.misconception(
    "brackets missing",
    """`/ 2 * h` divides by 2 and then multiplies by h, so the result is far too small. Put the
    whole distance into brackets: `/ (2 * h)`.""",
)
def difference_without_brackets(f, x, h=1e-5):
    return numerical_gradient(f, x, h) * h * h


@exercise.misconception(
    "two names for one array",
    """`up = x` makes no copy, only a second name. Then the step up and the step down happen in one
    array, and the difference is 0. Write `up = x.copy()`, and the same for the other.""",
)
def difference_on_one_array(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    gradient = np.zeros_like(x)
    for i in range(len(x)):
        up = down = x
        up[i] += h
        down[i] -= h
        gradient[i] = (f(up) - f(down)) / (2 * h)
    return gradient


@exercise.misconception(
    "returns inside the loop",
    """Entry 0 is right, and all later ones are still 0. Is `return` indented into the loop? It
    belongs after it.""",
)
def difference_returns_early(f, x, h=1e-5):
    gradient = np.zeros(len(x))
    gradient[0] = numerical_gradient(f, x, h)[0]
    return gradient
