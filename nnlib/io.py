"""Weights to a file and back: `.npz`, which holds arrays and nothing that could run."""

import io
import zipfile
from pathlib import Path

import numpy as np

from .data.files import read_bytes, write_bytes


def save(state, path):
    """Write a `state_dict()`, or a model's, to `path` (".npz" is added where missing).

    The file appears whole or not at all. Returns its path.
    Raises OSError where it cannot be written, ValueError for arrays of objects.
    """
    state = state.state_dict() if hasattr(state, "state_dict") else state
    path, file = _npz(path), io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, array in state.items():
            archive.writestr(f"{name}.npy", _to_bytes(array))
    write_bytes(path, file.getvalue())
    return path


def load(path, model=None):
    """Read weights as {name: array}; with a model, also `model.load_state_dict(...)`.

    Raises FileNotFoundError, ValueError for a file that is not a whole `.npz` of plain arrays,
    and KeyError or ValueError, naming name or shape, where the weights do not fit the model.
    """
    path = _npz(path)
    content = read_bytes(path)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            state = {
                name.removesuffix(".npy"): _from_bytes(archive.read(name))
                for name in archive.namelist()
            }
    except Exception as error:  # a damaged zip can raise almost anything
        raise ValueError(f"{path} is not a file written by nnlib.io.save ({error})") from None
    if model is not None:
        model.load_state_dict(state)
    return state


def _to_bytes(array):
    file = io.BytesIO()
    np.save(file, array, allow_pickle=False)
    return file.getvalue()


def _from_bytes(content):
    return np.lib.format.read_array(io.BytesIO(content), allow_pickle=False)


def _npz(path):
    path = Path(path)
    return path if path.suffix == ".npz" else path.with_name(path.name + ".npz")
