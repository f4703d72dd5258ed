"""The backpropagation stepper: its numbers are the core's, and a wrong gradient is caught."""

import numpy as np
import pytest

from nnlib import manual, widgets
from nnlib.gradcheck import numerical_gradient
from nnlib.widgets.matrix import short
from nnlib.widgets.stepper import Stepper, worked_example

LABELS = np.array([0, 1, 2, 0, 1])


def small(activation="tanh"):
    X = np.random.default_rng(1).standard_normal((5, 3))
    return manual.MLP([3, 4, 3], activation, rng=0), X, LABELS


def test_the_worked_example_has_its_published_numbers():
    stepper = Stepper(*worked_example())
    assert stepper.nodes["L"].value == pytest.approx(0.2983711088, abs=1e-9)
    np.testing.assert_allclose(stepper.nodes["A2"].value, [[0.75136507, 0.77292847]], atol=1e-8)
    W2 = stepper.nodes["W2"]
    after = W2.value - 0.5 * W2.gradient  # Mazur (2015): w5 w7 / w6 w8
    np.testing.assert_allclose(
        after, [[0.35891648, 0.51130127], [0.40866619, 0.56137012]], atol=1e-8
    )


@pytest.mark.parametrize("activation", ["relu", "sigmoid", "tanh"])
def test_gradients_are_the_networks_own_and_pass_the_check(activation):
    network, X, y = small(activation)
    stepper = Stepper(network, X, y)
    criterion = manual.SoftmaxCrossEntropy()
    criterion.forward(network.forward(X), y)
    dX = network.backward(criterion.backward())
    np.testing.assert_allclose(stepper.nodes["X"].gradient, dX, rtol=1e-5, atol=1e-7)
    for name, p in zip(("W1", "b1", "W2", "b2"), network.parameters()):
        np.testing.assert_allclose(stepper.nodes[name].gradient, p.grad, rtol=1e-4, atol=1e-6)
    assert all(stepper.nodes[name].agrees for _, name in stepper.back)


def test_the_numerical_column_is_gradchecks():
    network, X, y = small()
    stepper = Stepper(network, X, y)
    criterion = manual.SoftmaxCrossEntropy()

    def loss(W):
        other = manual.MLP([3, 4, 3], "tanh", rng=0)
        for p in other.parameters():
            p.data = p.data.astype(float)
        other.layers[0].weight.data = W
        return criterion.forward(other.forward(X), y)

    expected = numerical_gradient(loss, network.layers[0].weight.data)
    np.testing.assert_allclose(stepper.nodes["W1"].numerical, expected, atol=1e-9)


def test_a_wrong_backward_is_shown_as_wrong():
    class AlwaysOne(manual.ReLU):  # the published bug: the mask is taken of the output, with >=
        def backward(self, dA):
            return dA * (np.maximum(self.Z, 0) >= 0)

    network, X, y = small("relu")
    network.layers[1] = AlwaysOne()
    stepper = Stepper(network, X, y)
    wrong = [name for _, name in stepper.back if not stepper.nodes[name].agrees]
    assert wrong == ["Z1", "W1", "b1", "X"]
    stepper.step = len(stepper.steps) - 1
    assert "✗" in str(stepper.picture())
    assert "not right: dZ1, dW1, db1, dX" in stepper.readout()


def test_nothing_of_the_students_changes():
    network, X, y = small()
    before = network.state_dict()
    Stepper(network, X, y)
    assert all(p.grad is None for p in network.parameters())
    assert all(np.array_equal(before[k], v) for k, v in network.state_dict().items())
    assert network.parameters()[0].data.dtype == np.float32


def test_steps_stay_within_the_walk():
    stepper = Stepper(*worked_example())
    stepper.move(-5)
    assert stepper.step == 0 and stepper.now[1].name == "X"
    stepper.move(10**6)
    assert stepper.step == len(stepper.steps) - 1 and stepper.now == (
        "backward",
        stepper.nodes["X"],
    )
    stepper.step = 10**9
    assert "going backward" in stepper.readout()


def test_known_grows_step_by_step():
    stepper = Stepper(*worked_example())
    assert stepper.known("Z1") == (False, False)
    assert stepper.known("W1") == (True, False)
    stepper.move(1)
    assert stepper.known("Z1") == (True, False)
    stepper.move(10**6)
    assert all(stepper.known(name) == (True, True) for name in stepper.nodes)


def test_every_step_has_a_picture_of_one_size():
    stepper = Stepper(*small())
    sizes = set()
    for step in range(len(stepper.steps)):
        stepper.step = step
        picture = stepper.picture()
        sizes.add((picture.width, picture.height))
        assert stepper.now[1].name in picture.alt
        assert "nan" not in str(picture)
    assert len(sizes) == 1


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_nan_is_not_called_right():
    network, X, y = small()
    X[0, 0] = np.nan
    stepper = Stepper(network, X, y)
    stepper.move(10**6)
    assert not stepper.nodes["X"].agrees
    assert "✗" in str(stepper.picture())


def test_other_things_are_refused():
    with pytest.raises(TypeError, match="got str; expected a network"):
        Stepper("network", np.ones((1, 2)), np.ones((1, 2)))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.0, "0"),
        (-4.0, "−4"),
        (0.08217, "0.0822"),
        (1e-7, "1e−7"),
        (123.456, "123.5"),
        (2e9, "2e9"),
    ],
)
def test_numbers_are_short(value, words):
    assert short(value) == words


def test_names_of_layers_and_parameters_are_shown_as_text():
    name = "<img src=x onerror=alert(1)>"

    class Shift(manual.Layer):
        def __init__(self):
            self.shift = manual.Parameter(np.ones(2))

        def own_parameters(self):
            yield name, self.shift

        def forward(self, X):
            return X + self.shift.data

        def backward(self, dA):
            return dA  # and forgets its parameter

    Shift.__name__ = name
    demo = widgets.backprop_stepper(manual.Sequential(Shift()), np.ones((1, 2)), np.ones((1, 2)))
    demo.controls["step"].value = demo.controls["step"].max
    assert "not right" in demo.words.value and "&lt;img src=x" in demo.words.value
    for html in (demo.words.value, demo.drawing.value, demo.static["text/html"]):
        assert "<img src=x" not in html
