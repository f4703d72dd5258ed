"""Write a node down after all its inputs, once, and the paths through it cost nothing more."""

import numpy as np

from nnlib import tensor
from nnlib.course.description import case, describe, region
from nnlib.tensor import postorder

from .shared import (
    a_leaf_twice,
    count_walks,
    graph_and_arrays,
    leaves,
    nothing_computed,
    order_by_distance,
    short_way_and_long_way,
    sum_of_sums,
    twelve_doublings,
)


def a_diamond(x, y):
    """s = x y; p = tanh(s); q = exp(s); r = p + q"""
    x, y = leaves(x, y)
    s = x * y
    p, q = s.tanh(), s.exp()
    return {"x": x, "y": y, "s": s, "p": p, "q": q, "r": p + q}


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


def the_second_graph(answer, x, y):
    """How many nodes come for a graph, after another graph has been walked."""
    nodes = a_leaf_twice(x, y)
    answer(list(sum_of_sums(x, y).values())[-1])
    return {"nodes": len(list(answer(nodes["r"])))}


exercise = describe(
    tensor.postorder,
    title="Inputs before their users",
    minutes=10,
    difficulty=3,
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
    regions=(
        region(
            """Right for the first graph. For a second one, nodes of the first are still in the
            list, or nodes are missing: begin with an empty list in every call, not above the
            function, nor as the default of an argument, which is made only once.""",
            case(np.array([2.0]), np.array([3.0])),
            use=the_second_graph,
        ),
    ),
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
)


@exercise.misconception(
    "users before inputs",
    """All nodes are there, each once, and the list runs the other way: the result first. Here
    inputs come first; the backward pass turns the list round itself.""",
)
def order_users_first(root):
    return list(reversed(postorder(root)))


@exercise.misconception(
    "shared nodes repeated",
    """A node that is used twice stands in your list twice, with all its inputs. That is the tape
    bug. Keep a set of the nodes you have visited, and return at once when you meet one again.""",
)
def order_with_repeats(root):
    order = []
    for parent, _ in root.edges:
        order += order_with_repeats(parent)
    return [*order, root]


@exercise.misconception(
    "leaves left out",
    """The leaves are missing, the nodes without edges. They are the ones whose gradients we want.
    Append every node, whether it has inputs or not.""",
)
def order_without_inputs(root):
    return [node for node in postorder(root) if node.edges]


@exercise.misconception(
    "the result left out",
    """The root itself is missing. The backward pass begins there: append it after all its
    inputs.""",
)
def order_without_root(root):
    return postorder(root)[:-1]


@exercise.misconception(
    "by distance from the result",
    """This is breadth-first search: nodes by their shortest distance from the result. A node can be
    near by one way and far by another. Then it comes too late here, after a node that needs it. Go
    deep first, and append on the way back.""",
)
def order_nearest_first(root):
    return order_by_distance(root)


@exercise.misconception(
    "written down on arrival",
    """You append a node when you arrive, before its inputs. Move the line behind the loop: first
    visit all inputs, then append. Turning this list round would not repair it.""",
)
def order_on_the_way_in(root):
    order = []

    def visit(node):
        if node not in order:
            order.append(node)
            for parent, _ in node.edges:
                visit(parent)

    visit(root)
    return order


@exercise.misconception(
    "written down on arrival, then turned round",
    """You append a node when you arrive, and turn the list round at the end. A shared node is then
    placed by the first of its users; another user, visited later, comes to stand before it. Visit
    all inputs first, then append, and turn nothing round.""",
)
def order_on_the_way_in_turned(root):
    return order_on_the_way_in(root)[::-1]


@exercise.misconception(
    "every way walked again",
    """The order is right. But the inputs of a shared node are visited again for each use: twelve
    doublings cost 4,096 visits of one leaf, sixty would never end. Look first whether you have been
    at a node, and if so return at once.""",
)
def order_by_all_ways(root):
    order = []

    def visit(node):
        for parent, _ in node.edges:
            visit(parent)
        if node not in order:
            order.append(node)

    visit(root)
    return order
