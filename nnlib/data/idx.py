"""IDX, the file format of MNIST: a four-byte magic number, the shape, then the numbers.

The magic number is 0, 0, a code for the type, and the number of dimensions. Each dimension is a
32-bit integer. All numbers are big-endian. Source: LeCun, Cortes and Burges, "The MNIST database
of handwritten digits" (1998).
"""

import gzip
import math
from typing import NamedTuple

import numpy as np

from .errors import (
    DataError,
    DimensionsError,
    MagicNumberError,
    TrailingBytesError,
    TruncatedError,
)
from .files import opened, unpack, write_bytes

DTYPES = {
    0x08: np.dtype(np.uint8),
    0x09: np.dtype(np.int8),
    0x0B: np.dtype(np.int16),
    0x0C: np.dtype(np.int32),
    0x0D: np.dtype(np.float32),
    0x0E: np.dtype(np.float64),
}
CODES = {dtype: code for code, dtype in DTYPES.items()}
MAX_NDIM = 64  # NumPy's own limit; IDX could say 255


class Header(NamedTuple):
    """What an IDX file says about itself."""

    dtype: np.dtype
    shape: tuple

    @property
    def start(self):
        """How many bytes the header takes."""
        return 4 + 4 * len(self.shape)

    @property
    def size(self):
        """How many bytes the whole file takes, unpacked."""
        # Python integers: a wrong header can name more bytes than 64 bits can count.
        return self.start + math.prod(self.shape) * self.dtype.itemsize


def read_idx(path):
    """Read the array in an IDX file, plain or compressed with gzip.

    Returns an array of the file's shape, type and values, in this machine's byte order.
    Raises TruncatedError, TrailingBytesError, MagicNumberError, DimensionsError, GzipError,
    MissingFileError or StorageError, all of them DataError: a whole array or none.
    """
    with opened(path) as file:
        header = parse_header(unpack(file, path, 4 + 4 * MAX_NDIM), path)
        # One byte more than the header promises tells whether the file ends there.
        array = parse_idx(unpack(file, path, header.size + 1), path)
    return array.astype(array.dtype.newbyteorder("="), copy=False)


def write_idx(path, array):
    """Write an array as an IDX file, compressed if the name ends in .gz.

    array: any shape; uint8, int8, int16, int32, float32 or float64, in any byte order.
    The file appears whole or not at all. Raises DataError for what IDX cannot hold, and
    StorageError if the disk is full or the folder takes no files.
    """
    array = np.asarray(array)
    code = CODES.get(array.dtype.newbyteorder("="))
    if code is None:
        holds = ", ".join(str(dtype) for dtype in CODES)
        raise DataError(
            f"{path}: IDX cannot hold {array.dtype}, only {holds}. Convert first, for example "
            "array.astype(np.int32)."
        )
    if any(length > 0xFFFFFFFF for length in array.shape):
        raise DimensionsError(
            f"{path}: IDX cannot hold shape {array.shape}; no dimension may pass 4,294,967,295."
        )
    header = bytes([0, 0, code, array.ndim]) + np.array(array.shape, ">u4").tobytes()
    data = header + array.astype(array.dtype.newbyteorder(">")).tobytes()
    write_bytes(path, gzip.compress(data, 6, mtime=0) if str(path).endswith(".gz") else data)


def parse_header(data, name):
    """The Header in the first bytes of an IDX file."""
    if len(data) < 4:
        raise TruncatedError(
            f"{name} holds {len(data)} bytes; expected at least the 4 of an IDX magic number. "
            "Fetch the file again."
        )
    zeros, code, ndim = data[:2], data[2], data[3]
    if zeros != b"\0\0" or code not in DTYPES:
        codes = ", ".join(f"{code:#04x}" for code in DTYPES)
        raise MagicNumberError(
            f"{name} begins with the bytes {data[:4].hex(' ')}; expected an IDX magic number, "
            f"00 00, then one of {codes}, then the number of dimensions. "
            "Is it the right file?"
        )
    if ndim > MAX_NDIM:
        raise DimensionsError(
            f"{name} says it has {ndim} dimensions; expected at most {MAX_NDIM}. "
            "Is it the right file?"
        )
    start = 4 + 4 * ndim
    if len(data) < start:
        raise TruncatedError(
            f"{name} ends inside its header: {len(data)} bytes, expected {start} for {ndim} "
            "dimensions. Fetch the file again."
        )
    lengths = np.frombuffer(data, ">u4", ndim, offset=4)
    return Header(DTYPES[code].newbyteorder(">"), tuple(map(int, lengths)))


def parse_idx(data, name):
    """The array in the bytes of an IDX file: a big-endian view, nothing copied.

    data: all of them, or one more than the header promises where there are more.
    """
    header = parse_header(data, name)
    if len(data) != header.size:
        kind, what = (
            (TruncatedError, "is cut off: it holds")
            if len(data) < header.size
            else (TrailingBytesError, "has bytes after its end: it holds at least")
        )
        raise kind(
            f"{name} {what} {len(data):,} bytes; expected {header.size:,} for "
            f"{header.dtype.name} of shape {header.shape}. Fetch the file again."
        )
    try:
        numbers = np.frombuffer(data, header.dtype, math.prod(header.shape), header.start)
        return numbers.reshape(header.shape)
    except ValueError as error:
        raise DimensionsError(
            f"{name} says shape {header.shape}, which NumPy cannot hold."
        ) from error
