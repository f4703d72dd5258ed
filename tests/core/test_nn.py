"""Modules: what they compute, how they find their parameters, what they say of a misfit."""

import numpy as np
import pytest

from nnlib import Tensor, init, nn
from nnlib.gradcheck import gradcheck
from nnlib.nn import Parameter

try:
    import torch
except ImportError:
    torch = None
needs_torch = pytest.mark.skipif(torch is None, reason="PyTorch is not installed")

rng = np.random.default_rng(0)
Z = rng.normal(size=(4, 3))


def small_network(seed=0):
    gen = np.random.default_rng(seed)
    return nn.Sequential(nn.Linear(3, 5, rng=gen), nn.ReLU(), nn.Linear(5, 2, rng=gen))


# --------------------------------------------------------------------- what they compute

ACTIVATIONS = {
    "ReLU": (nn.ReLU(), lambda: torch.nn.ReLU()),
    "LeakyReLU": (nn.LeakyReLU(), lambda: torch.nn.LeakyReLU()),
    "LeakyReLU 0.2": (nn.LeakyReLU(0.2), lambda: torch.nn.LeakyReLU(0.2)),
    "GELU": (nn.GELU(), lambda: torch.nn.GELU()),
    "GELU tanh": (nn.GELU("tanh"), lambda: torch.nn.GELU("tanh")),
    "Sigmoid": (nn.Sigmoid(), lambda: torch.nn.Sigmoid()),
    "Tanh": (nn.Tanh(), lambda: torch.nn.Tanh()),
    "Softmax": (nn.Softmax(), lambda: torch.nn.Softmax(dim=-1)),
    "Softmax axis 0": (nn.Softmax(axis=0), lambda: torch.nn.Softmax(dim=0)),
}


@needs_torch
@pytest.mark.parametrize("ours, theirs", ACTIVATIONS.values(), ids=ACTIVATIONS)
def test_activations_are_those_of_torch(ours, theirs):
    np.testing.assert_allclose(ours(Tensor(Z)).data, theirs()(torch.tensor(Z)), rtol=1e-12)
    assert ours.parameters() == []


@pytest.mark.parametrize("shape", [(3,), (4, 3), (0, 3), (2, 4, 3)])
@pytest.mark.parametrize("bias", [True, False])
def test_linear(shape, bias):
    layer = nn.Linear(3, 2, bias=bias, rng=0)
    if bias:
        layer.bias.data[:] = [1, -1]
    X = rng.normal(size=shape)
    expected = X @ layer.weight.data + (layer.bias.data if bias else 0)
    np.testing.assert_allclose(layer(X).data, expected, rtol=1e-6)
    np.testing.assert_allclose(layer(Tensor(X)).data, expected, rtol=1e-6)
    np.testing.assert_allclose(layer(X.tolist() if X.size else X).data, expected, rtol=1e-6)

    def f(X, W, *b):
        layer.weight, layer.bias = W, (b[0] if b else None)
        return layer(X)

    assert gradcheck(f, X, layer.weight.data, *([layer.bias.data] if bias else []))


def test_linear_is_one_operation():
    layer = nn.Linear(3, 2)
    assert [parent for parent, _ in layer(Z).edges] == layer.parameters()


def test_linear_starts_as_it_says():
    layer = nn.Linear(3, 2, rng=7)
    assert np.array_equal(layer.weight.data, init.kaiming_uniform((3, 2), 7))
    assert layer.bias.data.tolist() == [0, 0]
    assert layer.weight.dtype == layer.bias.dtype == np.float32
    assert nn.Linear(3, 2, init=init.zeros).weight.data.tolist() == [[0, 0]] * 3
    assert repr(layer) == "Linear(3, 2)"


@pytest.mark.parametrize("shape", [(32, 28, 28), (784, 2), (), (783,)])
def test_linear_names_what_does_not_fit(shape):
    with pytest.raises(ValueError) as error:
        nn.Linear(784, 128)(np.zeros(shape, np.float32))
    assert str(error.value) == f"Linear(784, 128) got X of shape {shape}; expected (N, 784)"


def test_float32_stays_float32_through_a_network():
    model = nn.Sequential(
        nn.Linear(3, 4),
        nn.GELU(),
        nn.Dropout(0.5, rng=0),
        nn.Linear(4, 4),
        nn.Sigmoid(),
        nn.Linear(4, 4),
        nn.LeakyReLU(),
        nn.Linear(4, 2),
        nn.Softmax(),
    )
    loss = nn.mse_loss(model(Z.astype(np.float32)), np.zeros((4, 2), np.float32))
    loss.backward()
    assert loss.dtype == np.float32
    assert {p.grad.dtype for p in model.parameters()} == {np.dtype(np.float32)}


def test_losses():
    scores, labels = Tensor(np.zeros((4, 10)), requires_grad=True), np.arange(4)
    for y in (labels, Tensor(labels), labels.tolist()):
        assert nn.cross_entropy(scores, y).item() == pytest.approx(np.log(10))
    assert nn.mse_loss(Tensor([1.0, 2.0]), np.array([0.0, 4.0])).item() == 2.5
    nn.cross_entropy(scores, labels).backward()
    np.testing.assert_allclose(scores.grad, (0.1 - np.eye(4, 10)) / 4)
    with pytest.raises(ValueError, match="expected 0 to 9"):
        nn.cross_entropy(scores, [0, 1, 2, 10])


def test_both_sides_of_mse_learn():
    assert gradcheck(nn.mse_loss, Z, Z[::-1] * 2)


@needs_torch
def test_a_network_is_that_of_torch():
    model = small_network()
    theirs = torch.nn.Sequential(
        torch.nn.Linear(3, 5), torch.nn.ReLU(), torch.nn.Linear(5, 2)
    ).double()
    with torch.no_grad():
        for p, q in zip(model.parameters(), theirs.parameters(), strict=True):
            p.data = rng.normal(size=p.shape)
            q.copy_(torch.tensor(p.data.T))
    y = [0, 1, 1, 0]
    loss = nn.cross_entropy(model(Z), y)
    loss.backward()
    their_loss = torch.nn.functional.cross_entropy(theirs(torch.tensor(Z)), torch.tensor(y))
    their_loss.backward()
    assert loss.item() == pytest.approx(their_loss.item(), rel=1e-12)
    for p, q in zip(model.parameters(), theirs.parameters(), strict=True):
        np.testing.assert_allclose(p.grad, q.grad.numpy().T, rtol=1e-10, atol=1e-14)


# ----------------------------------------------------------------------------- dropout


def test_dropout_keeps_the_mean_and_drops_its_share():
    X = np.ones((400, 500), np.float32)
    out = nn.Dropout(0.2, rng=0)(Tensor(X)).data
    assert set(np.unique(out)) == {0, np.float32(1.25)}
    assert out.mean() == pytest.approx(1, abs=0.005)
    assert (out == 0).mean() == pytest.approx(0.2, abs=0.005)


def test_dropout_lets_the_gradient_through_where_it_let_the_value_through():
    x = Tensor(np.ones((50, 4)), requires_grad=True)
    out = nn.Dropout(0.5, rng=0)(x)
    out.sum().backward()
    assert 0 < (out.data == 0).mean() < 1
    np.testing.assert_array_equal(x.grad, out.data)


def test_dropout_is_off_in_evaluation_and_at_zero():
    X = Tensor(np.ones((5, 4)))
    assert nn.Dropout(0.9).eval()(X) is X
    assert nn.Dropout(0)(X) is X


def test_dropout_draws_anew_and_repeats_with_its_seed():
    X = Tensor(np.ones((5, 40)))
    first, second = nn.Dropout(rng=1), nn.Dropout(rng=1)
    a, b = first(X).data, first(X).data
    assert not np.array_equal(a, b)
    assert np.array_equal(a, second(X).data)
    assert repr(first) == "Dropout(0.5)"


@pytest.mark.parametrize("p", [-0.1, 1, 1.5, np.nan])
def test_dropout_is_a_probability(p):
    with pytest.raises(ValueError, match=f"Dropout got p={p}; expected 0 <= p < 1"):
        nn.Dropout(p)


# ------------------------------------------------------------------------------ modules


class Block(nn.Module):
    def __init__(self):
        self.scale = Parameter([2.0])
        self.layers = [nn.Linear(3, 3, rng=0), nn.Dropout(0.5, rng=0)]
        self.pair = (nn.Linear(3, 2, rng=1), "not a module")
        self.head = nn.Sequential(nn.Linear(2, 1, rng=2))
        self.tied = self.layers[0]
        self.note = "not a parameter"

    def forward(self, X):
        for layer in (*self.layers, self.pair[0], self.head):
            X = layer(X)
        return X * self.scale


def test_parameters_are_found_by_attribute_each_once_in_order():
    block = Block()
    assert [name for name, _ in block.named_parameters()] == [
        "scale",
        "layers.0.weight",
        "layers.0.bias",
        "pair.0.weight",
        "pair.0.bias",
        "head.0.weight",
        "head.0.bias",
    ]
    assert block.parameters()[1] is block.layers[0].weight
    block(np.ones((2, 3))).sum().backward()
    assert all(p.grad is not None for p in block.parameters())
    block.zero_grad()
    assert all(p.grad is None for p in block.parameters())


def test_training_and_evaluation_reach_every_part():
    block = Block()
    dropout = block.layers[1]
    assert block.training and dropout.training
    assert block.eval() is block
    inner = block.head.modules[0]
    assert not any(part.training for part in (block, dropout, block.head, inner))
    assert block.train() is block
    assert all(part.training for part in (block, dropout, block.head, inner))


def test_a_module_shows_its_parts():
    assert repr(small_network()) == "Sequential(Linear(3, 5), ReLU(), Linear(5, 2))"


def test_a_module_needs_a_forward():
    with pytest.raises(NotImplementedError, match=r"Module has no forward\(\)"):
        nn.Module()(1)


def test_a_module_may_take_several_inputs():
    class Add(nn.Module):
        def forward(self, a, b):
            return a + b

    assert Add()(Tensor(1.0), 2).item() == 3


def test_unknown_attributes_are_attribute_errors():
    with pytest.raises(AttributeError):
        small_network().layrs  # noqa: B018


def test_a_parameter_is_a_copy_that_requires_a_gradient():
    data = np.ones(3, np.float32)
    p = Parameter(data)
    p.data[0] = 5
    assert data.tolist() == [1, 1, 1]
    assert p.requires_grad and p.dtype == np.float32
    with pytest.raises(TypeError, match="expected floats"):
        Parameter([1, 2])


# ------------------------------------------------------------------------- saved weights


def test_state_goes_round():
    model, other = small_network(0), small_network(1)
    state = model.state_dict()
    assert list(state) == ["0.weight", "0.bias", "2.weight", "2.bias"]
    held = other.parameters()[0].data
    other.load_state_dict(state)
    assert other.parameters()[0].data is held  # in place: optimisers keep hold of it
    np.testing.assert_array_equal(other(Z).data, model(Z).data)
    state["0.weight"][:] = 0
    assert model.parameters()[0].data.any() and other.parameters()[0].data.any()


def test_state_of_another_dtype_is_converted():
    model = small_network()
    model.load_state_dict({name: x.astype(float) for name, x in model.state_dict().items()})
    assert model.parameters()[0].dtype == np.float32


def changed(**changes):
    state = small_network(1).state_dict() | changes
    return {name: value for name, value in state.items() if value is not None}


@pytest.mark.parametrize(
    "state, error, words",
    [
        (changed(**{"2.bias": None}), KeyError, r"missing \['2.bias'\]"),
        (changed(extra=np.ones(1)), KeyError, r"unknown \['extra'\]"),
        (changed(**{"0.bias": None}, extra=0), KeyError, r"missing \['0.bias'\], unknown"),
        (changed(**{"2.bias": np.ones(9)}), ValueError, r"2.bias got .* \(9,\); expected \(2,\)"),
    ],
)
def test_nothing_changes_unless_all_weights_fit(state, error, words):
    model = small_network()
    before = model.state_dict()
    with pytest.raises(error, match=words):
        model.load_state_dict(state)
    assert all(np.array_equal(before[name], x) for name, x in model.state_dict().items())


def test_weights_may_be_lists_or_tensors():
    model = nn.Linear(2, 3, rng=0)
    model.load_state_dict({"weight": [[1, 2, 3], [4, 5, 6]], "bias": nn.Tensor([7.0, 8, 9])})
    assert model.weight.data.tolist() == [[1, 2, 3], [4, 5, 6]]
    assert model.bias.data.tolist() == [7, 8, 9] and model.bias.dtype == np.float32


NO_WEIGHTS = {
    "a list": (
        [np.ones((2, 3)), np.ones(3)],
        TypeError,
        "load_state_dict got a list; expected a di",
    ),
    "a model": (nn.Linear(2, 3), TypeError, "got a Linear; .*as from state_dict"),
    "ragged": (
        {"weight": [[1, 2, 3], [4]], "bias": [0] * 3},
        ValueError,
        "weight got weights that",
    ),
    "short": ({"weight": [[1, 2, 3]] * 2, "bias": [0]}, ValueError, r"bias got .*\(1,\); .*\(3,\)"),
    "words": ({"weight": [["1"] * 3] * 2, "bias": [0] * 3}, TypeError, "weight got .*dtype <U1"),
    "None": ({"weight": [[0] * 3] * 2, "bias": [None] * 3}, TypeError, "bias got .*dtype object"),
    "complex": ({"weight": [[0] * 3] * 2, "bias": [1j] * 3}, TypeError, "bias got .*complex128"),
}


@pytest.mark.parametrize("state, kind, words", NO_WEIGHTS.values(), ids=NO_WEIGHTS)
def test_what_makes_no_weights_is_named_and_changes_nothing(state, kind, words):
    model = nn.Linear(2, 3, rng=0)
    before = model.state_dict()
    with pytest.raises(kind, match=words):
        model.load_state_dict(state)
    assert all(np.array_equal(before[name], w) for name, w in model.state_dict().items())


@pytest.mark.parametrize(
    "module", [nn.ReLU(), nn.LeakyReLU(), nn.GELU(), nn.Sigmoid(), nn.Tanh(), nn.Softmax()]
)
def test_activations_take_arrays_too(module):
    assert np.array_equal(module(Z).data, module(Tensor(Z)).data)
