"""What several exercises of the chapter use: their inputs and their probes."""

import numpy as np

from nnlib.course.description import case, region

SQUARE = np.array([[1.0, 2], [3, 4]])


def batch_and_gradient(rng):
    """What goes into a layer without weights, and what comes back to it."""
    return tuple(rng.normal(size=(2, int(rng.integers(3, 5)), 5)))


def forward_then_backward(answer, Z, dA):
    layer = answer()
    return {"A": layer.forward(Z), "dZ": layer.backward(dA)}


def after_another(answer, Z, dA):
    """As `forward_then_backward`, with a layer that has seen other batches before."""
    layer = answer()
    layer.forward(np.ones((len(Z) + 1, Z.shape[1])))
    layer.backward(np.ones((len(Z) + 1, Z.shape[1])))
    layer.forward(-Z[:1])
    return {"A": layer.forward(Z), "dZ": layer.backward(dA)}


LATER_BATCHES = region(
    """Right the first time. In training `forward` is called again and again, with other batches of
    other sizes, and `backward` belongs to the last: remember anew each time.""",
    case(np.array([[1.0, -2], [-3, 0.5]]), np.array([[4.0, 5], [6, 7]])),
    use=after_another,
)
