"""Backward passes written by hand: against the numerical gradient, against `nn`, against PyTorch.

The second half builds the five well-known ways of writing a network from scratch, each spelled out
in plain NumPy and compared with what the library makes of it.
"""

import numpy as np
import pytest

from nnlib import Tensor, init, manual, nn, optim
from nnlib import functions as F
from nnlib.gradcheck import numerical_gradient
from nnlib.training import Penalty, fit

try:
    import torch
except ImportError:
    torch = None
needs_torch = pytest.mark.skipif(torch is None, reason="PyTorch is not installed")

close = {"rtol": 1e-9, "atol": 1e-12}


def in_float64(model, seed=0):
    """Random float64 parameters, biases too, so that gradients compare to the last digits."""
    rng = np.random.default_rng(seed)
    for p in model.parameters():
        p.data = rng.normal(size=p.data.shape)
    return model


def data(N, D, K, seed=1):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(N, D)), rng.integers(0, K, N), rng.normal(size=(N, K))


# ------------------------------------------------------------------------- each layer

LAYERS = {
    "Linear": lambda: manual.Linear(3, 4),
    "Linear without bias": lambda: manual.Linear(3, 4, bias=False),
    "ReLU": manual.ReLU,
    "Sigmoid": manual.Sigmoid,
    "Tanh": manual.Tanh,
    "Softmax": manual.Softmax,
    "Sequential": lambda: manual.Sequential(
        manual.Linear(3, 2), manual.Tanh(), manual.Linear(2, 4)
    ),
    "MLP relu": lambda: manual.MLP([3, 5, 4]),
    "MLP sigmoid": lambda: manual.MLP([3, 5, 4, 2], activation="sigmoid"),
    "MLP tanh": lambda: manual.MLP([3, 5, 4], "tanh"),
}


@pytest.mark.parametrize("make", LAYERS.values(), ids=LAYERS)
@pytest.mark.parametrize("N", [1, 6])
def test_backward_is_the_numerical_gradient(make, N):
    layer, (X, _, _) = in_float64(make()), data(N, 3, 4)
    direction = np.random.default_rng(2).normal(size=layer(X).shape)
    dX = layer.backward(direction)
    along = lambda X: np.sum(direction * layer(X))
    np.testing.assert_allclose(dX, numerical_gradient(along, X), atol=1e-8)
    for p in layer.parameters():
        held = p.data

        def moved(W, p=p):
            p.data = W
            return along(X)

        expected = numerical_gradient(moved, held)
        p.data = held
        np.testing.assert_allclose(p.grad, expected, atol=1e-8)


CRITERIA = {
    "SoftmaxCrossEntropy": (manual.SoftmaxCrossEntropy, lambda y, T: y, lambda Z: Z),
    "CrossEntropy": (manual.CrossEntropy, lambda y, T: y, F.softmax),
    "MSE": (manual.MSE, lambda y, T: T, lambda Z: Z),
}


@pytest.mark.parametrize("make, target, prepare", CRITERIA.values(), ids=CRITERIA)
def test_a_criterion_is_a_python_number_and_its_backward_the_numerical_gradient(
    make, target, prepare
):
    Z, y, T = data(5, 4, 4)
    X, target, criterion = prepare(Z), target(y, T), make()
    loss = criterion.forward(X, target)
    assert type(loss) is float and loss == make()(X, target)
    gradient = criterion.backward()
    np.testing.assert_allclose(
        gradient, numerical_gradient(lambda X: make().forward(X, target), X), atol=1e-8
    )


def test_the_jacobian_and_the_shortcut_agree():
    """Softmax then CrossEntropy is SoftmaxCrossEntropy: Jacobian times -1/p collapses to p - y."""
    Z, y, _ = data(5, 4, 4)
    softmax, long, short = manual.Softmax(), manual.CrossEntropy(), manual.SoftmaxCrossEntropy()
    assert long.forward(softmax.forward(Z), y) == pytest.approx(short.forward(Z, y), rel=1e-12)
    np.testing.assert_allclose(softmax.backward(long.backward()), short.backward(), **close)


@pytest.mark.parametrize("make", [manual.SoftmaxCrossEntropy, manual.CrossEntropy])
@pytest.mark.parametrize(
    "y, words",
    [([0, -1], "labels from -1 to 0; expected 0 to 2"), ([0], r"labels of shape \(1,\)")],
)
def test_labels_that_do_not_fit_are_named(make, y, words):
    with pytest.raises(ValueError, match=words):
        make().forward(np.full((2, 3), 1 / 3), np.array(y))


def test_gradients_add_up_until_zeroed():
    net, (X, y, _) = in_float64(manual.MLP([3, 5, 4])), data(6, 3, 4)
    criterion = manual.SoftmaxCrossEntropy()
    assert all(p.grad is None for p in net.parameters())

    def backward(rows):
        criterion.forward(net.forward(X[rows]), y[rows])
        net.backward(criterion.backward())
        return [p.grad for p in net.parameters()]

    first = backward(slice(0, 3))
    copies = [g.copy() for g in first]
    both = backward(slice(3, 6))
    net.zero_grad()
    assert all(p.grad is None for p in net.parameters())
    second = backward(slice(3, 6))
    for kept, a, b, total in zip(first, copies, second, both, strict=True):
        np.testing.assert_array_equal(kept, a)  # adding up made a new array
        np.testing.assert_allclose(total, a + b, **close)


def test_backward_changes_nothing_it_was_handed():
    for make in LAYERS.values():
        layer, (X, _, _) = in_float64(make()), data(4, 3, 4)
        out = layer(X)
        out_before, X_before = out.copy(), X.copy()
        dA = np.ones(out.shape)
        layer.backward(dA)
        assert (dA == 1).all() and (X_before == X).all() and (out == out_before).all()


def test_need_dX_false_gives_the_same_gradients_and_no_dX():
    net, X = in_float64(manual.MLP([3, 5, 4])), data(6, 3, 4)[0]
    net = manual.Sequential(net, manual.Tanh())  # the first layer may be a network
    G = np.ones((6, 4))
    net.forward(X)
    assert net.backward(G).shape == X.shape
    wanted = [p.grad for p in net.parameters()]
    net.zero_grad()
    assert net.backward(G, need_dX=False) is None
    for p, g in zip(net.parameters(), wanted, strict=True):
        np.testing.assert_array_equal(p.grad, g)


def test_training_asks_nobody_for_the_gradient_of_the_data(monkeypatch):
    usual, returned = manual.Linear.backward, []

    def watched(self, dZ, need_dX=True):
        returned.append(usual(self, dZ, need_dX))
        return returned[-1]

    monkeypatch.setattr(manual.Linear, "backward", watched)
    X, y, _ = data(6, 3, 4)
    fit(manual.MLP([3, 5, 5, 4]), X, y, epochs=1, batch_size=6)
    assert [dX is None for dX in returned] == [False, False, True]


class OwnBackward(manual.MLP):
    """A student's own backward, which has never heard of need_dX."""

    def backward(self, dA):
        self.calls = getattr(self, "calls", 0) + 1
        return super().backward(dA)


def test_a_backward_that_knows_no_need_dX_runs_as_it_is():
    X, y, _ = data(6, 3, 4)
    inside = OwnBackward([3, 4])
    for net, own in ((inside, inside), (manual.Sequential(inside, manual.Tanh()), inside)):
        own.calls = 0
        fit(net, X, y, epochs=3, batch_size=6)
        assert own.calls == 3


def test_float32_stays_float32():
    net, (X, y, _) = manual.MLP([3, 5, 4, 4], "tanh", rng=0), data(6, 3, 4)
    net.layers.append(manual.Softmax())
    criterion = manual.CrossEntropy()
    criterion.forward(net.forward(X.astype(np.float32)), y)
    dX = net.backward(criterion.backward())
    assert {dX.dtype, *(p.grad.dtype for p in net.parameters())} == {np.dtype(np.float32)}


# ---------------------------------------------------------------------- how it is built


def test_an_mlp_has_an_activation_between_every_two_layers():
    net = manual.MLP([784, 64, 32, 10])
    assert repr(net) == (
        "Sequential(Linear(784, 64), ReLU(), Linear(64, 32), ReLU(), Linear(32, 10))"
    )
    assert sum(p.data.size for p in net.parameters()) == 784 * 64 + 64 + 64 * 32 + 32 + 32 * 10 + 10
    assert [name for name, _ in net.named_parameters()] == [
        f"{i}.{name}" for i in (0, 2, 4) for name in ("weight", "bias")
    ]
    assert net.parameters()[2] is net.layers[2].weight


@pytest.mark.parametrize(
    "activation, usual",
    [
        ("relu", init.kaiming_uniform),
        ("sigmoid", init.glorot_uniform),
        ("tanh", init.glorot_uniform),
    ],
)
def test_an_mlp_starts_as_its_activation_likes(activation, usual):
    rng = np.random.default_rng(3)
    expected = [usual((4, 3), rng), usual((3, 2), rng)]
    net = manual.MLP([4, 3, 2], activation, rng=3)
    for layer, W in zip(net.layers[::2], expected, strict=True):
        np.testing.assert_array_equal(layer.weight.data, W, strict=True)
        np.testing.assert_array_equal(
            layer.bias.data, np.zeros(W.shape[1], np.float32), strict=True
        )
    zeros = manual.MLP([4, 3, 2], activation, init=init.zeros)
    assert not any(p.data.any() for p in zeros.parameters())


def test_a_parameter_is_a_copy():
    mine = np.ones((2, 2))
    p = manual.Parameter(mine)
    p.data[:] = 0
    assert mine.all() and repr(p) == "Parameter((2, 2), float64)"


def test_state_goes_round():
    net, other = manual.MLP([3, 4, 2], rng=0), manual.MLP([3, 4, 2], rng=1)
    other.load_state_dict(net.state_dict())
    X = data(2, 3, 2)[0]
    np.testing.assert_array_equal(net(X), other(X))


@pytest.mark.parametrize("shape", [(32, 28, 28), (784,), (2, 783), ()])
def test_linear_names_what_does_not_fit(shape):
    with pytest.raises(ValueError) as error:
        manual.Linear(784, 128).forward(np.zeros(shape))
    assert str(error.value) == f"Linear(784, 128) got X of shape {shape}; expected (N, 784)"


def test_an_mlp_names_what_it_does_not_know():
    with pytest.raises(
        ValueError, match=r"activation='reul'; expected \['relu', 'sigmoid', 'tanh'\]"
    ):
        manual.MLP([2, 3], activation="reul")
    with pytest.raises(ValueError, match=r"sizes \[2\]; expected at least inputs and outputs"):
        manual.MLP([2])


# --------------------------------------------------------------- chapter 5 is chapter 6

TWINS = {"relu": nn.ReLU, "sigmoid": nn.Sigmoid, "tanh": nn.Tanh}


@pytest.mark.parametrize("dtype, rtol", [(np.float32, 1e-4), (np.float64, 1e-10)])
@pytest.mark.parametrize("classes", [True, False], ids=["cross-entropy", "mse"])
@pytest.mark.parametrize("activation", TWINS)
def test_gradients_by_hand_and_by_graph_are_equal(activation, classes, dtype, rtol):
    by_hand = in_float64(manual.MLP([3, 5, 4, 2], activation))
    modules = [nn.Linear(3, 5), nn.Linear(5, 4), nn.Linear(4, 2)]
    act = TWINS[activation]
    by_graph = nn.Sequential(modules[0], act(), modules[1], act(), modules[2])
    for p, q in zip(by_hand.parameters(), by_graph.parameters(), strict=True):
        p.data = p.data.astype(dtype)
        q.data = p.data.copy()
    X, y, T = data(7, 3, 2)
    X, target = X.astype(dtype), y if classes else T.astype(dtype)

    criterion = manual.SoftmaxCrossEntropy() if classes else manual.MSE()
    loss = criterion.forward(by_hand.forward(X), target)
    dX = by_hand.backward(criterion.backward())

    x = Tensor(X, requires_grad=True)
    graph_loss = (nn.cross_entropy if classes else nn.mse_loss)(by_graph(x), target)
    graph_loss.backward()

    assert loss == pytest.approx(graph_loss.item(), rel=rtol)
    np.testing.assert_allclose(dX, x.grad, rtol=rtol, atol=rtol * 1e-2)
    for p, q in zip(by_hand.parameters(), by_graph.parameters(), strict=True):
        np.testing.assert_allclose(p.grad, q.grad, rtol=rtol, atol=rtol * 1e-2, strict=True)


@needs_torch
@pytest.mark.parametrize("activation", TWINS)
def test_gradients_by_hand_are_those_of_torch(activation):
    net, (X, y, _) = in_float64(manual.MLP([3, 5, 4], activation)), data(7, 3, 4)
    criterion = manual.SoftmaxCrossEntropy()
    loss = criterion.forward(net.forward(X), y)
    net.backward(criterion.backward())
    tensors = [torch.tensor(p.data, requires_grad=True) for p in net.parameters()]
    W1, b1, W2, b2 = tensors
    scores = getattr(torch, activation)(torch.tensor(X) @ W1 + b1) @ W2 + b2
    their_loss = torch.nn.functional.cross_entropy(scores, torch.tensor(y))
    their_loss.backward()
    assert loss == pytest.approx(their_loss.item(), rel=1e-12)
    for p, t in zip(net.parameters(), tensors, strict=True):
        np.testing.assert_allclose(p.grad, t.grad, **close)


# ------------------------------------------------- five well-known ways to write a network


def test_way_1_two_hidden_layers_one_sample_at_a_time():
    """Glorot initialisation, ReLU, softmax; after every sample the weights take a step."""
    net = manual.MLP([4, 6, 5, 3], activation="relu", init=init.glorot_uniform, rng=0)
    for p in net.parameters():
        p.data = p.data.astype(float)
    W1, b1, W2, b2, W3, b3 = (p.data.copy() for p in net.parameters())
    X, y, _ = data(20, 4, 3)

    criterion, optimizer = manual.SoftmaxCrossEntropy(), optim.SGD(net.parameters(), lr=0.1)
    for n in range(len(X)):
        optimizer.zero_grad()
        criterion.forward(net.forward(X[n : n + 1]), y[n : n + 1])
        net.backward(criterion.backward())
        optimizer.step()

    for x, label in zip(X, y, strict=True):
        z1 = x @ W1 + b1
        a1 = np.maximum(z1, 0)
        z2 = a1 @ W2 + b2
        a2 = np.maximum(z2, 0)
        z3 = a2 @ W3 + b3
        p = np.exp(z3) / np.exp(z3).sum()
        d3 = p - np.eye(3)[label]
        d2 = (W3 @ d3) * (z2 > 0)
        d1 = (W2 @ d2) * (z1 > 0)
        for W, b, a, d in ((W1, b1, x, d1), (W2, b2, a1, d2), (W3, b3, a2, d3)):
            W -= 0.1 * np.outer(a, d)
            b -= 0.1 * d

    for p, expected in zip(net.parameters(), (W1, b1, W2, b2, W3, b3), strict=True):
        np.testing.assert_allclose(p.data, expected, **close)


def test_way_2_a_list_of_sizes_and_gradients_accumulated_over_a_batch():
    """Sigmoid hidden layers and the explicit softmax Jacobian, sample by sample, added up."""
    sizes = [4, 6, 5, 3]
    net = in_float64(manual.MLP(sizes, activation="sigmoid"))
    with_softmax = manual.Sequential(*net.layers, manual.Softmax())
    X, y, _ = data(8, 4, 3)

    criterion = manual.CrossEntropy()
    for n in range(len(X)):
        criterion.forward(with_softmax.forward(X[n : n + 1]), y[n : n + 1])
        with_softmax.backward(criterion.backward())
    accumulated = [p.grad / len(X) for p in net.parameters()]

    weights = [p.data for p in net.parameters()]
    expected = [np.zeros_like(w) for w in weights]
    for x, label in zip(X, y, strict=True):
        activations = [x]
        for W, b in zip(weights[0::2], weights[1::2], strict=True):
            z = activations[-1] @ W + b
            activations.append(1 / (1 + np.exp(-z)))
        p = np.exp(z) / np.exp(z).sum()
        jacobian = np.diag(p) - np.outer(p, p)
        delta = jacobian @ (-np.eye(3)[label] / p)
        for layer in (2, 1, 0):
            expected[2 * layer] += np.outer(activations[layer], delta) / len(X)
            expected[2 * layer + 1] += delta / len(X)
            a = activations[layer]
            delta = (weights[2 * layer] @ delta) * a * (1 - a)

    net.zero_grad()
    whole = manual.SoftmaxCrossEntropy()
    whole.forward(net.forward(X), y)
    net.backward(whole.backward())
    for one_by_one, looped, p in zip(accumulated, expected, net.parameters(), strict=True):
        np.testing.assert_allclose(one_by_one, looped, **close)
        np.testing.assert_allclose(p.grad, looped, **close)


class Sine(manual.Layer):
    """An activation that the library does not have."""

    def forward(self, Z):
        self.Z = Z
        return np.sin(Z)

    def backward(self, dA):
        return dA * np.cos(self.Z)


@pytest.mark.parametrize(
    "activation, f, slope",
    [
        (manual.ReLU, lambda z: np.maximum(z, 0), lambda z: 1.0 * (z > 0)),
        (
            manual.Sigmoid,
            lambda z: 1 / (1 + np.exp(-z)),
            lambda z: 1 / (2 + np.exp(z) + np.exp(-z)),
        ),
        (manual.Tanh, np.tanh, lambda z: 1 / np.cosh(z) ** 2),
        (Sine, np.sin, np.cos),
    ],
)
def test_way_3_matrices_layer_by_layer_with_least_squares(activation, f, slope):
    """delta_L = dL/dA * f'(Z_L); delta_l = (delta_{l+1} W^T) * f'(Z_l); dW_l = A_l^T delta_l."""
    linear = [manual.Linear(4, 5), manual.Linear(5, 5), manual.Linear(5, 3)]
    net = manual.Sequential(*(part for layer in linear for part in (layer, activation())))
    in_float64(net)
    X, _, T = data(6, 4, 3)

    criterion = manual.MSE()
    loss = criterion.forward(net.forward(X), T)
    dX = net.backward(criterion.backward())

    A, Z = [X], []
    for layer in linear:
        Z.append(A[-1] @ layer.weight.data + layer.bias.data)
        A.append(f(Z[-1]))
    assert loss == pytest.approx(((A[-1] - T) ** 2).sum() / 18)
    delta = (A[-1] - T) * 2 / 18 * slope(Z[-1])
    for i in (2, 1, 0):
        np.testing.assert_allclose(linear[i].weight.grad, A[i].T @ delta, **close)
        np.testing.assert_allclose(linear[i].bias.grad, delta.sum(axis=0), **close)
        delta = delta @ linear[i].weight.data.T
        if i:
            delta = delta * slope(Z[i - 1])
    np.testing.assert_allclose(dX, delta, **close)


class TwoLayers(nn.Module):
    def __init__(self, rng):
        self.hidden = nn.Linear(2, 8, rng=rng)
        self.activation = nn.Tanh()
        self.out = nn.Linear(8, 1, rng=rng)

    def forward(self, X):
        return self.out(self.activation(self.hidden(X)))


def test_way_4_tensors_modules_and_sgd_learn_xor():
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], np.float32)
    T = np.array([[0], [1], [1], [0]], np.float32)
    model = TwoLayers(np.random.default_rng(0))
    optimizer = optim.SGD(model.parameters(), lr=0.1)
    losses = []
    for _ in range(800):
        optimizer.zero_grad()
        loss = nn.mse_loss(model(X), T)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[0] > 0.1 and losses[-1] < 1e-3
    assert (np.round(model(X).data) == T).all()


def way_5(net, X, y, strength):
    """The loss of a two-layer network with L2, and its gradients in `.grad`."""
    criterion, penalty = manual.SoftmaxCrossEntropy(), Penalty(l2=strength)
    net.zero_grad()
    loss = criterion.forward(net.forward(X), y) + penalty.forward(net.parameters())
    net.backward(criterion.backward())
    penalty.backward(net.parameters())
    return loss


def test_way_5_two_layers_with_l2_against_the_numerical_gradient():
    net, (X, y, _) = in_float64(manual.MLP([4, 6, 3])), data(5, 4, 3)
    way_5(net, X, y, 0.1)
    for p, gradient in [(p, p.grad) for p in net.parameters()]:
        held = p.data

        def loss_at(W, p=p):
            p.data = W
            return way_5(net, X, y, 0.1)

        expected = numerical_gradient(loss_at, held)
        p.data = held
        np.testing.assert_allclose(gradient, expected, atol=1e-8)


@needs_torch
def test_way_5_two_layers_with_l2_against_torch():
    net, (X, y, _) = in_float64(manual.MLP([4, 6, 3])), data(5, 4, 3)
    loss = way_5(net, X, y, 0.1)
    tensors = [torch.tensor(p.data, requires_grad=True) for p in net.parameters()]
    W1, b1, W2, b2 = tensors
    scores = torch.relu(torch.tensor(X) @ W1 + b1) @ W2 + b2
    their_loss = torch.nn.functional.cross_entropy(scores, torch.tensor(y))
    their_loss = their_loss + 0.05 * (W1.square().sum() + W2.square().sum())
    their_loss.backward()
    assert loss == pytest.approx(their_loss.item(), rel=1e-12)
    for p, t in zip(net.parameters(), tensors, strict=True):
        np.testing.assert_allclose(p.grad, t.grad, **close)
