"""A node may pass its gradient on only when all its users have sent theirs."""

import numpy as np

from nnlib import tensor
from nnlib.course.description import case, describe, region
from nnlib.tensor import Tensor, postorder

from .shared import (
    a_leaf_twice,
    count_walks,
    graph_and_arrays,
    nothing_computed,
    one_input_passed_on,
    order_by_distance,
    power_of_four,
    short_way_and_long_way,
    sum_of_sums,
    twelve_doublings,
)


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


ONE = np.array([1.0, 1])


SEED = np.array([1.0, 2, -1])


def a_sum_inside(x, y):
    """q = x x; s = the sum of q; r = s y + s: three shapes"""
    x, y = Tensor(x, requires_grad=True), Tensor(y, requires_grad=True)
    q = x * x
    s = q.sum()
    p = s * y
    return {"x": x, "y": y, "q": q, "s": s, "p": p, "r": p + s}


exercise = describe(
    tensor.backpropagate,
    title="Each node once: the tape bug mended",
    minutes=12,
    difficulty=3,
    probe=gradients_of_all,
    loops=True,
    cases=(
        case(nothing_computed, np.array([3.0, 4]), ONE, np.array([1.0, 5]), about="a single node"),
        case(a_leaf_twice, np.array([2.0, 1]), np.array([3.0, 5]), ONE, about="a leaf used twice"),
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
    regions=(
        region(
            """Right, while all nodes have one shape. Each node's gradient has the shape of the
            node, which may be another than that of `gradient`: start each sum from what arrives
            first, not from zeros of one shape.""",
            case(a_sum_inside, np.array([1.0, 2]), np.array([3.0, 4, 5]), np.array([1.0, -1, 2])),
        ),
    ),
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
)


@exercise.misconception(
    "tapes one after the other",
    """This is the tape bug itself: a shared node is visited once for each use, and the second time
    it passes on again what it passed on before. Visit each node once, when its gradient is
    complete: `reversed(postorder(root))`.""",
)
def backward_by_tapes(root, gradient):
    """The bug of the chapter: every input's whole tape is run once for each use."""

    def tape(node):
        return [entry for parent, _ in node.edges for entry in tape(parent)] + [node]

    grads = {root: gradient}
    for node in reversed(tape(root)):
        yield node, grads[node]
        for parent, vjp in node.edges:
            grads[parent] = grads.get(parent, 0) + vjp(grads[node])


@exercise.misconception(
    "once for each path",
    """You walk every path from the result, so shared nodes come several times, each time with a
    part of their gradient. Added up it would be right; but 60 doublings in a row have 2^60 paths.
    Collect the parts first, then visit the node once.""",
)
def backward_by_paths(root, gradient):
    yield root, gradient
    for parent, vjp in root.edges:
        yield from backward_by_paths(parent, vjp(gradient))


@exercise.misconception(
    "every path, then added up",
    """The gradients are right. But you walk every path from the result: twelve doublings have 4,096
    of them, sixty would never end. Walk `reversed(postorder(root))` instead: each node once, when
    all its parts are together.""",
)
def backward_by_paths_added_up(root, gradient):
    grads = {}

    def send(node, g):
        grads[node] = grads.get(node, 0) + g
        for parent, vjp in node.edges:
            send(parent, vjp(g))

    send(root, gradient)
    yield from grads.items()


@exercise.misconception(
    "overwritten, not added",
    """A node with two users hears from both. The second part replaces the first here. Add: each use
    moves the result on its own.""",
)
def backward_overwriting(root, gradient):
    grads = {root: gradient}
    for node in reversed(postorder(root)):
        yield node, grads[node]
        for parent, vjp in node.edges:
            grads[parent] = vjp(grads[node])


@exercise.misconception(
    "+= changes a gradient handed out",
    """`+=` adds into the array itself, and that array is not yours alone: + hands one and the same
    g to both its inputs. Write `grads[parent] = grads[parent] + vjp(g)`, which makes a new
    array.""",
)
def backward_in_place(root, gradient):
    grads = {root: gradient}
    for node in reversed(postorder(root)):
        yield node, grads[node]
        for parent, vjp in node.edges:
            if parent in grads:
                grads[parent] += vjp(grads[node])
            else:
                grads[parent] = vjp(grads[node])


@exercise.misconception(
    "starts from ones",
    """You start from ones. The caller says where to start: `gradient` is dL/d(root), which is 1
    only if the root is the loss itself.""",
)
def backward_from_one(root, gradient):
    return tensor.backpropagate(root, np.ones_like(gradient))


@exercise.misconception(
    "in forward order",
    """You walk from the inputs to the result, and at the first node no gradient has arrived yet.
    Turn the order round: `reversed(postorder(root))`.""",
)
def backward_in_forward_order(root, gradient):
    grads = {root: gradient}
    for node in postorder(root):
        g = grads.pop(node)
        yield node, g
        for parent, vjp in node.edges:
            grads[parent] = grads[parent] + vjp(g) if parent in grads else vjp(g)


@exercise.misconception(
    "gradients left on the nodes",
    """The first pass is right. The second finds what the first left in `node.grad` and adds to it,
    so it sends too much. Gradients on their way belong to one pass: keep them in a dict of your
    own.""",
)
def backward_on_the_nodes(root, gradient):
    root.grad = gradient
    for node in reversed(postorder(root)):
        yield node, node.grad
        for parent, vjp in node.edges:
            parent.grad = vjp(node.grad) if parent.grad is None else parent.grad + vjp(node.grad)


@exercise.misconception(
    "by distance from the result",
    """A node is visited at its shortest distance from the result. Another way to it may be longer,
    and what comes along it arrives too late to be passed on. `postorder` knows the right order.""",
)
def backward_by_distance(root, gradient):
    grads = {root: gradient}
    for node in reversed(order_by_distance(root)):
        yield node, grads[node]
        for parent, vjp in node.edges:
            grads[parent] = grads.get(parent, 0) + vjp(grads[node])
