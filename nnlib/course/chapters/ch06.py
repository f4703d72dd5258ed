"""Chapter 6, automatic differentiation: the exercises and the questions."""

from contextlib import contextmanager

import numpy as np

from ... import nn, ops, tensor
from ...tensor import Tensor, postorder
from ..exercise import Exercise, Misconception, Option, Quiz, case

CHAPTER = 6

# ------------------------------------------------- solutions the library does not hold elsewhere


class Dual:
    """value + slope * epsilon, where epsilon^2 = 0: a number that carries its derivative along."""

    def __init__(self, value, slope=0.0):
        self.value, self.slope = value, slope

    def __add__(self, other):
        return Dual(self.value + other.value, self.slope + other.slope)

    def __mul__(self, other):
        slope = self.slope * other.value + self.value * other.slope
        return Dual(self.value * other.value, slope)

    def sin(self):
        return Dual(np.sin(self.value), np.cos(self.value) * self.slope)


class SGD:
    """Plain gradient descent on parameters with `.data` and `.grad`. `nnlib.optim` has momentum."""

    def __init__(self, params, lr):
        self.params, self.lr = list(params), lr

    def step(self):
        """Move each parameter that has a gradient, in place, against it."""
        for p in self.params:
            if p.grad is not None:
                p.data -= self.lr * p.grad

    def zero_grad(self):
        """Forget all gradients."""
        for p in self.params:
            p.grad = None


# ---------------------------------------------------------------------------------------- inputs


def product_and_sine(x1, x2):
    """x1 x2 + sin(x1)"""
    return x1 * x2 + x1.sin()


def cube(x1, x2):
    """x1 (x1 x1) + x2"""
    return x1 * (x1 * x1) + x2


def sine_of_product(x1, x2):
    """sin(x1 (x2 + x1)) x2"""
    return (x1 * (x2 + x1)).sin() * x2


def sum_alone(x1, x2):
    """x1 + x2"""
    return x1 + x2


def two_numbers(rng):
    f = (product_and_sine, cube, sine_of_product)[rng.integers(3)]
    return f, *np.round(rng.uniform(0.3, 2.5, 2), 2).tolist()


@contextmanager
def called_by_its_name(answer):
    """Let the methods of a class name it, as `Dual(...)`, before its cell has bound the name."""
    name = answer.__name__
    spaces = [m.__globals__ for m in vars(answer).values() if hasattr(m, "__globals__")]
    spaces = [space for space in spaces[:1] if space.get("__name__") != __name__]
    before = [space.get(name) for space in spaces]
    for space in spaces:
        space[name] = answer
    try:
        yield
    finally:
        for space, old in zip(spaces, before, strict=True):
            if old is None:
                del space[name]
            else:
                space[name] = old


def two_passes(answer, f, x1, x2):
    """The value, and both derivatives: one pass for each input."""
    with called_by_its_name(answer):
        first = f(answer(x1, 1.0), answer(x2))
        second = f(answer(x1), answer(x2, 1.0))
        return {"f": first.value, "df/dx1": first.slope, "df/dx2": second.slope}


def equal_shapes(rng):
    shape = 2, int(rng.integers(3, 5))
    a, g = rng.normal(size=(2, *shape))
    return a, rng.uniform(0.5, 2, size=shape), g


def matrices(rng):
    N, D, H = 2, int(rng.integers(3, 5)), 5
    return rng.normal(size=(N, D)), rng.normal(size=(D, H)), rng.normal(size=(N, H))


def value_and_vjps(answer, a, b, g):
    """Call the operation, then each vjp with g."""
    out, (to_a, to_b) = answer(a, b)
    return {"out": out, "da": to_a(g), "db": to_b(g)}


def product_and_vjps(answer, X, W, dZ):
    """Call the operation, then each vjp with dZ."""
    out, (to_X, to_W) = answer(X, W)
    return {"Z": out, "dX": to_X(dZ), "dW": to_W(dZ)}


def stretched(rng):
    shape, longer = [
        ((3,), (2, 3)),
        ((1, 3), (4, 3)),
        ((4, 1), (4, 3)),
        ((1, 2), (2, 3, 2)),
        ((2, 1), (3, 2, 4)),
    ][rng.integers(5)]
    return rng.normal(size=longer), shape


# Little graphs: each takes two arrays and returns its nodes by name, the result last.


def leaves(x, y):
    return Tensor(x, requires_grad=True), Tensor(y, requires_grad=True)


def a_leaf_twice(x, y):
    """p = x y; r = p + x"""
    x, y = leaves(x, y)
    p = x * y
    return {"x": x, "y": y, "p": p, "r": p + x}


def sum_of_sums(x, y):
    """b = x + y; c = b + b"""
    x, y = leaves(x, y)
    b = x + y
    return {"x": x, "y": y, "b": b, "c": b + b}


def power_of_four(x, y):
    """s = x x; q = s s; r = q + y"""
    x, y = leaves(x, y)
    s = x * x
    q = s * s
    return {"x": x, "y": y, "s": s, "q": q, "r": q + y}


def short_way_and_long_way(x, y):
    """b = x y; c = b x; d = c tanh(c); r = b + d"""
    x, y = leaves(x, y)
    b = x * y
    c = b * x
    d = c * c.tanh()
    return {"x": x, "y": y, "b": b, "c": c, "d": d, "r": b + d}


def one_input_passed_on(x, y):
    """s = x + y; r = s + y"""
    x, y = leaves(x, y)
    s = x + y
    return {"x": x, "y": y, "s": s, "r": s + y}


def a_diamond(x, y):
    """s = x y; p = tanh(s); q = exp(s); r = p + q"""
    x, y = leaves(x, y)
    s = x * y
    p, q = s.tanh(), s.exp()
    return {"x": x, "y": y, "s": s, "p": p, "q": q, "r": p + q}


def twelve_doublings(x, y):
    """b = x, then b = b + b, twelve times: 13 nodes, 4,096 paths"""
    x, _ = leaves(x, y)
    b = x
    for _ in range(12):
        b = b + b
    return {"x": x, "b": b}


def nothing_computed(x, y):
    """r = x, an input and nothing else"""
    return {"r": Tensor(x, requires_grad=True)}


GRAPHS = a_leaf_twice, sum_of_sums, power_of_four, short_way_and_long_way, one_input_passed_on


class Counted(list):
    """The edges of a node; `walks` counts how often somebody goes along them."""

    walks = 0

    def __iter__(self):
        Counted.walks += 1
        return super().__iter__()

    def __getitem__(self, index):
        Counted.walks += 1
        return super().__getitem__(index)


def count_walks(root):
    """Begin to count; returns a function that says what came of it."""
    order = postorder(root)
    for node in order:
        node.edges = Counted(node.edges)
    Counted.walks = 0
    return lambda: "few" if Counted.walks <= 20 * len(order) else "thousands: one for each path"


def order_in_words(answer, graph, x, y):
    """Any order will do in which each node comes once, and after its inputs."""
    nodes = graph(x, y)
    root = list(nodes.values())[-1]
    walks = count_walks(root)
    order = answer(root)
    if order is None:
        return None
    order, walks = list(order), walks()
    names = {node: name for name, node in nodes.items()}
    place = {node: i for i, node in reversed(list(enumerate(order)))}
    pairs = [
        (names[i], names[n])
        for n in nodes.values()
        for i, _ in n.edges
        if i in names and i in place and n in place and place[i] > place[n]
    ]
    late = dict.fromkeys(f"{user} before its input {name}" for name, user in pairs)
    return {
        "how often each comes": ", ".join(f"{m} {order.count(n)}" for n, m in names.items()),
        "out of order": ", ".join(late) or "nothing",
        "visits": walks,
    }


def gradients_of_all(answer, graph, x, y, gradient):
    """Collect every (node, gradient) pair, look at them when all is done, and ask once more."""
    nodes = graph(x, y)
    root = list(nodes.values())[-1]
    walks = count_walks(root)
    pairs = list(answer(root, gradient.copy()) or ())
    walks = walks()
    if not all(isinstance(p, tuple) and len(p) == 2 and isinstance(p[0], Tensor) for p in pairs):
        return {"how often each comes": "not as a pair (node, gradient)"}
    visits = [node for node, _ in pairs]
    often = ", ".join(f"{name} {visits.count(node)}" for name, node in nodes.items())
    report = {"how often each comes": often}
    if not set(nodes.values()) <= set(visits):
        return report
    found = dict(pairs)
    again = dict(answer(root, gradient.copy()))
    report |= {f"the gradient of {name}": found[node] for name, node in nodes.items()}
    first = next(iter(nodes))
    report[f"the gradient of {first}, asked for again"] = again[nodes[first]]
    return report | {"visits": walks}


def graph_and_arrays(rng):
    return GRAPHS[rng.integers(len(GRAPHS))], *np.round(rng.uniform(0.4, 1.6, (2, 3)), 2)


ONE = np.array([1.0, 1])
SEED = np.array([1.0, 2, -1])
SIMPLE = np.array([1, -0.5, 2, 0.25, -1, 1.5, -2])


def one_layer(answer, n_in, n_out, X, dZ):
    """Make a layer, give it simple weights, go forward and backward."""
    layer, same, other = (answer(n_in, n_out, rng=seed) for seed in (0, 0, 1))
    absent = [f"no .{name}" for name in ("weight", "bias") if not hasattr(layer, name)]
    if absent:
        return {"what parameters() finds": " and ".join(absent)}
    shapes = ", ".join(str(np.shape(p.data)) for p in layer.parameters())
    report = {"what parameters() finds": shapes or "nothing"}
    if not isinstance(layer.weight, Tensor) or not isinstance(layer.bias, Tensor):
        return report
    W = layer.weight.data.copy()
    report["the start"] = how_it_starts(W, same.weight.data, other.weight.data)
    report["b at the start"] = layer.bias.data.copy()
    layer.weight.data = np.resize(SIMPLE, W.shape)
    layer.bias.data = np.resize(SIMPLE[1:], np.shape(layer.bias.data))
    Z = layer(X)
    if Z is None:
        return report | {"Z": None}
    report["Z"] = np.array(Z.data)
    if not Z.requires_grad:
        return report | {"backward": "Z requires no gradient"}
    Z.backward(dZ)
    return report | {"backward": "done", "dW": layer.weight.grad, "db": layer.bias.grad}


def how_it_starts(first, same, other):
    if not np.array_equal(first, same):
        return "one seed, two different layers"
    if np.unique(first).size < first.size:
        return "not random"
    if np.array_equal(first, other):
        return "the same for every seed"
    return "random, and repeatable"


def layer_and_batch(rng):
    N, D, H = 2, int(rng.integers(3, 5)), 5
    return D, H, rng.normal(size=(N, D)), rng.normal(size=(N, H))


def two_steps(answer, W, b, dW, db, lr):
    """Two steps along the same gradients; then forget them. A third parameter has none."""
    parameters = [nn.Parameter(W), nn.Parameter(b), nn.Parameter(np.array([5.0]))]
    for p, gradient in zip(parameters, (dW, db), strict=False):
        p.grad = gradient.copy()
    optimiser = answer(parameters, lr)
    optimiser.step()
    report = {"W": parameters[0].data.copy(), "b": parameters[1].data.copy()}
    optimiser.step()
    report["W after a second step"] = parameters[0].data.copy()
    optimiser.zero_grad()
    kept = [
        name
        for p, name in zip(parameters, ("W", "b"), strict=False)
        if p.grad is not None and np.any(p.grad)
    ]
    report["gradients left by zero_grad"] = " and ".join(kept) or "none"
    return report | {"W after zero_grad": parameters[0].data.copy()}


def weights_and_gradients(rng):
    W, dW = rng.normal(size=(2, 2, int(rng.integers(3, 5))))
    b, db = rng.normal(size=(2, W.shape[1]))
    return W, b, dW, db, float(rng.uniform(0.1, 0.7))


SQUARE = np.array([[1.0, 2], [3, 4]])

# -------------------------------------------------------------------------------- misconceptions


class Mistaken(Dual):
    """A Dual that can be broken in one place: every operation returns its own kind."""

    def plus(self, other):
        return self.slope + other.slope

    def times(self, other):
        return self.slope * other.value + self.value * other.slope

    def sine(self):
        return np.cos(self.value) * self.slope

    def __add__(self, other):
        return type(self)(self.value + other.value, self.plus(other))

    def __mul__(self, other):
        return type(self)(self.value * other.value, self.times(other))

    def sin(self):
        return type(self)(np.sin(self.value), self.sine())


class ProductOfSlopes(Mistaken):
    def times(self, other):
        return self.slope * other.slope


class HalfTheProductRule(Mistaken):
    def times(self, other):
        return self.value * other.slope


class MinusInTheProductRule(Mistaken):
    def times(self, other):
        return self.slope * other.value - self.value * other.slope


class SineForgetsTheInside(Mistaken):
    def sine(self):
        return np.cos(self.value)


class SineOfTheSlope(Mistaken):
    def sine(self):
        return np.cos(self.slope)


class SineOfBoth(Mistaken):
    def sine(self):
        return np.sin(self.slope)


class SlopesMultipliedInSum(Mistaken):
    def plus(self, other):
        return self.slope * other.slope


def divide_without_minus(a, b):
    return a / b, (lambda g: g / b, lambda g: g * a / b**2)


def divide_without_g(a, b):
    return a / b, (lambda g: 1 / b, lambda g: -a / b**2)


def divide_turned(a, b):
    return a / b, (lambda g: -g * a / b**2, lambda g: g / b)


def divide_like_multiply(a, b):
    return a / b, (lambda g: g * b, lambda g: g * a)


def divide_without_a(a, b):
    return a / b, (lambda g: g / b, lambda g: -g / b**2)


def divide_without_square(a, b):
    return a / b, (lambda g: g / b, lambda g: -g * a / b)


def divide_symmetric(a, b):
    return a / b, (lambda g: g / b, lambda g: g / a)


def order_users_first(root):
    return list(reversed(postorder(root)))


def order_with_repeats(root):
    order = []
    for parent, _ in root.edges:
        order += order_with_repeats(parent)
    return [*order, root]


def order_without_inputs(root):
    return [node for node in postorder(root) if node.edges]


def order_without_root(root):
    return postorder(root)[:-1]


def order_by_distance(root):
    order, queue = [], [root]
    while queue:
        node = queue.pop(0)
        if node not in order:
            order.append(node)
            queue += [parent for parent, _ in node.edges]
    return order[::-1]


def order_on_the_way_in(root):
    order = []

    def visit(node):
        if node not in order:
            order.append(node)
            for parent, _ in node.edges:
                visit(parent)

    visit(root)
    return order


def order_on_the_way_in_turned(root):
    return order_on_the_way_in(root)[::-1]


def order_by_all_ways(root):
    order = []

    def visit(node):
        for parent, _ in node.edges:
            visit(parent)
        if node not in order:
            order.append(node)

    visit(root)
    return order


def backward_by_tapes(root, gradient):
    """The bug of the chapter: every input's whole tape is run once for each use."""

    def tape(node):
        return [entry for parent, _ in node.edges for entry in tape(parent)] + [node]

    grads = {root: gradient}
    for node in reversed(tape(root)):
        yield node, grads[node]
        for parent, vjp in node.edges:
            grads[parent] = grads.get(parent, 0) + vjp(grads[node])


def backward_by_paths(root, gradient):
    yield root, gradient
    for parent, vjp in root.edges:
        yield from backward_by_paths(parent, vjp(gradient))


def backward_by_paths_added_up(root, gradient):
    grads = {}

    def send(node, g):
        grads[node] = grads.get(node, 0) + g
        for parent, vjp in node.edges:
            send(parent, vjp(g))

    send(root, gradient)
    yield from grads.items()


def backward_overwriting(root, gradient):
    grads = {root: gradient}
    for node in reversed(postorder(root)):
        yield node, grads[node]
        for parent, vjp in node.edges:
            grads[parent] = vjp(grads[node])


def backward_in_place(root, gradient):
    grads = {root: gradient}
    for node in reversed(postorder(root)):
        yield node, grads[node]
        for parent, vjp in node.edges:
            if parent in grads:
                grads[parent] += vjp(grads[node])
            else:
                grads[parent] = vjp(grads[node])


def backward_from_one(root, gradient):
    return tensor.backpropagate(root, np.ones_like(gradient))


def backward_in_forward_order(root, gradient):
    grads = {root: gradient}
    for node in postorder(root):
        g = grads.pop(node)
        yield node, g
        for parent, vjp in node.edges:
            grads[parent] = grads[parent] + vjp(g) if parent in grads else vjp(g)


def backward_on_the_nodes(root, gradient):
    root.grad = gradient
    for node in reversed(postorder(root)):
        yield node, node.grad
        for parent, vjp in node.edges:
            parent.grad = vjp(node.grad) if parent.grad is None else parent.grad + vjp(node.grad)


def backward_by_distance(root, gradient):
    grads = {root: gradient}
    for node in reversed(order_by_distance(root)):
        yield node, grads[node]
        for parent, vjp in node.edges:
            grads[parent] = grads.get(parent, 0) + vjp(grads[node])


def unbroadcast_mean(g, shape):
    total = ops.unbroadcast(g, shape)
    return total * (total.size / g.size)


def unbroadcast_cut(g, shape):
    return np.resize(g, shape)


def unbroadcast_front_only(g, shape):
    while g.ndim > len(shape):
        g = g.sum(axis=0)
    return g


def unbroadcast_ones_only(g, shape):
    for axis, n in enumerate(shape):
        if n == 1:
            g = g.sum(axis=axis, keepdims=True)
    return g


def unbroadcast_without_keepdims(g, shape):
    extra = g.ndim - len(shape)
    ones = [extra + i for i, n in enumerate(shape) if n == 1]
    return g.sum(axis=(*range(extra), *ones))


def unbroadcast_total(g, shape):
    return np.full(shape, g.sum())


def unbroadcast_first_axis(g, shape):
    return g.sum(axis=0)


def matmul_not_transposed(X, W):
    return X @ W, (lambda dZ: dZ @ W, lambda dZ: X @ dZ)


def matmul_turned(X, W):
    return X @ W, (lambda dZ: W @ dZ.T, lambda dZ: dZ.T @ X)


def matmul_elementwise(X, W):
    return X @ W, (lambda dZ: dZ * W, lambda dZ: X * dZ)


def matmul_swapped(X, W):
    return X @ W, (lambda dZ: X.T @ dZ, lambda dZ: dZ @ W.T)


def matmul_without_dZ(X, W):
    return X @ W, (lambda dZ: W.T, lambda dZ: X.T)


def matmul_averaged(X, W):
    return X @ W, (lambda dZ: dZ @ W.T, lambda dZ: X.T @ dZ / len(X))


class NoBiasAdded(nn.Linear):
    def forward(self, X):
        return X @ self.weight


class WeightsTheOtherWay(nn.Linear):
    def __init__(self, in_features, out_features, rng=None):
        super().__init__(out_features, in_features, rng=rng)
        self.bias = nn.Parameter(np.zeros(out_features, np.float32))

    def forward(self, X):
        return X @ self.weight.T + self.bias


class PlainArrays(nn.Linear):
    def __init__(self, in_features, out_features, rng=None):
        super().__init__(in_features, out_features, rng=rng)
        self.weight, self.bias = (Tensor(p.data) for p in (self.weight, self.bias))


class ArraysNotParameters(nn.Linear):
    def __init__(self, in_features, out_features, rng=None):
        super().__init__(in_features, out_features, rng=rng)
        self.weight, self.bias = self.weight.data, self.bias.data


class TensorsNotParameters(nn.Linear):
    def __init__(self, in_features, out_features, rng=None):
        super().__init__(in_features, out_features, rng=rng)
        self.weight = Tensor(self.weight.data, requires_grad=True)
        self.bias = Tensor(self.bias.data, requires_grad=True)


class OutsideTheGraph(nn.Linear):
    def forward(self, X):
        return Tensor(X @ self.weight.data + self.bias.data)


class ZeroWeights(nn.Linear):
    def __init__(self, in_features, out_features, rng=None):
        super().__init__(in_features, out_features)
        self.weight = nn.Parameter(np.zeros((in_features, out_features), np.float32))


class SeedForgotten(nn.Linear):
    def __init__(self, in_features, out_features, rng=None):
        super().__init__(in_features, out_features)


class StepsUphill(SGD):
    def step(self):
        for p in self.params:
            if p.grad is not None:
                p.data += self.lr * p.grad


class MovesAName(SGD):
    def step(self):
        for p in self.params:
            if p.grad is not None:
                p = p - self.lr * p.grad


class WithoutRate(SGD):
    def step(self):
        for p in self.params:
            if p.grad is not None:
                p.data -= p.grad


class NoneNotExpected(SGD):
    def step(self):
        for p in self.params:
            p.data -= self.lr * p.grad


class StopsAtTheFirst(SGD):
    def zero_grad(self):
        for p in self.params:
            p.grad = None
            return


class ZeroesTheWeights(SGD):
    def zero_grad(self):
        for p in self.params:
            p.data = np.zeros_like(p.data)
            p.grad = None


class StepForgets(SGD):
    def step(self):
        super().step()
        self.zero_grad()


class ZeroesAName(SGD):
    def zero_grad(self):
        for p in self.params:
            gradient = p.grad  # noqa: F841
            gradient = None  # noqa: F841


# ------------------------------------------------------------------------------------- exercises

EXERCISES = (
    Exercise(
        id="Dual",
        chapter=CHAPTER,
        title="A number that carries its slope",
        minutes=8,
        difficulty=2,
        reference=Dual,
        probe=two_passes,
        cases=(
            case(sum_alone, 2.0, 5.0, about="a sum alone"),
            case(product_and_sine, 2.0, 3.0, about="the chapter's function"),
            case(cube, 2.0, 1.0, about="x^3, whose slope at 2 is 12"),
            case(sine_of_product, 0.5, 1.5, about="something inside the sine"),
            case(product_and_sine, 0.0, -1.0, about="at zero"),
        ),
        draw=two_numbers,
        hints=(
            "Each operation has two jobs: the value, as always, and the slope. Which rules of "
            "differentiation belong to +, to * and to sin?",
            "Slopes add under +. Under * it is the product rule, u' v + u v'. Under sin it is the "
            "chain rule: cos of the value, times the slope that came in.",
            "`Dual(self.value * other.value, self.slope * other.value + self.value * other.slope)` "
            "and `Dual(np.sin(self.value), np.cos(self.value) * self.slope)`.",
        ),
        misconceptions=(
            Misconception(
                "product of the slopes",
                "The slope of a product is not the product of the slopes: x times x would have "
                "slope 1 everywhere. Multiply (u + u' e)(v + v' e) out and drop e^2: two terms "
                "with e are left, u' v and u v'.",
                ProductOfSlopes,
            ),
            Misconception(
                "half the product rule",
                "One term of the product rule is there, u v'. The other factor moves as well: "
                "u' v is missing, so whatever moves on the left is not seen.",
                HalfTheProductRule,
            ),
            Misconception(
                "minus in the product rule",
                "The two terms of the product rule are subtracted. That is the numerator of the "
                "quotient rule. In a product both terms count the same way: u' v + u v'.",
                MinusInTheProductRule,
            ),
            Misconception(
                "sin forgets what came in",
                "cos of the value is how fast the sine moves with its argument. How fast the "
                "argument itself moves is in `self.slope`: multiply by it. Without it even a "
                "constant seems to move.",
                SineForgetsTheInside,
            ),
            Misconception(
                "cos of the slope",
                "You take the cosine of the slope. The cosine belongs to the value: it is the "
                "sine's derivative there. The slope that came in is a factor beside it.",
                SineOfTheSlope,
            ),
            Misconception(
                "sin of both parts",
                "The sine is taken of the value and of the slope. Only the value goes through the "
                "sine; the slope is multiplied by the sine's derivative, cos(value).",
                SineOfBoth,
            ),
            Misconception(
                "slopes multiplied in a sum",
                "Under + the slopes are multiplied here. If u grows by u' and v by v', u + v grows "
                "by u' + v'.",
                SlopesMultipliedInSum,
            ),
        ),
    ),
    Exercise(
        id="divide",
        chapter=CHAPTER,
        title="Division, forward and backward",
        minutes=6,
        difficulty=2,
        reference=ops.divide,
        probe=value_and_vjps,
        cases=(
            case(np.array([6.0]), np.array([3.0]), np.array([1.0]), about="6 / 3, g = 1"),
            case(np.array([6.0]), np.array([3.0]), np.array([10.0]), about="6 / 3, g = 10"),
            case(np.array([0.0, -4]), np.array([0.5, 2]), np.array([1.0, -3]), about="signs"),
        ),
        draw=equal_shapes,
        terms=lambda a, b, g: {"g / b": g / b, "g a / b^2": -g * a / b**2},
        hints=(
            "Two slopes: how does a / b move with a, while b stays? And with b, while a stays?",
            "d(a/b)/da = 1/b and d(a/b)/db = -a/b^2. A vjp is a function of g, and multiplies the "
            "slope by g.",
            "`return a / b, (lambda g: g / b, lambda g: -g * a / b**2)`.",
        ),
        misconceptions=(
            Misconception(
                "minus sign missing",
                "The first vjp is right. In the second the sign is missing: a larger denominator "
                "makes the fraction smaller. The derivative of 1/b is -1/b^2.",
                divide_without_minus,
            ),
            Misconception(
                "g left out",
                "These are the slopes of a / b itself. A vjp carries back what comes from above: "
                "it multiplies the slope by g. With g = 1 you would not notice.",
                divide_without_g,
            ),
            Misconception(
                "vjps in the other order",
                "Both vjps are right, in the other order. The first carries g back to a, the "
                "second to b, as the arguments stand.",
                divide_turned,
            ),
            Misconception(
                "vjps of a product",
                "The value is a / b, and the vjps are those of a * b. Differentiate the quotient: "
                "1/b for a, -a/b^2 for b.",
                divide_like_multiply,
            ),
            Misconception(
                "a missing in b's gradient",
                "The first vjp is right. The second is that of 1 / b: the numerator a is a factor "
                "in front, and stays: -g a / b^2.",
                divide_without_a,
            ),
            Misconception(
                "b not squared",
                "The first vjp is right. In the second b needs a square: 1/b = b^-1, and its "
                "derivative is -b^-2.",
                divide_without_square,
            ),
            Misconception(
                "both treated alike",
                "The first vjp is right. Division does not treat its arguments alike: b stands "
                "below. Its slope is -a/b^2.",
                divide_symmetric,
            ),
        ),
    ),
    Exercise(
        id="postorder",
        chapter=CHAPTER,
        title="Inputs before their users",
        minutes=10,
        difficulty=3,
        reference=tensor.postorder,
        probe=order_in_words,
        loops=True,
        cases=(
            case(nothing_computed, np.array([3.0]), np.array([1.0]), about="a single node"),
            case(a_leaf_twice, np.array([2.0]), np.array([3.0]), about="a leaf used twice"),
            case(sum_of_sums, np.array([3.0]), np.array([1.0]), about="a result used twice"),
            case(
                short_way_and_long_way,
                np.array([1.0]),
                np.array([2.0]),
                about="b is needed next to r, and far from it",
            ),
            case(a_diamond, np.array([1.0]), np.array([2.0]), about="two users side by side"),
            case(twelve_doublings, np.array([1.0]), np.array([1.0]), about="doubled twelve times"),
        ),
        draw=graph_and_arrays,
        hints=(
            "When may a node be written down? Only when all its inputs stand there already. So "
            "what do you do first, on arriving at a node?",
            "A function that visits a node: if it was visited before, return; otherwise visit all "
            "its inputs, and only then append the node to the list. Remember visited nodes in a "
            "set.",
            "`def visit(node): if node in visited: return`; `visited.add(node)`; `for parent, _ in "
            "node.edges: visit(parent)`; `order.append(node)`. Then `visit(root)` and "
            "`return order`.",
        ),
        misconceptions=(
            Misconception(
                "users before inputs",
                "All nodes are there, each once, and the list runs the other way: the result "
                "first. Here inputs come first; the backward pass turns the list round itself.",
                order_users_first,
            ),
            Misconception(
                "shared nodes repeated",
                "A node that is used twice stands in your list twice, with all its inputs. That "
                "is the tape bug. Keep a set of the nodes you have visited, and return at once "
                "when you meet one again.",
                order_with_repeats,
            ),
            Misconception(
                "leaves left out",
                "The leaves are missing, the nodes without edges. They are the ones whose "
                "gradients we want. Append every node, whether it has inputs or not.",
                order_without_inputs,
            ),
            Misconception(
                "the result left out",
                "The root itself is missing. The backward pass begins there: append it after all "
                "its inputs.",
                order_without_root,
            ),
            Misconception(
                "by distance from the result",
                "This is breadth-first search: nodes by their shortest distance from the result. "
                "A node can be near by one way and far by another. Then it comes too late here, "
                "after a node that needs it. Go deep first, and append on the way back.",
                order_by_distance,
            ),
            Misconception(
                "written down on arrival",
                "You append a node when you arrive, before its inputs. Move the line behind the "
                "loop: first visit all inputs, then append. Turning this list round would not "
                "repair it.",
                order_on_the_way_in,
            ),
            Misconception(
                "written down on arrival, then turned round",
                "You append a node when you arrive, and turn the list round at the end. A shared "
                "node is then placed by the first of its users; another user, visited later, "
                "comes to stand before it. Visit all inputs first, then append, and turn nothing "
                "round.",
                order_on_the_way_in_turned,
            ),
            Misconception(
                "every way walked again",
                "The order is right. But the inputs of a shared node are visited again for each "
                "use: twelve doublings cost 4,096 visits of one leaf, sixty would never end. Look "
                "first whether you have been at a node, and if so return at once.",
                order_by_all_ways,
            ),
        ),
    ),
    Exercise(
        id="backpropagate",
        chapter=CHAPTER,
        title="Each node once: the tape bug mended",
        minutes=12,
        difficulty=3,
        reference=tensor.backpropagate,
        probe=gradients_of_all,
        loops=True,
        cases=(
            case(
                nothing_computed, np.array([3.0, 4]), ONE, np.array([1.0, 5]), about="a single node"
            ),
            case(
                a_leaf_twice, np.array([2.0, 1]), np.array([3.0, 5]), ONE, about="a leaf used twice"
            ),
            case(sum_of_sums, np.array([3.0, 1]), ONE, ONE, about="a result used twice"),
            case(power_of_four, np.array([3.0, 2]), ONE, np.array([1.0, 2]), about="x^4"),
            case(
                one_input_passed_on,
                np.array([3.0, 1]),
                ONE,
                ONE,
                about="one gradient handed to two nodes",
            ),
            case(
                short_way_and_long_way,
                np.array([1.0, 0.5]),
                np.array([0.5, 1]),
                ONE,
                about="a short way and a long way",
            ),
            case(twelve_doublings, np.array([3.0, 1]), ONE, ONE, about="doubled twelve times"),
        ),
        draw=lambda rng: (*graph_and_arrays(rng), SEED),
        hints=(
            "When is a node's gradient finished? When every node that uses it has sent its part. "
            "In which order must you walk?",
            "Walk `reversed(postorder(root))`. Keep the gradients in a dict, at first "
            "`{root: gradient}`. For each node yield `(node, g)`, then send `vjp(g)` along each "
            "edge: add it where something has arrived before.",
            "`for node in reversed(postorder(root)): g = grads.pop(node)`; `yield node, g`; `for "
            "parent, vjp in node.edges: grads[parent] = grads[parent] + vjp(g) if parent in grads "
            "else vjp(g)`.",
        ),
        misconceptions=(
            Misconception(
                "tapes one after the other",
                "This is the tape bug itself: a shared node is visited once for each use, and the "
                "second time it passes on again what it passed on before. Visit each node once, "
                "when its gradient is complete: `reversed(postorder(root))`.",
                backward_by_tapes,
            ),
            Misconception(
                "once for each path",
                "You walk every path from the result, so shared nodes come several times, each "
                "time with a part of their gradient. Added up it would be right; but 60 doublings "
                "in a row have 2^60 paths. Collect the parts first, then visit the node once.",
                backward_by_paths,
            ),
            Misconception(
                "every path, then added up",
                "The gradients are right. But you walk every path from the result: twelve "
                "doublings have 4,096 of them, sixty would never end. Walk "
                "`reversed(postorder(root))` instead: each node once, when all its parts are "
                "together.",
                backward_by_paths_added_up,
            ),
            Misconception(
                "overwritten, not added",
                "A node with two users hears from both. The second part replaces the first here. "
                "Add: each use moves the result on its own.",
                backward_overwriting,
            ),
            Misconception(
                "+= changes a gradient handed out",
                "`+=` adds into the array itself, and that array is not yours alone: + hands one "
                "and the same g to both its inputs. Write `grads[parent] = grads[parent] + "
                "vjp(g)`, which makes a new array.",
                backward_in_place,
            ),
            Misconception(
                "starts from ones",
                "You start from ones. The caller says where to start: `gradient` is dL/d(root), "
                "which is 1 only if the root is the loss itself.",
                backward_from_one,
            ),
            Misconception(
                "in forward order",
                "You walk from the inputs to the result, and at the first node no gradient has "
                "arrived yet. Turn the order round: `reversed(postorder(root))`.",
                backward_in_forward_order,
            ),
            Misconception(
                "gradients left on the nodes",
                "The first pass is right. The second finds what the first left in `node.grad` and "
                "adds to it, so it sends too much. Gradients on their way belong to one pass: "
                "keep them in a dict of your own.",
                backward_on_the_nodes,
            ),
            Misconception(
                "by distance from the result",
                "A node is visited at its shortest distance from the result. Another way to it may "
                "be longer, and what comes along it arrives too late to be passed on. "
                "`postorder` knows the right order.",
                backward_by_distance,
            ),
        ),
    ),
    Exercise(
        id="unbroadcast",
        chapter=CHAPTER,
        title="The adjoint of a broadcast is a sum",
        minutes=8,
        difficulty=3,
        reference=ops.unbroadcast,
        loops=True,
        cases=(
            case(np.array([[1.0, 2, 3], [4, 5, 6]]), (3,), about="a bias: rows are added up"),
            case(np.array([[1.0, 2, 3], [4, 5, 6]]), (2, 1), about="a column"),
            case(np.array([[1.0, 2, 3], [4, 5, 6]]), (1, 3), about="a row of shape (1, 3)"),
            case(np.array([[1.0, 2, 3], [4, 5, 6]]), (2, 3), about="nothing was stretched"),
            case(np.array([[1.0, 2], [3, 4]]), (2,), about="square: the axis matters"),
            case(np.array([1.0, 2, 3]), (), about="a single number"),
            case(np.array([1.0, 2, 3]), (1,), about="an array of one"),
            case(np.arange(8.0).reshape(2, 2, 2), (2,), about="two new axes"),
            case(np.arange(12.0).reshape(2, 3, 2), (3, 1), about="a new axis and a stretched one"),
        ),
        draw=stretched,
        draws=6,
        factors=lambda g, shape: {
            "how often each element was used": g.size / max(1, int(np.prod(shape)))
        },
        hints=(
            "Each element of the small array was copied to several places. Each copy sends a "
            "gradient back. What does the original get?",
            "Two kinds of axes: those that NumPy added in front, `g.ndim - len(shape)` of them, "
            "and those where `shape` has a 1. Sum over the first kind and let them go; sum over "
            "the second and keep them as 1.",
            "`extra = g.ndim - len(shape)`; `g = g.sum(axis=tuple(range(extra)))`; then for each "
            "axis i with `shape[i] == 1`: `g = g.sum(axis=i, keepdims=True)`.",
        ),
        misconceptions=(
            Misconception(
                "mean instead of sum",
                "The shapes are right, and the numbers are means. Each copy of an element pulls at "
                "it, and pulls add up: sum.",
                unbroadcast_mean,
            ),
            Misconception(
                "cut to size",
                "You keep the first elements and drop the rest, so most copies are not heard. "
                "Every copy sends its gradient back: add them up.",
                unbroadcast_cut,
            ),
            Misconception(
                "new axes only",
                "The axes added in front are summed. An axis of length 1 was stretched as well, "
                "and is still long: sum it, with `keepdims=True`.",
                unbroadcast_front_only,
            ),
            Misconception(
                "axes of length 1 only",
                "Axes of length 1 are summed. But NumPy also adds axes in front, as when a bias "
                "(3,) meets (2, 3). Sum those first, and let them go.",
                unbroadcast_ones_only,
            ),
            Misconception(
                "length 1 lost",
                "The sums are right, and the axes of length 1 are gone. A gradient has the shape "
                "of its own array: keep them by `keepdims=True`, or `reshape(shape)` at the end.",
                unbroadcast_without_keepdims,
            ),
            Misconception(
                "everything added up",
                "You add up everything. Only copies of one element belong together: sum along the "
                "stretched axes, and along no other.",
                unbroadcast_total,
            ),
            Misconception(
                "always along axis 0",
                "You sum along axis 0, whatever the shape. It is right for a bias. Which axes were "
                "stretched is a question to `shape`.",
                unbroadcast_first_axis,
            ),
        ),
    ),
    Exercise(
        id="matmul",
        chapter=CHAPTER,
        title="The matrix product, forward and backward",
        minutes=5,
        difficulty=2,
        reference=ops.matmul,
        probe=product_and_vjps,
        cases=(
            case(np.array([[1.0, 2]]), SQUARE, np.array([[1.0, 10]]), about="one sample"),
            case(
                SQUARE,
                np.array([[0.0, 1], [5, 7]]),
                np.array([[1.0, 0], [2, 3]]),
                about="all square: shapes do not help",
            ),
        ),
        draw=matrices,
        factors=lambda X, W, dZ: {"N, the number of rows": len(X)},
        hints=(
            "You have derived it in chapter 5. What are the shapes of dZ, X and W, and which "
            "products give the shapes of dX and dW?",
            "dX = dZ W^T and dW = X^T dZ. Here each is a function that waits for dZ.",
            "`return X @ W, (lambda dZ: dZ @ W.T, lambda dZ: X.T @ dZ)`.",
        ),
        misconceptions=(
            Misconception(
                "nothing transposed",
                "dZ W and X dZ only run because everything is square in one of the cases. Forward "
                "takes D to H along W; the way back goes along W transposed: dZ W^T, and X^T dZ.",
                matmul_not_transposed,
            ),
            Misconception(
                "results transposed",
                "The right products, transposed: a gradient has the shape of its own array. "
                "(W dZ^T)^T is dZ W^T, and (dZ^T X)^T is X^T dZ.",
                matmul_turned,
            ),
            Misconception(
                "elementwise",
                "`*` multiplies element by element, as in the vjp of a * b. Each entry of X meets "
                "a whole row of W, so the way back is a matrix product too.",
                matmul_elementwise,
            ),
            Misconception(
                "vjps in the other order",
                "Both vjps are right, in the other order. The first argument is X: its vjp comes "
                "first.",
                matmul_swapped,
            ),
            Misconception(
                "dZ left out",
                "W^T and X^T are the slopes alone. A vjp is the product of the slope with what "
                "came from above: dZ W^T, and X^T dZ.",
                matmul_without_dZ,
            ),
            Misconception(
                "averaged over the batch",
                "dX is right; dW is N times too small. The 1/N of a mean loss is already inside "
                "dZ: here the samples only add up.",
                matmul_averaged,
            ),
        ),
    ),
    Exercise(
        id="Linear",
        chapter=CHAPTER,
        title="A layer that only goes forward",
        minutes=6,
        difficulty=2,
        reference=nn.Linear,
        probe=one_layer,
        cases=(
            case(2, 3, np.array([[1.0, -1]]), np.array([[1.0, 0, 2]]), about="one sample"),
            case(
                3,
                3,
                np.array([[1.0, -1, 0.5], [2, 0, 1]]),
                np.array([[1.0, -2, 0], [0, 1, 3]]),
                about="a square weight",
            ),
        ),
        draw=layer_and_batch,
        hints=(
            "What does the layer own, and what does it do with X? Nothing is said about backward.",
            "Two `Parameter`s: random weights of shape (in_features, out_features), a bias of "
            "zeros. Forward is X W + b, with the Tensors themselves, so that they are recorded.",
            "`self.weight = Parameter(kaiming_uniform((in_features, out_features), rng))`, "
            "`self.bias = Parameter(np.zeros(out_features))`, and `return X @ self.weight + "
            "self.bias`.",
        ),
        misconceptions=(
            Misconception(
                "bias not added",
                "The bias exists, and forward never uses it, so it gets no gradient either. "
                "X W + b.",
                NoBiasAdded,
            ),
            Misconception(
                "weights as (out, in)",
                "Your weight has shape (out, in), and forward transposes it. PyTorch does that. In "
                "this course it is (in, out), so that the code reads X W + b as the formula does.",
                WeightsTheOtherWay,
            ),
            Misconception(
                "tensors that require no gradient",
                "Forward is right. But weight and bias are plain tensors that require no gradient: "
                "nothing is recorded, and nothing can be learned. Wrap them in `Parameter`.",
                PlainArrays,
            ),
            Misconception(
                "arrays that are no Parameters",
                "Weight and bias are bare arrays: `parameters()` finds nothing, and no gradient "
                "would ever reach them. Wrap each in `Parameter(...)`.",
                ArraysNotParameters,
            ),
            Misconception(
                "tensors that are no Parameters",
                "Gradients arrive, yet `parameters()` finds nothing: it looks for attributes that "
                "are `Parameter`s. An optimiser would be handed an empty list.",
                TensorsNotParameters,
            ),
            Misconception(
                "computed outside the graph",
                "Forward takes `.data`, the bare array, and so it leaves the graph: the result "
                "does not know what made it. Compute with the parameters themselves.",
                OutsideTheGraph,
            ),
            Misconception(
                "weights start at zero",
                "The weights start out alike. Then all units of a hidden layer stay alike for ever "
                "(chapter 3). Draw them: `kaiming_uniform((in_features, out_features), rng)`.",
                ZeroWeights,
            ),
            Misconception(
                "rng not handed on",
                "One seed gives two different layers, so no run can be repeated. Hand `rng` on to "
                "`kaiming_uniform`.",
                SeedForgotten,
            ),
        ),
    ),
    Exercise(
        id="SGD",
        chapter=CHAPTER,
        title="An optimiser: step and zero_grad",
        minutes=6,
        difficulty=2,
        reference=SGD,
        probe=two_steps,
        loops=True,
        cases=(
            case(
                np.array([[1.0, 2, 3]]),
                np.array([10.0, 20, 30]),
                np.array([[1.0, 0, -1]]),
                np.array([2.0, 4, -8]),
                0.5,
                about="one input, three units",
            ),
            case(
                np.array([[1.0]]),
                np.array([2.0]),
                np.array([[4.0]]),
                np.array([-3.0]),
                0.1,
                about="one weight",
            ),
        ),
        draw=weights_and_gradients,
        terms=lambda W, b, dW, db, lr: {"the step of W": -lr * dW},
        hints=(
            "`step` is chapter 5's `sgd_step` once more. What if a parameter was not used, and its "
            "`.grad` is still None?",
            "Loop over `self.params`. In `step`, skip those whose `.grad` is None, and change "
            "`p.data` in place. In `zero_grad`, set `p.grad` back to None.",
            "`for p in self.params: if p.grad is not None: p.data -= self.lr * p.grad`, and "
            "`for p in self.params: p.grad = None`.",
        ),
        misconceptions=(
            Misconception(
                "steps uphill",
                "The step goes uphill: the gradient points where the loss grows. Subtract it.",
                StepsUphill,
            ),
            Misconception(
                "moves a name, not the parameter",
                "Nothing has moved. `p = p - ...` computes a new Tensor and calls it p; the "
                "parameter of the layer is another object, and stays. Change the array inside it: "
                "`p.data -= ...`.",
                MovesAName,
            ),
            Misconception(
                "learning rate not used",
                "The whole gradient is subtracted. Multiply it by `self.lr` first.",
                WithoutRate,
            ),
            Misconception(
                "no gradient not expected",
                "A parameter that took no part in the loss has `.grad` None, and None cannot be "
                "multiplied. Skip it: `if p.grad is not None`.",
                NoneNotExpected,
            ),
            Misconception(
                "only the first is forgotten",
                "`zero_grad` forgets one gradient and leaves the others. Is a `return` indented "
                "into the loop?",
                StopsAtTheFirst,
            ),
            Misconception(
                "weights set to zero",
                "`zero_grad` sets the weights themselves to zero, and with them all that was "
                "learned. Only `p.grad` is to be forgotten.",
                ZeroesTheWeights,
            ),
            Misconception(
                "step forgets the gradients",
                "The first step is right, and the second does nothing, because `step` has thrown "
                "the gradients away. Forgetting is a job of its own, `zero_grad`: the loop "
                "decides when.",
                StepForgets,
            ),
            Misconception(
                "forgets a name only",
                "`zero_grad` sets a variable of its own to None. The gradient still hangs on the "
                "parameter: assign to `p.grad`.",
                ZeroesAName,
            ),
        ),
    ),
)

# ------------------------------------------------------------------------------------- questions

QUIZZES = (
    Quiz(
        id="which_mode",
        chapter=CHAPTER,
        question="A program draws a curve of 10,000 points from 3 settings. You want to know how "
        "every point moves with every setting: 30,000 derivatives. Which mode?",
        options=(
            Option(
                "Reverse mode, as for networks",
                "One reverse pass answers for one output. Here it would take 10,000 of them.",
            ),
            Option(
                "Forward mode: 3 passes",
                "One forward pass answers for one input, whatever the number of outputs. A network "
                "is the opposite case: many weights, one loss.",
                right=True,
            ),
            Option(
                "It makes no difference",
                "Both give the same numbers. The number of passes is 3 against 10,000.",
            ),
            Option(
                "Finite differences, as there are so many points",
                "They take one pass for each setting as well, and one more to compare with; and "
                "they lose about half the digits.",
            ),
        ),
    ),
    Quiz(
        id="shared_on_tape",
        chapter=CHAPTER,
        question="b = a + a and c = b + b, so c = 4 a. The tape of c is the tape of b, the tape of "
        "b again, and c's own entries. Run from its end, what does it say dc/da is?",
        options=(
            Option(
                "4",
                "That is the truth. It would come out if the entries of b were on the tape once.",
            ),
            Option(
                "2",
                "2 would mean that a use was not heard. Here every use is heard, and some twice.",
            ),
            Option(
                "8",
                "c sends 1 + 1 = 2 to b. Then b's entries run, sending 2 + 2 = 4 to a; and they "
                "stand on the tape a second time, sending 4 again.",
                right=True,
            ),
            Option(
                "16",
                "That takes one more doubling. Only b is shared here, so only b's entries run "
                "twice.",
            ),
        ),
    ),
    Quiz(
        id="two_minus_x",
        chapter=CHAPTER,
        question="Somebody saves a line and writes `__rsub__ = __sub__` in Tensor. x holds 5. What "
        "is `2 - x`?",
        options=(
            Option(
                "A Tensor of 3",
                "Python asks x for `__rsub__(2)`. As a copy of `__sub__` it computes x - 2. Value "
                "and gradient have their signs turned round, and nothing complains. The reflected "
                "form has to turn the arguments round instead.",
                right=True,
            ),
            Option(
                "A Tensor of -3",
                "It is, when `__rsub__(self, other)` computes other - self. A copy of `__sub__` "
                "computes self - other.",
            ),
            Option(
                "A TypeError",
                "It would be one without any `__rsub__`: a plain 2 does not know Tensors.",
            ),
        ),
    ),
    Quiz(
        id="leaf_no_more",
        chapter=CHAPTER,
        question="A training loop says `W = W - 0.1 * W.grad`, with W a Tensor that requires a "
        "gradient. The first step is right. What happens in the second?",
        options=(
            Option(
                "The same again",
                "It would, if W were still the leaf that it was. Look at what `-` returns.",
            ),
            Option(
                "W.grad is None: nothing arrives",
                "`W - ...` is a result, with an edge to the old W. Gradients are collected at the "
                "leaves, so they go there. And each step makes the graph longer. Change `W.data` "
                "instead.",
                right=True,
            ),
            Option(
                "The gradient is twice as large",
                "Adding up happens when `.grad` is not reset. Here it is the W itself that has "
                "changed.",
            ),
        ),
    ),
)
