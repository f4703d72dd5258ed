"""A layer learns one weight for each connection and one bias for each unit it computes."""

from itertools import pairwise

from nnlib.course.description import case, describe, region


def count_parameters(sizes):
    """How many numbers a network of these layer sizes learns: [2, 3, 1] -> 13"""
    return sum((n_in + 1) * n_out for n_in, n_out in pairwise(sizes))


def layer_sizes(rng):
    return ([int(n) for n in rng.integers(2, 20, size=rng.integers(3, 6))],)


exercise = describe(
    count_parameters,
    title="How many numbers does it learn?",
    minutes=5,
    difficulty=1,
    returns=("the number of parameters",),
    loops=True,
    cases=(
        case([2, 3, 1], about="9 + 4"),
        case([5, 4], about="a single layer"),
        case([784, 64, 32, 10], about="the network of chapter 8: 52650"),
    ),
    draw=layer_sizes,
    regions=(
        region(
            """Right for layers of several units. A layer of one unit counts like any other: its
            weights, and one bias.""",
            case([1, 1]),
            case([3, 1, 4, 1]),
            case([1, 2, 3, 4, 5, 6]),
        ),
    ),
    hints=(
        "Take one layer, from 2 units to 3. Draw it. How many arrows, and how many biases?",
        "Each unit of a layer has a weight for every unit of the layer before, and a bias: "
        "n_out (n_in + 1). The inputs themselves learn nothing.",
        "Add up `(n_in + 1) * n_out` for `n_in, n_out in zip(sizes[:-1], sizes[1:])`.",
    ),
)


@exercise.misconception(
    "biases forgotten",
    """All weights are counted; the biases are not. Every unit after the inputs has one.""",
)
def count_without_biases(sizes):
    return sum(n_in * n_out for n_in, n_out in pairwise(sizes))


@exercise.misconception(
    "a bias for each input",
    """The + 1 stands at the other size: you give a bias to the units in front of the layer. It
    belongs to the units that the layer computes: (n_in + 1) n_out.""",
)
def count_bias_per_input(sizes):
    return sum(n_in * (n_out + 1) for n_in, n_out in pairwise(sizes))


@exercise.misconception(
    "input units with a bias",
    """The weights are right, and there are too many biases. Inputs are given, not computed, so they
    have none: leave the first size out when you add the biases.""",
)
def count_biases_of_inputs_too(sizes):
    return sum(n_in * n_out for n_in, n_out in pairwise(sizes)) + sum(sizes)


@exercise.misconception(
    "one bias a layer",
    """You count one bias for each layer. There is one for each unit of the layer: b has shape
    (n_out,).""",
)
def count_one_bias_per_layer(sizes):
    return sum(n_in * n_out + 1 for n_in, n_out in pairwise(sizes))


@exercise.misconception(
    "units counted",
    """You count the units. What is learned sits between them: a weight on every connection, and a
    bias at every unit but the inputs.""",
)
def count_units(sizes):
    return sum(sizes)
