"""NumPy's functions given a Tensor: a gradient, a reading, or an error; never a silent loss."""

import inspect
import warnings

import numpy as np
import pytest
from numpy.testing import overrides

import nnlib
from nnlib import Tensor, functions, no_grad
from nnlib.dispatch import OURS, READS, WAYS
from nnlib.gradcheck import gradcheck

A = np.array([[2.0, 1.0], [1.0, 3.0]])


def leaf():
    return Tensor(A.copy(), requires_grad=True)


# ----------------------------------------------------------- the same, under NumPy's name

MASK = A > 1.5
SAME = {
    "add": lambda t: np.add(t, A) + np.add(A, t),
    "subtract": lambda t: np.subtract(A, t),
    "multiply": lambda t: np.multiply(t, t),
    "divide": lambda t: np.divide(A, t),
    "floor_divide": lambda t: np.floor_divide(t, 0.7) * t,
    "mod": lambda t: np.mod(t, 0.7),
    "power": lambda t: np.power(t, 3) + np.power(2.0, t),
    "matmul": lambda t: np.matmul(A, t),
    "negative": lambda t: np.negative(t),
    "positive": lambda t: np.positive(t) * 1,
    "abs": lambda t: np.abs(-t),
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "square": np.square,
    "tanh": np.tanh,
    "maximum": lambda t: np.maximum(1.5, t),
    "minimum": lambda t: np.minimum(t, 1.5),
    "clip": lambda t: np.clip(t, 0, 1.5) + np.clip(t, a_min=1.5, a_max=None),
    "clip min, max": lambda t: np.clip(t, min=1.5) + np.clip(t, max=2.5),
    "where": lambda t: np.where(MASK, t, 0) + np.where(MASK, A, t),
    "stack": lambda t: np.stack([t, A, t], axis=1),
    "concatenate": lambda t: np.concatenate((A, t), 1),
    "concatenate a tensor": lambda t: np.concatenate(t),
    "reshape": lambda t: np.reshape(t, -1),
    "reshape to": lambda t: np.reshape(t, (1, 4)),
    "ravel": np.ravel,
    "transpose": np.transpose,
    "transpose nothing": lambda t: np.transpose(t, (0, 1)),
    "transpose axes": lambda t: np.transpose(t, axes=(1, 0)),
    "squeeze": lambda t: np.squeeze(t[None]),
    "squeeze axis": lambda t: np.squeeze(t[None], axis=0),
    "expand_dims": lambda t: np.expand_dims(t, (0, 2)),
    "broadcast_to": lambda t: np.broadcast_to(t, (3, 2, 2)),
} | {
    f"{name} {options}": lambda t, name=name, options=options: getattr(np, name)(t, **options)
    for name in ("sum", "mean", "max", "amax", "min", "amin", "var", "std")
    for options in ({}, {"axis": 1}, {"axis": 0, "keepdims": True})
}
SAME |= {
    "sum by place": lambda t: np.sum(t, 0),
    "var ddof": lambda t: np.var(t, axis=0, ddof=1),
    "std correction": lambda t: np.std(t, 0, correction=1),
}


@pytest.mark.parametrize("f", SAME.values(), ids=SAME)
def test_the_same_with_its_gradient(f):
    expected = [np.asarray(f(A)), np.asarray(f(A.astype(np.float32)))]
    for x, values in zip((A, A.astype(np.float32)), expected, strict=True):
        out = f(Tensor(x, requires_grad=True))
        assert isinstance(out, Tensor) and out.requires_grad
        np.testing.assert_allclose(out.data, values, rtol=1e-6, strict=True)
    assert gradcheck(f, [[2.0, 1.1], [1.2, 3.0]])  # A without its ties


def test_what_earlier_chapters_wrote_for_arrays_works_for_tensors():
    def softmax(Z):
        E = np.exp(Z - np.max(Z, axis=1, keepdims=True))
        return E / np.sum(E, axis=1, keepdims=True)

    assert gradcheck(lambda Z: np.mean((softmax(Z) - A) ** 2), A + [[0, 0.1], [0.2, 0]])


@pytest.mark.parametrize("name", ["relu", "softmax_jacobian"])
def test_functions_on_arrays_name_the_way(name):
    with pytest.raises(TypeError, match=f"{name} got a Tensor that requires a gradient"):
        getattr(functions, name)(leaf())
    with no_grad():
        getattr(functions, name)(leaf())


@pytest.mark.parametrize(
    "f",
    [
        functions.softmax,
        functions.log_softmax,
        functions.sigmoid,
        functions.tanh,
        functions.leaky_relu,
        lambda Z: functions.mse(Z, A),
        lambda Z: functions.mse(A, Z),
        lambda Z: functions.cross_entropy(Z, np.array([0, 1])),
        lambda W: functions.l2_penalty(W, 0.1),
        lambda W: functions.l1_penalty(W, 0.1),
    ],
)
def test_functions_carry_the_gradient_where_they_can(f):
    assert gradcheck(f, A + [[0, 0.1], [0.2, 0]])


# ------------------------------------------------------------------------- all the others

ERRORS = {
    "np.sin": (lambda t: np.sin(t), r"nnlib\.tensor\.primitive, or t\.data if no gradient"),
    "np.dot": (lambda t: np.dot(A, t), "Use a @ b, or"),
    "np.linalg.norm": (lambda t: np.linalg.norm(t), r"Use t\.square\(\)\.sum\(\)\.sqrt\(\)"),
    "np.vstack": (lambda t: np.vstack([A, t]), r"Use nnlib\.concatenate"),
    "np.einsum": (lambda t: np.einsum("ij->j", t), r"@, transpose"),
    "np.outer": (lambda t: np.outer(t, A), r"a\.reshape\(-1, 1\) \* b"),
    "np.add.reduce": (lambda t: np.add.reduce(t), r"t\.sum\(axis=0\)"),
    "np.sum": (lambda t: np.sum(t, dtype=float), r"np\.sum without the further arguments"),
    "np.exp": (lambda t: np.exp(t, where=MASK), r"np\.exp without the further arguments"),
    "np.fft.fft": (lambda t: np.fft.fft(t), "primitive"),
    "np.add": (lambda t: np.add(A, A, out=t), r"instead of out="),
    "np.multiply": (lambda t: np.multiply(A, t, out=A.copy()), r"instead of out="),
    "np.mean": (lambda t: np.mean(A, out=t), r"instead of out="),
}


@pytest.mark.parametrize("name", ERRORS)
def test_the_way_is_named(name):
    f, words = ERRORS[name]
    t = leaf()
    with pytest.raises(TypeError, match=rf"^{name} got a Tensor that requires a grad.*{words}"):
        f(t)
    assert (t.data == A).all()


def test_an_array_that_should_change_in_place_is_named():
    a = A.copy()
    with pytest.raises(TypeError, match=r"`a = a \+ t` instead of `a \+= t`"):
        a += leaf()
    a += Tensor(A)  # no gradient, nothing to lose
    assert (a == 2 * A).all()


@pytest.mark.parametrize("name", [*READS, *WAYS])
def test_every_name_is_numpys(name):
    found = np
    for part in name.split("."):
        found = getattr(found, part)
    assert callable(found)


BY_NAME = set(  # these make an array of anything, and say so by their names
    "array asanyarray asarray asarray_chkfinite ascontiguousarray asfortranarray asmatrix matrix "
    "bmat require as_strided frombuffer fromiter".split()
)
LOOKS_INSIDE = set(  # of the others, NumPy makes an array of a list before it asks
    "stack concatenate concat vstack hstack dstack column_stack block select multi_dot".split()
)
READ = READS | set(  # here the Tensor is an index, a shape or a setting
    "take empty zeros ones identity indices ndarray rot90 real_if_close trapezoid svd".split()
)


def walk():
    """Every public callable of NumPy that is no class of numbers or of errors."""
    for module in (np, np.linalg, np.fft, np.emath, np.lib.stride_tricks):
        for name in sorted(set(dir(module))):
            f = getattr(module, name)
            is_type = inspect.isclass(f) and issubclass(f, np.generic | Exception)
            if callable(f) and name[0] != "_" and not is_type and name not in ("test", "info"):
                yield name, f


def calls(t):
    """Arguments to try: a Tensor in every place where one may stand."""
    for args in [
        (t,),
        (A.copy(), t),
        (t, A.copy()),
        (t, t),
        (0, t),
        (t, 0),
        (t, 0, 1),
        (t, 1, 0),
        (t, (2, 2)),
        (MASK, t, 0),
        (A.copy(), t, t),
        (A.copy(), np.array([1]), t),
        ([1, 2], t),
        ([MASK], [t]),
        (t, [MASK], [0.0]),
        ("ij->j", t),
        ((t, t),),
        ([t, A],),
    ]:
        yield args, {}
    yield (t,), {"axis": 0}
    yield (A.copy(),), {"out": t}
    yield (A.copy(), A), {"out": t}


def numbers(result):
    """The plain floats in a result: what would have lost its gradient."""
    if isinstance(result, Tensor):
        return not result.requires_grad
    if isinstance(result, list | tuple):
        return any(map(numbers, result))
    return (
        isinstance(result, np.ndarray | np.generic | float) and np.result_type(result).kind in "fcO"
    )


def test_no_function_of_numpy_loses_a_gradient(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # np.save writes
    silent, tried = set(), set()
    for name, f in walk():
        for args, options in calls(leaf()):
            if name not in LOOKS_INSIDE and any(map(lists_a_tensor, args)):
                continue
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    result = f(*args, **options)
            except Exception:
                continue
            tried.add(name)
            if numbers(result) and name not in BY_NAME | READ:
                silent.add(name)
    assert silent == set()
    assert {f.__name__ for f in OURS} <= tried
    asked = overrides.get_overridable_numpy_ufuncs() | (
        overrides.get_overridable_numpy_array_functions()
    )
    public = {f for f in asked if getattr(np, f.__name__, None) is f}
    assert len(public) > 300 and {f.__name__ for f in public} <= {name for name, _ in walk()}


def lists_a_tensor(thing):
    return isinstance(thing, list | tuple) and any(isinstance(part, Tensor) for part in thing)


# ------------------------------------------------------------------------- readings


def test_truth_places_and_shapes_are_read_from_the_array():
    t = leaf()
    assert np.shape(t) == (2, 2) and np.ndim(t) == 2 and np.size(t) == 4
    assert np.argmax(t) == 3 and np.argsort(t, axis=1).tolist() == [[1, 0], [0, 1]]
    assert np.isfinite(t).all() and np.allclose(t, A) and np.array_equal(A, t)
    assert np.equal(A, t).all() and (t == A).all() and not (t != A).any()
    assert (np.greater(t, 1.5) == MASK).all() and type(t > A) is np.ndarray
    zeros = np.zeros_like(t)
    assert type(zeros) is np.ndarray and zeros.shape == (2, 2)
    np.testing.assert_allclose(t, A)
    np.testing.assert_array_equal(t, A)


def test_where_no_gradient_is_wanted_numpy_gets_the_array():
    assert np.array_equal(np.sin(Tensor(A)), np.sin(A))
    assert np.array_equal(np.unique(Tensor([3, 1, 3])), [1, 3])
    assert np.array_equal(np.vstack([Tensor(A), A]), np.vstack([A, A]))
    with no_grad():
        assert np.array_equal(np.sin(leaf()), np.sin(A))
        assert isinstance(np.exp(leaf()), Tensor) and not np.exp(leaf()).requires_grad


def test_by_name():
    t = leaf()
    assert np.asarray(t) is t.data
    assert (
        np.array([t[0, 0], t[1, 1]]).tolist()
        == [2, 3]
        == np.array(list(map(float, (2, 3))))[:].tolist()
    )
    with pytest.raises(TypeError, match=r"Tensor got a list of Tensors.*nnlib\.stack"):
        Tensor([t[0, 0], t[1, 1]])
    assert Tensor([Tensor(1.0), Tensor(2.0)]).data.tolist() == [1, 2]
    assert nnlib.stack([t[0, 0], t[1, 1]]).requires_grad


def test_curves_of_tensors_can_be_drawn():
    plt = pytest.importorskip("matplotlib.pyplot")
    t = leaf()
    plt.plot(t[0], t[1])
    plt.plot(t)
    plt.imshow(t)
    plt.hist(t.flatten())
    plt.gcf().canvas.draw()
    plt.close("all")
