"""random_affine, elastic and deskew: each changes what it says, and nothing else."""

import numpy as np
import pytest

from nnlib.data import deskew, elastic, random_affine
from nnlib.data.augment import _displacements

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


@pytest.mark.parametrize("augment", [random_affine, elastic])
@pytest.mark.parametrize("shape", [(3, 10), (2, 4, 5), (2, 3, 3, 1)])
def test_images_that_are_not_square_are_refused(augment, shape):
    with pytest.raises(ValueError, match=rf"{augment.__name__} got .*expected \(N, side \* side\)"):
        augment(np.zeros(shape))


@pytest.mark.parametrize("augment", [random_affine, elastic])
def test_no_images_give_no_images(augment):
    assert augment(np.zeros((0, 784))).shape == (0, 784)


# ------------------------------------------------------------------------- elastic


def test_elastic_matches_a_plain_loop():
    images = np.random.default_rng(0).random((3, 12, 12), dtype=np.float32)
    bent = elastic(images, np.random.default_rng(5), alpha=30, sigma=3, **STILL)
    rng = np.random.default_rng(5)
    rng.random((6, 3))  # the affine map draws six numbers an image first
    noise = (rng.integers(-128, 128, (2, 3, 12, 12), dtype=np.int8) + 0.5) / 128

    def pixel(image, row, column):
        return image[row, column] if 0 <= row < 12 and 0 <= column < 12 else 0.0

    def pull(noise, i, j):
        """30 times the Gaussian average of the noise around (i, j)."""
        return 30 * sum(
            noise[a, b] * np.exp(-((a - i) ** 2 + (b - j) ** 2) / 18) / (18 * np.pi)
            for a, b in np.ndindex(12, 12)
        )

    for n, i, j in np.ndindex(3, 12, 12):
        y, x = i + pull(noise[0, n], i, j), j + pull(noise[1, n], i, j)
        row, column = int(np.floor(y)), int(np.floor(x))
        down, right = y - row, x - column
        expected = (
            (1 - down) * (1 - right) * pixel(images[n], row, column)
            + (1 - down) * right * pixel(images[n], row, column + 1)
            + down * (1 - right) * pixel(images[n], row + 1, column)
            + down * right * pixel(images[n], row + 1, column + 1)
        )
        # Outside, a thousandth of the edge still shines through.
        assert bent[n, i, j] == pytest.approx(expected, abs=1.1e-3)


def test_elastic_without_strength_is_the_affine_map():
    images = np.random.default_rng(0).random((5, 144), dtype=np.float32)
    np.testing.assert_array_equal(elastic(images, 0, alpha=0, **STILL), images)
    maps = {"rotation": 20, "scale": 0.2, "shear": 0.1, "shift": 3}
    np.testing.assert_array_equal(
        elastic(images, 3, alpha=0, **maps), random_affine(images, 3, **maps)
    )


def test_elastic_is_seeded_and_keeps_shape_dtype_range_and_its_input(dot):
    white = np.ones((30, 100), np.float32)
    bent = elastic(white, 6, shift=8)
    assert bent.shape == (30, 100) and bent.dtype == np.float32
    assert bent.min() == 0 and bent.max() <= 1 + 1e-6
    assert not np.shares_memory(bent, white) and white.min() == 1
    np.testing.assert_array_equal(bent, elastic(white, np.random.default_rng(6), shift=8))
    assert not np.array_equal(bent, elastic(white, 7, shift=8))
    np.testing.assert_array_equal(elastic(dot.reshape(1, 144), 1)[0], elastic(dot, 1).ravel())


def test_each_image_is_bent_its_own_way_and_blank_stays_blank(dot):
    bent = elastic(np.repeat(dot, 20, axis=0), 0, **STILL)
    assert len(np.unique(bent.reshape(20, -1), axis=0)) == 20
    assert not elastic(np.zeros((4, 784)), 0).any()


def test_displacements_have_the_size_and_smoothness_of_the_paper():
    field = _displacements(4000, 28, np.random.default_rng(0), alpha=34, sigma=4)
    middle = field.reshape(2, 4000, 28, 28)[:, :, 14, 10:19]
    # Noise of variance 1/3, averaged by a Gaussian: alpha^2 / 3 / (4 pi sigma^2).
    assert middle.std() == pytest.approx(34 / np.sqrt(12 * np.pi) / 4, rel=0.02)
    assert abs(middle.mean()) < 0.03  # as often one way as the other
    for gap in (1, 4, 8):  # neighbours go together: e^(-gap^2 / 4 sigma^2)
        alike = np.corrcoef(middle[:, :, 0].ravel(), middle[:, :, gap].ravel())[0, 1]
        assert alike == pytest.approx(np.exp(-(gap**2) / 64), abs=0.03)
    assert abs(np.corrcoef(middle[0, :, 4], middle[1, :, 4])[0, 1]) < 0.05


@pytest.mark.parametrize("sigma", [0, -1])
def test_elastic_refuses_a_blur_without_width(sigma):
    with pytest.raises(ValueError, match=f"sigma={sigma}; expected more than 0"):
        elastic(np.zeros((1, 784)), sigma=sigma)


# -------------------------------------------------------------------------- deskew
def moments(image):
    """The centre (row, column) of the ink and its slant: columns to the right, a row down."""
    y, x = np.indices(image.shape)
    y0, x0 = np.average(y, weights=image), np.average(x, weights=image)
    return y0, x0, (image * (y - y0) * (x - x0)).sum() / (image * (y - y0) ** 2).sum()


def leaning(slant, side=21):
    """A bar three pixels wide and 13 high, off the centre, that leans by `slant` columns a row."""
    y, x = np.indices((side, side))
    return np.clip(2 - np.abs(x - 8 - slant * (y - 9)), 0, 1) * (np.abs(y - 9) <= 6)


@pytest.mark.parametrize("slant", [-0.6, -0.25, 0, 0.4, 0.7])
def test_deskew_sets_a_leaning_bar_upright_in_the_middle(slant):
    bar = leaning(slant)
    assert moments(bar)[2] == pytest.approx(slant, abs=0.02)
    upright = deskew(bar[None])[0]
    np.testing.assert_allclose(moments(upright), (10, 10, 0), atol=0.02)
    np.testing.assert_allclose(upright.sum(axis=1)[4:17], bar.sum(axis=1)[3:16], rtol=1e-5)
    np.testing.assert_allclose(deskew(upright[None])[0], upright, atol=0.02)  # nothing is left


def test_each_image_is_set_upright_by_itself_and_none_is_changed_in_place():
    images = np.stack([leaning(0.3), leaning(-0.5)])
    before = images.copy()
    together = deskew(images.reshape(2, -1))
    np.testing.assert_array_equal(images, before)
    assert together.dtype == np.float32 and together.shape == (2, 441)
    for image, alone in zip(images, together, strict=True):
        np.testing.assert_allclose(alone, deskew(image[None]).ravel(), atol=1e-6)


def test_images_without_a_slant_stay_as_they_are():
    blank, row = np.zeros((5, 5)), np.zeros((5, 5))
    row[2] = 1
    np.testing.assert_array_equal(deskew(np.stack([blank, row])), [blank, row])
    assert deskew(np.zeros((0, 25))).shape == (0, 25)
    with pytest.raises(ValueError, match=r"deskew got images of shape \(2, 10\)"):
        deskew(np.zeros((2, 10)))


def test_what_comes_in_from_outside_is_nothing():
    ink = np.eye(5)[None]  # a slant of 1: each row moves by two columns at most
    np.testing.assert_allclose(deskew(ink)[0], np.tile(np.arange(5) == 2, (5, 1)), atol=1e-5)
