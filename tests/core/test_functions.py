"""The mathematics: values, slopes against the numerical gradient, extremes, dtypes, errors."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlib import functions as F
from nnlib.gradcheck import numerical_gradient

try:
    import torch
except ImportError:
    torch = None
needs_torch = pytest.mark.skipif(torch is None, reason="PyTorch is not installed")

INF, NAN = np.inf, np.nan
LN2 = math.log(2)

ACTIVATIONS = {
    "relu": (F.relu, F.relu_grad, lambda x: x.relu()),
    "leaky_relu": (
        F.leaky_relu,
        F.leaky_relu_grad,
        lambda x: torch.nn.functional.leaky_relu(x),
    ),
    "leaky_relu 0.3": (
        lambda Z: F.leaky_relu(Z, 0.3),
        lambda Z: F.leaky_relu_grad(Z, negative_slope=0.3),
        lambda x: torch.nn.functional.leaky_relu(x, 0.3),
    ),
    "sigmoid": (F.sigmoid, F.sigmoid_grad, lambda x: x.sigmoid()),
    "tanh": (F.tanh, F.tanh_grad, lambda x: x.tanh()),
    "gelu": (F.gelu, F.gelu_grad, lambda x: torch.nn.functional.gelu(x)),
    "gelu tanh": (
        lambda Z: F.gelu(Z, approximate="tanh"),
        lambda Z: F.gelu_grad(Z, approximate="tanh"),
        lambda x: torch.nn.functional.gelu(x, approximate="tanh"),
    ),
}
every_activation = pytest.mark.parametrize(
    "f, f_grad, theirs", ACTIVATIONS.values(), ids=ACTIVATIONS
)

E = math.e
VALUES = {  # a function, its argument, the values that mathematics gives
    "relu": (F.relu, [-2, 0, 3], [0, 0, 3]),
    "relu slope": (F.relu_grad, [-2, 0, 3], [0, 0, 1]),
    "leaky_relu": (F.leaky_relu, [-2, 0, 3], [-0.02, 0, 3]),
    "leaky_relu slope": (F.leaky_relu_grad, [-2, 0, 3], [0.01, 0.01, 1]),
    "sigmoid": (F.sigmoid, [0, 1, -1, math.log(3)], [0.5, E / (1 + E), 1 / (1 + E), 0.75]),
    "sigmoid slope": (F.sigmoid_grad, [0, math.log(3)], [0.25, 0.1875]),
    "tanh": (F.tanh, [0, LN2, -LN2], [0, 0.6, -0.6]),
    "tanh slope": (F.tanh_grad, [0, LN2], [1, 0.64]),
    # Phi(1) = 0.8413447460685429, phi(1) = 0.24197072451914337 (any table of the normal)
    "gelu": (F.gelu, [0, 1, -1], [0, 0.8413447460685429, -0.15865525393145707]),
    "gelu slope": (F.gelu_grad, [0, 1], [0.5, 1.0833154705876863]),
    # the paper's formula by hand: 0.5 (1 + tanh(0.7978845608 * 1.044715)) = 0.8411919906
    "gelu tanh": (lambda Z: F.gelu(Z, "tanh"), [0, 1], [0, 0.8411919906082768]),
    "softmax": (F.softmax, [[0, LN2, 0], [5, 5, 5]], [[0.25, 0.5, 0.25], [1 / 3] * 3]),
    "log_softmax": (F.log_softmax, [[0, LN2, 0]], [[-2 * LN2, -LN2, -2 * LN2]]),
    "one_hot": (F.one_hot, [2, 0], [[0, 0, 1], [1, 0, 0]]),
    "l1": (lambda W: F.l1_penalty(W, 0.5), [[1, -2], [3, 0]], 3),
    "l1 slope": (lambda W: F.l1_penalty_grad(W, 0.5), [[1, -2], [3, 0]], [[0.5, -0.5], [0.5, 0]]),
    "l2": (lambda W: F.l2_penalty(W, 0.5), [[1, -2], [3, 0]], 3.5),
    "l2 slope": (lambda W: F.l2_penalty_grad(W, 0.5), [[1, -2], [3, 0]], [[0.5, -1], [1.5, 0]]),
    "mse": (lambda p: F.mse(p, [[0, 0], [0, 4]]), [[1, 2], [3, 4]], 3.5),
    "mse slope": (
        lambda p: F.mse_grad(p, [[0, 0], [0, 4]]),
        [[1, 2], [3, 4]],
        [[0.5, 1], [1.5, 0]],
    ),
    "cross_entropy": (lambda Z: F.cross_entropy(Z, [0, 2]), np.zeros((2, 10)), math.log(10)),
    "cross_entropy slope": (
        lambda Z: F.cross_entropy_grad(Z, [1, 0]),
        [[0, LN2, 0], [0, 0, 0]],
        [[0.125, -0.25, 0.125], [-1 / 3, 1 / 6, 1 / 6]],
    ),
    "jacobian": (F.softmax_jacobian, [0.25, 0.75], [[0.1875, -0.1875], [-0.1875, 0.1875]]),
}


@pytest.mark.parametrize("f, x, expected", VALUES.values(), ids=VALUES)
@pytest.mark.parametrize("kind", [list, np.array], ids=["list", "array"])
def test_value(f, x, expected, kind):
    x = np.array(x).tolist() if kind is list else np.array(x)
    np.testing.assert_allclose(f(x), expected, rtol=1e-7, atol=1e-15)


# ------------------------------------------------------------------ activations

numbers = st.lists(st.floats(-30, 30), min_size=1, max_size=6).map(np.array)


@every_activation
@given(numbers)
def test_slope_is_the_numerical_one(f, f_grad, theirs, z):
    z = z[np.abs(z) > 1e-4]  # away from the kink
    expected = numerical_gradient(lambda x: f(x).sum(), z)
    np.testing.assert_allclose(f_grad(z), expected, atol=1e-6)


@needs_torch
@every_activation
def test_values_and_slopes_are_those_of_torch(f, f_grad, theirs):
    z = np.concatenate([np.linspace(-40, 40, 401), [0, 1000, -1000]])
    x = torch.tensor(z, requires_grad=True)
    theirs(x).sum().backward()
    np.testing.assert_allclose(f(z), theirs(x).detach(), rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(f_grad(z), x.grad, rtol=1e-12, atol=1e-12)


FAR_OUT = {  # values at -1000 and 1000, slopes there; the values at -inf and inf
    "relu": ((0, 1000), (0, 1), (0, INF)),
    "leaky_relu": ((-10, 1000), (0.01, 1), (-INF, INF)),
    "sigmoid": ((0, 1), (0, 0), (0, 1)),
    "tanh": ((-1, 1), (0, 0), (-1, 1)),
    "gelu": ((0, 1000), (0, 1), (NAN, INF)),  # -inf * 0 has no value; PyTorch says the same
    "gelu tanh": ((0, 1000), (0, 1), (NAN, INF)),
}


@pytest.mark.parametrize("name", FAR_OUT)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_far_out(name, dtype):
    (f, f_grad, _), (values, slopes, limits) = ACTIVATIONS[name], FAR_OUT[name]
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        np.testing.assert_allclose(f(np.array([-1000, 1000], dtype)), values, rtol=1e-6)
        np.testing.assert_allclose(f_grad(np.array([-1000, 1000], dtype)), slopes)
    with np.errstate(invalid="ignore"):
        np.testing.assert_array_equal(f(np.array([-INF, INF], dtype)), limits)


@every_activation
def test_nan_stays_nan(f, f_grad, theirs):
    value = f(np.array([NAN, 1.0]))
    assert np.isnan(value[0]) and np.isfinite(value[1])


@every_activation
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_dtype_and_shape_are_kept(f, f_grad, theirs, dtype):
    for shape in [(), (0,), (3,), (2, 0, 2), (2, 3)]:
        Z = np.ones(shape, dtype)
        for g in (f, f_grad):
            assert (np.asarray(g(Z)).dtype, np.shape(g(Z))) == (dtype, shape)


@every_activation
def test_integers_and_python_numbers_are_taken(f, f_grad, theirs):
    for g in (f, f_grad):
        np.testing.assert_allclose(g(np.array([-2, 3])), g(np.array([-2.0, 3.0])))
        np.testing.assert_allclose(g(3), g(np.array(3.0)))


@every_activation
def test_the_argument_is_left_alone(f, f_grad, theirs):
    Z = np.array([-1.0, 0.0, 1.0])
    f(Z), f_grad(Z)
    assert Z.tolist() == [-1, 0, 1]


def test_a_known_activation_is_used():
    np.testing.assert_allclose(F.sigmoid_grad(None, A=np.array([0.25])), [0.1875])
    np.testing.assert_allclose(F.tanh_grad(None, A=np.array([0.5])), [0.75])


def test_known_log_probabilities_are_used():
    log_P = np.log([[0.25, 0.75]])
    assert F.cross_entropy([[0, 0]], [1], log_P) == pytest.approx(-math.log(0.75))
    np.testing.assert_allclose(F.cross_entropy_grad([[0, 0]], [1], log_P), [[0.25, -0.25]])


def test_the_tanh_formula_is_close_to_the_exact_gelu():
    z = np.linspace(-6, 6, 1001)
    difference = np.abs(F.gelu(z) - F.gelu(z, "tanh")).max()
    assert 1e-4 < difference < 5e-4


@pytest.mark.parametrize("f", [F.gelu, F.gelu_grad])
def test_gelu_knows_two_ways(f):
    with pytest.raises(ValueError, match="approximate='erf'; expected 'none' or 'tanh'"):
        f(np.ones(2), "erf")


# ---------------------------------------------------------------------- softmax


@given(st.integers(0, 2**32 - 1), st.floats(-1e4, 1e4))
def test_softmax_is_a_distribution_and_ignores_shifts(seed, shift):
    Z = np.random.default_rng(seed).normal(size=(4, 5)) * 50
    for axis in (-1, 0):
        P = F.softmax(Z, axis=axis)
        assert (P >= 0).all()
        np.testing.assert_allclose(P.sum(axis=axis), 1)
        np.testing.assert_allclose(F.softmax(Z + shift, axis=axis), P, atol=1e-9)
        np.testing.assert_allclose(np.exp(F.log_softmax(Z, axis=axis)), P, atol=1e-12)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_softmax_of_large_scores(dtype):
    Z = np.array([[1000, 0, -1000], [-1000, -1000, -1000]], dtype)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        P, log_P = F.softmax(Z), F.log_softmax(Z)
    np.testing.assert_allclose(P, [[1, 0, 0], [1 / 3] * 3], rtol=1e-6)
    np.testing.assert_allclose(log_P, [[0, -1000, -2000], [-math.log(3)] * 3], rtol=1e-6)
    assert P.dtype == log_P.dtype == dtype
    assert Z[0, 0] == 1000


def test_a_class_ruled_out_has_probability_zero():
    Z = np.array([[0.0, -INF, 0.0]])
    np.testing.assert_allclose(F.softmax(Z), [[0.5, 0, 0.5]])
    np.testing.assert_allclose(F.log_softmax(Z), [[-LN2, -INF, -LN2]])


def test_nan_scores_spoil_their_own_row_only():
    Z = np.array([[NAN, 0.0], [0.0, 0.0]])
    for f, second in ((F.softmax, 0.5), (F.log_softmax, -LN2)):
        assert np.isnan(f(Z)[0]).all()
        np.testing.assert_allclose(f(Z)[1], second)


def test_jacobian_is_the_numerical_one():
    z = np.array([0.3, -1.2, 2.0, 0.0])
    rows = [numerical_gradient(lambda x, i=i: F.softmax(x)[i], z) for i in range(4)]
    np.testing.assert_allclose(F.softmax_jacobian(F.softmax(z)), rows, atol=1e-9)


def test_jacobians_of_a_batch_are_those_of_its_rows():
    P = F.softmax(np.random.default_rng(0).normal(size=(3, 4)).astype(np.float32))
    J = F.softmax_jacobian(P)
    assert (J.shape, J.dtype) == ((3, 4, 4), np.float32)
    np.testing.assert_allclose(J, [F.softmax_jacobian(p) for p in P])


# ----------------------------------------------------------------------- losses


@needs_torch
@given(st.integers(0, 2**32 - 1))
def test_losses_are_those_of_torch(seed):
    rng = np.random.default_rng(seed)
    N, K = rng.integers(1, 6, 2)
    Z, T, y = rng.normal(size=(N, K)) * 20, rng.normal(size=(N, K)), rng.integers(0, K, N)
    pairs = [
        (F.cross_entropy, F.cross_entropy_grad, torch.nn.functional.cross_entropy, y),
        (F.mse, F.mse_grad, torch.nn.functional.mse_loss, T),
    ]
    for ours, ours_grad, theirs, target in pairs:
        x = torch.tensor(Z, requires_grad=True)
        loss = theirs(x, torch.tensor(target))
        loss.backward()
        assert ours(Z, target) == pytest.approx(loss.item(), rel=1e-12)
        np.testing.assert_allclose(ours_grad(Z, target), x.grad, atol=1e-14)


@given(st.integers(0, 2**32 - 1))
def test_slopes_of_losses_and_penalties_are_numerical_ones(seed):
    rng = np.random.default_rng(seed)
    Z, T, y = rng.normal(size=(3, 4)), rng.normal(size=(3, 4)), rng.integers(0, 4, 3)
    for f, gradient in [
        (lambda x: F.cross_entropy(x, y), F.cross_entropy_grad(Z, y)),
        (lambda x: F.mse(x, T), F.mse_grad(Z, T)),
        (lambda x: F.l1_penalty(x, 0.3), F.l1_penalty_grad(Z, 0.3)),
        (lambda x: F.l2_penalty(x, 0.3), F.l2_penalty_grad(Z, 0.3)),
    ]:
        np.testing.assert_allclose(gradient, numerical_gradient(f, Z), atol=1e-6)


def test_cross_entropy_of_large_scores():
    Z = np.array([[1000.0, 0.0], [0.0, -1000.0]])
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        assert F.cross_entropy(Z, [1, 1]) == 1000
        np.testing.assert_allclose(F.cross_entropy_grad(Z, [1, 1]), [[0.5, -0.5], [0.5, -0.5]])


def test_nan_scores_give_a_nan_loss():
    assert np.isnan(F.cross_entropy(np.array([[NAN, 0.0]]), [1]))
    assert np.isnan(F.mse(np.array([NAN, 0.0]), np.zeros(2)))


def test_losses_keep_float32_and_their_arguments():
    Z, T, y = np.ones((2, 3), np.float32), np.zeros((2, 3), np.float32), np.array([0, 2])
    results = [
        F.cross_entropy(Z, y),
        F.cross_entropy_grad(Z, y),
        F.mse(Z, T),
        F.mse_grad(Z, T),
        F.l1_penalty(Z, 0.1),
        F.l1_penalty_grad(Z, 0.1),
        F.l2_penalty(Z, 0.1),
        F.l2_penalty_grad(Z, 0.1),
        F.one_hot(y),
    ]
    assert {r.dtype for r in results} == {np.dtype(np.float32)}
    assert (Z == 1).all() and (T == 0).all() and y.tolist() == [0, 2]


def test_one_hot():
    assert F.one_hot([1], 4).tolist() == [[0, 1, 0, 0]]
    assert F.one_hot(np.array([[0], [1]])).tolist() == [[[1, 0]], [[0, 1]]]
    assert F.one_hot(np.array([], int)).shape == (0, 0)
    assert F.one_hot(np.array([], int), 3).shape == (0, 3)


Z23, Y2 = np.zeros((2, 3)), np.array([0, 2])
ERRORS = {
    "one_hot floats": (lambda: F.one_hot([0.0, 1.0]), "one_hot got labels of dtype float64"),
    "one_hot too large": (lambda: F.one_hot([0, 3], 3), "labels from 0 to 3; expected 0 to 2"),
    "one_hot negative": (lambda: F.one_hot([-1, 1]), "labels from -1 to 1; expected 0 to 1"),
    "mse (N, 1) and (N,)": (
        lambda: F.mse(np.zeros((4, 1)), np.zeros(4)),
        r"shape \(4, 1\) and a target of shape \(4,\); expected equal shapes",
    ),
    "mse_grad": (lambda: F.mse_grad(np.zeros(3), np.zeros(4)), r"\(3,\) and .* \(4,\)"),
    "too few labels": (
        lambda: F.cross_entropy(Z23, Y2[:1]),
        r"scores of shape \(2, 3\) and labels of shape \(1,\); expected \(N, K\) and \(N,\)\.$",
    ),
    "one row": (lambda: F.cross_entropy(Z23[0], 0), r"scores of shape \(3,\) and labels .* \(\)"),
    "one-hot labels": (lambda: F.cross_entropy(Z23, np.eye(3)[Y2]), r"by Y\.argmax\(axis=1\)"),
    "gradient": (lambda: F.cross_entropy_grad(Z23, Y2[:1]), r"labels of shape \(1,\)"),
    "class too large": (
        lambda: F.cross_entropy(Z23, [0, 3]),
        "cross_entropy got labels from 0 to 3; expected 0 to 2 for 3 classes",
    ),
    "class negative": (lambda: F.cross_entropy(Z23, [-1, 0]), "labels from -1 to 0"),
    "gradient's class": (lambda: F.cross_entropy_grad(Z23, [-1, 0]), "labels from -1 to 0"),
    "real labels": (lambda: F.cross_entropy(Z23, [0.0, 1.0]), "dtype float64; expected integers"),
}


@pytest.mark.parametrize("wrong, words", ERRORS.values(), ids=ERRORS)
def test_errors_say_what_came_and_what_was_expected(wrong, words):
    with pytest.raises(ValueError, match=words):
        wrong()
