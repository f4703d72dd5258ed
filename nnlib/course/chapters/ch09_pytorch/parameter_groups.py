"""The number of axes tells weights from biases, so no name has to be read."""

import numpy as np

from nnlib import nn
from nnlib.course.description import case, describe, region

from .shared import weights


def parameter_groups(named_parameters, weight_decay):
    """Two groups for an optimiser of PyTorch: arrays with two axes decay, all others do not."""
    decayed, free = [], []
    for _, parameter in named_parameters:
        (decayed if parameter.ndim > 1 else free).append(parameter)
    return [
        {"params": decayed, "weight_decay": weight_decay},
        {"params": free, "weight_decay": 0},
    ]


def grouped(answer, weight_decay, W, b, scale=None):
    """The two groups, read as an optimiser would; the pairs come one at a time, as PyTorch's do."""
    arrays = {"0.weight": W, "0.bias": b, "1.weight": scale}
    groups = answer(((n, a) for n, a in arrays.items() if a is not None), weight_decay)
    found = {"number of groups": len(groups)}
    for which, group in zip(("first", "second"), groups):
        found[f"weight_decay of the {which} group"] = group.get("weight_decay", 0)
        for i, parameter in enumerate(group["params"]):
            found[f"parameter {i} of the {which} group"] = parameter
    return found


def the_very_objects(answer, weight_decay):
    """Whether the groups hold the parameters themselves."""
    pairs = [("W", nn.Parameter(np.ones((2, 3)))), ("b", nn.Parameter(np.ones(3)))]
    pairs.append(("V", nn.Parameter(np.ones((3, 1)))))
    groups = answer(iter(pairs), weight_decay)
    held = [[name for p in g["params"] for name, q in pairs if p is q] for g in groups]
    return {"held": str(sorted(held)), "weight_decay": sorted(g["weight_decay"] for g in groups)}


exercise = describe(
    parameter_groups,
    title="Weights decay, biases do not",
    minutes=6,
    difficulty=2,
    probe=grouped,
    loops=True,
    cases=(
        case(0.1, np.array([[1.0, 2], [3, 4]]), np.array([5.0, 6]), about="one layer"),
        case(
            0.5,
            np.array([[1.0, 2]]),
            np.array([0.0, 0]),
            np.array([3.0, 4]),
            about="a normalisation layer's weight, which is a vector",
        ),
    ),
    draw=lambda rng: (float(rng.uniform(0.1, 1)), *weights(rng, 2, 3).values()),
    regions=(
        region(
            """The numbers are right. An optimiser moves what it is handed: put the parameters
            themselves into the groups, not their `.data`, a copy or a name.""",
            case(0.5),
            use=the_very_objects,
        ),
    ),
    hints=(
        "What do all weights have in common, and all biases, whatever their names?",
        "Go through the pairs once and sort the arrays by `ndim` into two lists. Then make a "
        "dict of each list with its own `weight_decay`.",
        "`(decayed if p.ndim > 1 else free).append(p)` in one loop, then "
        '`[{"params": decayed, "weight_decay": weight_decay}, '
        '{"params": free, "weight_decay": 0}]`.',
    ),
)


@exercise.misconception(
    "everything decays",
    """The lists are right, but the second group decays too. That is what PyTorch does to all it is
    given in one list. Set its `weight_decay` to 0.""",
)
def groups_all_decay(named_parameters, weight_decay):
    decayed, free = [], []
    for _, parameter in named_parameters:
        (decayed if parameter.ndim > 1 else free).append(parameter)
    return [
        {"params": decayed, "weight_decay": weight_decay},
        {"params": free, "weight_decay": weight_decay},
    ]


@exercise.misconception(
    "groups swapped",
    """The groups are swapped: the biases decay, the weights do not. Arrays with two axes belong to
    the first group.""",
)
def groups_swapped(named_parameters, weight_decay):
    decayed, free = groups_all_decay(named_parameters, weight_decay)
    return [free, {**decayed, "weight_decay": 0}]


@exercise.misconception(
    "twice the decay",
    """The decay is doubled. That would be right for a penalty lambda ||W||^2. Ours has the half, so
    its gradient is lambda W, and weight_decay is lambda itself.""",
)
def groups_doubled(named_parameters, weight_decay):
    decayed, free = groups_all_decay(named_parameters, 2 * weight_decay)
    return [decayed, {**free, "weight_decay": 0}]


@exercise.misconception(
    "sorted by name",
    """Not everything called "weight" is a matrix: a normalisation layer's weight is a vector of
    scales, and should not decay. Sort by `ndim`, not by name.""",
)
def groups_by_name(named_parameters, weight_decay):
    decayed, free = [], []
    for name, parameter in named_parameters:
        (decayed if name.endswith("weight") else free).append(parameter)
    return [
        {"params": decayed, "weight_decay": weight_decay},
        {"params": free, "weight_decay": 0},
    ]


@exercise.misconception(
    "the pairs are read twice",
    """The second group is empty. PyTorch's `named_parameters()` is a generator: once read, it is
    used up. Go through it a single time, or make a list first.""",
)
def groups_read_twice(named_parameters, weight_decay):
    return [
        {"params": [p for _, p in named_parameters if p.ndim > 1], "weight_decay": weight_decay},
        {"params": [p for _, p in named_parameters if p.ndim <= 1], "weight_decay": 0},
    ]


@exercise.misconception(
    "biases in no group",
    """There is one group, and the biases are not in it. An optimiser moves only what it is given:
    they would never learn. Give them a second group, without decay.""",
)
def groups_biases_left_out(named_parameters, weight_decay):
    decayed, _ = groups_all_decay(named_parameters, weight_decay)
    return [decayed]
