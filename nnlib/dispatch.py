"""NumPy's functions, given a Tensor: our operation, a look at its array, or an error that helps.

One rule keeps a gradient from being lost without a word. `np.exp(t)` is `t.exp()`, and so for
every function in `OURS`. A function that answers with truth, places or shapes, such as `np.argmax`,
looks at the array. So does every other one where no gradient is wanted. The rest raise a TypeError.

`np.asarray(t)` takes the array out, by name. NumPy makes an array of a list, `np.mean([t, t])`,
before it asks; and so do `np.array`, `array.dot(t)`, `array[0] = t`, and everything that
`np.ma` does: `masked + t` loses the gradient, `t + masked` keeps it (and not the mask).
"""

from inspect import signature

import numpy as np

from .recording import recording

OURS = {}  # {NumPy's function: the same on Tensors, with NumPy's names of arguments}; see `tensor`


class NumpyGuest:
    """The two methods that NumPy asks for (NEP 13 and NEP 18)."""

    __slots__ = ()

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        if method == "__call__":
            return _call(ufunc, f"np.{ufunc.__name__}", inputs, options)
        return _call(getattr(ufunc, method), f"np.{ufunc.__name__}.{method}", inputs, options)

    def __array_function__(self, function, types, args, options):
        module = function.__module__.replace("numpy", "np", 1)
        return _call(function, f"{module}.{function.__name__}", args, options)


def _call(function, name, args, options):
    ours = OURS.get(function)
    if ours and _fits(ours, args, options):
        return ours(*args, **options)
    reads = name.removeprefix("np.") in READS or _gives_truth(function)
    if (reads and options.get("out") is None) or not wanted(args, options):
        return function(*_arrays(args), **_arrays(options))
    raise TypeError(
        f"{name} got a Tensor that requires a gradient, and NumPy would lose it. "
        f"Use {_way(name, ours, options)}, or t.data if no gradient is wanted."
    )


def _fits(ours, args, options):
    try:
        signature(ours).bind(*args, **options)
    except TypeError:
        return False
    return True


def _gives_truth(function):
    """Comparisons, isfinite and the like: ufuncs that make bools of floats."""
    return isinstance(function, np.ufunc) and any(
        kind in ("d->?", "dd->?") for kind in function.types
    )


def wanted(*things):
    """Is there a Tensor that requires a gradient, at any depth, while gradients are recorded?"""
    return recording() and any(_requires(thing) for thing in things)


def _requires(thing):
    if isinstance(thing, NumpyGuest):
        return thing.requires_grad
    parts = thing.values() if isinstance(thing, dict) else thing
    return isinstance(thing, list | tuple | dict) and any(map(_requires, parts))


def _arrays(thing):
    """The same arguments with each Tensor replaced by its array."""
    if isinstance(thing, NumpyGuest):
        return thing.data
    if isinstance(thing, dict):
        return {name: _arrays(part) for name, part in thing.items()}
    return type(thing)(map(_arrays, thing)) if type(thing) in (list, tuple) else thing


def _way(name, ours, options):
    name = name.removeprefix("np.")
    if options.get("out") is not None:
        return "a new result instead of out=, such as `a = a + t` instead of `a += t`"
    if name in WAYS:
        return WAYS[name]
    if ours:
        return f"np.{name} without the further arguments"
    return "nnlib's operations, or one of your own by nnlib.tensor.primitive"


# Results that no gradient flows through: truth, places and counts, types and shapes, words, files.
READS = set(
    """
    all allclose any array_equal array_equiv isclose iscomplex isin isneginf isposinf isreal
    argmax argmin argpartition argsort argwhere count_nonzero digitize flatnonzero lexsort
    nanargmax nanargmin nonzero searchsorted diag_indices_from tril_indices_from triu_indices_from
    can_cast common_type iscomplexobj isrealobj may_share_memory min_scalar_type result_type
    shares_memory ndim shape size empty_like full_like ones_like zeros_like
    array2string array_repr array_str save savetxt savez savez_compressed
    """.split()
)

WAYS = {  # what to write where NumPy's function has no namesake among Tensor's operations
    "add.reduce": "t.sum(axis=0)",
    "append": "nnlib.concatenate",
    "array_split": "slices, such as t[:n]",
    "average": "(weights * t).sum()",
    "block": "nnlib.concatenate",
    "column_stack": "nnlib.stack or nnlib.concatenate with axis=1",
    "diff": "t[1:] - t[:-1]",
    "dot": "a @ b",
    "dstack": "nnlib.stack or nnlib.concatenate with axis=-1",
    "einsum": "@, transpose, * and .sum()",
    "expm1": "t.exp() - 1",
    "fabs": "t.abs()",
    "flip": "t[::-1]",
    "float_power": "t ** n",
    "hstack": "nnlib.concatenate with axis=1 (axis=0 for one-dimensional tensors)",
    "inner": "a @ b.T",
    "linalg.multi_dot": "a @ b @ c",
    "linalg.norm": "t.square().sum().sqrt()",
    "linalg.outer": "a.reshape(-1, 1) * b",
    "linalg.vector_norm": "t.square().sum().sqrt()",
    "log10": "t.log() / np.log(10)",
    "log1p": "(1 + t).log()",
    "log2": "t.log() / np.log(2)",
    "maximum.reduce": "t.max(axis=0)",
    "minimum.reduce": "t.min(axis=0)",
    "moveaxis": "t.transpose",
    "outer": "a.reshape(-1, 1) * b",
    "ptp": "t.max() - t.min()",
    "reciprocal": "1 / t",
    "repeat": "t.broadcast_to, or indices that repeat, as t[[0, 0]]",
    "split": "slices, such as t[:n]",
    "swapaxes": "t.transpose(i, j)",
    "take": "t[index]",
    "tensordot": "@, transpose and reshape",
    "tile": "t.broadcast_to or nnlib.concatenate",
    "trace": "t[i, i].sum() with i = np.arange(n)",
    "vdot": "(a * b).sum()",
    "vecdot": "(a * b).sum(axis=-1)",
    "vstack": "nnlib.concatenate (nnlib.stack for one-dimensional tensors)",
}
