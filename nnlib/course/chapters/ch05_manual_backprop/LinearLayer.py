"""A layer keeps what it will be asked for, and adds what it finds to its own gradients."""

import numpy as np

from nnlib import manual
from nnlib.course.description import case, describe, region
from nnlib.init import kaiming_uniform

SIMPLE = np.array([1, -0.5, 2, 0.25, -1, 1.5, -2])


class LinearLayer(manual.Layer):
    """Z = X W + b, forward and backward. The gradients of W and b add up in their `.grad`."""

    def __init__(self, in_features, out_features, rng=None):
        self.weight = manual.Parameter(kaiming_uniform((in_features, out_features), rng))
        self.bias = manual.Parameter(np.zeros(out_features, np.float32))

    def forward(self, X):
        self.X = X
        return X @ self.weight.data + self.bias.data

    def backward(self, dZ):
        self.weight.accumulate(self.X.T @ dZ)
        self.bias.accumulate(dZ.sum(axis=0))
        return dZ @ self.weight.data.T

    def own_parameters(self):
        return [("weight", self.weight), ("bias", self.bias)]


def simple(answer, n_in, n_out):
    """A layer with weights that are easy to follow."""
    layer = answer(n_in, n_out, rng=0)
    layer.weight.data = np.resize(SIMPLE, (n_in, n_out))
    layer.bias.data = np.resize(SIMPLE[1:], n_out)
    return layer


def there_and_back(answer, n_in, n_out, X, dZ):
    """A layer with simple weights, X forward, dZ back; and once more."""
    layer, same, other = (answer(n_in, n_out, rng=seed) for seed in (0, 0, 1))
    absent = [name for name in ("weight", "bias") if not hasattr(layer, name)]
    if absent:
        return {"the attributes": " and ".join(f"no self.{name}" for name in absent)}
    if not all(hasattr(p, "data") and hasattr(p, "grad") for p in (layer.weight, layer.bias)):
        return {"the attributes": "an array that is no Parameter"}
    report = {
        "the attributes": "weight and bias",
        "the shape of weight": str(np.shape(layer.weight.data)),
        "the start": how_it_starts(*(x.weight.data for x in (layer, same, other))),
        "b at the start": layer.bias.data,
    }
    if report["the shape of weight"] != str((n_in, n_out)):
        return report
    layer = simple(answer, n_in, n_out)
    report |= {"Z": layer.forward(X), "dX": layer.backward(dZ)}
    report |= {"dW": layer.weight.grad, "db": layer.bias.grad}
    layer.backward(dZ)
    return report | {"dW, twice": layer.weight.grad, "db, twice": layer.bias.grad}


def how_it_starts(first, same, other):
    if not np.array_equal(first, same):
        return "one seed, two different layers"
    if np.array_equal(first, other) or np.unique(first).size < np.size(first):
        return "not random"
    return "random, and repeatable"


def after_another(answer, n_in, n_out, X, dZ):
    """Forward with two other batches, then there and back."""
    layer = simple(answer, n_in, n_out)
    layer.forward(np.ones((len(X) + 1, n_in)))
    layer.forward(-X[:1])
    report = {"Z": layer.forward(X), "dX": layer.backward(dZ)}
    return report | {"dW": layer.weight.grad, "db": layer.bias.grad}


def how_wide_it_starts(answer, n_in, n_out):
    """Whether the weights have about the spread of Kaiming's, sqrt(2 / n_in), around 0."""
    W = answer(n_in, n_out, rng=0).weight.data / np.sqrt(2 / n_in)
    return "about as wide" if 0.5 < np.std(W) < 2 and abs(np.mean(W)) < 0.1 else "other"


def layer_and_batch(rng):
    N, D, H = 2, int(rng.integers(3, 5)), 5
    return D, H, rng.normal(size=(N, D)), rng.normal(size=(N, H))


exercise = describe(
    LinearLayer,
    title="A layer that remembers",
    minutes=10,
    difficulty=2,
    probe=there_and_back,
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
    calls=("LinearLayer(2, 2)", "LinearLayer(2, 3, rng=0)"),
    regions=(
        region(
            """Right the first time. In training `forward` is called again and again, with other
            batches of other sizes, and `backward` belongs to the last: remember X anew each
            time.""",
            case(2, 3, np.array([[1.0, -1], [2, 1]]), np.array([[1.0, 0, 2], [0, 1, -1]])),
            use=after_another,
        ),
        region(
            """The layer computes what it should, and starts with weights of another size than
            `kaiming_uniform((in_features, out_features), rng)` gives (chapter 3).""",
            case(200, 100),
            use=how_wide_it_starts,
        ),
    ),
    hints=(
        "Which three things does `linear_backward` ask for, and which of them does the layer not "
        "have any more when `backward` is called?",
        "`forward` keeps X in `self`. `backward` gets three gradients from `linear_backward`: "
        "two are added to what stands in `.grad`, the third is for whoever stands below.",
        "`self.weight = Parameter(kaiming_uniform((in_features, out_features), rng))`, the bias "
        "of `np.zeros(out_features)`. In `backward`: `dX, dW, db = linear_backward(self.X, "
        "self.weight.data, dZ)`, `self.weight.accumulate(dW)`, the same for the bias, "
        "`return dX`.",
    ),
)


@exercise.misconception(
    "gradients replaced",
    """After a second `backward` the gradients should have added up, and they are those of one.
    `.grad` is a sum until somebody resets it: use `accumulate`, which adds.""",
)
class Replaces(LinearLayer):
    def backward(self, dZ):
        dX = dZ @ self.weight.data.T
        self.weight.grad, self.bias.grad = self.X.T @ dZ, dZ.sum(axis=0)
        return dX


@exercise.misconception(
    "backward returns nothing",
    """Weight and bias have their gradients, and dX is None: `backward` ends without `return`. The
    layer below waits for dX.""",
)
class ReturnsNothing(LinearLayer):
    def backward(self, dZ):
        super().backward(dZ)


@exercise.misconception(
    "bias forgotten in forward",
    """Z is X W alone. The layer owns a bias and never adds it.""",
)
class WithoutBias(LinearLayer):
    def forward(self, X):
        return super().forward(X) - self.bias.data


@exercise.misconception(
    "the bias learns nothing",
    """Z, dX and dW are right. db is None: nobody has added it to `self.bias.grad`, so this bias
    will never move.""",
)
class BiasLearnsNothing(LinearLayer):
    def backward(self, dZ):
        self.weight.accumulate(self.X.T @ dZ)
        return dZ @ self.weight.data.T


@exercise.misconception(
    "weights as (out, in)",
    """Your weight has shape (out, in). PyTorch stores it so. In this course it is (in, out), so
    that the code reads X W + b as the formula does.""",
)
class WeightsTheOtherWay(LinearLayer):
    def __init__(self, in_features, out_features, rng=None):
        super().__init__(out_features, in_features, rng=rng)
        self.bias = manual.Parameter(np.zeros(out_features, np.float32))

    def forward(self, X):
        self.X = X
        return X @ self.weight.data.T + self.bias.data


@exercise.misconception(
    "rng not handed on",
    """The same seed makes two different layers, so no run can be repeated: the `rng` never reaches
    the weights. `kaiming_uniform((in_features, out_features), rng)`.""",
)
class OwnRandomness(LinearLayer):
    def __init__(self, in_features, out_features, rng=None):
        super().__init__(in_features, out_features, None)


@exercise.misconception(
    "plain arrays",
    """Your weight is an array without a place for a gradient. Put it into a `Parameter`, which has
    the array in `.data` and its gradient in `.grad`.""",
)
class PlainArrays(LinearLayer):
    def __init__(self, in_features, out_features, rng=None):
        super().__init__(in_features, out_features, rng)
        self.weight, self.bias = np.array(self.weight.data), np.array(self.bias.data)
