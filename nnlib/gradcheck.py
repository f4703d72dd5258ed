"""The numerical gradient: slow, simple, and the judge of every other gradient in the course."""

import numpy as np

from .tensor import Tensor


class GradientError(AssertionError):
    """A gradient that differs from the numerical one, or is missing."""


def numerical_gradient(f, x, h=1e-5):
    """df/dx by centred differences: (f(x + h e_i) - f(x - h e_i)) / 2h for every element i.

    f: takes a float64 array of the shape of x, returns one number (or a Tensor of one).
    x: an array or number; it is not changed. h: the step; 1e-5 balances the error of truncation,
    about h^2, against that of rounding, about 1e-16 / h.
    Shape: that of x, float64.
    """
    x = np.array(x, dtype=np.float64)
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        here = x[index]
        x[index] = here + h
        above = _number(f(x.copy()))
        x[index] = here - h
        below = _number(f(x.copy()))
        x[index] = here
        gradient[index] = (above - below) / (2 * h)
    return gradient


def gradcheck(f, *inputs, h=1e-5, rtol=1e-5, atol=1e-7):
    """True if `backward()` through f agrees with centred differences in every element.

    f: takes Tensors, returns one Tensor of any shape (compared along a random direction).
    inputs: arrays or Tensors of floats; they are checked in float64.
    Raises GradientError, which names function, argument, index and both numbers.
    """
    arrays = [np.array(x, dtype=np.float64) for x in inputs]
    tensors = [Tensor(x, requires_grad=True) for x in arrays]
    out = f(*tensors)
    direction = np.random.default_rng(0).standard_normal(out.shape)
    out.backward(direction)

    name = getattr(f, "__name__", type(f).__name__)
    for position, (x, tensor) in enumerate(zip(arrays, tensors, strict=True)):

        def along(moved, position=position):
            return np.sum(direction * f(*_replaced(arrays, position, moved)).data)

        expected = numerical_gradient(along, x, h)
        got = np.zeros_like(x) if tensor.grad is None else tensor.grad
        wrong = ~np.isclose(got, expected, rtol=rtol, atol=atol)
        if wrong.any():
            index = tuple(int(i) for i in np.argwhere(wrong)[0])
            raise GradientError(
                f"{name}, argument {position}, index {index}: backward() gives {got[index]:.9g}, "
                f"the numerical gradient is {expected[index]:.9g} "
                f"({wrong.sum()} of {wrong.size} elements differ)"
            )
    return True


def _replaced(arrays, position, moved):
    return [Tensor(moved if i == position else x) for i, x in enumerate(arrays)]


def _number(value):
    value = np.asarray(value.data if isinstance(value, Tensor) else value)
    if value.size != 1:
        raise ValueError(f"f returned shape {value.shape}; expected one number, as from .sum()")
    return value.item()
