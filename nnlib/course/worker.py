"""A fresh process that runs one answer and reports values, never verdicts.

It reads a request from standard input and writes outcomes, as JSON, to a descriptor that it took
for itself. Whatever the answer does in here, all that leaves are numbers; the process that asked
compares them with its own.
"""

from __future__ import annotations

import ast
import base64
import json
import linecache
import os
import sys
from typing import Any

import numpy as np

from .notebook import Answer, answers, exercise_id, needed, undecorated
from .registry import exercises
from .sandbox import Failure, Outcome, TimeUp, TooBig, attempt, limits
from .show import article

LARGEST = 50_000_000  # bytes of one array that are passed on
STARTING = 20.0  # seconds for the cells that an answer needs


class Unloadable(Exception):
    """The statements that an answer needs could not be run."""


def load(cells: list[str], answer: Answer) -> Any:
    """Run what the answer needs, in order, and return it. Other exercises are nnlib's own."""
    space: dict[str, Any] = {"__name__": "student"}
    for number, text in enumerate(cells):
        name = f"<cell {number + 1}>"
        linecache.cache[name] = (len(text), None, text.splitlines(True), name)
    for number, node in needed(cells, answer):
        other = exercise_id(node)
        if other not in (None, answer.id) and other in exercises:
            space[node.name] = exercises[other].reference
            continue
        if other == answer.id:
            undecorated(node)
        try:
            with limits(STARTING):
                exec(compile(ast.Module([node], []), f"<cell {number + 1}>", "exec"), space)
        except (Exception, TimeUp, TooBig, SystemExit) as error:
            late = isinstance(error, TimeUp)
            what = "it took too long" if late else f"{type(error).__name__}: {error}"
            raise Unloadable(f"line {node.lineno} of code cell {number + 1}: {what}") from None
    return space[answer.name]


def main() -> None:
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    request = json.loads(sys.stdin.buffer.read())
    silence = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(silence, descriptor)
    os.chdir(request["folder"])
    sys.path.append(request["folder"])
    exercise = exercises[request["exercise"]]
    cases = exercise.all_cases(request["seed"])
    found = [a for a in answers(request["cells"]) if a.id == exercise.id]
    try:
        outcomes = attempt(exercise, load(request["cells"], found[-1]), cases)
        reply = {"outcomes": [encode_outcome(outcome) for outcome in outcomes]}
    except Unloadable as error:
        reply = {"unloadable": str(error)}
    channel.write(json.dumps(reply))
    channel.close()
    os._exit(0)


# ------------------------------------------------------------------------------- values as JSON


def encode_outcome(outcome: Outcome) -> dict[str, Any]:
    failure = vars(outcome.failure) if outcome.failure else None
    return {**vars(outcome), "failure": failure, "value": encode(outcome.value)}


def decode_outcome(data: dict[str, Any]) -> Outcome:
    failure = Failure(**data["failure"]) if data["failure"] else None
    rest = {key: data[key] for key in ("ended", "printed", "warned")}
    return Outcome(decode(data["value"]), failure, changed=tuple(data["changed"]), **rest)


class Opaque:
    """A thing that is no number, array, text or collection of these: only its description."""

    def __init__(self, words: str):
        self.words = words


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
    return Opaque(str(data["opaque"]))


if __name__ == "__main__":
    main()
