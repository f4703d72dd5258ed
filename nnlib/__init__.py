"""Neural networks from scratch, in NumPy: the finished implementations behind the notebooks."""

from . import data, functions, gradcheck, init, io, manual, nn, ops, optim, tensor, training
from .tensor import Tensor, concatenate, no_grad, stack

__version__ = "0.1.0"
__all__ = [
    "Tensor",
    "concatenate",
    "no_grad",
    "stack",
    "data",
    "functions",
    "gradcheck",
    "init",
    "io",
    "manual",
    "nn",
    "ops",
    "optim",
    "tensor",
    "training",
]
