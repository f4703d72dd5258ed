"""Number forensics by itself: what it claims is exact, and otherwise it is silent."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nnlib import functions
from nnlib.course.judging.forensics import Evidence, Suspect, examine
from nnlib.course.judging.forensics import suspects as _suspects

rng = np.random.default_rng(4)
X = rng.normal(size=(5, 7))
SIZES = {"N, the number of rows": 5, "K, the number of classes": 7, "the learning rate": 0.3}
TERM = {"lambda W": rng.normal(size=(5, 7))}


def first(came, expected, **known):
    found = examine(Evidence(came, expected, **known))
    return (found[0].kind, found[0].name) if found else None


@pytest.mark.parametrize(
    "spoil, finding",
    [
        (lambda E: -E, ("sign", "-1")),
        (lambda E: E * 5, ("factor", "N")),
        (lambda E: E / 5, ("factor", "1/N")),
        (lambda E: E / 7, ("factor", "1/K")),
        (lambda E: E * 7, ("factor", "K")),
        (lambda E: E * 2, ("factor", "2")),
        (lambda E: E / 2, ("factor", "1/2")),
        (lambda E: E * 0.3, ("factor", "the learning rate")),
        (lambda E: E / 0.3, ("factor", "1/the learning rate")),
        (lambda E: E * 35, ("factor", "N * K")),
        (lambda E: E / 35, ("factor", "1/(N * K)")),
        (lambda E: E * 2 / 5, ("factor", "2/N")),
        (lambda E: -E / 5, ("factor", "-1/N")),
        (lambda E: E * 1.7, ("factor", "1.7")),
        (lambda E: E.T, ("transpose", "T")),
        (lambda E: E - TERM["lambda W"], ("term", "missing lambda W")),
        (lambda E: E + TERM["lambda W"], ("term", "extra lambda W")),
        (lambda E: E - 2 * TERM["lambda W"], ("term", "sign of lambda W")),
        (lambda E: E - TERM["lambda W"] / 2, ("term", "half of lambda W")),
        (lambda E: TERM["lambda W"], ("term", "only lambda W")),
        (lambda E: E + 1, ("shift", "+1")),
        (lambda E: E - 1, ("shift", "-1")),
        (lambda E: np.roll(E, 1, 0), ("shift", "rolled +1 along axis 0")),
        (lambda E: np.roll(E, -1, 1), ("shift", "rolled -1 along axis 1")),
        (lambda E: E[::-1], ("shift", "reversed")),
        (lambda E: E[:, None], ("shape", "keepdims")),
        (lambda E: 0 * E, ("constant", "zeros")),
        (lambda E: 1 - E, ("function", "complement")),
        (lambda E: E**2, ("function", "square")),
        (lambda E: np.exp(E), ("function", "exp")),
        (lambda E: np.abs(E), ("function", "absolute")),
        (lambda E: E.astype(np.float32) * 5, ("factor", "N")),
        (lambda E: (E * 5).tolist(), ("factor", "N")),
    ],
)
def test_each_slip_is_named(spoil, finding):
    assert first(spoil(X), X, factors=SIZES, terms=TERM) == finding


def test_sum_in_place_of_mean_is_said_in_words():
    (found, *_) = examine(Evidence(X * 5, X, factors=SIZES))
    assert found.words == (
        "Each of your numbers is exactly N times what was expected, where N is the number of rows. "
        "Is it a sum where a mean was asked for?"
    )


def test_the_length_of_the_first_input_is_a_candidate_without_being_asked():
    assert first(3 * 4.5, 4.5, inputs={"y": np.ones(3)}) == ("factor", "N")


def test_axis_and_whole_array():
    Z = X
    case = dict(inputs={"Z": Z}, again=functions.softmax)
    P = functions.softmax(Z)
    assert first(functions.softmax(Z, axis=0), P, **case) == ("axis", "Z")
    assert first(functions.softmax(Z.reshape(1, -1)).reshape(5, 7), P, **case) == (
        "axis",
        "all of Z",
    )
    sums = dict(inputs={"Z": Z}, again=lambda Z: Z.sum(axis=1))
    assert first(Z.sum(axis=0), Z.sum(axis=1), **sums) == ("axis", "Z")


def test_a_broadcast_pair_of_shapes():
    prediction, y = rng.normal(size=6), rng.normal(size=6)

    def mse(prediction, y):
        return np.mean((prediction - y) ** 2)

    came = np.mean((prediction[:, None] - y) ** 2)
    case = dict(inputs={"prediction": prediction, "y": y}, again=mse)
    assert first(came, mse(prediction, y), **case) == ("shape", "column prediction")
    assert first(np.tile(y, (6, 1)), y)[0] == "shape"


def test_a_mask_that_is_always_on():
    Z, dA = rng.normal(size=(4, 3)), rng.normal(size=(4, 3))
    inputs = {"dA": dA, "Z": Z}
    assert first(dA, dA * (Z > 0), inputs=inputs) == ("mask", "dA")
    assert first(np.ones_like(Z), (Z > 0) * 1.0, inputs=inputs) == ("mask", "always one")


def test_a_slip_must_explain_every_case():
    one, two = rng.normal(size=(3, 4)), rng.normal(size=(5, 4))
    N = "N, the number of rows"
    both = [Evidence(one * 3, one, factors={N: 3}), Evidence(two * 5, two, factors={N: 5})]
    assert examine(both)[0].name == "N"
    assert examine([both[0], Evidence(two * 3.5, two, factors={N: 5})]) == []
    assert examine([both[0], Evidence(two, two, factors={N: 5})]) == []


def test_nothing_is_said_of_right_unrelated_or_unreadable_answers():
    assert examine(Evidence(X, X)) == []
    assert examine(Evidence(rng.normal(size=(5, 7)), X, factors=SIZES, terms=TERM)) == []
    assert examine(Evidence(np.full((5, 7), np.nan), X)) == []
    assert examine(Evidence("text", X)) == [] and examine(Evidence([[1, 2], [3]], X)) == []
    assert examine(Evidence(None, X)) == [] and examine([]) == []
    assert examine(Evidence(X * 5 * (1 + 1e-4), X, factors=SIZES)) != [] and (
        first(X * 5 * (1 + 1e-4), X, factors=SIZES)[1] == "5.0005"
    )


@settings(max_examples=150, deadline=None)
@given(
    arrays(float, (3, 4), elements=st.integers(-4, 4)),
    arrays(float, (3, 4), elements=st.integers(-4, 4)),
)
def test_every_claim_is_exact(came, expected):
    """Small integers meet by accident often; even then a claim reproduces what came."""
    case = Evidence(
        came,
        expected,
        inputs={"X": expected},
        factors={"N, rows": 3.0, "K, c": 4.0},
        terms={"T": came - expected + 1},
    )
    by_name: dict[tuple, list[Suspect]] = {}
    for suspect in _suspects([case]):
        by_name.setdefault((suspect.kind, suspect.name), []).append(suspect)
    for finding in examine(case):
        made = []
        for suspect in by_name[finding.kind, finding.name]:
            with np.errstate(all="ignore"):
                spoiled = suspect.spoil(case)
            made.append(spoiled is not None and np.allclose(came, spoiled, rtol=1e-5, atol=1e-5))
        assert any(made), finding


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_random_answers_meet_silence(seed):
    rng = np.random.default_rng(seed)
    came, expected = rng.normal(size=(2, 4, 3))
    case = Evidence(
        came,
        expected,
        {"Z": expected},
        {"N, rows": 4},
        {"T": rng.normal(size=(4, 3))},
        functions.softmax,
    )
    assert examine(case) == []
