"""The rules of the engine, each with a test that fails where the rule is broken."""

import asyncio
import copy
import gc
import pickle
import sys
import threading
import weakref
from contextlib import ExitStack, contextmanager

import numpy as np
import pytest

import nnlib
from nnlib import Tensor, no_grad
from nnlib.tensor import backpropagate, postorder, primitive


def leaf(*shape, dtype=np.float64):
    return Tensor(np.arange(1, 1 + np.prod(shape)).reshape(shape).astype(dtype), requires_grad=True)


class Spy:
    """y = 2 x, with a vjp that counts its calls and keeps what it was handed."""

    def __init__(self, limit=1000):
        self.handed, self.limit = [], limit

    def __call__(self, x):
        return primitive(self.op)(x)

    def op(self, x):
        def vjp(g):
            self.handed.append(g)
            assert len(self.handed) <= self.limit, "the backward pass does not end"
            return 2 * g

        return 2 * x, (vjp,)


# ---------------------------------------------------- gradients belong to the pass


def test_only_leaves_keep_a_gradient():
    x = leaf(3)
    y = x * 2
    z = (y * y).sum()
    z.backward()
    assert x.grad.tolist() == [8, 16, 24]
    assert y.grad is None and z.grad is None


def test_no_node_holds_a_gradient_during_the_pass():
    x = leaf(3)
    y = x * 2
    z = (y * y).exp().sum()
    for _ in backpropagate(z, np.ones(())):
        assert x.grad is y.grad is z.grad is None


def test_a_gradient_left_on_an_inner_node_is_ignored():
    x = leaf(3)
    y = x * 2
    y.grad = np.full(3, 99.0)
    y.sum().backward()
    assert x.grad.tolist() == [2, 2, 2]
    assert y.grad.tolist() == [99, 99, 99]


def test_a_leaf_can_be_the_result():
    x = leaf()
    x.backward()
    x.backward()
    assert x.grad == 2


def test_backpropagate_yields_every_node_once_after_its_users():
    x = leaf(2)
    a = x * 3
    b = a + x
    c = a * b
    order = [node for node, _ in backpropagate(c, np.ones(2))]
    assert order == [c, b, a, x]
    gradients = {node: g.tolist() for node, g in backpropagate(c, np.ones(2))}
    assert gradients[a] == [7, 14]  # b + a, as c = a (a + x)
    assert gradients[x] == [24, 48]  # c = 12 x^2


def test_postorder_puts_inputs_first():
    x = leaf(2)
    y = (x.exp() * x).sum() + x.log().sum()
    place = {node: i for i, node in enumerate(postorder(y))}
    assert len(place) == 7
    assert all(place[p] < place[node] for node in place for p, _ in node.edges)


# ------------------------------------------------------------ adding up, no aliases


def test_backward_adds_exactly_once_more():
    x = leaf(3)
    y = (x * x).sum()
    for times in (1, 2, 3):
        y.backward()
        assert x.grad.tolist() == [2 * times, 4 * times, 6 * times]


def test_two_losses_add_up():
    x = leaf(3)
    shared = x * 3
    shared.sum().backward()
    (shared * 2).sum().backward()
    assert x.grad.tolist() == [9, 9, 9]


def test_an_assigned_gradient_is_added_to_but_never_changed():
    x, mine = leaf(3), np.ones(3)
    x.grad = mine
    x.sum().backward()
    assert x.grad.tolist() == [2, 2, 2]
    assert mine.tolist() == [1, 1, 1]


ALIASES = {
    "sum of leaves": lambda a, b, c: a + b + c,
    "difference": lambda a, b, c: a - (b - c),
    "stack": lambda a, b, c: nnlib.stack([a, b, c]),
    "concatenate": lambda a, b, c: nnlib.concatenate([a, b, c]),
    "views": lambda a, b, c: a.reshape(3, 1).flatten() + b[...] + c.T,
    "remainder": lambda a, b, c: a % 9 + b % 9 + c % 9,
    "broadcasts": lambda a, b, c: a.broadcast_to(3) + b.unsqueeze(0).squeeze() + c,
    "reductions": lambda a, b, c: a.sum() + b.mean() + c.max(),
}


@pytest.mark.parametrize("f", ALIASES.values(), ids=ALIASES)
def test_gradients_share_no_memory(f):
    """Neither with one another, nor with the gradient handed to backward()."""
    tensors = [leaf(3) for _ in range(3)]
    out = f(*tensors)
    gradient = np.ones(out.shape)
    out.backward(gradient)
    arrays = [t.grad for t in tensors] + [gradient]
    for i, x in enumerate(arrays):
        assert x.flags.writeable
        assert not any(np.shares_memory(x, y) for y in arrays[:i])
    assert (gradient == 1).all()


def test_the_gradient_of_a_leaf_that_is_the_result_is_a_copy():
    x, gradient = leaf(3), np.ones(3)
    x.backward(gradient)
    x.grad += 1
    assert gradient.tolist() == [1, 1, 1]


def test_a_new_array_is_kept_without_a_copy():
    made = []
    double = primitive(lambda x: (2 * x, (lambda g: made.append(2 * g) or made[-1],)))
    x = leaf(3)
    double(x).sum().backward()
    assert x.grad is made[0]


def test_a_kept_gradient_does_not_move_when_another_adds_up():
    x = leaf(3)
    x.sum().backward()
    before = x.grad
    x.sum().backward()
    assert before.tolist() == [1, 1, 1] and x.grad.tolist() == [2, 2, 2]


def test_a_gradient_on_its_way_is_never_changed():
    """a and a + b are handed views of one array; adding to a's must not reach b."""
    a, b, gradient = leaf(3), leaf(3), np.ones(3)
    ((a + b) + a).backward(gradient)
    assert (a.grad.tolist(), b.grad.tolist(), gradient.tolist()) == ([2] * 3, [1] * 3, [1] * 3)


def test_vjps_that_share_one_array_do_not_spoil_each_other():
    """An operation of the user's own may hand the same array to two inputs: both only read it."""
    same = np.ones(2)
    twice = primitive(lambda a, b: (a + b, (lambda g: same[...], lambda g: same[...])))
    a, b = leaf(2), leaf(2)
    (twice(a, b) + a).backward(np.ones(2))
    assert (a.grad.tolist(), b.grad.tolist(), same.tolist()) == ([2, 2], [1, 1], [1, 1])


# -------------------------------------------------------------------- deep and wide


def test_a_chain_of_100_000_nodes():
    x = leaf()
    y = x
    for _ in range(100_000):
        y = y + 1
    y.backward()
    assert x.grad == 1
    del y  # freeing it must not recurse either
    assert sys.getrefcount(x) == 2


def test_a_diamond_60_deep_is_walked_once():
    spy = Spy(limit=60)
    x = leaf()
    y = x
    for _ in range(60):
        y = spy(y)
        y = y + y
    y.backward()
    assert len(spy.handed) == 60
    assert x.grad == 4.0**60


def test_one_tensor_used_by_1000_others():
    x = leaf()
    spy = Spy()
    shared = spy(x)
    total = Tensor(0.0)
    for i in range(1000):
        total = total + shared * i
    total.backward()
    assert len(spy.handed) == 1 and x.grad == 2 * sum(range(1000))


# -------------------------------------------------------------------------- memory


@pytest.fixture
def no_gc():
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def a_graph(x):
    h = (x @ x).relu().softmax()
    return [h, nnlib.stack([h, h[0:2]]).max(axis=0), h.mean(axis=1), h.transpose() / 2]


@pytest.mark.parametrize("backward", [False, True])
def test_a_dropped_graph_is_freed_at_once(no_gc, backward):
    x = leaf(2, 2)
    nodes = a_graph(x)
    loss = sum(node.sum() for node in nodes)
    if backward:
        loss.backward()
    watched = [weakref.ref(node) for node in postorder(loss) if node is not x]
    assert len(watched) > 15
    del nodes, loss
    assert [ref() for ref in watched] == [None] * len(watched)


def test_there_are_no_reference_cycles(no_gc):
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        sum(node.sum() for node in a_graph(leaf(2, 2))).backward()
        with pytest.raises(ValueError):
            leaf(2) + leaf(3)
        gc.collect()
        assert not [thing for thing in gc.garbage if isinstance(thing, Tensor)]
    finally:
        gc.set_debug(0)
        gc.garbage.clear()


# ----------------------------------------------------- nothing that nobody asked for


def test_nothing_is_computed_for_inputs_that_need_no_gradient():
    called = []

    def product(a, b):
        def vjp_a(g):
            called.append("a")
            return g * b

        def vjp_b(g):
            called.append("b")
            return g * a

        return a * b, (vjp_a, vjp_b)

    a, b = leaf(2), Tensor(np.ones(2))
    primitive(product)(a, b).sum().backward()
    assert called == ["a"] and b.grad is None
    primitive(product)(np.ones(2), a).sum().backward()
    assert called == ["a", "b"]


def test_what_needs_no_gradient_is_not_remembered():
    a, b = Tensor([1.0]), leaf(1)
    assert not (a * a).edges and not (a * a).requires_grad
    assert [parent for parent, _ in (a * b).edges] == [b]


def test_detach_cuts():
    x = leaf(2)
    (x.detach() * x).sum().backward()
    assert x.grad.tolist() == [1, 2]
    assert x.detach().data is x.data and not x.detach().requires_grad


# ------------------------------------------------------------------------- no_grad


def records():
    return (leaf(1) * 2).requires_grad


def test_no_grad_is_a_block():
    with no_grad():
        assert not records()
    assert records()


def test_no_grad_is_a_decorator():
    quiet = no_grad()(records)
    assert [quiet(), quiet(), records()] == [False, False, True]


def test_no_grad_nests():
    with no_grad():
        with no_grad():
            assert not records()
        assert not records()
    assert records()


def test_no_grad_ends_with_an_error():
    with pytest.raises(ZeroDivisionError), no_grad():
        _ = 1 / 0
    assert records()


def test_no_grad_stays_in_its_thread():
    seen = []
    with no_grad():
        thread = threading.Thread(target=lambda: seen.append(records()))
        thread.start()
        thread.join()
        assert not records()
    assert seen == [True]


def suspended():
    with no_grad():
        yield records()
        yield records()


def test_a_waiting_generator_leaves_the_others_recording():
    walk = suspended()
    assert next(walk) is False
    assert records()
    assert next(walk) is False
    assert records() and next(walk, "over") == "over" and records()


def test_a_generator_that_starts_in_a_block_and_ends_after_it():
    """The blocks do not nest: the outer one ends first."""
    walk = suspended()
    with no_grad():
        next(walk)
        assert not records()
    assert records() and next(walk) is False
    walk.close()
    assert records()


def test_a_generator_is_in_its_block_also_through_what_it_calls():
    def outer():
        with no_grad():
            yield records()
            yield from suspended()
            yield [records() for _ in range(2)]

    walk = outer()
    for said in (False, False, False, [False, False]):
        assert next(walk) == said and records()


def test_a_dropped_generator_leaves_nothing_behind(no_gc):
    walk = suspended()
    next(walk)
    del walk
    assert records() and not nnlib.recording._blocks.get()


def test_blocks_ended_by_another_thread():
    walk = suspended()
    next(walk)
    stack = ExitStack()
    stack.enter_context(no_grad())
    thread = threading.Thread(target=lambda: (list(walk), stack.close()))
    thread.start()
    thread.join()
    assert records()


def test_a_context_manager_passes_no_grad_on():
    @contextmanager
    def inner():
        with no_grad():
            yield

    @contextmanager
    def outer():
        with inner(), ExitStack() as stack:
            stack.enter_context(no_grad())
            yield

    def generator():
        with outer():
            yield records()
            yield records()

    for manager in (inner, outer):
        with manager():
            assert not records()
        assert records()
    with ExitStack() as stack:
        stack.enter_context(no_grad())
        assert not records()
    walk = generator()
    assert [next(walk), records(), next(walk), records()] == [False, True, False, True]


def test_no_grad_decorates_a_generator_function():
    @no_grad()
    def walk(n):
        got = []
        for _ in range(n):
            got.append((yield records()))
        return got

    def caller():
        return (yield from walk(2))

    running = caller()
    assert next(running) is False and records()
    assert running.send("a") is False and records()
    with pytest.raises(StopIteration) as end:
        running.send("b")
    assert end.value.value == ["a", "b"] and walk.__name__ == "walk"


def test_no_grad_refuses_an_async_function():
    async def later():
        pass

    async def many():
        yield

    for function in (later, many):
        with pytest.raises(TypeError, match=r"async function (later|many); expected a plain one"):
            no_grad()(function)


def test_tasks_do_not_disturb_each_other():
    async def quiet():
        with no_grad():
            await asyncio.sleep(0)
            return records()

    async def loud():
        seen = [records()]
        await asyncio.sleep(0)
        return [*seen, records()]

    async def both():
        return await asyncio.gather(quiet(), loud(), quiet())

    assert asyncio.run(both()) == [False, [True, True], False]


def test_one_block_used_twice():
    block = no_grad()
    with block:
        with block:
            assert not records()
        assert not records()
    assert records()


def test_leaves_made_under_no_grad_are_leaves():
    with no_grad():
        x = leaf(2)
    x.sum().backward()
    assert x.grad.tolist() == [1, 1]


# -------------------------------------------------------------------------- dtypes

SCALARS = {
    "x + 1.5": lambda x: x + 1.5,
    "1.5 - x": lambda x: 1.5 - x,
    "x * 2": lambda x: x * 2,
    "1 / x": lambda x: 1 / x,
    "x ** 2": lambda x: x**2,
    "x ** 0.5": lambda x: x**0.5,
    "2.0 ** x": lambda x: 2.0**x,
    "x % 2.0": lambda x: x % 2.0,
    "7.5 // x": lambda x: 7.5 // x,
    "x.maximum(0.5)": lambda x: x.maximum(0.5),
    "x.clip(0.5, 2.5)": lambda x: x.clip(0.5, 2.5),
    "x.leaky_relu": lambda x: x.leaky_relu(negative_slope=0.3),
    "x.mean": lambda x: x.mean(),
    "sum()": lambda x: sum([x, x]) / 3,
}


@pytest.mark.parametrize("f", SCALARS.values(), ids=SCALARS)
@pytest.mark.parametrize("shape", [(3,), ()])
def test_a_python_scalar_never_turns_float32_into_float64(f, shape):
    x = leaf(*shape, dtype=np.float32)
    y = f(x)
    y.backward(np.ones(y.shape))
    assert (y.dtype, x.grad.dtype) == (np.float32, np.float32)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_a_gradient_has_the_dtype_and_shape_of_its_leaf(dtype):
    x, y = leaf(2, 1, dtype=dtype), leaf(3)
    out = (x * y).sum()
    assert out.dtype == np.float64
    out.backward()
    out.backward()
    assert (x.grad.dtype, x.grad.shape) == (dtype, (2, 1))
    assert (y.grad.dtype, y.grad.shape) == (np.float64, (3,))


def test_gradients_on_their_way_have_the_dtype_of_the_result():
    spy = Spy()
    spy(leaf(3, dtype=np.float32)).backward(np.ones(3, np.float64))
    assert spy.handed[0].dtype == np.float32


def test_gradients_are_arrays_whatever_the_shape():
    for shape in [(), (1,), (0, 2), (2, 3)]:
        x = leaf(*shape)
        (x * x + x).sum().backward()
        assert type(x.grad) is np.ndarray and x.grad.shape == shape


# -------------------------------------------------------------- a good guest of NumPy


@pytest.mark.parametrize("other", [np.ones(3), np.float64(2), np.ones((2, 1)), 2, [1.0, 2.0, 3.0]])
@pytest.mark.parametrize("symbol", ["+", "-", "*", "/", "**", "%", "//"])
def test_both_sides_of_every_operator(symbol, other):
    x = leaf(3)
    calculate = eval(f"lambda a, b: a {symbol} b")
    for a, b in ((x, other), (other, x)):
        out = calculate(a, b)
        assert isinstance(out, Tensor) and out.requires_grad
        array = [np.asarray(v.data if v is x else v) for v in (a, b)]
        np.testing.assert_allclose(out.data, calculate(*array))


def test_array_at_tensor_is_a_tensor():
    W = leaf(3, 2)
    out = np.ones((4, 3)) @ W
    assert isinstance(out, Tensor) and out.shape == (4, 2)
    out.sum().backward()
    assert W.grad.tolist() == [[4, 4]] * 3


def test_in_place_operators_make_a_new_tensor():
    x = leaf(2)
    y = x
    y += 1
    assert x.data.tolist() == [1, 2] and y.data.tolist() == [2, 3] and y.edges


def test_tensors_are_hashable_and_equality_is_identity():
    x, y = Tensor([1.0]), Tensor([1.0])
    assert x == x and x != y
    assert len({x, y, x}) == 2


@pytest.mark.parametrize("other", [2, 2.0, np.array([1.0, 2, 3]), Tensor([1.0, 2, 3]), [1, 2, 3]])
@pytest.mark.parametrize("symbol", ["<", "<=", ">", ">="])
def test_comparisons_are_numpys(symbol, other):
    compare = eval(f"lambda a, b: a {symbol} b")
    x, values = Tensor([3.0, 2, 1], requires_grad=True), np.array([3.0, 2, 1])
    plain = other.data if isinstance(other, Tensor) else np.asarray(other)
    assert compare(x, other).tolist() == compare(values, plain).tolist()
    assert compare(other, x).tolist() == compare(plain, values).tolist()
    assert compare(Tensor(1.0), 2).dtype == bool


def test_numpy_functions_take_them_as_arrays_only_by_name():
    x = Tensor([1.0, 2.0])
    assert np.asarray(x) is x.data
    assert np.array(x, dtype=np.float32).dtype == np.float32
    copy = np.array(x)
    copy[0] = 9
    assert x.data[0] == 1
    assert isinstance(np.exp(x), Tensor)  # ours, see test_dispatch


def test_one_number_is_formatted_rounded_and_true_as_itself():
    for shape in ((), (1,), (1, 1)):
        loss = Tensor(np.full(shape, 2.5678), requires_grad=True) * 1
        assert (f"{loss:.2f}", f"{loss:8.1e}") == ("2.57", " 2.6e+00")
        assert (round(loss, 2), round(loss), int(loss), float(loss)) == (2.57, 3, 2, 2.5678)
        assert isinstance(round(loss), int) and isinstance(int(loss), int)
        assert loss.item() == 2.5678 and bool(loss) is True and bool(loss * 0) is False
    assert f"{Tensor(2.5)} {Tensor([2.5])}" == "2.5 Tensor([2.5])"
    assert f"{Tensor(7):03d} {bool(Tensor([0.0]))} {not Tensor(np.nan)}" == "007 False False"


ONE = {
    "item()": lambda t: t.item(),
    "float": float,
    "int": int,
    "bool": bool,
    "round": round,
    "the format '.3f'": lambda t: f"{t:.3f}",
}


@pytest.mark.parametrize("name", ONE)
@pytest.mark.parametrize("shape", [(3,), (0,), (2, 1)])
def test_many_numbers_are_not_one(name, shape):
    with pytest.raises(ValueError) as caught:
        ONE[name](Tensor(np.ones(shape)))
    assert str(caught.value).startswith(
        f"{name} got a Tensor of shape {shape}; expected one number"
    )


@pytest.mark.parametrize("duplicate", [copy.deepcopy, lambda t: pickle.loads(pickle.dumps(t))])
@pytest.mark.parametrize("make", [Tensor, nnlib.nn.Parameter])
def test_leaves_are_copied_and_pickled(duplicate, make):
    t = make(np.array([1.0, 2.0]))
    t.grad = np.array([3.0, 4.0])
    twin = duplicate(t)
    assert type(twin) is make and twin.requires_grad == t.requires_grad
    assert twin.data.tolist() == [1, 2] and twin.grad.tolist() == [3, 4]
    assert not np.shares_memory(twin.data, t.data)


@pytest.mark.parametrize("depth", [1, 2_000, 100_000])
@pytest.mark.parametrize("duplicate", [copy.deepcopy, pickle.dumps])
def test_a_result_is_not_copied_and_says_so_at_any_depth(duplicate, depth):
    y = leaf(2)
    for _ in range(depth):
        y = y + 1
    with pytest.raises(TypeError, match=r"result of an operation; expected a leaf.*t\.detach\(\)"):
        duplicate({"model": [y]})
    assert duplicate(y.detach()) is not None


def test_a_shallow_copy_shares_array_and_history():
    x = leaf(2)
    y = copy.copy(x * 3)
    y.sum().backward()
    assert x.grad.tolist() == [3, 3]
    assert copy.copy(x).data is x.data and copy.copy(x).grad is x.grad
    assert type(copy.copy(nnlib.nn.Parameter([1.0]))) is nnlib.nn.Parameter


def test_a_result_knows_its_operation():
    x, c = leaf(2), Tensor([5.0, 6.0])
    y = 2 - x.clip(min=0) * c
    op, args, options = y.made_by
    assert (op, args[0], options) == (nnlib.ops.subtract, 2, {})
    op, (clipped, constant), _ = args[1].made_by
    assert op is nnlib.ops.multiply and constant is c
    assert clipped.made_by == (nnlib.ops.clip, (x,), {"min": 0})
    assert (
        x.made_by is None and (c * 2).made_by is None
    )  # nothing is kept where nothing is recorded
    with no_grad():
        assert (x * 2).made_by is None


def test_looking():
    x = Tensor([[1.0, 2.0, 3.0]])
    assert (x.shape, x.ndim, x.size, x.dtype, len(x)) == ((1, 3), 2, 3, np.float64, 1)
    assert x.numpy() is x.data
    assert x.T.shape == (3, 1)
    assert float(x[0, 1]) == x[0, 1].item() == 2
    assert isinstance(x[0, 1].item(), float)
    assert [row.data.tolist() for row in x] == [[1, 2, 3]]
    with pytest.raises(TypeError):
        iter(x[0, 1])  # one number, not nothing
    assert +x is x


def test_repr():
    assert repr(Tensor([1.0, 2.5])) == "Tensor([1. , 2.5])"
    assert repr(Tensor(2.0, requires_grad=True)) == "Tensor(2., requires_grad=True)"
    assert repr(Tensor([[1, 2], [3, 4]])) == "Tensor([[1, 2],\n        [3, 4]])"


def test_a_tensor_of_a_tensor_holds_its_array():
    x = leaf(2)
    assert Tensor(x).data is x.data and not Tensor(x).edges


def test_an_array_is_not_copied():
    data = np.zeros(3)
    assert Tensor(data).data is data


# -------------------------------------------------------------------------- errors


@pytest.mark.parametrize("data", [3, [1, 2], np.array([1, 2], np.uint8), True, 1j, "text"])
def test_only_floats_can_require_a_gradient(data):
    with pytest.raises(TypeError, match=r"requires_grad=True got .* data; expected floats"):
        Tensor(data, requires_grad=True)


def test_integers_are_welcome_without_a_gradient():
    assert (Tensor([1, 2]) * 2).data.tolist() == [2, 4]
    x = leaf(2)
    (Tensor([1, 2]) * x).sum().backward()
    assert x.grad.tolist() == [1, 2]


def test_backward_of_many_numbers_asks_for_a_gradient():
    with pytest.raises(RuntimeError, match=r"shape \(3,\); expected one number.*\.sum\(\)"):
        (leaf(3) * 2).backward()


@pytest.mark.parametrize("shape", [(), (1,), (1, 1)])
def test_one_number_of_any_shape_needs_no_gradient(shape):
    x = leaf(*shape)
    (x * 3).backward()
    assert x.grad.shape == shape and x.grad.item() == 3


@pytest.mark.parametrize("kind", [list, np.array, Tensor])
def test_backward_takes_a_gradient_of_any_kind(kind):
    x = leaf(2)
    (x * 3).backward(kind([1.0, 2.0]))
    assert x.grad.tolist() == [3, 6]


@pytest.mark.parametrize("gradient", [1.0, np.ones((1, 3)), np.ones(2)])
def test_backward_refuses_a_gradient_of_another_shape(gradient):
    x = leaf(3)
    with pytest.raises(ValueError, match=r"backward\(\) got .* shape \(.*\); expected \(3,\)"):
        (x * 2).backward(gradient)
    assert x.grad is None


def test_backward_of_what_requires_nothing():
    for tensor in (Tensor(1.0), Tensor(1.0) * 2, leaf().detach()):
        with pytest.raises(RuntimeError, match="requires no gradient; expected one computed"):
            tensor.backward()
    with no_grad():
        y = leaf() * 2
    with pytest.raises(RuntimeError, match=r"outside no_grad\(\)"):
        y.backward()


@pytest.mark.parametrize("name", ["gard", "sigmoidd", "numpyy", "__array_interface__"])
def test_unknown_attributes_are_attribute_errors(name):
    with pytest.raises(AttributeError):
        getattr(leaf(2), name)
    with pytest.raises(AttributeError):
        setattr(leaf(2), name, 1)


def test_an_error_inside_an_operation_keeps_its_own_words():
    def picky(x):
        raise ValueError("only on Sundays")

    with pytest.raises(ValueError, match="^only on Sundays$"):
        primitive(picky)(leaf(2))


def test_operations_keep_their_names_and_documents():
    assert Tensor.relu.__name__ == "relu" and nnlib.nn.mse_loss.__doc__.startswith("Mean")
