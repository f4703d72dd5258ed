"""What several exercises of the chapter use: their inputs and their probes."""

import numpy as np

from nnlib.tensor import Tensor, postorder


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


def graph_and_arrays(rng):
    return GRAPHS[rng.integers(len(GRAPHS))], *np.round(rng.uniform(0.4, 1.6, (2, 3)), 2)


def order_by_distance(root):
    order, queue = [], [root]
    while queue:
        node = queue.pop(0)
        if node not in order:
            order.append(node)
            queue += [parent for parent, _ in node.edges]
    return order[::-1]
