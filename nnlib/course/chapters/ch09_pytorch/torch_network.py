"""A network of PyTorch is a list of modules, and the list is plain Python."""

from types import SimpleNamespace

import numpy as np

from nnlib import nn
from nnlib.course.description import case, describe, region


def torch_network(nn, sizes):
    """Linear layers, ReLU between them, scores at the end: an `nn.Sequential` of either library.

    nn: `torch.nn`, or `nnlib.nn`. sizes: [inputs, hidden ..., classes].
    """
    layers = []
    for n_in, n_out in zip(sizes[:-1], sizes[1:]):
        layers += [nn.Linear(n_in, n_out), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


WORDS = "Module Linear ReLU LeakyReLU GELU Sigmoid Tanh Softmax Dropout Sequential".split()


def library():
    """The modules of `nnlib.nn`, and nothing else of it."""
    return SimpleNamespace(**{word: getattr(nn, word) for word in WORDS})


def looked_at(answer, sizes):
    """The modules of what the answer builds, its parameters, and its scores for given weights."""
    net = answer(library(), list(sizes))
    report = {"the modules": ", ".join(type(m).__name__ for m in net.modules)}
    report["the parameters"] = ", ".join(f"{n} {p.shape}" for n, p in net.named_parameters())
    for i, p in enumerate(net.parameters()):
        p.data = np.cos(np.arange(p.size) + i).reshape(p.shape)
    X = np.sin(np.arange(2.0 * sizes[0])).reshape(2, sizes[0])
    return report | {"scores": net(X).data}


def built_twice(answer, sizes):
    """Whether two networks share a layer, and `sizes` is left as it was."""
    asked = list(sizes)
    first, second = answer(library(), asked), answer(library(), asked)
    shared = any(p is q for p in first.parameters() for q in second.parameters())
    return {"two networks share layers": shared, "sizes afterwards": asked}


exercise = describe(
    torch_network,
    title="A network, in PyTorch's words",
    minutes=6,
    difficulty=2,
    probe=looked_at,
    loops=True,
    cases=(
        case((3, 4, 2), about="one hidden layer"),
        case((4, 3, 5, 2), about="two hidden layers"),
        case((3, 2), about="no hidden layer"),
    ),
    draw=lambda rng: (tuple(int(n) for n in rng.permutation(np.arange(2, 7))[:4]),),
    regions=(
        region(
            """Right, once. Each call makes a new network, and `sizes` stays as it was.""",
            case((3, 4, 2)),
            use=built_twice,
        ),
    ),
    hints=(
        "Which two sizes does the first layer need, which the second? And what comes after the "
        "last layer?",
        "Collect the modules in a list: for each pair of neighbours in `sizes` a Linear and a "
        "ReLU. Then hand the list to `nn.Sequential`, without its last ReLU.",
        "`layers = []`, then for `m, n in zip(sizes, sizes[1:])`: "
        "`layers += [nn.Linear(m, n), nn.ReLU()]`, and "
        "`return nn.Sequential(*layers[:-1])`.",
    ),
)


@exercise.misconception(
    "ReLU on the scores",
    """The scores pass through a ReLU as well, so none can be negative, and a class whose score is 0
    gets no gradient. The last layer stays linear.""",
)
def relu_at_the_end(nn, sizes):
    layers = []
    for n_in, n_out in zip(sizes[:-1], sizes[1:]):
        layers += [nn.Linear(n_in, n_out), nn.ReLU()]
    return nn.Sequential(*layers)


@exercise.misconception(
    "no ReLU between the layers",
    """There is nothing between the linear layers. Chapter 2 showed that they collapse into one.
    Put `nn.ReLU()` between them.""",
)
def linear_throughout(nn, sizes):
    return nn.Sequential(*(nn.Linear(m, n) for m, n in zip(sizes[:-1], sizes[1:])))


@exercise.misconception(
    "softmax at the end",
    """The network ends in softmax. `cross_entropy` applies it itself, here and in PyTorch: let the
    network end in scores.""",
)
def softmax_at_the_end(nn, sizes):
    return nn.Sequential(*torch_network(nn, sizes).modules, nn.Softmax(-1))


@exercise.misconception(
    "inputs and outputs exchanged",
    """The sizes of each layer are exchanged. PyTorch stores the weight as (out, in), and still
    writes `nn.Linear(in, out)`: inputs first.""",
)
def sizes_exchanged(nn, sizes):
    layers = []
    for n_in, n_out in zip(sizes[:-1], sizes[1:]):
        layers += [nn.Linear(n_out, n_in), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


@exercise.misconception(
    "a list instead of a Sequential",
    """This is a list of layers. A list cannot be called and has no parameters:
    `nn.Sequential(*layers)` makes a network of it.""",
)
def only_a_list(nn, sizes):
    return torch_network(nn, sizes).modules
