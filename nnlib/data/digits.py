"""The bundled digits: 1,797 handwritten ones of 8x8 pixels, small enough to come along.

Source: E. Alpaydin and C. Kaynak, "Optical Recognition of Handwritten Digits" (1998), UCI Machine
Learning Repository, DOI 10.24432/C50P49, licensed CC BY 4.0. These are its test set, in the order
and the file in which scikit-learn carries it; see NOTICE beside this file.
"""

import gzip
from pathlib import Path
from typing import NamedTuple

import numpy as np


class Digits(NamedTuple):
    """Images as rows of pixels, and the digits they show."""

    images: np.ndarray  # (1797, 64) float32 in [0, 1]
    labels: np.ndarray  # (1797,) int64


def load_digits():
    """Load the bundled digits: images (1797, 64) float32 in [0, 1], labels (1797,) int64.

    Each pixel counts the dark dots in a 4x4 block of the scan, 0 to 16, here divided by 16.
    Source: Alpaydin and Kaynak (1998), DOI 10.24432/C50P49, CC BY 4.0.
    """
    with gzip.open(Path(__file__).with_name("digits.csv.gz"), "rt", encoding="ascii") as file:
        table = np.loadtxt(file, delimiter=",", dtype=np.uint8)
    images = table[:, :-1].astype(np.float32)
    images /= 16
    return Digits(images, table[:, -1].astype(np.int64))
