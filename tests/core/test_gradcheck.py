"""The judge is judged: right gradients pass, each kind of wrong one is caught and named."""

import numpy as np
import pytest

from nnlib import Tensor
from nnlib.gradcheck import GradientError, gradcheck, numerical_gradient
from nnlib.tensor import primitive

rng = np.random.default_rng(0)


# ------------------------------------------------------------ the numerical gradient


def test_published_gradient():
    """f(w) = ln(w1 + w2) + w1^2 w2 at (1, 2): 3.09861229, gradient (4.33333333, 1.33333333)."""
    f = lambda w: np.log(w[0] + w[1]) + w[0] ** 2 * w[1]
    assert f(np.array([1.0, 2.0])) == pytest.approx(3.09861229)
    np.testing.assert_allclose(numerical_gradient(f, [1.0, 2.0]), [13 / 3, 4 / 3], rtol=1e-8)


@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (0,), (2, 1, 2)])
def test_every_element_of_every_shape(shape):
    x, w = rng.normal(size=shape), rng.normal(size=shape)
    gradient = numerical_gradient(lambda x: np.sum(w * x**2), x)
    assert (gradient.shape, gradient.dtype) == (shape, np.float64)
    np.testing.assert_allclose(gradient, 2 * w * x, atol=1e-8)


def test_differences_are_centred_and_of_the_given_step():
    """On x^3 the centred difference is off by exactly h^2, on x^2 by nothing."""
    for h in (0.1, 0.5):
        assert numerical_gradient(lambda x: x**3, 1.0, h=h) == pytest.approx(3 + h**2)
        assert numerical_gradient(lambda x: x**2, 3.0, h=h) == pytest.approx(6)
    seen = []
    numerical_gradient(lambda x: seen.append(x.item()) or 0.0, 1.0)
    assert seen == [1 + 1e-5, 1 - 1e-5]


def test_the_argument_is_left_alone_even_by_a_careless_f():
    def careless(x):
        x *= 2
        return x.sum()

    x = np.array([1.0, 2.0], np.float32)
    np.testing.assert_allclose(numerical_gradient(careless, x), [2, 2])
    assert x.tolist() == [1, 2] and x.dtype == np.float32


def test_f_may_return_a_tensor_and_take_integers():
    np.testing.assert_allclose(
        numerical_gradient(lambda x: (Tensor(x) ** 2).sum(), [1, 2]), [2, 4], rtol=1e-8
    )


def test_f_must_return_one_number():
    with pytest.raises(ValueError, match=r"f returned shape \(2,\); expected one number"):
        numerical_gradient(lambda x: x, np.ones(2))


# ------------------------------------------------------------------------- gradcheck


def test_right_gradients_pass():
    assert gradcheck(lambda a, b: a @ b, rng.normal(size=(2, 3)), rng.normal(size=(3, 4))) is True
    assert gradcheck(lambda x: x.sum(), Tensor(np.ones(3, np.float32))) is True
    assert gradcheck(lambda x: x * 2, 3.0) is True


def wrong(vjp):
    """The product a * b with a wrong gradient for b."""

    def product(a, b):
        return a * b, (lambda g: g * b, lambda g: vjp(g, a, b))

    return primitive(product)


def first_only(g, a, b):
    dx = g * a
    dx[1, 2] += 1e-3
    return dx


MISTAKES = {
    "sign": lambda g, a, b: -g * a,
    "factor": lambda g, a, b: g * a * 1.001,
    "swapped": lambda g, a, b: g * b,
    "zero": lambda g, a, b: 0 * g,
    "forgot g": lambda g, a, b: a + 0 * g,
    "not a number": lambda g, a, b: g * np.nan,
    "one element": first_only,
}


@pytest.mark.parametrize("vjp", MISTAKES.values(), ids=MISTAKES)
def test_a_wrong_gradient_is_caught(vjp):
    a, b = rng.uniform(1, 2, (2, 3)), rng.uniform(3, 4, (2, 3))
    with pytest.raises(GradientError, match="product, argument 1, index"):
        gradcheck(wrong(vjp), a, b)


def test_a_failure_names_function_argument_index_and_both_numbers():
    a, b = np.full((2, 3), 2.0), np.full((2, 3), 5.0)
    with pytest.raises(AssertionError) as caught:
        gradcheck(wrong(first_only), a, b)
    direction = np.random.default_rng(0).standard_normal((2, 3))[1, 2]
    assert str(caught.value) == (
        f"product, argument 1, index (1, 2): backward() gives {2 * direction + 1e-3:.9g}, "
        f"the numerical gradient is {2 * direction:.9g} (1 of 6 elements differ)"
    )


def test_a_missing_gradient_is_caught():
    with pytest.raises(GradientError, match=r"argument 0, index \(0,\): backward\(\) gives 0,"):
        gradcheck(lambda a, b: a.detach() * b, np.ones(2), np.ones(2))


def test_an_unused_argument_has_gradient_zero():
    assert gradcheck(lambda a, b: b * 2, np.ones(2), np.ones(2))


def test_mistakes_cannot_hide_behind_a_sum():
    """Softmax sums to 1 whatever it does: a plain .sum() would see no gradient at all."""
    broken = primitive(lambda x: (np.exp(x) / np.exp(x).sum(), (np.zeros_like,)))
    with pytest.raises(GradientError):
        gradcheck(broken, np.arange(3.0))


def test_tolerances_can_be_chosen():
    nearly = wrong(lambda g, a, b: g * a * 1.001)
    assert gradcheck(nearly, np.ones(3), np.ones(3), rtol=1e-2)
    with pytest.raises(GradientError):
        gradcheck(lambda x: x**3, np.ones(3), h=0.1)
    assert gradcheck(lambda x: x**3, np.ones(3), h=0.1, atol=0.1)


def test_the_step_is_the_same_as_for_a_numerical_gradient():
    for options, h in (({}, 1e-5), ({"h": 0.25}, 0.25)):
        seen = []
        gradcheck(lambda x, seen=seen: seen.append(x.item()) or x * 2, 1.0, **options)
        assert seen == [1, 1 + h, 1 - h]


def test_inputs_are_left_alone():
    x, t = np.ones(3), Tensor(np.ones(3, np.float32), requires_grad=True)
    gradcheck(lambda a, b: a * b, x, t)
    assert x.tolist() == [1, 1, 1] and t.grad is None and t.dtype == np.float32


def test_an_object_with_call_is_named_by_its_class():
    class Broken:
        def __call__(self, x):
            return x.detach() + x * 2

    with pytest.raises(GradientError, match="^Broken, argument 0"):
        gradcheck(Broken(), np.ones(1))
