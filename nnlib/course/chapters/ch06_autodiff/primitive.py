"""To record is to compute with the arrays inside, and to write down who gets what back."""

import inspect

import numpy as np

from nnlib.course.description import case, describe
from nnlib.tensor import Tensor


def primitive(op):
    """Lift op(*arrays) -> (out, vjps) from arrays to Tensors."""

    def lifted(*args, **options):
        arrays = [a.data if isinstance(a, Tensor) else a for a in args]
        out, vjps = op(*arrays, **options)
        edges = []
        for a, vjp in zip(args, vjps):
            if isinstance(a, Tensor) and a.requires_grad:
                edges.append((a, vjp))
        return Tensor(out, bool(edges), edges)

    return lifted


def world(answer):
    """The Tensor of the place where an answer was written: a notebook has its own."""
    return getattr(inspect.unwrap(answer), "__globals__", {}).get("Tensor", Tensor)


def scaled_product(a, b, scale=1.0):
    return scale * a * b, (lambda g: g * scale * b, lambda g: g * scale * a)


def what_is_recorded(answer, a, b, g):
    """Record a product: of two Tensors, of a Tensor and an array, of Tensors that want nothing."""
    kind = world(answer)
    x, y, still = kind(a, requires_grad=True), kind(b, requires_grad=True), kind(b)
    handed = []

    def watched(a, b, **options):
        handed.extend(hasattr(arg, "edges") for arg in (a, b))
        return scaled_product(*(v.data if hasattr(v, "edges") else v for v in (a, b)), **options)

    product = answer(watched)
    report = {}
    calls = {
        "x y": (x, y),
        "x times an array": (x, b),
        "an array times y": (a, y),
        "x times a Tensor that wants no gradient": (x, still),
        "nothing wanted": (still, b),
    }
    names = {id(x): "x", id(y): "y", id(still): "the one that wants none"}
    for what, args in calls.items():
        out = product(*args)
        if not isinstance(out, kind):
            return report | {f"{what}: a Tensor": "no"}
        edges = list(out.edges)
        report[f"{what}: value"] = np.array(out.data)
        report[f"{what}: edges to"] = ", ".join(names.get(id(p), "other") for p, _ in edges)
        report[f"{what}: requires_grad"] = bool(out.requires_grad)
        for parent, vjp in edges:
            report[f"{what}: back to {names.get(id(parent), 'other')}"] = vjp(g)
    report["op is handed"] = "a Tensor" if any(handed) else "arrays"
    report["with scale=2"] = np.array(product(x, y, scale=2.0).data)
    return report


def two_arrays(rng):
    return tuple(rng.normal(size=(3, 2, int(rng.integers(3, 5)))))


exercise = describe(
    primitive,
    title="What records",
    minutes=12,
    difficulty=3,
    probe=what_is_recorded,
    loops=True,
    in_notebook=True,
    cases=(
        case(np.array([2.0]), np.array([3.0]), np.array([1.0]), about="2 times 3"),
        case(np.array([2.0, -1]), np.array([3.0, 5]), np.array([1.0, 10]), about="arrays"),
    ),
    draw=two_arrays,
    hints=(
        "The function inside gets Tensors, arrays and numbers, mixed. `op` wants arrays. What do "
        "you hand it, and what do you do with the vjps that it returns?",
        "Three steps: the arrays (`a.data` of a Tensor, anything else as it is); `out, vjps = "
        "op(*arrays, **options)`; an edge `(a, vjp)` for each Tensor that requires a gradient.",
        "Walk over `zip(args, vjps)`, and keep the pairs whose `a` is a Tensor with "
        "`requires_grad`. Return `Tensor(out, bool(edges), edges)`.",
    ),
)


def of_a_call(op, args, options):
    """The value, the pairs of inputs and vjps, and the Tensor of the place where this is called."""
    out, vjps = op(*(a.data if hasattr(a, "edges") else a for a in args), **options)
    pairs = [(a, vjp) for a, vjp in zip(args, vjps) if hasattr(a, "edges")]
    return out, pairs, type(pairs[0][0])


@exercise.misconception(
    "Tensors handed to op",
    """The operation was handed a Tensor. It works on plain arrays: hand it `a.data` where a is a
    Tensor, and anything else as it is.""",
)
def primitive_on_tensors(op):
    def lifted(*args, **options):
        out, pairs, Tensor = of_a_call(op, args, options)
        op(*args, **options)
        edges = [(a, vjp) for a, vjp in pairs if a.requires_grad]
        return Tensor(out, bool(edges), edges)

    return lifted


@exercise.misconception(
    "edges to everything",
    """An edge leads to every Tensor here, also to those that require no gradient. Work is then done
    for gradients that nobody wants. Keep only those with `a.requires_grad`.""",
)
def primitive_with_all_edges(op):
    def lifted(*args, **options):
        out, pairs, Tensor = of_a_call(op, args, options)
        return Tensor(out, any(a.requires_grad for a, _ in pairs), pairs)

    return lifted


@exercise.misconception(
    "nothing remembered",
    """The values are right, and nothing is written down: the result has no edges. Pair each
    argument with its vjp, and hand the pairs to `Tensor` as its `edges`.""",
)
def primitive_without_edges(op):
    def lifted(*args, **options):
        out, _, Tensor = of_a_call(op, args, options)
        return Tensor(out)

    return lifted


@exercise.misconception(
    "requires_grad forgotten",
    """The edges are there, but the result says that it requires no gradient, so the next operation
    will leave it out. A result requires one as soon as it has an edge: `bool(edges)`.""",
)
def primitive_that_stops(op):
    def lifted(*args, **options):
        out, pairs, Tensor = of_a_call(op, args, options)
        return Tensor(out, False, [(a, vjp) for a, vjp in pairs if a.requires_grad])

    return lifted
