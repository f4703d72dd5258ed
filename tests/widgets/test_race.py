"""The optimiser race: every runner is the library's optimiser, and no rate breaks the picture."""

import xml.etree.ElementTree as ET

import numpy as np
import pytest

from nnlib import manual, optim
from nnlib.gradcheck import numerical_gradient
from nnlib.widgets.race import OPTIMISERS, Race
from nnlib.widgets.surfaces import SURFACES


@pytest.mark.parametrize("surface", SURFACES.values(), ids=list(SURFACES))
def test_slopes_are_those_of_the_surface(surface):
    for point in ([-1.3, 0.7], [0.4, -2.0], surface.start):
        expected = numerical_gradient(lambda p: surface.loss(*p), np.array(point, float))
        np.testing.assert_allclose(surface.gradient(*point), expected, rtol=1e-6, atol=1e-8)
    for minimum in surface.minima:
        np.testing.assert_allclose(surface.gradient(*minimum), 0, atol=1e-12)
        a, b = minimum
        assert min(surface.xlim) < a < max(surface.xlim) and min(surface.ylim) < b < max(
            surface.ylim
        )


def test_adam_runs_as_the_library_steps():
    race = Race(lr=0.2)
    p = manual.Parameter(np.array(SURFACES["ravine"].start, float))
    adam = optim.Adam([p], 0.2)
    for t in range(1, 6):
        p.grad = np.array(SURFACES["ravine"].gradient(*p.data))
        adam.step()
        np.testing.assert_array_equal(race.path("Adam")[t], p.data)


def test_gradient_descent_on_the_ravine_is_a_geometric_series():
    path = Race(lr=0.5).path("SGD")
    np.testing.assert_allclose(path[:, 0], -7 * 0.95 ** np.arange(101))
    np.testing.assert_allclose(path[1:, 1], 0, atol=1e-12)


def test_without_momentum_three_runners_are_one():
    race = Race(momentum=0.0)
    np.testing.assert_array_equal(race.path("SGD"), race.path("momentum"))
    np.testing.assert_array_equal(race.path("SGD"), race.path("Nesterov"))


def test_settings_change_the_paths_at_once():
    race = Race(lr=0.1)
    slow = race.path("SGD")[10].copy()
    race.lr = 0.4
    assert race.losses("SGD")[10] < SURFACES["ravine"].loss(*slow)
    race.surface = "saddle"
    assert tuple(race.path("SGD")[0]) == SURFACES["saddle"].start


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("lr", [0.01, 0.3, 2.0])
@pytest.mark.parametrize("step", [0, 1, 100])
def test_a_picture_for_every_setting(surface, lr, step):
    race = Race(surface, lr, 0.98, step)
    svg = str(race.picture())
    ET.fromstring(svg)
    assert "nan" not in svg and "inf" not in svg.replace("infinite", "")
    assert all(name in svg and name in race.readout() for name in OPTIMISERS)


def test_who_diverges_is_said_to():
    race = Race("bent valley", lr=1.0, step=100)
    assert "SGD has diverged" in race.readout()
    assert race.standings()[-1][1] == np.inf


@pytest.mark.parametrize(("step", "t"), [(-3, 0), (10**6, 100), (7.0, 7)])
def test_steps_stay_within_the_race(step, t):
    race = Race(step=step)
    assert race.t == t
    assert f"after {t} steps" in race.picture().alt


def test_sliding_for_long_keeps_little():
    race = Race()
    for lr in np.linspace(0.01, 1, 300):
        race.lr = lr
        race.path("SGD")
    assert len(race._known) <= 201
