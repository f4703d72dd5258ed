"""Data: the sets the course learns from, read with care, and the batches a network eats.

Importing this needs NumPy only; what a download needs is imported when one is made.
"""

from ..functions import one_hot
from .augment import deskew, elastic, random_affine
from .batches import Batches, Split, batches, train_validation_split
from .digits import Digits, load_digits
from .errors import (
    ChecksumError,
    CountMismatchError,
    DataError,
    DataWarning,
    DimensionsError,
    DownloadError,
    GzipError,
    MagicNumberError,
    MissingFileError,
    StorageError,
    TrailingBytesError,
    TruncatedError,
)
from .idx import read_idx, write_idx
from .mnist import ImageData, load_mnist
from .samples import Hubble, hubble, make_moons, make_spirals, make_xor
from .substitute import EnlargedDigits, load_mnist_or_digits

__all__ = [
    "Batches",
    "ChecksumError",
    "CountMismatchError",
    "DataError",
    "DataWarning",
    "Digits",
    "DimensionsError",
    "DownloadError",
    "EnlargedDigits",
    "GzipError",
    "Hubble",
    "ImageData",
    "MagicNumberError",
    "MissingFileError",
    "Split",
    "StorageError",
    "TrailingBytesError",
    "TruncatedError",
    "batches",
    "deskew",
    "elastic",
    "hubble",
    "load_digits",
    "load_mnist",
    "load_mnist_or_digits",
    "make_moons",
    "make_spirals",
    "make_xor",
    "one_hot",
    "random_affine",
    "read_idx",
    "train_validation_split",
    "write_idx",
]
