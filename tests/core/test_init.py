"""First values: their spread, their type, their seed."""

import inspect

import numpy as np
import pytest

from nnlib import init

SHAPE = (300, 500)

# standard deviation and largest value, from the papers' formulas at n_in = 300, n_out = 500
SPREADS = {
    "normal": (0.01, None),
    "uniform": (0.01 / 3**0.5, 0.01),
    "glorot_uniform": ((2 / 800) ** 0.5, (6 / 800) ** 0.5),
    "glorot_normal": ((2 / 800) ** 0.5, None),
    "kaiming_uniform": ((2 / 300) ** 0.5, (6 / 300) ** 0.5),
    "kaiming_normal": ((2 / 300) ** 0.5, None),
}


@pytest.mark.parametrize("name", SPREADS)
def test_spread(name):
    std, bound = SPREADS[name]
    W = getattr(init, name)(SHAPE, rng=0).astype(float)
    n = W.size
    assert W.std() == pytest.approx(std, rel=0.01)
    assert abs(W.mean()) < 4 * std / n**0.5
    fourth_moment = np.mean((W / std) ** 4)
    if bound:
        assert 0.999 * bound < W.max() <= bound * 1.000001
        assert -0.999 * bound > W.min() >= -bound * 1.000001
        assert fourth_moment == pytest.approx(1.8, rel=0.02)  # of a uniform distribution
    else:
        assert fourth_moment == pytest.approx(3, rel=0.02)  # of a normal one


@pytest.mark.parametrize("name", ["zeros", *SPREADS])
def test_shape_type_and_seed(name):
    f = getattr(init, name)
    W = f((3, 4), 5)
    assert (W.shape, W.dtype) == ((3, 4), np.float32)
    assert np.array_equal(W, f((3, 4), rng=5))
    assert np.array_equal(W, f((3, 4), rng=np.random.default_rng(5)))
    if name != "zeros":
        assert not np.array_equal(f((3, 4)), f((3, 4)))
        generator = np.random.default_rng(5)
        assert not np.array_equal(f((3, 4), generator), f((3, 4), generator))


def test_zeros():
    assert init.zeros((2, 3)).tolist() == [[0, 0, 0]] * 2


def test_the_spread_can_be_chosen():
    assert init.normal((100, 100), 0, std=2).std() == pytest.approx(2, rel=0.05)
    assert init.uniform((100, 100), 0, bound=2).max() == pytest.approx(2, rel=0.01)


def test_variance_survives_thirty_layers_of_relu():
    """What the formula is for (He et al., 2015)."""
    rng = np.random.default_rng(0)
    X = rng.standard_normal((200, 100)).astype(np.float32)
    for _ in range(30):
        X = np.maximum(X @ init.kaiming_normal((100, 100), rng), 0)
    assert 0.2 < np.mean(X**2) < 5


@pytest.mark.parametrize("shape", [(3,), (3, 4, 5), (), (0, 3), (3, 0)])
@pytest.mark.parametrize("name", [n for n in SPREADS if "_" in n])
def test_fans_need_a_matrix(name, shape):
    with pytest.raises(ValueError, match=r"got a weight of shape .*; expected \(n_in, n_out\)"):
        getattr(init, name)(shape)


def test_every_initialiser_is_tested():
    public = {
        name
        for name, f in inspect.getmembers(init, inspect.isfunction)
        if list(inspect.signature(f).parameters)[:2] == ["shape", "rng"]
    }
    assert public == {"zeros", *SPREADS}
