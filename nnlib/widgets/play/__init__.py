"""The playground: a small network learns to tell two classes apart while you watch every unit."""

from .playground import Playground
from .stage import PlaygroundWidget


def playground(**settings):
    """A network to play with: choose, press play, and watch the boundary and every unit move.

    settings: those of `Playground`, such as data="spirals", hidden=(8, 8), seed=1.
    It pauses by itself when no page shows it any more.
    """
    return PlaygroundWidget(Playground(**settings))
