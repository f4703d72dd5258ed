"""Outcomes as JSON, from the process that runs an answer to the one that judges it."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np

from ..judging.outcome import Failure, Foreign, Outcome
from ..judging.words import article

LARGEST = 50_000_000  # bytes of one array that are passed on


def encode_outcome(outcome: Outcome) -> dict[str, Any]:
    failure = vars(outcome.failure) if outcome.failure else None
    return {**vars(outcome), "failure": failure, "value": encode(outcome.value)}


def decode_outcome(data: dict[str, Any]) -> Outcome:
    failure = Failure(**data["failure"]) if data["failure"] else None
    rest = {key: data[key] for key in ("ended", "printed", "warned")}
    return Outcome(decode(data["value"]), failure, changed=tuple(data["changed"]), **rest)


def encode(value: Any) -> Any:
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int | float | complex | np.generic | np.ndarray):
        array = np.asarray(value)
        if array.dtype.kind in "biufc" and array.nbytes <= LARGEST:
            data = base64.b64encode(array.tobytes()).decode()
            plain = not isinstance(value, np.ndarray | np.generic)
            return {"array": data, "dtype": array.dtype.str, "shape": array.shape, "plain": plain}
    if type(value) in (tuple, list):
        return {type(value).__name__: [encode(part) for part in value]}
    if isinstance(value, dict):
        return {"dict": [[encode(k), encode(v)] for k, v in value.items()]}
    return {"opaque": article(value)}


def decode(data: Any) -> Any:
    if not isinstance(data, dict):
        return data
    if "array" in data:
        dtype = np.dtype(data["dtype"])
        if dtype.kind not in "biufc":
            raise ValueError(f"an array of {dtype} cannot be read")
        array = np.frombuffer(base64.b64decode(data["array"]), dtype).reshape(data["shape"]).copy()
        return array.item() if data["plain"] else array
    if "tuple" in data:
        return tuple(map(decode, data["tuple"]))
    if "list" in data:
        return list(map(decode, data["list"]))
    if "dict" in data:
        return {decode(k): decode(v) for k, v in data["dict"]}
    return Foreign(str(data["opaque"]))
