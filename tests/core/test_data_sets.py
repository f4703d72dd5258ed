"""The bundled digits and the small sets."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from nnlib import data, functions


def test_digits_are_scikit_learns():
    images, labels = data.load_digits()
    assert images.shape == (1797, 64) and images.dtype == np.float32
    assert labels.shape == (1797,) and labels.dtype == np.int64
    assert images.min() == 0 and images.max() == 1
    datasets = pytest.importorskip("sklearn.datasets")
    theirs = datasets.load_digits()
    np.testing.assert_array_equal(images, theirs.data / 16)
    np.testing.assert_array_equal(labels, theirs.target)


def test_digits_by_their_published_counts():
    """Examples of each class in the test set, from the UCI description."""
    counts = np.bincount(data.load_digits().labels)
    assert counts.tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]


def test_digits_can_be_changed_without_harm():
    first = data.load_digits()
    first.images[:] = 7
    assert data.load_digits().images.max() == 1


def test_digits_are_credited():
    notice = Path(importlib.util.find_spec("nnlib.data").origin).with_name("NOTICE")
    for text in (notice.read_text(), sys.modules["nnlib.data.digits"].__doc__):
        assert "Alpaydin" in text and "10.24432/C50P49" in text and "CC BY 4.0" in text


def test_hubble_lands_on_the_published_lines():
    distance, velocity = data.hubble()
    assert distance.shape == velocity.shape == (24,)
    slope, intercept = np.polyfit(distance, velocity, 1)
    assert slope == pytest.approx(454.158, abs=5e-4)
    assert intercept == pytest.approx(-40.784, abs=5e-4)
    assert distance @ velocity / (distance @ distance) == pytest.approx(423.937, abs=5e-4)
    assert data.hubble().velocity[:3].tolist() == [170, 290, -130]


MAKERS = [data.make_moons, data.make_spirals, data.make_xor]


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("n", [1, 2, 3, 4, 5, 100, 101])
def test_small_sets(make, n):
    X, y = make(n, noise=0.1, rng=0)
    assert X.shape == (n, 2) and X.dtype == np.float32 and np.isfinite(X).all()
    assert y.shape == (n,) and y.dtype == np.int64
    K = 3 if make is data.make_spirals else 2
    counts = np.bincount(y, minlength=K)
    assert len(counts) == K and counts.max() - counts.min() <= 1
    again = make(n, noise=0.1, rng=np.random.default_rng(0))
    assert np.array_equal(X, again[0]) and np.array_equal(y, again[1])


@pytest.mark.parametrize("make", MAKERS)
def test_small_sets_are_shuffled_and_noise_is_a_standard_deviation(make):
    X, y = make(3000, rng=1)
    assert np.any(np.diff(y[:30]) < 0)
    noisy, same = make(3000, noise=0.2, rng=1)
    assert np.array_equal(y, same)
    assert (noisy - X).std() == pytest.approx(0.2, rel=0.05)
    other, _ = make(3000, noise=0.2, rng=2)
    assert not np.array_equal(noisy, other)
    assert len(make()[1]) == 100


def test_moons_are_scikit_learns():
    datasets = pytest.importorskip("sklearn.datasets")
    X, y = data.make_moons(101, rng=0)
    theirs, labels = datasets.make_moons(101, random_state=0)
    for label in (0, 1):
        ours = np.sort(X[y == label].view([("x", "f4"), ("y", "f4")]), axis=0)
        expected = theirs[labels == label].astype(np.float32)
        expected = np.sort(expected.view([("x", "f4"), ("y", "f4")]), axis=0)
        np.testing.assert_array_equal(ours, expected)


def test_xor_is_xor():
    X, y = data.make_xor(400, rng=0)
    assert np.array_equal(y, (X[:, 0] > 0) != (X[:, 1] > 0))
    assert np.abs(X).min() >= 0.1 - 1e-6 and np.abs(X).max() <= 1
    X, y = data.make_xor(4, rng=0)
    assert len(set(map(tuple, np.sign(X).tolist()))) == 4


def test_spirals_wind_out_of_the_centre():
    X, y = data.make_spirals(500, classes=5, rng=0)
    radius = np.hypot(*X.T)
    for label in range(5):
        r = np.sort(radius[y == label])
        np.testing.assert_allclose(r, np.linspace(0, 1, 100), atol=1e-6)
    # Turning an arm by a fifth of a circle gives the next one.
    turn = 2 * np.pi / 5
    R = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    arms = [X[y == label][np.argsort(radius[y == label])] for label in (0, 1)]
    np.testing.assert_allclose(arms[0] @ R, arms[1], atol=1e-5)


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("n", [0, -1, 2.5, "ten", None])
def test_number_of_samples_that_is_none(make, n):
    with pytest.raises(data.DataError, match="n_samples"):
        make(n)


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("noise", [-0.1, float("nan")])
def test_noise_that_is_none(make, noise):
    with pytest.raises(data.DataError, match="noise"):
        make(10, noise=noise)


def test_no_classes():
    with pytest.raises(data.DataError, match="classes"):
        data.make_spirals(10, classes=0)


def test_one_hot_is_the_one_of_functions():
    assert data.one_hot is functions.one_hot


def test_every_public_name_is_there():
    assert sorted(data.__all__) == data.__all__
    assert all(hasattr(data, name) for name in data.__all__)


def test_import_needs_numpy_only():
    """What a download needs is not imported, and not missed, before there is one."""
    script = (
        "import sys\n"
        "for name in ('pooch', 'tqdm', 'platformdirs', 'requests', 'matplotlib', 'sklearn'):\n"
        "    sys.modules[name] = None\n"
        "import nnlib.data as data\n"
        "print(len(data.load_digits().labels), len(data.make_moons()[1]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        cwd=Path(data.__file__).parents[2],
    )
    assert done.stdout.split() == ["1797", "100"], done.stderr
