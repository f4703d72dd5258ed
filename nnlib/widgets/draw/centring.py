"""A drawing on a large page becomes an image such as MNIST's, and the other way round."""

import numpy as np

PAD = 140  # the drawing is so many points wide; the page shows it twice as large
SIDE, BOX = 28, 20  # an MNIST image, and the box its digit is scaled into


def centre(ink):
    """Prepare a drawing as MNIST was: scale its ink to a 20 x 20 box, keeping its proportions,
    and put its centre of mass on pixel (14, 14) of 28 x 28 (LeCun, Cortes and Burges, 1998).

    ink: (H, W), 0 for paper. Shape: (28, 28), float32, as dark as the drawing; zeros for no ink.
    """
    ink = np.nan_to_num(np.asarray(ink, float))
    image = np.zeros((SIDE, SIDE), np.float32)
    rows, columns = np.flatnonzero(ink.max(axis=1)), np.flatnonzero(ink.max(axis=0))
    if not rows.size:
        return image
    ink = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    scale = BOX / max(ink.shape)
    digit = resize(ink, [max(1, round(n * scale)) for n in ink.shape])
    y, x = (
        min(max(round(SIDE / 2 + 0.5 - middle), 0), SIDE - n)
        for n, middle in zip(digit.shape, centre_of_mass(digit))
    )
    image[y : y + digit.shape[0], x : x + digit.shape[1]] = digit
    return image


def centre_of_mass(image):
    """Where the ink balances, (down, right) from the upper left corner, in pixels.

    The middle of the first pixel is at 0.5. An image without ink balances in its middle.
    """
    total = image.sum()
    if total <= 0:
        return image.shape[0] / 2, image.shape[1] / 2
    down, right = (np.arange(n) + 0.5 for n in image.shape)
    return float(down @ image.sum(axis=1) / total), float(right @ image.sum(axis=0) / total)


def resize(image, shape):
    """Each new pixel is the mean of the part of the old image that it covers: (H, W) -> shape."""
    down, across = (_overlaps(new, old) for new, old in zip(shape, image.shape))
    return down @ image @ across.T


def _overlaps(new, old):
    """How much of each old cell lies in each new one, rows summing to 1. Shape: (new, old)."""
    edges = np.arange(new + 1) * (old / new)
    start, end = edges[:-1, None], edges[1:, None]
    cells = np.arange(old)
    covered = np.minimum(end, cells + 1) - np.maximum(start, cells)
    return np.maximum(covered, 0) * (new / old)


def enlarge(image):
    """An image of 784 pixels (any shape, 0 to 1) as a drawing. Shape: (140, 140)."""
    image = np.asarray(image, float)
    if image.size != SIDE * SIDE:
        raise ValueError(f"digit_pad got an example of {image.size} pixels; expected {SIDE * SIDE}")
    return np.kron(image.reshape(SIDE, SIDE), np.ones((PAD // SIDE, PAD // SIDE)))
