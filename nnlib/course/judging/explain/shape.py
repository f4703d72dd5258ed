"""Another shape than the expected one."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..trial import Explanation, Trial
from .phrases import subject, which_cases


def shape(trial: Trial) -> Explanation | None:
    difference = trial.difference
    if difference.kind != "shape":
        return None
    message = f"{subject(difference.path)} has {_axes(difference.came)}; what is expected has "
    return Explanation("shape", message + f"{_axes(difference.expected)}." + which_cases(trial))


def _axes(value: Any) -> str:
    axes = np.shape(value)
    return f"shape {axes}" if axes else "no axes, a single number"
