"""Small values as text: numbers, words, lists of them, and short arrays."""

from __future__ import annotations

from typing import Any

import numpy as np

LARGEST = 100  # numbers in an array, or entries of a list


def literal(value: Any) -> str | None:
    """The text that gives `value` again; None where there is no short one."""
    if isinstance(value, np.ndarray):
        return _array(value)
    if isinstance(value, np.generic):
        return _array(value, single=True)
    if value is None or type(value) in (bool, int, str, bytes, complex):
        return repr(value)
    if type(value) is float:
        return repr(value) if np.isfinite(value) else f'float("{value}")'
    if type(value) in (list, tuple, set, frozenset) and len(value) <= LARGEST:
        parts = [literal(part) for part in value]
        return None if None in parts else _several(type(value), [part or "" for part in parts])
    if type(value) is dict and len(value) <= LARGEST:
        pairs = [(literal(k), literal(v)) for k, v in value.items()]
        if not any(None in pair for pair in pairs):
            return "{" + ", ".join(f"{k}: {v}" for k, v in pairs) + "}"
    return None


def _several(kind: type, parts: list[str]) -> str:
    inside = ", ".join(parts)
    if kind is tuple:
        return f"({inside},)" if len(parts) == 1 else f"({inside})"
    if kind is list:
        return f"[{inside}]"
    return f"{kind.__name__}([{inside}])"


def _array(value: Any, single: bool = False) -> str | None:
    if value.size > LARGEST or value.dtype.kind not in "biufc" or 0 in value.shape:
        return None
    inside = repr(value.tolist())
    if "nan" in inside or "inf" in inside:
        return None
    kind = f"np.{'bool_' if value.dtype.kind == 'b' else value.dtype.name}"
    usual = value.dtype in (np.dtype(float), np.dtype(int), np.dtype(bool))
    if single:
        return f"{kind}({inside})"
    return f"np.array({inside})" if usual else f"np.array({inside}, {kind})"
