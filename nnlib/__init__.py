"""Neural networks from scratch, in NumPy: the finished implementations behind the notebooks."""

import numpy as np

from . import data, functions, gradcheck, init, io, manual, nn, ops, optim, tensor, training
from .tensor import Tensor, concatenate, no_grad, stack, where

# A step frees its whole graph at once. The GNU C library would then hand the memory back to the
# system, only to ask for it again, page by page, in the next step. It keeps the memory, up to twice
# the size of the largest block that it has seen freed (mallopt(3), M_MMAP_THRESHOLD; blocks of
# 32 MiB and more do not count): so here is one. Nobody writes to it, so it takes none itself.
np.empty(2**25 - 2**16, np.uint8)

__version__ = "0.1.0"
__all__ = [
    "Tensor",
    "concatenate",
    "no_grad",
    "stack",
    "where",
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
