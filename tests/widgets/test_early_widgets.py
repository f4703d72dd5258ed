"""The widgets of chapters 0 to 4, without a browser: states, numbers, pictures, controls."""

import json
import xml.etree.ElementTree as ET

import ipywidgets as ipw
import numpy as np
import pytest

from nnlib import Tensor, functions, manual, widgets
from nnlib.data import hubble
from nnlib.gradcheck import numerical_gradient
from nnlib.widgets import activations, depth, gradient, network, regression, softmax
from nnlib.widgets.demo import Demo
from nnlib.widgets.draw.pad import DigitPad
from nnlib.widgets.play.stage import PlaygroundWidget
from nnlib.widgets.watch.dashboard import Dashboard

NAMES = (
    "gradient_arrows",
    "line_and_surface",
    "network_diagram",
    "activation_explorer",
    "activations_by_depth",
    "softmax_explorer",
)


def well_formed(state):
    text = str(state.picture())
    root = ET.fromstring(text)
    assert root.get("role") == "img" and len(root.get("aria-label")) > 20
    assert "nan" not in text.replace("nan</text>", "") and ' id="' not in text
    ET.fromstring(f"<p>{state.readout().replace('<br>', '<br/>')}</p>")
    return text


# ---------------------------------------------------------------- what all have in common


@pytest.mark.parametrize("widget", [Demo, DigitPad, PlaygroundWidget, Dashboard])
def test_no_method_of_ours_hides_one_of_ipywidgets(widget):
    """Such as `_send`, which every change of a trait calls once a page is there."""
    ours = [cls for cls in widget.mro() if cls.__module__.startswith("nnlib")]
    methods = {name for cls in ours for name, value in vars(cls).items() if callable(value)}
    hidden = {name for name in methods if callable(getattr(ipw.VBox, name, None))}
    assert hidden == {"__init__", "__repr__", "_repr_mimebundle_"}


@pytest.mark.parametrize("name", NAMES)
def test_a_widget_shows_itself_live_still_and_in_words(name):
    demo = getattr(widgets, name)()
    assert isinstance(demo, Demo)
    bundle = demo._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert bundle["text/html"].startswith("<img alt=")
    assert bundle["text/plain"] == repr(demo) == demo.state.picture().alt
    again = getattr(widgets, name)()._repr_mimebundle_()
    assert again["text/html"] == bundle["text/html"], "stored outputs must be repeatable"


@pytest.mark.parametrize("name", NAMES)
def test_every_control_redraws_at_both_its_ends(name):
    demo = getattr(widgets, name)()
    for attribute, control in demo.controls.items():
        seen = {demo.drawing.value}
        assert control.description
        for value in ends(control):
            control.value = value
            assert getattr(demo.state, attribute) == control.value
            well_formed(demo.state)
            seen.add(demo.drawing.value)
        assert len(seen) > 1, f"{attribute} changes nothing"


@pytest.mark.parametrize("name", NAMES)
def test_two_of_a_kind_share_nothing(name):
    first, second = (getattr(widgets, name)() for _ in range(2))
    before = second.drawing.value
    for control in first.controls.values():
        control.value = ends(control)[-1]
    second.draw()
    assert second.drawing.value == before


def ends(control):
    if hasattr(control, "options"):
        return [*control.options][::-1]
    if hasattr(control, "base"):
        return control.base**control.min, control.base**control.max
    return control.min, control.max


def test_unknown_names_are_attribute_errors():
    with pytest.raises(AttributeError, match="no_such_widget"):
        widgets.no_such_widget  # noqa: B018
    assert set(NAMES) <= set(dir(widgets))


# ------------------------------------------------------------------------------ chapter 0


@pytest.mark.parametrize("w", [(1.0, 2.0), (0.1, 0.1), (3.0, 0.1), (2.35, 1.7)])
def test_gradient_is_the_engines(w):
    t = Tensor(np.array(w), requires_grad=True)
    ((t[0] + t[1]).log() + t[0] ** 2 * t[1]).backward()
    state = gradient.GradientArrows(*w)
    np.testing.assert_allclose(state.exact, t.grad, rtol=1e-12)


def test_gradient_at_the_chapters_point():
    state = gradient.GradientArrows(1, 2)
    assert gradient.f(state.w) == pytest.approx(3.09861229, abs=1e-8)
    np.testing.assert_allclose(state.exact, (4.33333333, 1.33333333), atol=1e-8)
    np.testing.assert_array_equal(
        state.numerical, numerical_gradient(gradient.f, state.w, h=state.h)
    )


def test_the_error_is_v_shaped():
    state = gradient.GradientArrows()
    large, middle, small = (state.error(h) for h in (1e-1, 1e-5, 1e-12))
    assert middle < 1e-9 < 1e-5 < min(large, small)


def test_a_step_that_leaves_the_surface_is_said():
    state = gradient.GradientArrows(0.1, 0.1, h=1.0)
    assert np.isnan(state.error())
    well_formed(state)
    assert "undefined" in state.readout() and "leaves" in state.readout()


# ------------------------------------------------------------------------------ chapter 1


def test_loss_and_gradient_answer_to_numpy_and_to_differences():
    x, y = hubble()
    assert regression.loss(100, 300) == pytest.approx(np.mean((100 * x + 300 - y) ** 2))
    expected = numerical_gradient(lambda p: regression.loss(*p), np.array([100.0, 300.0]), h=1e-3)
    np.testing.assert_allclose(regression.gradient(100, 300), expected, rtol=1e-6)


def test_solution_is_hubbles():
    np.testing.assert_allclose(regression.solution(), (454.158, -40.784), atol=5e-4)
    np.testing.assert_allclose(regression.gradient(*regression.solution()), 0, atol=1e-9)


def test_the_verdict_on_the_learning_rate():
    limit = 2 / regression.steepest_curvature()
    state = regression.LineAndSurface(steps=100)
    for rate, words in (
        (0.001, "too small"),
        (0.2, "comes down"),
        (limit * 1.01, "diverges"),
        (limit * 0.9, "overshoots"),
    ):
        state.rate = rate
        assert words in state.verdict(), rate
        well_formed(state)
    losses = [regression.loss(*p) for p in regression.LineAndSurface(rate=limit * 1.01).path()]
    assert losses[-1] > losses[-2]
    losses = [regression.loss(*p) for p in regression.LineAndSurface(rate=limit * 0.99).path()]
    assert losses[-1] < losses[0]


def test_descent_from_the_minimum_and_without_steps():
    state = regression.LineAndSurface(*regression.solution())
    assert "minimum" in state.verdict()
    state.steps = 0
    assert state.path().shape == (1, 2)
    well_formed(state)


# ------------------------------------------------------------------------------ chapter 2


@pytest.mark.parametrize("activation", ["relu", "tanh"])
def test_network_equals_the_cores(activation):
    state = network.NetworkDiagram(x1=-1.3, x2=0.7, activation=activation)
    net = manual.MLP([2, 3, 1], activation)
    for p, q in zip(net.parameters(), [p for layer in state.linear for p in layer.parameters()]):
        p.data = q.data
    x, z, a, out = state.forward()
    np.testing.assert_allclose(out, net.forward(np.array([[-1.3, 0.7]]))[0])
    np.testing.assert_allclose(z, net.layers[0].forward(x[None])[0])


def test_each_parameter_can_be_chosen_and_moved():
    demo = widgets.network_diagram()
    state = demo.state
    assert len(state.places) == 2 * 3 + 3 + 3 + 1
    for name in state.places:
        demo.controls["chosen"].value = name
        assert demo.controls["value"].value == pytest.approx(state.value)
        before = [p.data.copy() for layer in state.linear for p in layer.parameters()]
        demo.controls["value"].value = -1.7
        after = [p.data for layer in state.linear for p in layer.parameters()]
        changed = sum(int((a != b).sum()) for a, b in zip(after, before))
        assert changed == 1 and state.value == -1.7
    assert "W2[2, 0]" in state.places


def test_the_wires_carry_input_times_weight():
    state = network.NetworkDiagram(x1=2.0, x2=0.0)
    text = well_formed(state)
    for i, j in np.ndindex(2, 3):
        product = [2.0, 0.0][i] * state.linear[0].weight.data[i, j]
        assert widgets.svg.fixed(product) + "<" in text


# ------------------------------------------------------------------------------ chapter 3


@pytest.mark.parametrize("name", activations.FUNCTIONS)
@pytest.mark.parametrize("z", [-6.0, -0.1, 0.0, 0.7, 6.0])
def test_value_and_slope_are_the_cores(name, z):
    state = activations.ActivationExplorer(name, z)
    value, slope = state.at(z)
    core = name.replace(" ", "_")
    assert value == getattr(functions, core)(np.array(z))
    assert slope == getattr(functions, f"{core}_grad")(np.array(z))
    if z or "relu" not in name:
        assert slope == pytest.approx(numerical_gradient(lambda v: state.at(v)[0], z), abs=1e-6)
    well_formed(state)


def test_the_corner_and_the_flat_are_named():
    assert "undefined" in activations.ActivationExplorer("relu", 0.0).note()
    assert "off" in activations.ActivationExplorer("relu", -1.0).note()
    assert "flat" in activations.ActivationExplorer("sigmoid", 6.0).note()


@pytest.mark.parametrize(
    "name, scale, words",
    [
        ("tanh", 0.5, "fades"),
        ("tanh", 3.0, "saturated"),
        ("relu", 2**0.5, "lives"),
        ("relu", 3.0, "explodes"),
        ("relu", 0.1, "gone"),
        ("sigmoid", 1.0, "alike"),
    ],
)
def test_thirty_layers(name, scale, words):
    state = depth.ActivationsByDepth(name, scale)
    layers = state.layers()
    assert layers.shape == (30, 64, 64) and layers.dtype == np.float32
    assert words in state.verdict(layers)
    assert words in state.readout()
    well_formed(state)


def test_layers_are_activation_of_matrix_product():
    layers = depth.ActivationsByDepth("relu", 2.0).layers()
    W = depth._weights()[1] * np.float32(0.25)
    np.testing.assert_allclose(layers[1], functions.relu(layers[0] @ W), rtol=1e-4, atol=1e-4)


# ------------------------------------------------------------------------------ chapter 4


@pytest.mark.parametrize("temperature", [0.1, 1.0, 10.0])
@pytest.mark.parametrize("z", [(0, 0, 0, 0), (5, -5, 5, -5), (2, 1, 0, -1)])
def test_softmax_numbers(z, temperature):
    state = softmax.SoftmaxExplorer(z, temperature, "dog")
    scores = np.array(z) / temperature
    np.testing.assert_allclose(state.p, functions.softmax(scores))
    assert state.surprise == pytest.approx(-functions.log_softmax(scores)[1])
    np.testing.assert_allclose(
        state.gradient,
        numerical_gradient(lambda v: functions.cross_entropy(v[None], np.array([1])), scores),
        atol=1e-8,
    )
    assert state.gradient.sum() == pytest.approx(0, abs=1e-12)
    well_formed(state)


def test_a_surprise_beyond_the_picture_is_a_number_all_the_same():
    state = softmax.SoftmaxExplorer((5, -5, 5, 5), 0.1, "dog")
    assert state.surprise > 90
    assert "↑" in well_formed(state)


def test_bundle_is_json():
    bundle = widgets.softmax_explorer()._repr_mimebundle_()
    json.dumps(bundle)


def test_no_widget_is_called_as_its_module():
    """Importing a module puts it into the package under its own name, over a function's."""
    assert not set(widgets._HOMES) & set(widgets._HOMES.values())
