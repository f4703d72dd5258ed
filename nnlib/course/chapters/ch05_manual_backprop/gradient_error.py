"""An error means something only beside the size of what is compared, entry by entry."""

import numpy as np

from nnlib.course.description import case, describe, region
from nnlib.gradcheck import numerical_gradient


def gradient_error(f, x, gradient):
    """The largest relative error of `gradient` against the numerical gradient of f at x.

    Of each entry |a - n| / (|a| + |n|): 0 where both agree, 1 where the signs are opposite. Two
    zeros agree: the sum is taken as 1e-8 at least.
    """
    numerical = numerical_gradient(f, x)
    size = np.abs(gradient) + np.abs(numerical)
    return np.max(np.abs(gradient - numerical) / np.maximum(size, 1e-8))


def sum_of_squares(x):
    """the sum of x^2, with the gradient 2 x"""
    return np.sum(x**2)


def first_row(x):
    """the sum of x^2 over the first row; the other rows do not matter"""
    return np.sum(x[0] ** 2)


def noisy_gradient(rng):
    x = rng.normal(size=(2, 3))
    return sum_of_squares, x, 2 * x * (1 + rng.normal(size=x.shape) / 4)


def largest_error(answer, f, x, gradient):
    """The error to seven places: beyond them is the numerical gradient's own rounding."""
    error = answer(f, x, gradient)
    return np.round(error, 7) if isinstance(error, float | np.number | np.ndarray) else error


def faint(x):
    """a millionth of the sum of x^2"""
    return 1e-6 * np.sum(x**2)


exercise = describe(
    gradient_error,
    title="The judge: how far from the numerical gradient?",
    minutes=9,
    difficulty=2,
    probe=largest_error,
    returns=("the error",),
    cases=(
        case(sum_of_squares, np.array([[1.0, -2]]), np.array([[2.0, -4]]), about="all right"),
        case(
            sum_of_squares,
            np.array([[1.0, -2]]),
            np.array([[1.0, -2]]),
            about="half of it: 1/3",
        ),
        case(sum_of_squares, np.array([[3.0]]), np.array([[-6.0]]), about="sign turned: 1"),
        case(
            sum_of_squares,
            np.array([[500.0, 0.01]]),
            np.array([[1000.0, 0.03]]),
            about="an error in the small entry",
        ),
        case(
            first_row,
            np.array([[1.0, 2], [3, 4]]),
            np.array([[2.0, 4], [0, 0]]),
            about="entries without influence",
        ),
    ),
    draw=noisy_gradient,
    regions=(
        region(
            """Right, for slopes of ordinary size. Tiny ones count like others, down to a sum of
            1e-8: below it the sum is taken as 1e-8, and nothing larger is added.""",
            case(faint, np.array([[0.01, 0.02]]), np.array([[2e-8, 8e-8]])),
            case(faint, np.array([[0.001, 0.002]]), np.array([[4e-9, 4e-9]])),
            case(faint, np.array([[0.01, 0.02]]), np.array([[2e-8, -4e-8]])),
        ),
    ),
    exempt={
        "read-only": "a step that is taken back exactly leaves x as it was",
        "whole numbers": "a step of 1e-5 from a whole number is a fraction",
        "single precision": "the numerical gradient needs more digits",
    },
    hints=(
        "A difference of 0.001 is much if the slope is 0.002, and little if it is 500. What "
        "would you compare it with? And which entry tells most?",
        "Call `numerical_gradient(f, x)`. Entry by entry |a - n| / (|a| + |n|), with 1e-8 as "
        "the smallest denominator; then the largest of all.",
        "`size = np.abs(gradient) + np.abs(numerical)`, then "
        "`np.max(np.abs(gradient - numerical) / np.maximum(size, 1e-8))`.",
    ),
)


@exercise.misconception(
    "absolute error",
    """This is the largest difference itself. Beside a slope of 1000 it means little, beside 0.001
    everything. Divide by the size of the two: |a| + |n|.""",
)
def error_absolute(f, x, gradient):
    return np.max(np.abs(gradient - numerical_gradient(f, x)))


@exercise.misconception(
    "mean of the errors",
    """You average the errors. One bad entry among a thousand good ones would hardly show, and one
    bad entry is a bug. Take the largest.""",
)
def error_mean(f, x, gradient):
    n = numerical_gradient(f, x)
    return np.mean(np.abs(gradient - n) / np.maximum(np.abs(gradient) + np.abs(n), 1e-8))


@exercise.misconception(
    "signs kept",
    """The difference keeps its sign, and `max` then overlooks every entry that is too small. Take
    the absolute value first.""",
)
def error_with_signs(f, x, gradient):
    n = numerical_gradient(f, x)
    return np.max((gradient - n) / np.maximum(np.abs(gradient) + np.abs(n), 1e-8))


@exercise.misconception(
    "zero divided by zero",
    """Right, but where both gradients are 0 you divide 0 by 0 and get nan. Such entries agree: let
    the denominator be 1e-8 at least, with `np.maximum`.""",
)
def error_zero_by_zero(f, x, gradient):
    n = numerical_gradient(f, x)
    return np.max(np.abs(gradient - n) / (np.abs(gradient) + np.abs(n)))


@exercise.misconception(
    "one ratio for all entries",
    """You compare the lengths of whole gradients. It is a measure in use, but a large right entry
    can hide a small one that is off. Here: entry by entry, then the largest.""",
)
def error_of_norms(f, x, gradient):
    n = numerical_gradient(f, x)
    size = np.linalg.norm(gradient) + np.linalg.norm(n)
    return np.linalg.norm(gradient - n) / max(size, 1e-8)


@exercise.misconception(
    "relative to one side",
    """You divide by the numerical gradient alone. Where that is close to 0 the ratio explodes. With
    |a| + |n| it stays between 0 and 1, and both sides count alike.""",
)
def error_by_numerical_alone(f, x, gradient):
    n = numerical_gradient(f, x)
    return np.max(np.abs(gradient - n) / np.maximum(np.abs(n), 1e-8))


@exercise.misconception(
    "one error an entry",
    """These are the errors of all entries, and they are right. Give back one number: the
    largest.""",
)
def error_entry_by_entry(f, x, gradient):
    n = numerical_gradient(f, x)
    return np.abs(gradient - n) / np.maximum(np.abs(gradient) + np.abs(n), 1e-8)


@exercise.misconception(
    "divided by the larger",
    """You divide by the larger of |a| and |n|. That measure is in use too, and runs from 0 to 2.
    Here divide by the sum |a| + |n|: then a wrong sign gives 1.""",
)
def error_by_the_larger(f, x, gradient):
    n = numerical_gradient(f, x)
    size = np.maximum(np.abs(gradient), np.abs(n))
    return np.max(np.abs(gradient - n) / np.maximum(size, 1e-8))


@exercise.misconception(
    "divided by |a + n|",
    """You divide by |a + n|. Where the signs differ, the two cancel there, and the ratio explodes.
    Take the absolute values first, then add: |a| + |n|.""",
)
def error_by_the_sum_with_signs(f, x, gradient):
    n = numerical_gradient(f, x)
    return np.max(np.abs(gradient - n) / np.maximum(np.abs(gradient + n), 1e-8))
