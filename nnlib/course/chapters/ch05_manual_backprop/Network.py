"""Backward is the same list of layers read from its end, each handing its gradient on."""

from itertools import pairwise

import numpy as np

from nnlib import manual
from nnlib.course.description import case, describe, region


class Network(manual.Layer):
    """Linear layers of the given sizes, such as [784, 64, 32, 10], with a ReLU between each two."""

    def __init__(self, sizes, rng=None):
        rng = np.random.default_rng(rng)
        self.layers = []
        for n_in, n_out in pairwise(sizes):
            self.layers += [manual.Linear(n_in, n_out, rng=rng), manual.ReLU()]
        self.layers.pop()  # scores need their sign

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, dZ):
        for layer in reversed(self.layers):
            dZ = layer.backward(dZ)
        return dZ

    def parts(self):
        """Where `parameters()` and `zero_grad()` look for what is learned."""
        return ((str(i), layer) for i, layer in enumerate(self.layers))


def network(rng):
    sizes = [2, int(rng.integers(4, 6)), 3, 2]
    return sizes, rng.normal(size=(4, 2)), rng.normal(size=(4, 2))


def there_and_back(answer, sizes, X, dscores):
    """Build a network, give it simple weights, send X forward and dscores back, twice."""
    net = answer(sizes, 0)
    weights = [p.data.copy() for p in net.parameters()]
    again = [p.data for p in answer(sizes, 0).parameters()]
    report = {
        "the list of parameters": ", ".join(str(w.shape) for w in weights),
        "the start": how_it_starts(weights, again),
    }
    for i, p in enumerate(net.parameters()):
        p.data = np.resize(np.roll(SIMPLE, 2 * i), p.data.shape)
    report["the table of scores"] = net.forward(X)
    report["dX"] = net.backward(dscores)
    names = [f"{kind}{n}" for n in range(1, len(sizes)) for kind in ("dW", "db")]
    report |= {name: p.grad for name, p in zip(names, net.parameters(), strict=False)}
    net.backward(dscores)
    report["dW1, twice"] = net.parameters()[0].grad
    return report


def how_it_starts(weights, again):
    """In words: what one seed does."""
    if not all(map(np.array_equal, weights, again)):
        return "one seed, two different networks"
    matrices = [w for w in weights if w.ndim == 2]
    if any(np.array_equal(v, w) for i, v in enumerate(matrices) for w in matrices[:i]):
        return "one seed, and layers that are copies of each other"
    return "one seed, one network"


SIMPLE = np.array([1, -0.5, 2, 0.25, -1, 1.5, -2])


def after_another(answer, sizes, X, dscores):
    """Forward with two other batches, then there and back."""
    net = answer(sizes, 0)
    for i, p in enumerate(net.parameters()):
        p.data = np.resize(np.roll(SIMPLE, 2 * i), p.data.shape)
    net.forward(np.ones((5, sizes[0])))
    net.forward(-X[:1])
    report = {"the table of scores": net.forward(X), "dX": net.backward(dscores)}
    grads = [p.grad for p in net.parameters()]
    return report | {f"gradient {i + 1}": g for i, g in enumerate(grads)}


def how_wide_it_starts(answer, sizes):
    """Whether weights have about the spread of Kaiming's, sqrt(2 / n_in), and biases are 0."""
    report = {}
    for i, p in enumerate(answer(sizes, 0).parameters()):
        if p.data.ndim == 2:
            spread = np.std(p.data) / np.sqrt(2 / len(p.data))
            fine = 0.4 < spread < 2.5 and abs(np.mean(p.data)) < np.std(p.data) / 5
            report[f"the start of parameter {i}"] = "as He et al." if fine else "other"
        else:
            report[f"the start of parameter {i}"] = p.data
    return report


exercise = describe(
    Network,
    title="A network from a list of sizes",
    minutes=15,
    difficulty=3,
    probe=there_and_back,
    loops=True,
    cases=(
        case([2, 3], np.array([[1.0, -1]]), np.array([[1.0, 0, 2]]), about="a single layer"),
        case(
            [2, 2, 2, 2],
            np.array([[1.0, 2], [-1, 1]]),
            np.array([[1.0, -1], [0.5, 2]]),
            about="all square",
        ),
        case(
            [3, 4, 2],
            np.array([[1.0, -1, 0.5], [2, 0, 1]]),
            np.array([[1.0, -2], [0, 1]]),
            about="one hidden layer",
        ),
    ),
    draw=network,
    regions=(
        region(
            """Right the first time. In training `forward` is called again and again, with other
            batches of other sizes, and `backward` belongs to the last: what is kept of a batch must
            not pile up.""",
            case([2, 3, 2], np.array([[1.0, -1], [2, 1]]), np.array([[1.0, 0], [2, -1]])),
            case([2, 3, 4, 2], np.array([[1.0, -1]]), np.array([[1.0, 0.5]])),
            use=after_another,
        ),
        region(
            """The network computes what it should, and starts elsewhere: weights around 0 that are
            as wide as sqrt(2 / n_in), and biases of 0 (chapter 3). `Linear(n_in, n_out, rng=rng)`
            starts so.""",
            case([60, 80, 50]),
            use=how_wide_it_starts,
        ),
    ),
    calls=("Network([5, 50, 7], rng=0)",),
    hints=(
        "You have both kinds of layer, and each can go forward and backward. What is left: "
        "who stands where, and who comes first on the way back?",
        "Build a list: for each two neighbouring sizes a `Linear` and a `ReLU`, without the "
        "last ReLU. Forward runs along the list, backward along `reversed(...)`, each handing "
        "on what the one before returned.",
        "One generator for all: `rng = np.random.default_rng(rng)`. Then `self.layers = []`, `for "
        "n_in, n_out in zip(sizes[:-1], sizes[1:]): self.layers += [Linear(n_in, n_out, "
        "rng=rng), ReLU()]`, and `self.layers.pop()`. Backward: `for layer in "
        "reversed(self.layers): dZ = layer.backward(dZ)`, and `return dZ`.",
    ),
)


@exercise.misconception(
    "ReLU after the last layer",
    """The scores have passed a ReLU too. A negative score says: not this class. Cut off at 0 it
    says nothing and gets no gradient. Leave the last ReLU out.""",
)
class ActivatedScores(Network):
    def __init__(self, sizes, rng=None):
        super().__init__(sizes, rng)
        self.layers.append(manual.ReLU())


@exercise.misconception(
    "no ReLU at all",
    """The linear layers follow one another with nothing between them, and fold into a single one,
    as in chapter 2. Put a ReLU between each two.""",
)
class NoActivations(Network):
    def __init__(self, sizes, rng=None):
        rng = np.random.default_rng(rng)
        self.layers = [manual.Linear(n_in, n_out, rng=rng) for n_in, n_out in pairwise(sizes)]


@exercise.misconception(
    "backward in forward order",
    """`backward` begins at the first layer, but dZ arrives at the last. Where all sizes are equal
    it even runs. Walk the list from its end: `reversed(self.layers)`.""",
)
class BackwardInForwardOrder(Network):
    def backward(self, dZ):
        for layer in self.layers:
            dZ = layer.backward(dZ)
        return dZ


@exercise.misconception(
    "backward returns nothing",
    """All parameters have their gradients, and dX is None: `backward` ends without `return`.
    Whatever stands in front of this network waits for dX.""",
)
class BackwardReturnsNothing(Network):
    def backward(self, dZ):
        for layer in reversed(self.layers):
            dZ = layer.backward(dZ)


@exercise.misconception(
    "ReLU skipped on the way back",
    """Forward is right, and the last layer's gradients are. Below it they are not: on the way back
    the ReLUs are passed over. Every layer that acted forward acts backward.""",
)
class BackwardSkipsActivations(Network):
    def backward(self, dZ):
        for layer in reversed(self.layers):
            if isinstance(layer, manual.Linear):
                dZ = layer.backward(dZ)
        return dZ


@exercise.misconception(
    "gradients reset in backward",
    """After a second `backward` the gradients should have added up, and they are those of one.
    Resetting them is the training loop's business, by `zero_grad()`: it alone knows where a batch
    ends.""",
)
class BackwardForgetsTheRest(Network):
    def backward(self, dZ):
        self.zero_grad()
        return super().backward(dZ)


@exercise.misconception(
    "one layer too few",
    """The last layer is missing. A list of n sizes makes n - 1 layers: pair each size with the
    next, `zip(sizes[:-1], sizes[1:])`.""",
)
class LastLayerMissing(Network):
    def __init__(self, sizes, rng=None):
        super().__init__(sizes[:-1], rng)


@exercise.misconception(
    "rng not handed on",
    """Forward and backward are right. But the same seed makes two different networks, so no run can
    be repeated: the `rng` never reaches the layers. `Linear(n_in, n_out, rng=rng)`.""",
)
class OwnRandomness(Network):
    def __init__(self, sizes, rng=None):
        super().__init__(sizes, None)


@exercise.misconception(
    "the same seed for every layer",
    """Forward and backward are right. But each layer gets the seed itself, so layers of one shape
    start as copies. Make one Generator first, `rng = np.random.default_rng(rng)`, and hand that
    on.""",
)
class OneSeedForEachLayer(Network):
    def __init__(self, sizes, rng=None):
        super().__init__(sizes, rng)
        for linear in self.layers[::2]:
            linear.weight = manual.Linear(*linear.weight.data.shape, rng=rng).weight


@exercise.misconception(
    "forward hands nothing on",
    """In `forward` each layer gets X itself, not what the layer before it returned. Where all sizes
    are equal it even runs. Hand the result on: `X = layer.forward(X)`.""",
)
class ForwardHandsNothingOn(Network):
    def forward(self, X):
        for layer in self.layers:
            Z = layer.forward(X)
        return Z


@exercise.misconception(
    "backward hands nothing on",
    """Forward is right. On the way back every layer gets the gradient of the scores, not what the
    layer above it returned. Hand the result on: `dZ = layer.backward(dZ)`.""",
)
class BackwardHandsNothingOn(Network):
    def backward(self, dZ):
        for layer in reversed(self.layers):
            layer.backward(dZ)
        return dZ


@exercise.misconception(
    "list turned round for good",
    """`self.layers.reverse()` turns the list itself round, and it stays so: after one `backward`
    the network stands on its head. `reversed(self.layers)` walks from the end and leaves the list
    alone.""",
)
class ListTurnedRound(Network):
    def backward(self, dZ):
        self.layers.reverse()
        for layer in self.layers:
            dZ = layer.backward(dZ)
        return dZ
