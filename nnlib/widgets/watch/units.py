"""Dead units: those that no sample moves."""

import numpy as np

from ... import functions as F
from ... import training
from ...tensor import Tensor, no_grad

_SLOPES = {
    "ReLU": F.relu_grad,
    "LeakyReLU": F.leaky_relu_grad,
    "Sigmoid": F.sigmoid_grad,
    "Tanh": F.tanh_grad,
    "GELU": lambda Z: F.gelu_grad(Z, "tanh"),
}


def dead_units(model, X):
    """[(units that react to none of the samples, units)] for each hidden layer.

    A unit is dead where its slope is below 0.005 for every row of X: a ReLU that is always 0, a
    sigmoid or tanh that is always saturated. Empty for models that are not a plain sequence.
    """
    layers = getattr(model, "layers", None) or getattr(model, "modules", None)
    if not isinstance(layers, list):
        return []
    found, value = [], X
    with training.evaluating(model), no_grad(), np.errstate(all="ignore"):
        for layer in layers:
            slope = _SLOPES.get(type(layer).__name__)
            if slope is not None:
                steepest = np.abs(slope(_array(value))).max(axis=0)
                found.append((int(np.sum(~(steepest >= 0.005))), steepest.size))
            value = layer(value)
    return found


def _array(value):
    return value.data if isinstance(value, Tensor) else np.asarray(value)
