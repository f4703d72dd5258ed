"""`Layout`: where the nodes of a graph stand, inputs on the left, with few crossings."""

from collections import defaultdict

import numpy as np

from .svg import spread

WIDE, HIGH = 100, 68  # pixels of a node's box
PITCH_X, PITCH_Y = 126, 92


class Layout:
    """A column for each node: its longest way to the root. Then rows with few crossings.

    An edge that passes through columns gets an invisible node in each, so that it keeps clear
    of boxes (Sugiyama, Tagawa and Toda, 1981).

    root: the node on the right. nodes: every node, inputs before their users.
    place: {node: (x, y) of its middle}. ways: {(node, k): the nodes, visible or not, from its k-th
    input to it}. width, height: pixels of the whole.
    """

    def __init__(self, root, nodes):
        column = {root: 0}
        for node in reversed(nodes):  # users come before what they use
            for parent, _ in node.edges:
                column[parent] = max(column.get(parent, 0), column[node] + 1)
        last = max(column.values())
        columns = [[] for _ in range(last + 1)]
        for node in reversed(nodes):
            columns[last - column[node]].append(node)
        self.ways, near = {}, defaultdict(list)
        for node in nodes:
            for k, (parent, _) in enumerate(node.edges):
                between = range(column[parent] - 1, column[node], -1)
                way = [parent, *((node, k, c) for c in between), node]
                for key, c in zip(way[1:-1], between):
                    columns[last - c].append(key)
                for a, b in zip(way, way[1:]):
                    near[a, 1].append(b)
                    near[b, -1].append(a)
                self.ways[node, k] = way
        y = {key: i * PITCH_Y for keys in columns for i, key in enumerate(keys)}
        for sweep in range(12):
            side = -1 if sweep % 2 else 1
            for keys in columns[::-side]:
                wanted = [np.mean([y[n] for n in near[k, side]] or [y[k]]) for k in keys]
                order = np.argsort(wanted, kind="stable")
                keys[:] = [keys[i] for i in order]
                places = spread([wanted[i] for i in order], PITCH_Y)
                y.update(zip(keys, places.tolist()))
        top = min(y.values())
        self.place = {
            key: (60 + PITCH_X * i, y[key] - top + HIGH / 2 + 14)
            for i, keys in enumerate(columns)
            for key in keys
        }
        self.width = max(720, 120 + PITCH_X * last)
        self.height = max(y.values()) - top + HIGH + 28
