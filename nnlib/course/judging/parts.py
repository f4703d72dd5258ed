"""A result taken apart: its parts by name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ..description import Exercise


def leaves(exercise: Exercise, value: Any) -> dict[str, Any]:
    """The parts of a result by name: {"W": ..., "b": ...}, or {"": ...} for a single one."""
    single = exercise.returns[0] if len(exercise.returns) == 1 else ""
    return dict(_walk(value, exercise.returns, single))


def _walk(value: Any, names: tuple[str, ...], path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _walk(part, (), joined(path, str(key)))
    elif is_parts(value):
        for i, part in enumerate(value):
            name = names[i] if len(names) == len(value) else f"part {i + 1}"
            yield from _walk(part, (), joined(path, name))
    else:
        yield path, value


def joined(path: str, name: str) -> str:
    """The path of a part's own part: "cache, W"."""
    return f"{path}, {name}" if path else name


def is_parts(value: Any) -> bool:
    """A tuple, or a list of things that do not make one array."""
    if isinstance(value, tuple):
        return True
    return isinstance(value, list) and any(
        isinstance(part, np.ndarray | tuple | dict | str) for part in value
    )
