"""Losses of two weights to walk down: a ravine, a bent valley, a saddle."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Surface:
    """A loss of two weights, with its gradient, and the window to see it in."""

    name: str
    loss: callable
    gradient: callable  # (a, b) -> (dL/da, dL/db)
    start: tuple
    minima: tuple
    xlim: tuple
    ylim: tuple
    levels: tuple


def _levels(high, n=11):
    return tuple(high * (np.arange(1, n + 1) / n) ** 2.5)


SURFACES = {
    s.name: s
    for s in (
        Surface(
            "ravine",
            lambda a, b: a**2 / 20 + b**2,
            lambda a, b: (a / 10, 2 * b),
            (-7, 2),
            ((0, 0),),
            (-9, 3),
            (-4, 4),
            _levels(16),
        ),
        Surface(
            "bent valley",  # Rosenbrock (1960), with 10 for his 100
            lambda a, b: (1 - a) ** 2 + 10 * (b - a**2) ** 2,
            lambda a, b: (-2 * (1 - a) - 40 * a * (b - a**2), 20 * (b - a**2)),
            (-1.2, 1.4),
            ((1, 1),),
            (-2, 2),
            (-1, 3),
            _levels(90),
        ),
        Surface(
            "saddle",
            lambda a, b: a**2 / 2 + b**4 / 4 - b**2 / 2 + 0.25,
            lambda a, b: (a, b**3 - b),
            (-2, 0.01),
            ((0, -1), (0, 1)),
            (-2.6, 1.4),
            (-1.7, 1.7),
            _levels(3.5),
        ),
    )
}
