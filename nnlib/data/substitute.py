"""A stand-in for MNIST: the bundled digits, enlarged, where the real ones cannot be had."""

import numpy as np

from .digits import load_digits
from .errors import DataError
from .mnist import ImageData, load_mnist

TRAIN = 1_500  # the first ones; the last 297 are for testing


class EnlargedDigits(ImageData):
    """The bundled digits in MNIST's layout: 1,500 to learn from, 297 to be tested on."""

    __slots__ = ()
    name = "digits"


def load_mnist_or_digits(data_dir=None, download=True, progress=None, *, mirrors=None):
    """Load MNIST, or where it cannot be had the bundled digits enlarged to 28x28.

    Takes the arguments of load_mnist. Prints one message if the digits take MNIST's place.
    Returns ImageData with `.name` "MNIST", or EnlargedDigits with `.name` "digits".
    """
    try:
        return load_mnist(data_dir, download, progress, mirrors=mirrors)
    except DataError as error:
        print(
            "MNIST could not be loaded, so the 1,797 bundled 8x8 digits, enlarged to 28x28, take "
            f"its place. The numbers will differ from the text. The cause: {error}"
        )
    images, labels = load_digits()
    images = enlarge(images)
    return EnlargedDigits(images[:TRAIN], labels[:TRAIN], images[TRAIN:], labels[TRAIN:])


def enlarge(images):
    """(N, 64) -> (N, 784): 8x8 drawn as 20x20, its centre of mass on pixel (14, 14) as in MNIST.

    Source: LeCun et al. (1998) for the 20x20 box and the centring. The pixels between are linear.
    """
    M = interpolation(8, 20)
    small = M @ images.reshape(-1, 8, 8) @ M.T  # (N, 20, 20)
    grid = np.arange(20)
    mass = np.maximum(small.sum((1, 2)), 1e-9)  # a blank image stays blank
    rows = np.rint(14 - small.sum(2) @ grid / mass).astype(int).clip(0, 8)
    columns = np.rint(14 - small.sum(1) @ grid / mass).astype(int).clip(0, 8)
    large = np.zeros((len(small), 28, 28), np.float32)
    for image, box, row, column in zip(large, small, rows, columns):
        image[row : row + 20, column : column + 20] = box
    return large.reshape(-1, 784)


def interpolation(n, m):
    """(m, n) matrix that stretches n pixels to m: each row two weights that add up to one."""
    # Pixel centres lie at 1/2, 3/2, ... of each grid.
    at = ((np.arange(m) + 0.5) * n / m - 0.5).clip(0, n - 1)
    return (1 - np.abs(at[:, None] - np.arange(n))).clip(0, 1).astype(np.float32)
