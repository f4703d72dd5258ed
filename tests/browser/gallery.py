"""Every widget as the browser tests, the screenshots and the benchmark meet it."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass
class Case:
    """A cell that shows one widget, and what moves it.

    slider: which slider the tests and the benchmark move (the first is 0), or None where the
    widget has none. keys: pressed on it for the second screenshot.
    act: where there is no slider, act(page, cell) leads to the second state.
    """

    code: str
    slider: int | None = 0
    keys: tuple = ("ArrowRight",) * 4
    act: Callable | None = None


def _call(name):
    return f"from nnlib import widgets\nwidgets.{name}()"


EXPRESSION = """from nnlib import Tensor, widgets
x, w, b = (Tensor(v, requires_grad=True) for v in (2.0, -3.0, 7.0))
loss = ((x * w + b).tanh() - 0.5) ** 2 + w * w / 100
widgets.graph(loss, x=x, w=w, b=b, loss=loss)"""

TRAINING = """from nnlib import data, manual, widgets
X, y = data.load_digits()
run = widgets.dashboard(
    manual.MLP([64, 32, 10], rng=0), X[:1500], y[:1500], epochs=5, rng=0,
    validation=(X[1500:], y[1500:]),
)
run"""

PAD = """import numpy as np
from nnlib import manual, widgets
bar = np.zeros((28, 28))
bar[5:22, 4:7] = 1
widgets.digit_pad(manual.MLP([784, 16, 10], rng=0), example=bar)"""

PLAYGROUND = "from nnlib import widgets\nplay = widgets.playground(data='spirals', seed=1)\nplay"


def wait_and_stop(page, cell):
    page.wait_for_timeout(1500)
    cell.locator("button", has_text="stop").click()


def draw_a_four(page, cell):
    cell.locator("button", has_text="clear").click()
    pad = cell.locator("[role=application]")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.62, box["y"] + box["height"] * 0.8)
    page.mouse.down()
    for x, y in ((0.6, 0.2), (0.3, 0.55), (0.78, 0.57)):
        page.mouse.move(box["x"] + box["width"] * x, box["y"] + box["height"] * y, steps=5)
    page.mouse.up()


def play_a_while(page, cell):
    cell.locator("button", has_text="play").click()
    page.wait_for_timeout(6000)
    cell.locator("button", has_text="pause").click()


CASES = {
    "gradient_arrows": Case(_call("gradient_arrows"), 2, ("PageDown",) * 3),
    "line_and_surface": Case(_call("line_and_surface"), 0, ("PageUp",) * 2),
    "network_diagram": Case(_call("network_diagram"), 2, ("PageDown",) * 3),
    "activation_explorer": Case(_call("activation_explorer"), 0, ("PageUp",) * 3),
    "activations_by_depth": Case(_call("activations_by_depth"), 0, ("PageUp",) * 2),
    "softmax_explorer": Case(_call("softmax_explorer"), 3, ("PageUp",) * 4),
    "backprop_stepper": Case(_call("backprop_stepper"), 0, ("ArrowRight",) * 3),
    "graph": Case(EXPRESSION, 0, ("ArrowRight",) * 6),
    "optimiser_race": Case(_call("optimiser_race"), 0, ("PageUp",) * 2),
    "dashboard": Case(TRAINING, None),
    "digit_pad": Case(PAD, None),
}
TRAINED_PAD = """from nnlib import data, manual, training, widgets
digits = data.load_mnist_or_digits()
net = manual.MLP([784, 64, 10], rng=0)
training.fit(net, digits.train_images[:20000], digits.train_labels[:20000], epochs=5, rng=0,
             progress=False)
widgets.digit_pad(net, example=digits.test_images[0].reshape(28, 28))"""

PICTURES = {
    **CASES,
    "digit_pad": Case(TRAINED_PAD, None, act=draw_a_four),
    "dashboard": Case(TRAINING.replace("epochs=5", "epochs=2000"), None, act=wait_and_stop),
    "playground": Case(PLAYGROUND, None, act=play_a_while),  # drawn on a canvas
}
