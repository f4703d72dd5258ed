"""What forensics works on: the evidence of one case, and a suspect, one way to go astray."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

EXACT = 1e-6  # relative: a float32 answer is exact to this


@dataclass(frozen=True)
class Evidence:
    """One case: what came, what was expected, and what is known about it.

    `inputs` are the arguments by name, `factors` and `terms` candidates by name, and `again`, where
    given, computes the expected answer from other inputs (for a wrong axis). `written` is what
    stands in the answer's text ("axis", "sqrt"), None where that is not known.
    """

    came: Any
    expected: Any
    inputs: Mapping[str, Any] = field(default_factory=dict)
    factors: Mapping[str, float] = field(default_factory=dict)
    terms: Mapping[str, Any] = field(default_factory=dict)
    again: Callable[..., Any] | None = None
    written: Collection[str] | None = None

    @property
    def right(self) -> np.ndarray:
        """The expected answer, to be spoiled."""
        return np.asarray(self.expected, dtype=float)

    def may_use(self, *pieces: str) -> bool:
        """Does one of them stand in the answer, as far as is known?"""
        return self.written is None or any(piece in self.written for piece in pieces)

    def anew(self, name: str, value: Any) -> np.ndarray:
        """What would have been expected, had an input been another."""
        return self.with_inputs({name: value})

    def with_inputs(self, changed: Mapping[str, Any]) -> np.ndarray:
        """What would have been expected, had several inputs been others."""
        if self.again is None:
            raise TypeError("this answer is not computed from its inputs alone")
        return np.asarray(self.again(**{**self.inputs, **changed}))


@dataclass(frozen=True)
class Finding:
    """A slip that explains every case: its kind, and a sentence that says so."""

    kind: str  # "sign", "factor", "transpose", "axis", "term", "shape", "shift", "input", ...
    name: str  # which one: "1/N", "diag(p)", "axis 0"
    words: str


@dataclass(frozen=True)
class Suspect:
    """One way to go astray: `spoil` turns a case into what would have come of it, or None."""

    kind: str
    name: str
    words: str
    spoil: Callable[[Evidence], Any]


def equal(came: Any, other: Any) -> bool:
    """The same shape and, to rounding, the same numbers."""
    came, other = np.asarray(came, dtype=float), np.asarray(other, dtype=float)
    if came.shape != other.shape:
        return False
    if not np.isfinite(other).all() or not np.isfinite(came).all():
        return False
    scale = np.abs(other).max(initial=0)
    return bool((np.abs(came - other) <= EXACT * (np.abs(other) + 0.1 * scale) + 1e-12).all())
