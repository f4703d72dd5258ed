"""A Tensor is an array that remembers how it was made, so that `backward()` can find gradients.

Three small parts: `primitive` lifts an operation from arrays to Tensors and records its edges;
`backpropagate` walks those edges from the result to the inputs; `Tensor` has the operators.
"""

from functools import wraps

import numpy as np

from . import ops
from .dispatch import OURS, NumpyGuest, wanted
from .recording import no_grad as no_grad
from .recording import recording


def primitive(op):
    """Lift `op(*arrays, **options) -> (out, vjps)` from arrays to Tensors."""

    @wraps(op)
    def lifted(*args, **options):
        arrays = [a.data if isinstance(a, Tensor) else a for a in args]
        try:
            out, vjps = op(*arrays, **options)
        except ValueError as error:
            raise _misfit(op, arrays, options, error) from None
        if not recording():
            return Tensor(out)
        edges = [
            (a, vjp)
            for a, vjp in zip(args, vjps)  # noqa: B905 - labels, say, have no vjp
            if isinstance(a, Tensor) and a.requires_grad
        ]
        if options or len(args) > len(vjps):
            _refuse_to_lose(op, [*args[len(vjps) :], *options.values()])
        return Tensor(out, True, edges, (op, args, options)) if edges else Tensor(out)

    return lifted


def backpropagate(root, gradient):
    """Yield (node, d root / d node), each node after everything that uses it.

    Gradients on their way live here, in `grads`, never on the nodes.
    """
    grads = {root: gradient}
    for node in reversed(postorder(root)):
        g = grads.pop(node)
        yield node, g
        for parent, vjp in node.edges:
            grads[parent] = grads[parent] + vjp(g) if parent in grads else vjp(g)


def seed_gradient(root, gradient=None):
    """What a backward pass starts from: the gradient given for `root`, or 1 for one number."""
    if gradient is None:
        if root.size != 1:
            raise RuntimeError(
                f"backward() got no gradient for a tensor of shape {root.shape}; expected one "
                "number. Reduce it first, as by .sum(), or pass backward(gradient)."
            )
        return np.ones_like(root.data)
    gradient = np.asarray(gradient.data if isinstance(gradient, Tensor) else gradient)
    if gradient.shape != root.shape:
        raise ValueError(
            f"backward() got a gradient of shape {gradient.shape}; expected {root.shape}"
        )
    return gradient.astype(root.dtype, copy=False).view()


def postorder(root):
    """Every node that `root` depends on, inputs before their users: no recursion, so any depth."""
    order, entered, stack = [], set(), [(root, False)]
    while stack:
        node, inputs_done = stack.pop()
        if inputs_done:
            order.append(node)
        elif node not in entered:
            entered.add(node)
            stack.append((node, True))
            for parent, _ in node.edges:
                stack.append((parent, False))
    return order


class Tensor(NumpyGuest):
    """An array that remembers its inputs: one (parent, vjp) edge for each.

    data: an array, number or (nested) list; its dtype is kept.
    requires_grad: collect d(result)/d(this) in `.grad` when `backward()` is called on a result.
        Raises TypeError for integer data, which has no derivative.
    grad: None, or an array of the shape of `data`. Only leaves - tensors that you made, not
        results - have one. It adds up over calls until it is set back to None.
    made_by: of a result, the operation with its arguments and options; None for a leaf.

    Operators take Tensors, arrays and numbers, and broadcast as NumPy's do. NumPy's functions carry
    the gradient too, or say what to write instead: see `dispatch`.
    """

    __slots__ = ("data", "grad", "requires_grad", "edges", "made_by", "__weakref__")

    def __init__(self, data, requires_grad=False, edges=(), made_by=None):
        if isinstance(data, (list, tuple)) and wanted(data):
            raise TypeError(
                "Tensor got a list of Tensors that require a gradient; expected numbers. "
                "nnlib.stack makes one Tensor of them, and carries the gradient on."
            )
        self.data = np.asarray(data.data if isinstance(data, Tensor) else data)
        self.requires_grad = requires_grad
        self.edges, self.made_by = edges, made_by
        self.grad = None
        if requires_grad and self.data.dtype.kind != "f":
            raise TypeError(
                f"requires_grad=True got {self.data.dtype} data; expected floats, because only "
                "real numbers can change by a little. Write 2.0 instead of 2."
            )

    def backward(self, gradient=None):
        """Add d(self)/d(leaf) to the `.grad` of every leaf that requires it.

        gradient: dL/d(self), of the shape of self. May be left out where self is one number.
        Raises RuntimeError where nothing requires a gradient or where it may not be left out,
        and ValueError where its shape does not fit.
        """
        if not self.requires_grad:
            raise RuntimeError(
                "backward() got a tensor that requires no gradient; "
                "expected one computed, outside no_grad(), from a tensor with requires_grad=True"
            )
        for node, g in backpropagate(self, seed_gradient(self, gradient)):
            if not node.edges:
                node._accumulate(g)

    def _accumulate(self, g):
        if self.grad is None:
            # A new array may be kept; a view belongs to someone else.
            self.grad = np.array(g, self.dtype, copy=None if _is_new(g) else True)
        else:
            self.grad = np.asarray(self.grad + g, self.dtype)

    # ------------------------------------------------------------------ looking

    shape = property(lambda self: self.data.shape)
    dtype = property(lambda self: self.data.dtype)
    ndim = property(lambda self: self.data.ndim)
    size = property(lambda self: self.data.size)

    def item(self):
        """The one number inside, as a Python number. Raises ValueError unless there is one."""
        return self._one("item()")

    def numpy(self):
        """The array inside, not a copy."""
        return self.data

    def detach(self):
        """The same array without its history."""
        return Tensor(self.data)

    def __array__(self, dtype=None, copy=None):
        return np.array(self.data, dtype, copy=copy)

    def __len__(self):
        return len(self.data)

    def __iter__(self):
        return (self[i] for i in range(len(self)))

    def argmax(self, axis=None, keepdims=False):
        """Where the largest element stands: an index, or an array of them along an axis."""
        return np.argmax(self.data, axis, keepdims=keepdims)

    def _one(self, name):
        if self.size != 1:
            raise ValueError(
                f"{name} got a Tensor of shape {self.shape}; expected one number. "
                "Reduce it first, as by .mean(), or take the array, t.data."
            )
        return self.data.item()

    def __float__(self):
        return float(self._one("float"))

    def __int__(self):
        return int(self._one("int"))

    def __bool__(self):
        return bool(self._one("bool"))

    def __round__(self, ndigits=None):
        return round(self._one("round"), ndigits)

    def __format__(self, spec):
        if self.ndim and not spec:  # as in print(f"{t}")
            return str(self)
        return format(self._one(f"the format {spec!r}"), spec)

    def __copy__(self):
        """The same array with the same history, as matplotlib asks for."""
        twin = type(self).__new__(type(self))
        for name in Tensor.__slots__[:-1]:
            setattr(twin, name, getattr(self, name))
        return twin

    def __getstate__(self):
        if self.edges:
            raise TypeError(
                "deepcopy and pickle got the result of an operation; expected a leaf, because a "
                "graph's functions cannot be copied. Use t.detach(), or t.data."
            )
        return super().__getstate__()

    def __repr__(self):
        inside = np.array2string(self.data, separator=", ", prefix="Tensor(")
        return f"Tensor({inside}{', requires_grad=True' if self.requires_grad else ''})"

    # --------------------------------------------------------------- arithmetic

    __add__ = primitive(ops.add)
    __sub__ = primitive(ops.subtract)
    __mul__ = primitive(ops.multiply)
    __truediv__ = primitive(ops.divide)
    __floordiv__ = primitive(ops.floor_divide)
    __mod__ = primitive(ops.remainder)
    __pow__ = primitive(ops.power)
    __matmul__ = primitive(ops.matmul)
    __neg__ = primitive(ops.negative)
    __abs__ = abs = primitive(ops.absolute)

    def __pos__(self):
        return self

    def __radd__(self, other):
        return Tensor.__add__(other, self)

    def __rsub__(self, other):
        return Tensor.__sub__(other, self)

    def __rmul__(self, other):
        return Tensor.__mul__(other, self)

    def __rtruediv__(self, other):
        return Tensor.__truediv__(other, self)

    def __rfloordiv__(self, other):
        return Tensor.__floordiv__(other, self)

    def __rmod__(self, other):
        return Tensor.__mod__(other, self)

    def __rpow__(self, other):
        return Tensor.__pow__(other, self)

    def __rmatmul__(self, other):
        return Tensor.__matmul__(other, self)

    # Comparisons give arrays of bool. `==` is left alone: tensors are told apart by identity.

    def __lt__(self, other):
        return self.data < np.asarray(other)

    def __le__(self, other):
        return self.data <= np.asarray(other)

    def __gt__(self, other):
        return self.data > np.asarray(other)

    def __ge__(self, other):
        return self.data >= np.asarray(other)

    # ---------------------------------------------------- elementwise, reductions

    exp = primitive(ops.exp)
    log = primitive(ops.log)
    sqrt = primitive(ops.sqrt)
    square = primitive(ops.square)
    clip = primitive(ops.clip)
    maximum = primitive(ops.maximum)
    minimum = primitive(ops.minimum)
    relu = primitive(ops.relu)
    leaky_relu = primitive(ops.leaky_relu)
    gelu = primitive(ops.gelu)
    sigmoid = primitive(ops.sigmoid)
    tanh = primitive(ops.tanh)
    softmax = primitive(ops.softmax)
    log_softmax = primitive(ops.log_softmax)
    sum = primitive(ops.sum)
    mean = primitive(ops.mean)
    max = primitive(ops.max)
    min = primitive(ops.min)
    var = primitive(ops.var)
    std = primitive(ops.std)

    # -------------------------------------------------------------------- shape

    __getitem__ = primitive(ops.getitem)
    squeeze = primitive(ops.squeeze)
    unsqueeze = primitive(ops.unsqueeze)

    def reshape(self, *shape):
        """The same elements in another shape: `reshape(2, 3)` or `reshape((2, 3))`."""
        return _reshape(self, _axes(shape))

    def flatten(self):
        """All elements in one row."""
        return _reshape(self, (-1,))

    def broadcast_to(self, *shape):
        """Repeat along axes of length 1, and along new ones in front, without copying."""
        return _broadcast_to(self, _axes(shape))

    def transpose(self, *axes):
        """Swap two axes, or order all of them; without arguments, reverse them."""
        axes = _axes(axes)
        if len(axes) == 2 and all(-self.ndim <= axis < self.ndim for axis in axes):
            i, j = axes
            axes = list(range(self.ndim))
            axes[i], axes[j] = axes[j], axes[i]
        return _transpose(self, axes or None)

    T = property(transpose)


_reshape = primitive(ops.reshape)
_broadcast_to = primitive(ops.broadcast_to)
_transpose = primitive(ops.transpose)
_stack = primitive(ops.stack)
_concatenate = primitive(ops.concatenate)
where = primitive(ops.where)


def stack(tensors, axis=0):
    """Join tensors of one shape along a new axis."""
    return _stack(*tensors, axis=axis)


def concatenate(tensors, axis=0):
    """Join tensors along an axis that they already have."""
    return _concatenate(*tensors, axis=axis)


def _axes(axes):
    """f(2, 3) and f((2, 3)) mean the same."""
    return tuple(axes[0]) if len(axes) == 1 and np.ndim(axes[0]) else axes


def _refuse_to_lose(op, others):
    """Raise TypeError where an argument that no gradient flows to asks for one."""
    if any(isinstance(a, Tensor) and a.requires_grad for a in others):
        raise TypeError(
            f"{op.__name__} got a Tensor that requires a gradient where none can flow; expected a "
            "number or an array. Use t.data if no gradient is wanted."
        )


def _is_new(g):
    return isinstance(g, np.ndarray) and g.base is None


def _misfit(op, arrays, options, error):
    """NumPy's complaint, with the operation's name, what came and what was expected."""
    if not hasattr(op, "expects"):
        return error
    came = [repr(a) if isinstance(a, int | float | tuple) else str(np.shape(a)) for a in arrays]
    came += [f"{name}={value!r}" for name, value in options.items()]
    return ValueError(f"{op.__name__} got {' and '.join(came)}; expected {op.expects} ({error})")


# ------------------------------------------------- NumPy's functions that are ours as well


def _reduction(ours):
    return lambda a, axis=None, *, keepdims=False: ours(a, axis, keepdims)


def _spread(ours):
    def spread(a, axis=None, *, ddof=0, keepdims=False, correction=None):
        return ours(a, axis, keepdims, correction=ddof if correction is None else correction)

    return spread


def _clip(a, a_min=None, a_max=None, *, min=None, max=None):
    return Tensor.clip(a, a_min if min is None else min, a_max if max is None else max)


OURS |= {
    np.add: Tensor.__add__,
    np.subtract: Tensor.__sub__,
    np.multiply: Tensor.__mul__,
    np.divide: Tensor.__truediv__,
    np.floor_divide: Tensor.__floordiv__,
    np.remainder: Tensor.__mod__,
    np.power: Tensor.__pow__,
    np.matmul: Tensor.__matmul__,
    np.negative: Tensor.__neg__,
    np.positive: Tensor.__pos__,
    np.absolute: Tensor.abs,
    np.exp: Tensor.exp,
    np.log: Tensor.log,
    np.sqrt: Tensor.sqrt,
    np.square: Tensor.square,
    np.tanh: Tensor.tanh,
    np.maximum: Tensor.maximum,
    np.minimum: Tensor.minimum,
    np.clip: _clip,
    np.where: where,
    np.sum: _reduction(Tensor.sum),
    np.mean: _reduction(Tensor.mean),
    np.max: _reduction(Tensor.max),
    np.amax: _reduction(Tensor.max),
    np.min: _reduction(Tensor.min),
    np.amin: _reduction(Tensor.min),
    np.var: _spread(Tensor.var),
    np.std: _spread(Tensor.std),
    np.stack: lambda arrays, axis=0: stack(arrays, axis),
    np.concatenate: lambda arrays, axis=0: concatenate(arrays, axis),
    np.reshape: lambda a, shape: _reshape(a, shape),
    np.ravel: Tensor.flatten,
    np.transpose: lambda a, axes=None: _transpose(a, axes),
    np.squeeze: Tensor.squeeze,
    np.expand_dims: lambda a, axis: Tensor.unsqueeze(a, axis),
    np.broadcast_to: lambda array, shape: _broadcast_to(array, shape),
}
