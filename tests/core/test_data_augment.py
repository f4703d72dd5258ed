"""random_affine: each kind of change does what it says, and nothing else."""

import numpy as np
import pytest

from nnlib.data import random_affine

STILL = {"rotation": 0, "scale": 0, "shear": 0, "shift": 0}


@pytest.fixture
def dot():
    """A bright square a little above and left of the middle, on a 12 x 12 image."""
    image = np.zeros((1, 12, 12), np.float32)
    image[0, 3:6, 4:7] = 1
    return image


def centre(image):
    """Centre of mass (y, x)."""
    y, x = np.indices(image.shape)
    return np.array([(image * y).sum(), (image * x).sum()]) / image.sum()


def test_no_change_is_exactly_no_change(dot):
    images = np.random.default_rng(0).random((5, 144), dtype=np.float32)
    np.testing.assert_array_equal(random_affine(images, 0, **STILL), images)
    np.testing.assert_array_equal(random_affine(dot, 0, **STILL), dot)


def test_rows_and_squares_agree(dot):
    rows = random_affine(dot.reshape(1, 144), 3)
    assert rows.shape == (1, 144) and rows.dtype == np.float32
    np.testing.assert_array_equal(rows.reshape(1, 12, 12), random_affine(dot, 3))


def test_a_shift_moves_the_ink_and_keeps_it(dot):
    many = np.repeat(dot, 200, axis=0)
    moved = random_affine(many, 1, **{**STILL, "shift": 2})
    offsets = np.array([centre(image) for image in moved]) - centre(dot[0])
    np.testing.assert_allclose(moved.sum(axis=(1, 2)), dot.sum(), rtol=1e-5)
    assert np.abs(offsets).max() <= 2 and np.abs(offsets).max() > 1.8
    assert abs(offsets.mean()) < 0.15  # as often one way as the other


def test_a_rotation_keeps_the_distance_to_the_middle(dot):
    turned = random_affine(np.repeat(dot, 50, axis=0), 2, **{**STILL, "rotation": 40})
    middle = np.array([5.5, 5.5])
    arms = np.array([centre(image) for image in turned]) - middle
    reach = np.linalg.norm(centre(dot[0]) - middle)
    np.testing.assert_allclose(np.linalg.norm(arms, axis=1), reach, atol=0.06)
    angles = np.degrees(np.arctan2(*arms.T)) - np.degrees(np.arctan2(*(centre(dot[0]) - middle)))
    assert 30 < np.abs(angles).max() <= 40.5 and angles.min() < 0 < angles.max()


def test_a_stretch_scales_each_axis_by_itself(dot):
    stretched = random_affine(np.repeat(dot, 50, axis=0), 4, **{**STILL, "scale": 0.3})
    arms = np.array([centre(image) for image in stretched]) - 5.5
    ratios = arms / (centre(dot[0]) - 5.5)
    assert ratios.min() > 1 / 1.35 and ratios.max() < 1 / 0.65
    assert np.corrcoef(ratios.T)[0, 1] < 0.5


def test_a_shear_slants_but_does_not_move_rows_up_or_down():
    bar = np.zeros((1, 21, 21), np.float32)
    bar[0, 4:17, 10] = 1
    slanted = random_affine(np.repeat(bar, 20, axis=0), 5, **{**STILL, "shear": 0.3})
    np.testing.assert_allclose(slanted.sum(axis=2), np.repeat(bar.sum(axis=2), 20, 0), atol=1e-4)
    tops = (slanted[:, 4] * np.arange(21)).sum(axis=1)
    bottoms = (slanted[:, 16] * np.arange(21)).sum(axis=1)
    np.testing.assert_allclose(tops + bottoms, 20, atol=1e-3)  # slanted about the middle
    assert np.abs(tops - bottoms).max() > 2


def test_values_stay_in_range_and_outside_is_paper():
    white = np.ones((30, 100), np.float32)
    moved = random_affine(white, 6, shift=8)
    assert moved.min() == 0 and moved.max() <= 1 + 1e-6
    assert not np.shares_memory(moved, white) and white.min() == 1


def test_same_seed_same_images(dot):
    np.testing.assert_array_equal(random_affine(dot, 7), random_affine(dot, 7))
    assert not np.array_equal(random_affine(dot, 7), random_affine(dot, 8))


@pytest.mark.parametrize("shape", [(3, 10), (2, 4, 5), (2, 3, 3, 1)])
def test_images_that_are_not_square_are_refused(shape):
    with pytest.raises(ValueError, match=r"expected \(N, side \* side\)"):
        random_affine(np.zeros(shape))


def test_no_images_give_no_images():
    assert random_affine(np.zeros((0, 784))).shape == (0, 784)
