"""What moves, and what is drawn: widgets and figures, each one call."""

from importlib import import_module

from . import figures, style, svg
from .demo import Demo

# Where each widget lives; the module is imported when the widget is first asked for.
_HOMES = {
    "gradient_arrows": "gradient",
    "line_and_surface": "regression",
    "network_diagram": "network",
    "activation_explorer": "activations",
    "activations_by_depth": "depth",
    "softmax_explorer": "softmax",
    "backprop_stepper": "stepper",
    "graph": "expression",
    "optimiser_race": "race",
    "playground": "play",
    "dashboard": "watch",
    "digit_pad": "draw",
}
__all__ = ["Demo", "figures", "style", "svg", *_HOMES]


def __getattr__(name):
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)


def __dir__():
    return __all__
