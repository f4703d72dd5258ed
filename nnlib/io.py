"""Weights to a file and back: `.npz`, which holds arrays and nothing that could run."""

import io
import math
import os
import zipfile
from collections import Counter
from pathlib import Path

import numpy as np

from .files import write_bytes

# Weights hardly shrink: a file that would grow more than this is made to fill the memory.
GROWTH = 10
ROOM = 1 << 26  # bytes that any file may unpack to
HEADERS = {
    (1, 0): np.lib.format.read_array_header_1_0,
    (2, 0): np.lib.format.read_array_header_2_0,
}


def save(state, path):
    """Write a `state_dict()`, or a model's, to `path` (".npz" is added where missing).

    The file appears whole or not at all. Returns its path.
    Raises OSError where it cannot be written, ValueError for arrays that are not of real numbers
    and for two of one name.
    """
    state = state.state_dict() if hasattr(state, "state_dict") else state
    _check_names(map(str, state))
    path, file = _npz(path), io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, array in state.items():
            archive.writestr(f"{name}.npy", _to_bytes(name, array))
    write_bytes(path, file.getvalue())
    return path


def load(path, model=None):
    """Read weights as {name: array}; with a model, also `model.load_state_dict(...)`.

    Raises FileNotFoundError, ValueError for a file that is not a whole `.npz` of plain arrays of
    real numbers, each of another name, and KeyError or ValueError, naming name or shape, where
    the weights do not fit the model or are not finite. A file that claims to unpack to far more
    than weights do is refused before it is unpacked.
    """
    path = _npz(path)
    with open(path, "rb") as file:
        try:
            size = file.seek(0, os.SEEK_END)
            with zipfile.ZipFile(file) as archive:
                state = _arrays(archive, size)
        except Exception as error:  # a damaged zip can raise almost anything
            raise ValueError(f"{path} is not a file written by nnlib.io.save ({error})") from None
    if model is not None:
        check_finite(state)
        model.load_state_dict(state)
    return state


def check_finite(state):
    """Raise ValueError, by name, if an array of a `state_dict()` holds NaN or infinity."""
    for name, array in state.items():
        if not np.isfinite(array).all():
            raise ValueError(
                f"{name} holds NaN or infinity; expected finite weights. To have them all the "
                "same: model.load_state_dict(io.load(path))."
            )


def _arrays(archive, size):
    """{name: array} of an open zip file of so many bytes."""
    entries = archive.infolist()
    _check_names(entry.filename.removesuffix(".npy") for entry in entries)
    total = sum(entry.file_size for entry in entries)
    if total > max(GROWTH * size, ROOM):
        raise ValueError(f"it would unpack from {size:,} bytes to {total:,}, as no weights do")
    return {
        entry.filename.removesuffix(".npy"): _from_bytes(entry.filename, _content(archive, entry))
        for entry in entries
    }


def _content(archive, entry):
    """The bytes of an entry: no more than it says, however far they would unpack."""
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ValueError(f"{entry.filename} is packed by another method than NumPy's")
    with archive.open(entry) as file:
        return file.read(entry.file_size)  # without a number, deflate would run to its end first


def _to_bytes(name, array):
    array, file = np.asarray(array), io.BytesIO()
    _check_dtype(name, array.dtype)
    np.save(file, array, allow_pickle=False)
    return file.getvalue()


def _from_bytes(name, content):
    file = io.BytesIO(content)
    shape, _, dtype = HEADERS[np.lib.format.read_magic(file)](file)
    _check_dtype(name, dtype)
    expected = file.tell() + math.prod(shape) * dtype.itemsize
    if len(content) != expected:
        raise ValueError(f"{name} holds {len(content):,} bytes; expected {expected:,}")
    return np.lib.format.read_array(io.BytesIO(content), allow_pickle=False)


def _check_dtype(name, dtype):
    if dtype.kind not in "biuf":
        raise ValueError(f"{name} holds {dtype}; expected real numbers")


def _check_names(names):
    twins = [name for name, count in Counter(names).items() if count > 1]
    if twins:
        raise ValueError(f"two arrays are named {twins[0]}; expected each name once")


def _npz(path):
    path = Path(path)
    return path if path.suffix == ".npz" else path.with_name(path.name + ".npz")
