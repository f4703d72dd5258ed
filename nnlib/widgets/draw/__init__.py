"""Draw your own digit: a pad, and what a network makes of what is drawn."""

from .drawing import Drawing
from .pad import DigitPad


def digit_pad(model, prepare=None, example=None):
    """Draw a digit and see what `model` makes of it, while you draw.

    model: a network of `manual` or `nn`, 784 pixels to ten scores, trained by you. prepare: what
    was done to the training images, such as lambda X: (X - mean) / std. example: an image of 784
    pixels to begin with.
    """
    return DigitPad(Drawing(model, prepare, example))
