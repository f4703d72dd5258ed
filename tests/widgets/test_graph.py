"""The expression graph: the engine's own walk, step by step, and a layout without collisions."""

import numpy as np
import pytest

from nnlib import Tensor, nn, no_grad
from nnlib.tensor import primitive
from nnlib.widgets.expression import Graph, graph, operation
from nnlib.widgets.layout import HIGH, WIDE


def leaf(value):
    return Tensor(np.array(value, float), requires_grad=True)


def readme():
    """The expression of micrograd's README (Karpathy, 2020)."""
    a, b = leaf(-4.0), leaf(2.0)
    c = a + b
    d = a * b + b**3
    c = c + c + 1
    c = c + 1 + c + (-a)
    d = d + d * 2 + (b + a).relu()
    d = d + 3 * d + (b - a).relu()
    e = c - d
    f = e**2
    g = f / 2.0
    return g + 10.0 / f, a, b


def network():
    model = nn.Sequential(nn.Linear(3, 4, rng=0), nn.ReLU(), nn.Linear(4, 2, rng=1))
    loss = nn.cross_entropy(model(np.ones((5, 3), np.float32)), np.array([0, 1, 0, 1, 1]))
    return loss, model


def test_published_gradients_at_the_end_of_the_walk():
    g, a, b = readme()
    walk = Graph(g, {"a": a, "b": b})
    walk.step = len(walk.steps)
    assert walk.gradients[a].item() == pytest.approx(138.8338, abs=1e-4)
    assert walk.gradients[b].item() == pytest.approx(645.5773, abs=1e-4)
    assert "a 138.8338" in walk.readout()


def test_gradients_are_those_of_backward_and_grad_stays_none():
    loss, model = network()
    walk = Graph(loss)
    assert all(p.grad is None for p in model.parameters())
    loss.backward()
    for p in model.parameters():
        np.testing.assert_array_equal(walk.gradients[p], p.grad)


def test_what_a_node_received_adds_up_to_its_gradient():
    g, *_ = readme()
    walk = Graph(g)
    for node in walk.steps[1:]:
        total = sum(part for _, part in walk.received[node])
        np.testing.assert_allclose(total, walk.gradients[node])


def test_a_shared_node_waits_for_all_its_users():
    x, y = leaf(3.0), leaf(2.0)
    walk = Graph(x * y + x * x, {"x": x, "y": y})
    partial = []
    for step in range(len(walk.steps) + 1):
        walk.step = step
        g = walk.so_far(x)
        partial.append(None if g is None else g.item())
    assert partial[0] is None and partial[-1] == 8.0
    assert 2.0 in partial or 6.0 in partial  # part of it, before the other product was visited
    assert "dx = " in walk._sum_words(x) and walk._sum_words(x).count(" from ×") == 3


@pytest.mark.parametrize(
    ("build", "sign"),
    [
        (lambda x: x + 2, "+ 2"),
        (lambda x: x - 2, "− 2"),
        (lambda x: 2 - x, "2 −"),
        (lambda x: x * 3, "× 3"),
        (lambda x: x / 4, "÷ 4"),
        (lambda x: 4 / x, "4 ÷"),
        (lambda x: x**3, "^ 3"),
        (lambda x: 2.0**x, "2 ^"),
        (lambda x: -x, "negate"),
        (lambda x: x.relu(), "relu"),
        (lambda x: x.sum(), "sum"),
        (lambda x: x.max(), "max"),
        (lambda x: x.min(), "min"),
        (lambda x: x @ x, "@"),
        (lambda x: x[0], "pick"),
        (lambda x: x[[0, 0]], "pick"),
        (lambda x: x.T, "transpose"),
        (lambda x: x + x, "+"),
        (lambda x: x.log_softmax(), "log softmax"),
        (lambda x: abs(x), "abs"),
        (lambda x: x * np.array([[1.0, 2.0], [3.0, 4.0]]), "× constant"),
        (lambda x: 2 + x, "+ 2"),
        (lambda x: x * Tensor(0.1), "× 0.1"),
        (lambda x: 1e-9 + x, "+ 1e−09"),
        (lambda x: x * 0, "× 0"),
        (lambda x: x**0, "^ 0"),
        (lambda x: x / np.inf, "÷ constant"),
        (lambda x: x.maximum(1), "maximum"),
        (lambda x: primitive(lambda a: (a, (lambda g: g[...],)))(x), "<lambda>"),
        (lambda x: Tensor(x.data, True, [(x, lambda g: g[...])]), "result"),
    ],
)
def test_operations_are_named(build, sign):
    assert operation(build(leaf([[1.5, 2.5], [3.0, 0.5]]))) == sign


def test_fused_operations_are_named():
    loss, _ = network()
    assert [operation(n) for n in Graph(loss).steps if n.edges] == [
        "cross-entropy",
        "linear",
        "relu",
        "linear",
    ]


@pytest.mark.parametrize(
    "build", [lambda: readme()[0], lambda: network()[0], lambda: leaf(1.0) * 2]
)
def test_boxes_do_not_touch(build):
    walk = Graph(build())
    layout, places = walk.layout, [walk.layout.place[n] for n in walk.nodes]
    for i, (x, y) in enumerate(places):
        assert WIDE / 2 < x < layout.width - WIDE / 2 + 1
        assert HIGH / 2 < y < layout.height - HIGH / 2
        for u, v in places[:i]:
            assert abs(x - u) >= WIDE + 8 or abs(y - v) >= HIGH + 8


def test_edges_run_from_left_to_right():
    layout = Graph(readme()[0]).layout
    for way in layout.ways.values():
        xs = [layout.place[key][0] for key in way]
        assert xs == sorted(xs) and len(set(xs)) == len(xs)


def test_a_picture_at_every_step():
    g, a, b = readme()
    walk = Graph(g, {"a": a, "b": b})
    seen = set()
    for step in range(len(walk.steps) + 1):
        walk.step = step
        picture = walk.picture()
        seen.add(str(picture))
        assert f"min-width:{round(picture.width * 0.67)}px;max-width:100%" in str(picture)
        assert f"{step} of them visited" in picture.alt
    assert len(seen) == len(walk.steps) + 1
    walk.step = 10**6
    assert walk.now is walk.steps[-1]


def test_empty_and_odd_values():
    x = leaf(np.zeros((0, 3)))
    walk = Graph(x.sum(), {"x": x})
    walk.step = 2
    assert "(0, 3)" in str(walk.picture())
    y = leaf(np.nan)
    walk = Graph(y * 2, {"y": y})
    walk.step = 2
    assert "undefined" in str(walk.picture())
    z = leaf([1.0, 2.0])
    assert Graph(z * 2, gradient=np.array([1.0, 10.0])).gradients[z].tolist() == [2.0, 20.0]


def test_what_cannot_be_shown_is_refused():
    with pytest.raises(TypeError, match="float; expected an nnlib.Tensor"):
        Graph(3.0)
    with pytest.raises(ValueError, match="without a history"):
        Graph(Tensor(1.0))
    with no_grad(), pytest.raises(ValueError, match="no_grad"):
        Graph(leaf(1.0) * 2)
    x = leaf(1.0)
    for _ in range(200):
        x = x + 1.0
    with pytest.raises(ValueError, match="201 nodes; expected at most"):
        Graph(x)
    with pytest.raises(RuntimeError, match="no gradient for a tensor of shape"):
        Graph(leaf([1.0, 2.0]) * 2)


def test_without_a_kernel_the_whole_pass_is_shown():
    x = Tensor(2.0, requires_grad=True)
    demo = graph(x * x, x=x)
    still = demo.static["text/plain"]
    assert "2 of them visited backward" in still and demo.state.step == 0
    assert "0 of them visited backward" in str(demo.state.picture())


def test_names_are_shown_as_text():
    name = "<img src=x onerror=alert(1)>"
    x = leaf(2.0)
    demo = graph(x * x, **{name: x})
    demo.controls["step"].value = 2
    assert "&lt;img src=x" in demo.words.value and "&lt;img src=x" in demo.drawing.value
    for html in (demo.words.value, demo.drawing.value, demo.static["text/html"]):
        assert "<img src=x" not in html
    assert f"{name} 4." in demo.state.readout()
