"""A number that carries its slope applies the chain rule as it goes, with no graph."""

from contextlib import contextmanager

import numpy as np

from nnlib.course.description import case, describe


class Dual:
    """value + slope * epsilon, where epsilon^2 = 0: a number that carries its derivative along."""

    def __init__(self, value, slope=0.0):
        self.value, self.slope = value, slope

    def __add__(self, other):
        return Dual(self.value + other.value, self.slope + other.slope)

    def __mul__(self, other):
        slope = self.slope * other.value + self.value * other.slope
        return Dual(self.value * other.value, slope)

    def sin(self):
        return Dual(np.sin(self.value), np.cos(self.value) * self.slope)


def product_and_sine(x1, x2):
    """x1 x2 + sin(x1)"""
    return x1 * x2 + x1.sin()


def cube(x1, x2):
    """x1 (x1 x1) + x2"""
    return x1 * (x1 * x1) + x2


def sine_of_product(x1, x2):
    """sin(x1 (x2 + x1)) x2"""
    return (x1 * (x2 + x1)).sin() * x2


def sum_alone(x1, x2):
    """x1 + x2"""
    return x1 + x2


def two_numbers(rng):
    f = (product_and_sine, cube, sine_of_product)[rng.integers(3)]
    return f, *np.round(rng.uniform(0.3, 2.5, 2), 2).tolist()


@contextmanager
def called_by_its_name(answer):
    """Let the methods of a class name it, as `Dual(...)`, before its cell has bound the name."""
    name = answer.__name__
    spaces = [m.__globals__ for m in vars(answer).values() if hasattr(m, "__globals__")]
    spaces = [space for space in spaces[:1] if space.get("__name__") != __name__]
    before = [space.get(name) for space in spaces]
    for space in spaces:
        space[name] = answer
    try:
        yield
    finally:
        for space, old in zip(spaces, before, strict=True):
            if old is None:
                del space[name]
            else:
                space[name] = old


def two_passes(answer, f, x1, x2):
    """The value, and both derivatives: one pass for each input."""
    with called_by_its_name(answer):
        first = f(answer(x1, 1.0), answer(x2))
        second = f(answer(x1), answer(x2, 1.0))
        return {"f": first.value, "df/dx1": first.slope, "df/dx2": second.slope}


exercise = describe(
    Dual,
    title="A number that carries its slope",
    minutes=8,
    difficulty=2,
    probe=two_passes,
    cases=(
        case(sum_alone, 2.0, 5.0, about="a sum alone"),
        case(product_and_sine, 2.0, 3.0, about="the chapter's function"),
        case(cube, 2.0, 1.0, about="x^3, whose slope at 2 is 12"),
        case(sine_of_product, 0.5, 1.5, about="something inside the sine"),
        case(product_and_sine, 0.0, -1.0, about="at zero"),
    ),
    draw=two_numbers,
    calls=("Dual(3.0)",),
    hints=(
        "Each operation has two jobs: the value, as always, and the slope. Which rules of "
        "differentiation belong to +, to * and to sin?",
        "Slopes add under +. Under * it is the product rule, u' v + u v'. Under sin it is the "
        "chain rule: cos of the value, times the slope that came in.",
        "`Dual(self.value * other.value, self.slope * other.value + self.value * other.slope)` "
        "and `Dual(np.sin(self.value), np.cos(self.value) * self.slope)`.",
    ),
)


class Mistaken(Dual):
    """A Dual that can be broken in one place: every operation returns its own kind."""

    def plus(self, other):
        return self.slope + other.slope

    def times(self, other):
        return self.slope * other.value + self.value * other.slope

    def sine(self):
        return np.cos(self.value) * self.slope

    def __add__(self, other):
        return type(self)(self.value + other.value, self.plus(other))

    def __mul__(self, other):
        return type(self)(self.value * other.value, self.times(other))

    def sin(self):
        return type(self)(np.sin(self.value), self.sine())


@exercise.misconception(
    "product of the slopes",
    """The slope of a product is not the product of the slopes: x times x would have slope 1
    everywhere. Multiply (u + u' e)(v + v' e) out and drop e^2: two terms with e are left, u' v and
    u v'.""",
)
class ProductOfSlopes(Mistaken):
    def times(self, other):
        return self.slope * other.slope


@exercise.misconception(
    "half the product rule",
    """One term of the product rule is there, u v'. The other factor moves as well: u' v is missing,
    so whatever moves on the left is not seen.""",
)
class HalfTheProductRule(Mistaken):
    def times(self, other):
        return self.value * other.slope


@exercise.misconception(
    "minus in the product rule",
    """The two terms of the product rule are subtracted. That is the numerator of the quotient rule.
    In a product both terms count the same way: u' v + u v'.""",
)
class MinusInTheProductRule(Mistaken):
    def times(self, other):
        return self.slope * other.value - self.value * other.slope


@exercise.misconception(
    "sin forgets what came in",
    """cos of the value is how fast the sine moves with its argument. How fast the argument itself
    moves is in `self.slope`: multiply by it. Without it even a constant seems to move.""",
)
class SineForgetsTheInside(Mistaken):
    def sine(self):
        return np.cos(self.value)


@exercise.misconception(
    "cos of the slope",
    """You take the cosine of the slope. The cosine belongs to the value: it is the sine's
    derivative there. The slope that came in is a factor beside it.""",
)
class SineOfTheSlope(Mistaken):
    def sine(self):
        return np.cos(self.slope)


@exercise.misconception(
    "sin of both parts",
    """The sine is taken of the value and of the slope. Only the value goes through the sine; the
    slope is multiplied by the sine's derivative, cos(value).""",
)
class SineOfBoth(Mistaken):
    def sine(self):
        return np.sin(self.slope)


@exercise.misconception(
    "slopes multiplied in a sum",
    """Under + the slopes are multiplied here. If u grows by u' and v by v', u + v grows by u' +
    v'.""",
)
class SlopesMultipliedInSum(Mistaken):
    def plus(self, other):
        return self.slope * other.slope
