"""Chapters 0 to 2: the numbers that their texts and questions name."""

import numpy as np
import pytest

from nnlib.course.chapters.ch00_start_here.gradient_of_f import gradient_of_f
from nnlib.course.chapters.ch00_start_here.numerical_gradient import f
from nnlib.course.chapters.ch00_start_here.squared_error_grad import squared_error_grad
from nnlib.course.chapters.ch01_linear_regression.gradient_descent import gradient_descent
from nnlib.course.chapters.ch01_linear_regression.least_squares import (
    least_squares,
    squares_through_the_origin,
)
from nnlib.course.chapters.ch01_linear_regression.regression_grad import regression_grad
from nnlib.course.chapters.ch02_forward_pass.collapse import collapse
from nnlib.course.chapters.ch02_forward_pass.count_parameters import count_parameters
from nnlib.course.chapters.ch02_forward_pass.linear import linear
from nnlib.course.chapters.ch02_forward_pass.network_forward import network_forward
from nnlib.course.chapters.ch02_forward_pass.neuron import identity, neuron
from nnlib.course.chapters.ch02_forward_pass.to_rows import other_book, to_rows
from nnlib.data import hubble
from nnlib.functions import sigmoid
from nnlib.gradcheck import numerical_gradient

DISTANCE, VELOCITY = hubble()
X = DISTANCE[:, None]


def test_worked_example_of_chapter_0():
    w = np.array([1.0, 2])
    assert f(w) == pytest.approx(3.09861229, abs=1e-8)
    assert gradient_of_f(w) == pytest.approx([4.33333333, 1.33333333], abs=1e-8)
    assert numerical_gradient(f, w) == pytest.approx(gradient_of_f(w), rel=1e-9)


def test_squared_error_gradient_is_the_numerical_one():
    w, x, y = np.array([0.3, -1, 2]), np.array([1.5, 0.5, -0.7]), 0.4
    slope = numerical_gradient(lambda w: (y - x @ w) ** 2 / 2, w)
    assert squared_error_grad(w, x, y) == pytest.approx(slope, rel=1e-8)


@pytest.mark.parametrize("h, low, high", [(1e-5, 1e-13, 1e-9), (1e-13, 1e-5, 1e-1)])
def test_error_of_a_centred_difference_is_as_the_question_says(h, low, high):
    w = np.array([1.1, 2.3])
    errors = numerical_gradient(f, w, h) - gradient_of_f(w)
    assert low < np.abs(errors).max() < high


def test_least_squares_on_hubbles_table():
    w, b = least_squares(X, VELOCITY)
    assert (w[0], b) == pytest.approx((454.158, -40.784), abs=5e-4)
    through_origin, _ = squares_through_the_origin(X, VELOCITY)
    assert through_origin[0] == pytest.approx(423.937, abs=5e-4)


def test_gradient_descent_lands_there_at_a_rate_of_04_and_diverges_at_06():
    w, b = gradient_descent(X, VELOCITY, 0.4, 1000)
    assert (w[0], b) == pytest.approx((454.158, -40.784), abs=5e-4)
    assert abs(gradient_descent(X, VELOCITY, 0.6, 100)[0][0]) > 1e9
    assert abs(gradient_descent(1000 * X, VELOCITY, 0.4, 10)[0][0]) > 1e9


def test_curvature_named_in_the_question():
    A = np.column_stack([X, np.ones(len(X))])
    curvature = np.linalg.eigvalsh(2 * A.T @ A / len(X)).max()
    assert (curvature, 2 / curvature) == pytest.approx((4.07, 0.49), abs=5e-3)


def test_regression_gradient_is_the_numerical_one():
    w, b = np.array([100.0]), 3.0
    dw, db = regression_grad(w, b, X, VELOCITY)
    loss = lambda v: np.mean((X @ v[:1] + v[1] - VELOCITY) ** 2)  # noqa: E731
    assert (dw[0], db) == pytest.approx(numerical_gradient(loss, [100.0, 3.0]), rel=1e-6)


def test_sigmoid_neuron_of_cs231n():
    out = neuron(np.array([-1.0, -2]), np.array([2.0, -3]), -3.0, sigmoid)
    assert out == pytest.approx(0.73105858, abs=1e-8)


def test_affine_layer_of_cs231n():
    x = np.linspace(-0.1, 0.5, 240).reshape(2, 120)
    w, b = np.linspace(-0.2, 0.3, 360).reshape(120, 3), np.linspace(-0.3, 0.1, 3)
    published = [[1.49834967, 1.70660132, 1.91485297], [3.25553199, 3.5141327, 3.77273342]]
    assert linear(x, w, b) == pytest.approx(np.array(published), abs=1e-8)


def test_parameters_of_the_mnist_network():
    assert count_parameters([784, 64, 32, 10]) == 52650
    assert count_parameters([784, 64]) == 50240 > 0.95 * 52650


def test_rows_and_columns_give_the_same_scores_and_two_layers_are_one():
    rng = np.random.default_rng(0)
    X_book, W_book, b_book = other_book(rng)
    assert np.allclose(linear(*to_rows(X_book, W_book, b_book)), (W_book @ X_book + b_book).T)
    layers = [(np.ones((2, 3)), np.arange(3.0)), (rng.normal(size=(3, 4)), rng.normal(size=4))]
    inputs = rng.normal(size=(5, 2))
    one = collapse(*layers[0], *layers[1])
    assert np.allclose(network_forward(inputs, layers, identity), linear(inputs, *one))


def test_one_line_gets_three_of_the_four_xor_points():
    corners, truth = np.array([[0, 0], [1, 1], [0, 1], [1, 0]]), np.array([0, 0, 1, 1])
    angles = np.linspace(0, 2 * np.pi, 73)
    hits = [
        np.sum((corners @ [np.cos(a), np.sin(a)] + c > 0) == truth)
        for a in angles
        for c in np.linspace(-2, 2, 81)
    ]
    assert max(hits) == 3
