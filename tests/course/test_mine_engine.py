"""A whole engine as a student writes it, kept cell by cell and used from its page."""

import importlib.util
from pathlib import Path

import pytest

from nnlib.course import mine
from nnlib.course.mine import shelf

spec = importlib.util.spec_from_file_location("test_mine", Path(__file__).with_name("test_mine.py"))
shared = importlib.util.module_from_spec(spec)
spec.loader.exec_module(shared)
notebook, in_a_fresh_process = shared.notebook, shared.in_a_fresh_process

GIVEN = """
    import numpy as np
    from nnlib.course import exercise
    from nnlib.init import kaiming_uniform

    class Tensor:
        __array_ufunc__ = None

        def __init__(self, data, requires_grad=False, edges=()):
            self.data, self.requires_grad, self.edges = np.asarray(data), requires_grad, edges
            self.grad = None

        def backward(self, gradient=None):
            gradient = np.ones_like(self.data) if gradient is None else gradient
            for node, g in backpropagate(self, gradient):
                if not node.edges:
                    node.grad = np.array(g) if node.grad is None else node.grad + g

    def primitive(op):
        def lifted(*args, **options):
            out, vjps = op(*(a.data if isinstance(a, Tensor) else a for a in args), **options)
            edges = [(a, vjp) for a, vjp in zip(args, vjps)
                     if isinstance(a, Tensor) and a.requires_grad]
            return Tensor(out, bool(edges), edges)

        return lifted
"""
POSTORDER = """
    @exercise("postorder")
    def postorder(root):
        order, seen, stack = [], set(), [(root, False)]
        while stack:
            node, ready = stack.pop()
            if ready:
                order.append(node)
            elif node not in seen:
                seen.add(node)
                stack.append((node, True))
                stack.extend((parent, False) for parent, _ in node.edges)
        return order
"""
BACKPROPAGATE = """
    @exercise("backpropagate")
    def backpropagate(root, gradient):
        grads = {root: gradient}
        for node in reversed(postorder(root)):
            g = grads.pop(node)
            yield node, g
            for parent, vjp in node.edges:
                grads[parent] = grads[parent] + vjp(g) if parent in grads else vjp(g)
"""
UNBROADCAST = """
    @exercise("unbroadcast")
    def unbroadcast(g, shape):
        g = np.asarray(g)
        g = g.sum(axis=tuple(range(g.ndim - len(shape))))
        ones = tuple(i for i, n in enumerate(shape) if n == 1)
        return g.sum(axis=ones, keepdims=True)
"""
MATMUL = """
    @exercise("matmul")
    def matmul(X, W):
        return X @ W, (lambda G: G @ W.T, lambda G: X.T @ G)
"""
OPERATIONS = """
    def broadcasts(op):
        def wrapped(a, b):
            out, (to_a, to_b) = op(a, b)
            return out, (lambda g: unbroadcast(to_a(g), np.shape(a)),
                         lambda g: unbroadcast(to_b(g), np.shape(b)))

        return wrapped

    @broadcasts
    def add(a, b):
        return a + b, (lambda g: g, lambda g: g)

    def multiply(a, b):
        return a * b, (lambda g: g * b, lambda g: g * a)

    multiply = broadcasts(multiply)

    def relu(x):
        return np.maximum(x, 0), (lambda g: g * (x > 0),)

    def add_up(x):
        return np.sum(x), (lambda g: np.broadcast_to(g, x.shape),)

    Tensor.__add__, Tensor.__mul__ = map(primitive, (add, multiply))
    Tensor.__radd__ = Tensor.__add__
    Tensor.__matmul__ = primitive(matmul)
    Tensor.__rmatmul__ = lambda self, other: primitive(matmul)(other, self)
    operations = {"relu": relu}
    operations["sum"] = add_up
    for name, op in operations.items():
        setattr(Tensor, f"{name}", primitive(op))

    class Parameter(Tensor):
        def __init__(self, data):
            super().__init__(data, requires_grad=True)

    class Module:
        def parameters(self):
            for value in vars(self).values():
                if isinstance(value, Parameter):
                    yield value
                elif isinstance(value, Module):
                    yield from value.parameters()

        def __call__(self, X):
            return self.forward(X)
"""
LINEAR = """
    @exercise("Linear")
    class Linear(Module):
        def __init__(self, in_features, out_features, rng=None):
            self.weight = Parameter(kaiming_uniform((in_features, out_features), rng))
            self.bias = Parameter(np.zeros(out_features))

        def forward(self, X):
            return X @ self.weight + self.bias
"""
STEP = """
    @exercise("SGD")
    class SGD:
        def __init__(self, params, lr):
            self.params, self.lr = list(params), lr

        def step(self):
            for p in self.params:
                if p.grad is not None:
                    p.data -= self.lr * p.grad

        def zero_grad(self):
            for p in self.params:
                p.grad = None
"""
ANSWERS = {
    "postorder": POSTORDER,
    "backpropagate": BACKPROPAGATE,
    "unbroadcast": UNBROADCAST,
    "matmul": MATMUL,
    "Linear": LINEAR,
    "SGD": STEP,
}
TRAINS = (
    "rng = np.random.default_rng(0)",
    "X = rng.normal(size=(20, 3))",
    "layer, last = mine.Linear(3, 8, rng=0), mine.Linear(8, 1, rng=1)",
    "steps = mine.SGD([*layer.parameters(), *last.parameters()], 0.01)",
    "Tensor = type(layer(X))",
    "def loss():",
    "    out = last(layer(X).relu()) + Tensor(-X[:, :1])",
    "    return (out * out).sum() * (1 / 20)",
    "first = float(loss().data)",
    "for _ in range(60):",
    "    steps.zero_grad(); value = loss(); value.backward(); steps.step()",
    "print(bool(loss().data < first / 2))",
)


def blank(id):
    """The stub, as a student first meets it."""
    head = ANSWERS[id].strip().splitlines()[:2]
    body = "    ..." if head[1].lstrip().startswith("def") else "    pass"
    return "\n".join([*(line.strip() for line in head), body])


def write(passed):
    texts = [ANSWERS[id] if id in passed else blank(id) for id in ANSWERS]
    return notebook(GIVEN, *texts[:4], OPERATIONS, *texts[4:])


def test_the_engine_trains_a_network_from_its_page_in_a_fresh_process():
    write(ANSWERS)
    assert {id: mine.whose(id) for id in ANSWERS} == dict.fromkeys(ANSWERS, "yours")
    text = shelf.file(6).read_text(encoding="utf-8")
    assert "from nnlib.init import kaiming_uniform" in text
    assert text.index("class Tensor") < text.index("Tensor.__matmul__") < text.index("class Linear")
    assert text.index("class Parameter") < text.index("class Linear")
    said = in_a_fresh_process(*TRAINS, "print(mine.Linear.__mro__[1].__module__[-4:])")
    assert said.split() == ["True", "ch06"]


@pytest.mark.parametrize("left", list(ANSWERS))
@pytest.mark.parametrize("mixture", ["blank alone", "passed alone"])
def test_every_mixture_of_theirs_and_nnlibs_trains(left, mixture):
    passed = set(ANSWERS) - {left} if mixture == "blank alone" else {left}
    write(passed)
    assert {id for id in ANSWERS if mine.whose(id) == "yours"} == passed
    network = *TRAINS[:4], "print('made')"
    lines = TRAINS if {"Linear", "SGD"} <= passed else network
    assert in_a_fresh_process(*lines).split()[-1] in ("True", "made")


def test_what_passes_later_takes_the_place_of_nnlibs():
    space = write(set(ANSWERS) - {"matmul"})
    assert "import matmul  # nnlib's, until yours passes" in shelf.file(6).read_text()
    notebook(MATMUL, "Tensor.__matmul__ = primitive(matmul)", LINEAR, space=space)
    text = shelf.file(6).read_text(encoding="utf-8")
    assert "def matmul" in text and "import matmul" not in text
    assert in_a_fresh_process(*TRAINS).split() == ["True"]
