"""Every operation, one line each: against finite differences, against PyTorch, and by the rules.

A `Case` is an expression and the shapes and numbers it is tried on. The names of Tensor are
PyTorch's, so the same expression runs on both; `theirs` says it again where they differ.
"""

import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass

import hypothesis.extra.numpy as hnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nnlib
from nnlib import Tensor, ops, where
from nnlib.gradcheck import gradcheck
from nnlib.tensor import concatenate, primitive, stack

try:
    import torch
except ImportError:
    torch = None
needs_torch = pytest.mark.skipif(torch is None, reason="PyTorch is not installed")

linear, mse = primitive(ops.linear), primitive(ops.mse)
cross_entropy = primitive(ops.cross_entropy)
LABELS, MASK = np.array([2, 0, 1]), np.array([True, False, True])


# --------------------------------------------------------------------- numbers


def anywhere(rng, shape):
    return rng.normal(size=shape)


def positive(rng, shape):
    return rng.uniform(0.5, 2, shape)


def off_the_kink(rng, shape):
    """At least 0.1 away from 0."""
    return rng.uniform(0.1, 2, shape) * rng.choice([-1, 1], shape)


def distinct(rng, shape):
    """All different by at least 0.1, so that a small step changes no order."""
    return 0.1 * rng.permutation(int(np.prod(shape))).reshape(shape)


def tied(rng, shape):
    """Few values, so that many of them are equal, 0 among them."""
    return rng.integers(-1, 2, shape).astype(float)


def arrays_of(shapes, numbers, seed=0):
    rng = np.random.default_rng(seed)
    return [numbers(rng, shape) for shape in shapes]


# ----------------------------------------------------------------------- cases


@dataclass
class Case:
    ours: Callable
    shapes: list
    numbers: Callable = anywhere
    theirs: Callable | None = None


def one(ours, numbers=anywhere, shape=(2, 3), theirs=None):
    return Case(ours, [shape], numbers, theirs)


def two(ours, numbers=anywhere, shapes=((2, 3), (3,)), theirs=None):
    return Case(ours, list(shapes), numbers, theirs)


BINARY = {
    "add": two(lambda a, b: a + b),
    "subtract": two(lambda a, b: a - b),
    "multiply": two(lambda a, b: a * b),
    "divide": two(lambda a, b: a / b, off_the_kink),
    "power": two(lambda a, b: a**b, positive),
    "maximum": two(lambda a, b: a.maximum(b)),
    "minimum": two(lambda a, b: a.minimum(b)),
    "remainder": two(lambda a, b: a % b, positive),
    "where": two(lambda a, b: where(a > b, a, b), theirs=lambda a, b: torch.where(a > b, a, b)),
    "floor divide": two(lambda a, b: a // b, positive, theirs=lambda a, b: torch.floor(a / b)),
}

ELEMENTWISE = {
    "negative": one(lambda x: -x),
    "positive": one(lambda x: +x * 1),
    "abs": one(lambda x: x.abs(), off_the_kink),
    "abs()": one(abs, off_the_kink),
    "exp": one(lambda x: x.exp()),
    "log": one(lambda x: x.log(), positive),
    "sqrt": one(lambda x: x.sqrt(), positive),
    "square": one(lambda x: x**2),
    "square()": one(lambda x: x.square()),
    "cube": one(lambda x: x**3),
    "inverse": one(lambda x: x**-1, off_the_kink),
    "root": one(lambda x: x**0.5, positive),
    "x to the 0": one(lambda x: x**0 * x),
    "2 to the x": one(lambda x: 2**x),
    "scalar + x": one(lambda x: 2 + x),
    "x + scalar": one(lambda x: x + 2),
    "scalar - x": one(lambda x: 2 - x),
    "x - scalar": one(lambda x: x - 2.5),
    "scalar * x": one(lambda x: 2.5 * x),
    "scalar / x": one(lambda x: 2 / x, off_the_kink),
    "x / scalar": one(lambda x: x / 4),
    "x % scalar": one(lambda x: x % 0.75, positive),
    "scalar % x": one(
        lambda x: 1 % x, positive, theirs=lambda x: torch.remainder(torch.ones_like(x), x)
    ),
    "x // scalar": one(
        lambda x: x // 0.75 * x, positive, theirs=lambda x: torch.floor(x / 0.75) * x
    ),
    "scalar // x": one(lambda x: 1 // x * x, positive, theirs=lambda x: torch.floor(1 / x) * x),
    "x * x": one(lambda x: x * x),
    "clip": one(lambda x: x.clip(-0.5, 0.5)),
    "clip below": one(lambda x: x.clip(min=0.1)),
    "clip above": one(lambda x: x.clip(max=0.1)),
    "relu": one(lambda x: x.relu(), off_the_kink),
    "where mask": one(
        lambda x: where(MASK, x, 0) + where(MASK, 2.5, x * x),
        theirs=lambda x: (
            torch.where(torch.tensor(MASK), x, 0) + torch.where(torch.tensor(MASK), 2.5, x * x)
        ),
    ),
    "leaky_relu": one(
        lambda x: x.leaky_relu(), off_the_kink, theirs=lambda x: torch.nn.functional.leaky_relu(x)
    ),
    "leaky_relu 0.2": one(
        lambda x: x.leaky_relu(negative_slope=0.2),
        off_the_kink,
        theirs=lambda x: torch.nn.functional.leaky_relu(x, 0.2),
    ),
    "gelu": one(lambda x: x.gelu(), theirs=lambda x: torch.nn.functional.gelu(x)),
    "gelu tanh": one(
        lambda x: x.gelu(approximate="tanh"),
        theirs=lambda x: torch.nn.functional.gelu(x, approximate="tanh"),
    ),
    "sigmoid": one(lambda x: x.sigmoid()),
    "tanh": one(lambda x: x.tanh()),
}

SHAPES = {
    "reshape": one(lambda x: x.reshape(3, 2)),
    "reshape tuple": one(lambda x: x.reshape((3, 2))),
    "reshape -1": one(lambda x: x.reshape(-1)),
    "reshape to itself": one(lambda x: x.reshape(2, 3)),
    "flatten": one(lambda x: x.flatten()),
    "T": one(lambda x: x.T),
    "transpose two": one(lambda x: x.transpose(0, -1), shape=(2, 3, 4)),
    "transpose reversed": one(
        lambda x: x.transpose(), shape=(2, 3, 4), theirs=lambda x: x.permute(2, 1, 0)
    ),
    "transpose all": one(
        lambda x: x.transpose(1, 2, 0), shape=(2, 3, 4), theirs=lambda x: x.permute(1, 2, 0)
    ),
    "transpose negative": one(
        lambda x: x.transpose((-2, -1, 0)), shape=(2, 3, 4), theirs=lambda x: x.permute(1, 2, 0)
    ),
    "squeeze": one(lambda x: x.squeeze(), shape=(1, 2, 1, 3)),
    "squeeze axis": one(lambda x: x.squeeze(axis=-2), shape=(1, 2, 1, 3)),
    "unsqueeze": one(lambda x: x.unsqueeze(0)),
    "unsqueeze last": one(lambda x: x.unsqueeze(-1)),
    "broadcast_to": one(lambda x: x.broadcast_to(4, 2, 3)),
    "broadcast_to stretched": one(lambda x: x.broadcast_to((4, 2, 3)), shape=(2, 1)),
    "broadcast_to nothing": one(lambda x: x.broadcast_to(0, 3), shape=(1, 3)),
    "broadcast_to itself": one(lambda x: x.broadcast_to(2, 3)),
}

INDEX = np.array([2, 0, 2])
ITEMS = {
    "x[0]": one(lambda x: x[0], shape=(3, 4)),
    "x[-1]": one(lambda x: x[-1], shape=(3, 4)),
    "x[1, 2]": one(lambda x: x[1, 2], shape=(3, 4)),
    "x[1:]": one(lambda x: x[1:], shape=(3, 4)),
    "x[:, 1]": one(lambda x: x[:, 1], shape=(3, 4)),
    "x[::2, 1:3]": one(lambda x: x[::2, 1:3], shape=(3, 4)),
    "x[::-1]": one(lambda x: x[::-1], shape=(3, 4), theirs=lambda x: x.flip(0)),
    "x[5:]": one(lambda x: x[5:], shape=(3, 4)),
    "x[None]": one(lambda x: x[None], shape=(3, 4)),
    "x[..., 0]": one(lambda x: x[..., 0], shape=(3, 4)),
    "x[...]": one(lambda x: x[...], shape=(3, 4)),
    "x[array]": one(lambda x: x[INDEX], shape=(3, 4)),
    "x[list]": one(lambda x: x[[2, 0, 2]], shape=(3, 4)),
    "x[array, array]": one(lambda x: x[INDEX, INDEX], shape=(3, 4)),
    "x[array, 1:]": one(lambda x: x[INDEX, 1:], shape=(3, 4)),
    "x[:, array]": one(lambda x: x[:, INDEX], shape=(3, 4)),
    "x[column, row]": one(lambda x: x[INDEX[:, None], INDEX], shape=(3, 4)),
    "x[mask]": one(lambda x: x[np.array([True, False, True])], shape=(3, 4)),
    "x[full mask]": one(lambda x: x[np.arange(12).reshape(3, 4) % 2 == 0], shape=(3, 4)),
    "x[labels]": one(lambda x: x[np.arange(3), LABELS], shape=(3, 4)),
    "x[np.int64]": one(lambda x: x[np.int64(1)], shape=(3, 4)),
}

JOINS = {
    "stack": Case(
        lambda a, b: stack([a, b]), [(2, 3)] * 2, theirs=lambda a, b: torch.stack([a, b])
    ),
    "stack last": Case(
        lambda a, b: stack([a, b], axis=-1),
        [(2, 3)] * 2,
        theirs=lambda a, b: torch.stack([a, b], -1),
    ),
    "stack scalars": Case(
        lambda a, b, c: stack((a, b, c)), [()] * 3, theirs=lambda *x: torch.stack(x)
    ),
    "stack itself": one(lambda x: stack([x, x]), theirs=lambda x: torch.stack([x, x])),
    "concatenate": Case(
        lambda a, b: concatenate([a, b]),
        [(2, 3), (1, 3)],
        theirs=lambda a, b: torch.cat([a, b]),
    ),
    "concatenate last": Case(
        lambda *x: concatenate(x, axis=-1),
        [(2, 3), (2, 1), (2, 0)],
        theirs=lambda *x: torch.cat(x, -1),
    ),
}

FUSED = {
    "softmax": one(lambda x: x.softmax(), theirs=lambda x: x.softmax(-1)),
    "softmax axis 0": one(lambda x: x.softmax(axis=0), theirs=lambda x: x.softmax(0)),
    "log_softmax": one(lambda x: x.log_softmax(), theirs=lambda x: x.log_softmax(-1)),
    "log_softmax axis 0": one(lambda x: x.log_softmax(axis=0), theirs=lambda x: x.log_softmax(0)),
    "linear": Case(
        lambda X, W, b: linear(X, W, b),
        [(2, 3), (3, 4), (4,)],
        theirs=lambda X, W, b: torch.nn.functional.linear(X, W.T, b),
    ),
    "mse": Case(
        lambda p, t: mse(p, t),
        [(2, 3), (2, 3)],
        theirs=lambda p, t: torch.nn.functional.mse_loss(p, t),
    ),
    "cross_entropy": one(
        lambda Z: cross_entropy(Z, LABELS),
        shape=(3, 4),
        theirs=lambda Z: torch.nn.functional.cross_entropy(Z, torch.tensor(LABELS)),
    ),
}

MATMUL_SHAPES = [
    ((3,), (3,)),
    ((3,), (3, 4)),
    ((2, 3), (3,)),
    ((2, 3), (3, 4)),
    ((5, 2, 3), (5, 3, 4)),
    ((5, 2, 3), (3, 4)),
    ((2, 3), (5, 3, 4)),
    ((5, 2, 3), (3,)),
    ((3,), (5, 3, 4)),
    ((6, 1, 2, 3), (5, 3, 4)),
    ((1, 2, 3), (5, 3, 4)),
    ((1, 1), (1, 1)),
    ((0, 3), (3, 4)),
    ((2, 0), (0, 4)),
    ((0,), (0,)),
]
MATMUL = {f"{a} @ {b}": Case(lambda a, b: a @ b, [a, b]) for a, b in MATMUL_SHAPES}

AXES = [None, 0, 1, -1, (0, 1), (0, -1), (0, 1, 2)]
REDUCTIONS = {
    f"{name} axis={axis} keepdims={keep}": one(
        lambda x, name=name, axis=axis, keep=keep: getattr(x, name)(axis=axis, keepdims=keep),
        distinct,
        (2, 3, 2),
        lambda x, name=name, axis=axis, keep=keep: torch_reduction(name, x, axis, keep),
    )
    for name in ("sum", "mean", "max", "min", "var", "std")
    for axis in AXES
    for keep in (False, True)
} | {
    f"{name}({axis})": one(
        lambda x, name=name, axis=axis: getattr(x, name)(*axis),
        distinct,
        (2, 3, 2),
        lambda x, name=name, axis=axis: torch_reduction(name, x, *axis or [None], False),
    )
    for name in ("sum", "mean", "max", "min")
    for axis in ([], [1])
}
REDUCTIONS["var correction=0"] = one(
    lambda x: x.var(1, correction=0), theirs=lambda x: x.var(1, correction=0)
)
REDUCTIONS["std correction=0"] = one(
    lambda x: x.std(1, correction=0), theirs=lambda x: x.std(1, correction=0)
)


def torch_reduction(name, x, axis, keepdims):
    axis = tuple(range(x.ndim)) if axis is None else axis
    reduce = {"max": torch.amax, "min": torch.amin}.get(name) or getattr(torch, name)
    return reduce(x, dim=axis, keepdim=keepdims)


CASES = BINARY | ELEMENTWISE | SHAPES | ITEMS | JOINS | FUSED | MATMUL | REDUCTIONS
every_case = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


# ------------------------------------------------------------------- every case


def leaves(arrays):
    return [Tensor(x, requires_grad=True) for x in arrays]


def pulled_back(f, arrays, direction_seed=1):
    """f's value, and the gradients of its inner product with a random array."""
    tensors = leaves(arrays)
    out = f(*tensors)
    direction = np.random.default_rng(direction_seed).normal(size=out.shape)
    out.backward(direction)
    return out.data, [t.grad for t in tensors]


def pulled_back_by_torch(f, arrays, direction_seed=1):
    tensors = [torch.tensor(x, requires_grad=True) for x in arrays]
    out = f(*tensors)
    direction = np.random.default_rng(direction_seed).normal(size=tuple(out.shape))
    out.backward(torch.tensor(direction))
    return out.detach().numpy(), [t.grad.numpy() for t in tensors]


def assert_same_as_torch(case, arrays):
    value, gradients = pulled_back(case.ours, arrays)
    expected, expected_gradients = pulled_back_by_torch(case.theirs or case.ours, arrays)
    np.testing.assert_allclose(value, expected, rtol=1e-10, atol=1e-12, strict=True)
    for gradient, theirs in zip(gradients, expected_gradients, strict=True):
        np.testing.assert_allclose(gradient, theirs, rtol=1e-10, atol=1e-12, strict=True)


@every_case
def test_gradient_is_the_numerical_one(case):
    assert gradcheck(case.ours, *arrays_of(case.shapes, case.numbers))


@needs_torch
@every_case
def test_same_as_torch(case):
    assert_same_as_torch(case, arrays_of(case.shapes, case.numbers, seed=3))


@every_case
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_dtype_is_kept(case, dtype):
    tensors = leaves(x.astype(dtype) for x in arrays_of(case.shapes, case.numbers))
    out = case.ours(*tensors)
    out.backward(np.ones(out.shape))
    assert {out.dtype, *(t.grad.dtype for t in tensors)} == {np.dtype(dtype)}


@every_case
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_vjp_gives_a_new_array_of_the_right_kind_and_leaves_its_own_alone(case, dtype):
    root = case.ours(*leaves(x.astype(dtype) for x in arrays_of(case.shapes, case.numbers)))
    for node in nnlib.tensor.postorder(root):
        for parent, vjp in node.edges:
            g = np.array(np.random.default_rng(0).normal(size=node.shape), dtype)
            g.flags.writeable = False
            before = g.copy()
            result = vjp(g)
            assert result is not g
            assert (result.shape, result.dtype) == (parent.shape, dtype)
            assert np.array_equal(g, before)


def test_no_operation_is_forgotten():
    called = set()
    sys.setprofile(lambda frame, event, arg: called.add(frame.f_code))
    try:
        for case in CASES.values():
            pulled_back(case.ours, arrays_of(case.shapes, case.numbers))
    finally:
        sys.setprofile(None)
    forgotten = {
        name
        for name, f in inspect.getmembers(ops, inspect.isfunction)
        if f.__module__ == ops.__name__ and inspect.unwrap(f).__code__ not in called
    }
    assert forgotten == {"broadcasts", "expects"}  # decorators, long done


# ------------------------------------------------------------------- all shapes

sides = {"max_dims": 3, "min_side": 0, "max_side": 3}


@pytest.mark.parametrize("case", BINARY.values(), ids=BINARY)
@given(hnp.mutually_broadcastable_shapes(num_shapes=2, **sides))
def test_every_pair_of_shapes_that_broadcasts(case, shapes):
    arrays = arrays_of(shapes.input_shapes, positive, seed=5)
    assert case.ours(*map(Tensor, arrays)).shape == shapes.result_shape
    assert gradcheck(case.ours, *arrays)


@needs_torch
@given(hnp.mutually_broadcastable_shapes(num_shapes=2, **sides), st.sampled_from(list(BINARY)))
def test_every_pair_of_shapes_that_broadcasts_as_in_torch(shapes, name):
    assert_same_as_torch(BINARY[name], arrays_of(shapes.input_shapes, positive, seed=5))


@given(hnp.mutually_broadcastable_shapes(num_shapes=2, **sides))
def test_unbroadcast_is_the_adjoint_of_broadcasting(shapes):
    """<unbroadcast(g), x> = <g, broadcast(x)>, and every axis comes back."""
    x, g = arrays_of([shapes.input_shapes[0], shapes.result_shape], anywhere)
    back = ops.unbroadcast(np.asarray(g), np.shape(x))
    assert back.shape == np.shape(x)
    assert np.sum(back * x) == pytest.approx(np.sum(g * x))


@given(
    hnp.mutually_broadcastable_shapes(
        signature=np.matmul.signature, max_dims=2, min_side=0, max_side=3
    )
)
def test_matmul_of_every_pair_that_numpy_takes(shapes):
    arrays = arrays_of(shapes.input_shapes, anywhere)
    case = Case(lambda a, b: a @ b, shapes.input_shapes)
    assert case.ours(*map(Tensor, arrays)).shape == shapes.result_shape
    assert gradcheck(case.ours, *arrays)
    if torch:
        assert_same_as_torch(case, arrays)


@pytest.mark.parametrize("name", ["sum", "mean", "max", "min"])
@given(st.data())
def test_every_axis_of_every_shape(name, data):
    shape = data.draw(hnp.array_shapes(min_dims=0, max_dims=3, min_side=name != "sum", max_side=3))
    axes = st.none()
    if shape:
        axes |= st.integers(-len(shape), len(shape) - 1) | hnp.valid_tuple_axes(len(shape))
    axis, keepdims = data.draw(axes), data.draw(st.booleans())
    x = distinct(np.random.default_rng(0), shape)
    if axis == () and name != "sum":
        axis = None
    f = lambda t: getattr(t, name)(axis=axis, keepdims=keepdims)
    np.testing.assert_allclose(
        f(Tensor(x)).data, getattr(np, name)(x, axis=axis, keepdims=keepdims), strict=True
    )
    assert gradcheck(f, x)


@given(st.data())
def test_every_index(data):
    """Each element's gradient is the sum of the weights at the places where it was picked."""
    shape = data.draw(hnp.array_shapes(max_dims=3, max_side=4))
    index = data.draw(
        hnp.basic_indices(shape, allow_newaxis=True)
        | hnp.integer_array_indices(shape)
        | hnp.arrays(bool, shape)
    )
    x = np.random.default_rng(0).normal(size=shape)
    places = np.arange(x.size).reshape(shape)[index]
    weights = np.random.default_rng(1).normal(size=places.shape)
    t = Tensor(x, requires_grad=True)
    (t[index] * weights).sum().backward()
    assert np.array_equal(t[index].data, x[index])
    expected = np.bincount(places.ravel(), weights.ravel(), minlength=x.size).reshape(shape)
    np.testing.assert_allclose(t.grad, expected, atol=1e-12)


@given(st.data())
def test_every_order_of_axes(data):
    shape = data.draw(hnp.array_shapes(min_dims=3, max_dims=4, max_side=3))
    axes = data.draw(st.permutations(range(len(shape))))
    axes = [data.draw(st.sampled_from([axis, axis - len(shape)])) for axis in axes]
    x = np.random.default_rng(0).normal(size=shape)
    f = lambda t: t.transpose(*axes)
    assert np.array_equal(f(Tensor(x)).data, x.transpose(axes))
    assert gradcheck(f, x)


# -------------------------------------------------------------- ties and kinks

AT_THE_KINK = {  # expression, x, and the gradient that PyTorch chooses too
    "relu": (lambda x: x.relu(), [-1, 0, 1], [0, 0, 1]),
    "leaky_relu": (lambda x: x.leaky_relu(negative_slope=0.5), [-1, 0, 1], [0.5, 0.5, 1]),
    "abs": (lambda x: x.abs(), [-1, 0, 1], [-1, 0, 1]),
    "clip": (lambda x: x.clip(-1, 1), [-2, -1, 0, 1, 2], [0, 1, 1, 1, 0]),
    "max": (lambda x: x.max(), [1, 3, 3, 2], [0, 0.5, 0.5, 0]),
    "max axis": (lambda x: x.max(axis=-1), [[1, 1], [0, 2]], [[0.5, 0.5], [0, 1]]),
    "min keepdims": (
        lambda x: x.min(axis=0, keepdims=True),
        [[1, 1], [1, 2]],
        [[0.5, 1], [0.5, 0]],
    ),
    "max of equals": (lambda x: x.max(), [4, 4, 4, 4], [0.25] * 4),
    "maximum 0": (lambda x: x.maximum(0), [-1, 0, 1], [0, 0.5, 1]),
    "minimum 0": (lambda x: x.minimum(0), [-1, 0, 1], [1, 0.5, 0]),
    "maximum itself": (lambda x: x.maximum(x), [-1, 0, 1], [1, 1, 1]),
    "std of equals": (lambda x: x.std(), [4, 4, 4], [0, 0, 0]),
    "0 to the 0": (lambda x: x**0, [0, 2], [0, 0]),
    "0 to the 1": (lambda x: x**1, [0, 2], [1, 1]),
    "0 to the 2": (lambda x: x**2, [0, -2], [0, -4]),
    "negative cubed": (lambda x: x**3, [-1, 0], [3, 0]),
    "0 to the x": (lambda x: 0.0**x, [0, 1, 2], [0, 0, 0]),
}


@pytest.mark.parametrize("f, x, expected", AT_THE_KINK.values(), ids=AT_THE_KINK)
def test_at_the_kink(f, x, expected):
    t = Tensor(np.array(x, float), requires_grad=True)
    f(t).sum().backward()
    np.testing.assert_allclose(t.grad, np.array(expected, float), strict=True)


KINKED = {
    name: CASES[name]
    for name in ("maximum", "minimum", "abs", "relu", "leaky_relu", "clip", "cube", "square")
} | {name: case for name, case in REDUCTIONS.items() if name[:3] in ("max", "min")}


@needs_torch
@pytest.mark.parametrize("case", KINKED.values(), ids=KINKED)
def test_at_the_kink_as_torch(case):
    assert_same_as_torch(case, arrays_of(case.shapes, tied))


# ---------------------------------------------------------------- one by one


def test_reductions_give_arrays_no_larger_than_they_must():
    """The gradient of a sum is one number seen from many places, not many copies of it."""
    x = Tensor(np.ones((50, 60)), requires_grad=True)
    ((_, vjp),) = x.sum().edges
    assert vjp(np.ones(())).strides == (0, 0)


def test_softmax_of_large_scores():
    x = Tensor([[1000.0, 0.0, -1000.0]], requires_grad=True)
    np.testing.assert_allclose(x.softmax().data, [[1, 0, 0]])
    np.testing.assert_allclose(x.log_softmax().data, [[0, -1000, -2000]])
    x.log_softmax()[0, 0].backward()
    np.testing.assert_allclose(x.grad, [[0, 0, 0]], atol=1e-12)


def test_floor_and_remainder_fit_together():
    a, b = Tensor([7.5, -7.5]), Tensor([2.0, 2.0])
    np.testing.assert_allclose((a // b * b + a % b).data, a.data)
    np.testing.assert_allclose((a // b).data, [3, -4])


A, B, X = Tensor(np.ones((2, 3))), Tensor(np.ones((4,))), np.ones((2, 3))
MISFITS = {
    "add": (lambda: A + B, r"add got .*\(2, 3\) and \(4,\).*shapes that broadcast"),
    "reflected": (lambda: np.ones(4) - A, r"subtract got .*\(4,\) and \(2, 3\)"),
    "matmul": (lambda: A @ A, r"matmul got .*\(2, 3\) and \(2, 3\).*\(\.\.\., n, k\) @"),
    "matmul scalar": (lambda: A @ 2, r"matmul got"),
    "reshape": (lambda: A.reshape(4, 2), r"reshape got .*\(2, 3\) and \(4, 2\).*same number"),
    "where": (lambda: where([True], A, B), r"where got .*\(2, 3\) and \(4,\).*that broadcast"),
    "var": (lambda: A.var(axis=2), r"var got .*\(2, 3\).*expected an axis"),
    "std": (lambda: A.std(axis=2), r"std got .*\(2, 3\).*expected an axis"),
    "broadcast_to": (lambda: A.broadcast_to(2, 4), r"broadcast_to got .*\(2, 3\) and \(2, 4\)"),
    "sum": (lambda: A.sum(axis=2), r"sum got .*\(2, 3\).*expected an axis.*axis 2"),
    "mean": (lambda: A.mean(axis=2), r"mean got .*\(2, 3\)"),
    "max": (lambda: A.max(axis=-3), r"max got .*\(2, 3\)"),
    "max of nothing": (lambda: A[:0].max(), r"max got .*\(0, 3\)"),
    "min": (lambda: A.min(axis=2), r"min got .*\(2, 3\)"),
    "transpose": (lambda: A.transpose(0, 1, 2), r"transpose got .*\(2, 3\).*each axis"),
    "transpose two": (lambda: A.transpose(0, 2), r"transpose got .*\(2, 3\).*axis"),
    "squeeze": (lambda: A.squeeze(axis=0), r"squeeze got .*\(2, 3\).*length 1"),
    "unsqueeze": (lambda: A.unsqueeze(4), r"unsqueeze got .*\(2, 3\).*place"),
    "stack": (lambda: stack([A, B]), r"stack got .*\(2, 3\) and \(4,\).*one shape"),
    "stack nothing": (lambda: stack([]), r"stack got"),
    "concatenate": (lambda: concatenate([A, A.T]), r"concatenate got .*\(2, 3\) and \(3, 2\)"),
    "concatenate axis": (lambda: concatenate([A, A], axis=2), r"concatenate got"),
    "linear": (lambda: linear(A, X, X), r"linear got .*\(2, 3\) and \(2, 3\) and \(2, 3\)"),
    "mse": (lambda: mse(A, B), r"mse got a prediction of shape \(2, 3\).*\(4,\)"),
    "cross_entropy": (lambda: cross_entropy(A, np.array([0])), r"cross_entropy got scores"),
}


@pytest.mark.parametrize("wrong, words", MISFITS.values(), ids=MISFITS)
def test_what_does_not_fit_is_named(wrong, words):
    with pytest.raises(ValueError, match=words):
        wrong()


def test_a_condition_gets_no_gradient():
    t, x = (Tensor([1.0, -1.0], requires_grad=True) for _ in range(2))
    where(t, x, 0).sum().backward()
    assert (t.grad.tolist(), x.grad.tolist()) == ([0, 0], [1, 1])


@pytest.mark.parametrize(
    "lose",
    [
        lambda x, t: x.clip(t, 2),
        lambda x, t: x.clip(max=t),
        lambda x, t: x.leaky_relu(t),
        lambda x, t: x.leaky_relu(negative_slope=t),
    ],
)
def test_an_argument_that_no_gradient_flows_to_is_named(lose):
    x, t = Tensor([1.0, -1.0], requires_grad=True), Tensor(0.5, requires_grad=True)
    with pytest.raises(TypeError, match="got a Tensor that requires a gradient where none can"):
        lose(x, t)


def test_argmax_is_a_place_in_the_array():
    x = Tensor([[1.0, 3.0], [5.0, 2.0]], requires_grad=True)
    assert x.argmax() == 2 and (x.argmax(axis=1) == np.array([1, 0])).all()
    assert x.argmax(axis=0, keepdims=True).tolist() == [[1, 0]]


def test_an_index_outside_is_an_index_error():
    with pytest.raises(IndexError, match="out of bounds"):
        A[2]


def test_numpy_integers_are_shapes_too():
    assert A.reshape(np.int64(6)).shape == (6,)
    assert B.broadcast_to(np.int64(4)).shape == (4,)
