"""Once operations record themselves, a layer is two parameters and one line of forward."""

import numpy as np

from nnlib import nn
from nnlib.course.description import case, describe, region
from nnlib.tensor import Tensor

SIMPLE = np.array([1, -0.5, 2, 0.25, -1, 1.5, -2])


def one_layer(answer, n_in, n_out, X, dZ):
    """Make a layer, give it simple weights, go forward and backward."""
    layer, same, other = (answer(n_in, n_out, rng=seed) for seed in (0, 0, 1))
    absent = [f"no .{name}" for name in ("weight", "bias") if not hasattr(layer, name)]
    if absent:
        return {"what parameters() finds": " and ".join(absent)}
    shapes = [np.shape(p.data) for p in layer.parameters()]
    shapes = ", ".join(map(str, sorted(shapes, key=len, reverse=True)))  # in either order
    report = {"what parameters() finds": shapes or "nothing"}
    if not is_tensor(layer.weight) or not is_tensor(layer.bias):
        return report
    W = layer.weight.data.copy()
    report["the start"] = how_it_starts(W, same.weight.data, other.weight.data)
    report["b at the start"] = layer.bias.data.copy()
    layer.weight.data = np.resize(SIMPLE, W.shape)
    layer.bias.data = np.resize(SIMPLE[1:], np.shape(layer.bias.data))
    Z = layer(X)
    if Z is None:
        return report | {"Z": None}
    report["Z"] = np.array(Z.data)
    if not Z.requires_grad:
        return report | {"backward": "Z requires no gradient"}
    Z.backward(dZ)
    return report | {"backward": "done", "dW": layer.weight.grad, "db": layer.bias.grad}


def is_tensor(value):
    """A Tensor of nnlib's, or of the notebook's own."""
    return hasattr(value, "requires_grad") and hasattr(value, "backward")


def how_it_starts(first, same, other):
    if not np.array_equal(first, same):
        return "one seed, two different layers"
    if np.unique(first).size < first.size:
        return "not random"
    if np.array_equal(first, other):
        return "the same for every seed"
    return "random, and repeatable"


def layer_and_batch(rng):
    N, D, H = 2, int(rng.integers(3, 5)), 5
    return D, H, rng.normal(size=(N, D)), rng.normal(size=(N, H))


def back_to_the_inputs(answer, n_in, n_out, X, dZ):
    """What comes back through the layer to X, where X is a Tensor itself."""
    layer = answer(n_in, n_out, rng=0)
    layer.weight.data = np.resize(SIMPLE, (n_in, n_out))
    kind = next(c for c in type(layer.weight).__mro__ if c.__name__ == "Tensor")
    X = kind(X, requires_grad=True)
    layer(X).backward(dZ)
    return {"dX": X.grad}


def how_wide_it_starts(answer, n_in, n_out):
    """Whether the weights have about the spread of Kaiming's, sqrt(2 / n_in), around 0."""
    W = answer(n_in, n_out, rng=0).weight.data / np.sqrt(2 / n_in)
    return "about as wide" if 0.5 < np.std(W) < 2 and abs(np.mean(W)) < 0.1 else "other"


exercise = describe(
    nn.Linear,
    title="A layer that only goes forward",
    minutes=6,
    difficulty=2,
    probe=one_layer,
    cases=(
        case(2, 3, np.array([[1.0, -1]]), np.array([[1.0, 0, 2]]), about="one sample"),
        case(
            3,
            3,
            np.array([[1.0, -1, 0.5], [2, 0, 1]]),
            np.array([[1.0, -2, 0], [0, 1, 3]]),
            about="a square weight",
        ),
    ),
    draw=layer_and_batch,
    regions=(
        region(
            """Right, where X is an array. In a network of several layers X is a Tensor, and its
            gradient has to pass on to the layer before: compute with X itself, not with its
            `.data`.""",
            case(2, 3, np.array([[1.0, -1]]), np.array([[1.0, 0, 2]])),
            use=back_to_the_inputs,
        ),
        region(
            """The layer computes what it should, and starts with weights of another size than
            `kaiming_uniform((in_features, out_features), rng)` gives (chapter 3): between
            -sqrt(6 / in_features) and sqrt(6 / in_features).""",
            case(200, 100),
            use=how_wide_it_starts,
        ),
    ),
    calls=("Linear(3, 2, rng=0)",),
    hints=(
        "What does the layer own, and what does it do with X? Nothing is said about backward.",
        "Two `Parameter`s: random weights of shape (in_features, out_features), a bias of "
        "zeros. Forward is X W + b, with the Tensors themselves, so that they are recorded.",
        "`self.weight = Parameter(kaiming_uniform((in_features, out_features), rng))`, "
        "`self.bias = Parameter(np.zeros(out_features))`, and `return X @ self.weight + "
        "self.bias`.",
    ),
)


@exercise.misconception(
    "bias not added",
    """The bias exists, and forward never uses it, so it gets no gradient either. X W + b.""",
)
class NoBiasAdded(nn.Linear):
    def forward(self, X):
        return X @ self.weight


@exercise.misconception(
    "weights as (out, in)",
    """Your weight has shape (out, in), and forward transposes it. PyTorch does that. In this course
    it is (in, out), so that the code reads X W + b as the formula does.""",
)
class WeightsTheOtherWay(nn.Linear):
    def __init__(self, in_features, out_features, rng=None):
        super().__init__(out_features, in_features, rng=rng)
        self.bias = nn.Parameter(np.zeros(out_features, np.float32))

    def forward(self, X):
        return X @ self.weight.T + self.bias


@exercise.misconception(
    "tensors that require no gradient",
    """Forward is right. But weight and bias are plain tensors that require no gradient: nothing is
    recorded, and nothing can be learned. Wrap them in `Parameter`.""",
)
class PlainArrays(nn.Linear):
    def __init__(self, in_features, out_features, rng=None):
        super().__init__(in_features, out_features, rng=rng)
        self.weight, self.bias = (Tensor(p.data) for p in (self.weight, self.bias))


@exercise.misconception(
    "arrays that are no Parameters",
    """Weight and bias are bare arrays: `parameters()` finds nothing, and no gradient would ever
    reach them. Wrap each in `Parameter(...)`.""",
)
class ArraysNotParameters(nn.Linear):
    def __init__(self, in_features, out_features, rng=None):
        super().__init__(in_features, out_features, rng=rng)
        self.weight, self.bias = self.weight.data, self.bias.data


@exercise.misconception(
    "tensors that are no Parameters",
    """Gradients arrive, yet `parameters()` finds nothing: it looks for attributes that are
    `Parameter`s. An optimiser would be handed an empty list.""",
)
class TensorsNotParameters(nn.Linear):
    def __init__(self, in_features, out_features, rng=None):
        super().__init__(in_features, out_features, rng=rng)
        self.weight = Tensor(self.weight.data, requires_grad=True)
        self.bias = Tensor(self.bias.data, requires_grad=True)


@exercise.misconception(
    "computed outside the graph",
    """Forward takes `.data`, the bare array, and so it leaves the graph: the result does not know
    what made it. Compute with the parameters themselves.""",
)
class OutsideTheGraph(nn.Linear):
    def forward(self, X):
        return Tensor(X @ self.weight.data + self.bias.data)


@exercise.misconception(
    "weights start at zero",
    """The weights start out alike. Then all units of a hidden layer stay alike for ever (chapter
    3). Draw them: `kaiming_uniform((in_features, out_features), rng)`.""",
)
class ZeroWeights(nn.Linear):
    def __init__(self, in_features, out_features, rng=None):
        super().__init__(in_features, out_features)
        self.weight = nn.Parameter(np.zeros((in_features, out_features), np.float32))


@exercise.misconception(
    "rng not handed on",
    """One seed gives two different layers, so no run can be repeated. Hand `rng` on to
    `kaiming_uniform`.""",
)
class SeedForgotten(nn.Linear):
    def __init__(self, in_features, out_features, rng=None):
        super().__init__(in_features, out_features)
