"""Images that are moved out of their frame."""

import numpy as np
import pytest

from nnlib.course.chapters.ch08_mnist.shift_images import shift_images


@pytest.mark.parametrize("N", [0, 1, 3])
@pytest.mark.parametrize("shift", [(4, 0), (5, 0), (-4, 0), (-9, 0), (0, 6), (0, -6), (99, -99)])
def test_a_shift_by_more_than_the_size_gives_blank_images(N, shift):
    moved = shift_images(np.ones((N, 4, 5), np.float32), *shift)
    assert moved.shape == (N, 4, 5) and moved.dtype == np.float32 and not moved.any()
