"""Optimisers step by step, by hand and against PyTorch; schedules; steps taken in place."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlib import manual, nn, optim

try:
    import torch
except ImportError:
    torch = None
needs_torch = pytest.mark.skipif(torch is None, reason="PyTorch is not installed")


def one(value, dtype=np.float64):
    return manual.Parameter(np.array([value], dtype))


# ----------------------------------------------------- two steps, worked out by hand
# w = 1 and gradients 2, then -1, with lr = 0.1

BY_HAND = {
    "SGD": (optim.SGD, {}, [0.8, 0.9]),
    "momentum": (optim.SGD, {"momentum": 0.5}, [0.8, 0.8]),  # v = 2, 0
    "nesterov": (optim.SGD, {"momentum": 0.5, "nesterov": True}, [0.7, 0.8]),  # 2 + 1, -1 + 0
    "decay": (optim.SGD, {"weight_decay": 1}, [0.7, 0.73]),  # g = 3, -0.3
    "RMSprop": (optim.RMSprop, {"alpha": 0.75, "eps": 0}, [0.8, 0.9]),  # s = 1, 1
    "Adam": (optim.Adam, {"betas": (0.5, 0.75), "eps": 0}, [0.9, 0.9]),  # m = 1, 0; s = 1, 1
    "Adam, eps": (optim.Adam, {"betas": (0, 0), "eps": 3}, [0.96, 0.985]),  # 2 / 5, -1 / 4
    "AdamW": (
        optim.AdamW,
        {"betas": (0.5, 0.75), "eps": 0, "weight_decay": 1},
        [0.8, 0.72],  # 1 * 0.9 - 0.1, then 0.8 * 0.9 - 0
    ),
}


@pytest.mark.parametrize("optimizer, options, expected", BY_HAND.values(), ids=BY_HAND)
def test_two_steps_by_hand(optimizer, options, expected):
    w = one(1.0)
    opt = optimizer([w], lr=0.1, **options)
    for gradient, value in zip((2.0, -1.0), expected, strict=True):
        w.grad = np.array([gradient])
        opt.step()
        assert w.data.item() == pytest.approx(value, rel=1e-12)


DEFAULTS = {
    "SGD": (optim.SGD, 1 - 1e-3 * 2),
    "RMSprop": (optim.RMSprop, 1 - 1e-2 * 2 / (0.01**0.5 * 2)),
    "Adam": (optim.Adam, 1 - 1e-3),
    "AdamW": (optim.AdamW, 1 - 1e-5 - 1e-3),
}


@pytest.mark.parametrize("optimizer, expected", DEFAULTS.values(), ids=DEFAULTS)
def test_first_step_with_the_defaults(optimizer, expected):
    w = one(1.0)
    w.grad = np.array([2.0])
    optimizer([w]).step()
    assert w.data.item() == pytest.approx(expected, rel=1e-7)


# ------------------------------------------------------------------ against PyTorch

SETTINGS = [
    ("SGD", {"lr": 0.1}),
    ("SGD", {"lr": 0.1, "momentum": 0.9}),
    ("SGD", {"lr": 0.1, "momentum": 0.9, "nesterov": True}),
    ("SGD", {"lr": 0.1, "weight_decay": 0.3}),
    ("SGD", {"lr": 0.1, "momentum": 0.9, "nesterov": True, "weight_decay": 0.3}),
    ("RMSprop", {}),
    ("RMSprop", {"lr": 0.1, "alpha": 0.5, "eps": 0.1}),
    ("RMSprop", {"lr": 0.1, "momentum": 0.9, "weight_decay": 0.3}),
    ("Adam", {}),
    ("Adam", {"lr": 0.1, "betas": (0.5, 0.7), "eps": 0.1}),
    ("Adam", {"lr": 0.1, "weight_decay": 0.3}),
    ("AdamW", {}),
    ("AdamW", {"lr": 0.1, "betas": (0.5, 0.7), "eps": 0.1, "weight_decay": 0.3}),
]


@needs_torch
@pytest.mark.parametrize("parameter", [manual.Parameter, nn.Parameter], ids=["manual", "nn"])
@pytest.mark.parametrize("name, options", SETTINGS, ids=str)
def test_every_step_is_that_of_torch(name, options, parameter):
    rng = np.random.default_rng(0)
    ours = [parameter(rng.normal(size=shape)) for shape in [(3, 4), (4,), ()]]
    theirs = [torch.tensor(p.data, requires_grad=True) for p in ours]
    opt = getattr(optim, name)(ours, **({"lr": 1e-3} if name == "SGD" else {}) | options)
    their_opt = getattr(torch.optim, name)(theirs, **options)
    for step in range(12):
        if step == 6:
            opt.lr = their_opt.param_groups[0]["lr"] = 0.05
        for p, t in zip(ours, theirs, strict=True):
            p.grad = rng.normal(size=p.data.shape) if step % 4 or p.data.ndim else None
            t.grad = None if p.grad is None else torch.tensor(p.grad)
        opt.step()
        their_opt.step()
        for p, t in zip(ours, theirs, strict=True):
            np.testing.assert_allclose(p.data, t.detach(), rtol=1e-11, atol=1e-13)


# ------------------------------------------------------------------------ in place

EVERY = [("SGD", {}), *SETTINGS]
every_setting = pytest.mark.parametrize("name, options", EVERY, ids=str)


@every_setting
@pytest.mark.parametrize("lr", [0.1, np.float64(0.1), np.float32(0.1), 1, np.array(0.1)])
def test_steps_are_in_place_and_float32_stays_float32(name, options, lr):
    """Also where the rate, as from a schedule, is a NumPy number, and the gradient float64."""
    p = manual.Parameter(np.ones((2, 3), np.float32))
    held = p.data
    opt = getattr(optim, name)([p], **{**options, "lr": lr})
    for dtype in (np.float32, np.float64):
        before = held.copy()
        p.grad = np.full((2, 3), 0.5, dtype)
        opt.step()
        assert p.data is held and held.dtype == np.float32
        assert (held != before).all()


@every_setting
def test_gradients_are_left_alone(name, options):
    p, gradient = one(1.0), np.array([2.0])
    opt = getattr(optim, name)([p], **options)
    for _ in range(3):
        p.grad = gradient
        opt.step()
        assert p.grad is gradient and gradient.tolist() == [2.0]


@every_setting
def test_a_parameter_without_a_gradient_stays(name, options):
    still, moves = one(1.0), one(1.0)
    opt = getattr(optim, name)(iter([still, moves]), **options)
    moves.grad = np.array([1.0])
    opt.step()
    assert still.data == 1 and moves.data != 1


@every_setting
def test_each_parameter_has_its_own_memory(name, options):
    """Two together go where each would go alone."""

    def run(starts):
        params = [one(value) for value in starts]
        opt = getattr(optim, name)(params, **options)
        for step in range(4):
            for p, value in zip(params, starts, strict=True):
                p.grad = np.array([math.sin(step + value)])
            opt.step()
        return [p.data.item() for p in params]

    assert run([1.0, 2.0]) == run([1.0]) + run([2.0])


@every_setting
def test_every_optimiser_goes_down_a_valley(name, options):
    w = manual.Parameter(np.array([3.0, -2.0]))
    opt = getattr(optim, name)([w], **{**options, "lr": 0.02, "weight_decay": 0})
    for _ in range(600):
        w.grad = w.data * [1.0, 5.0]
        opt.step()
    assert np.abs(w.data).max() < 0.2


def test_zero_grad_forgets():
    p = nn.Parameter(np.ones(2))
    opt = optim.SGD([p], lr=0.1)
    p.grad = np.ones(2)
    opt.zero_grad()
    assert p.grad is None
    opt.step()
    assert p.data.tolist() == [1, 1]


def test_layouts_of_every_kind():
    """A transposed gradient, and a weight that is not contiguous."""
    p = nn.Parameter(np.ones((3, 2)))
    p.data = np.asfortranarray(p.data)
    opt = optim.SGD([p], lr=1.0, momentum=0.5)
    p.grad = np.arange(6.0).reshape(2, 3).T
    opt.step()
    np.testing.assert_allclose(p.data, 1 - np.arange(6.0).reshape(2, 3).T)


def test_errors():
    p = one(1.0)
    for name in ("SGD", "RMSprop", "Adam", "AdamW"):
        with pytest.raises(ValueError, match=f"{name} got no parameters; expected at least one"):
            getattr(optim, name)([], lr=0.1)
        with pytest.raises(ValueError, match=f"{name} got lr=-1.*; expected 0 or more"):
            getattr(optim, name)([p], lr=-1)
        with pytest.raises(ValueError, match=f"{name} got .*weight_decay=-1; expected 0 or more"):
            getattr(optim, name)([p], lr=0.1, weight_decay=-1)
    with pytest.raises(ValueError, match="nesterov=True without momentum; expected momentum > 0"):
        optim.SGD([p], lr=0.1, nesterov=True)


def test_an_optimiser_of_ones_own_needs_only_update():
    class Signs(optim.Optimizer):
        def update(self, w, g, state):
            state["steps"] = state.get("steps", 0) + 1
            w -= self.lr * np.sign(g)

    p = one(1.0)
    opt = Signs([p], lr=0.25)
    p.grad = np.array([7.0])
    opt.step()
    opt.step()
    assert opt.weight_decay == 0
    assert p.data == 0.5 and opt.states[0]["steps"] == 2
    with pytest.raises(NotImplementedError):
        optim.Optimizer([p], lr=0.1).step()


# ------------------------------------------------------------------------ schedules

KNOWN = {
    "exponential": (optim.exponential(2), {0: 1, 0.5: 1 / math.e, 1: math.exp(-2)}),
    "linear": (optim.warmup_linear(), {0: 0, 0.05: 0.5, 0.1: 1, 0.55: 0.5, 1: 0}),
    "linear 0.5": (optim.warmup_linear(0.5), {0: 0, 0.25: 0.5, 0.5: 1, 0.75: 0.5, 1: 0}),
    "linear, cold": (optim.warmup_linear(0), {0: 1, 0.25: 0.75, 1: 0}),
    "cosine": (optim.warmup_cosine(), {0: 0, 0.05: 0.5, 0.1: 1, 0.4: 0.75, 0.55: 0.5, 1: 0}),
    "cosine, cold": (optim.warmup_cosine(warmup=0), {0: 1, 0.5: 0.5, 1: 0}),
}


@pytest.mark.parametrize("schedule, known", KNOWN.values(), ids=KNOWN)
def test_schedules_at_known_times(schedule, known):
    for t, factor in known.items():
        assert schedule(t) == pytest.approx(factor, abs=1e-12)


@pytest.mark.parametrize("schedule", [optim.warmup_linear, optim.warmup_cosine])
@pytest.mark.parametrize("warmup", [1, 1.5, -0.1, float("nan")])
def test_a_warm_up_must_end_before_training_does(schedule, warmup):
    with pytest.raises(ValueError, match=f"warmup={warmup}; expected 0 <= warmup < 1"):
        schedule(warmup)


@given(st.floats(0, 1), st.floats(0, 0.9))
def test_schedules_stay_between_0_and_1_and_fall_after_the_warm_up(t, warmup):
    for schedule in (optim.warmup_linear(warmup), optim.warmup_cosine(warmup)):
        assert -1e-12 <= schedule(t) <= 1 + 1e-12
        later = t + (1 - t) / 2
        if t >= warmup:
            assert schedule(later) <= schedule(t) + 1e-12


# -------------------------------------------------------------- what is no parameter

NET = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))
W = nn.Parameter(np.ones((3, 2)))
NO_PARAMETERS = {
    "one Parameter": (W, r"got one Parameter; .*net\.parameters\(\)\. Write \[w\] for a single"),
    "one of manual's": (one(1.0), "got one Parameter"),
    "one Tensor": (nn.Tensor(1.0), "got one Tensor"),
    "an array": (np.ones(3), "got one ndarray"),
    "a dict": ({"w": W}, r"got a dict; .* values\(\)"),
    "a state": (NET.state_dict(), "got a dict"),
    "pairs": (NET.named_parameters(), r"got pairs, as from named_parameters\(\); expected param"),
    "items": ({"w": W}.items(), "got pairs"),
    "a model": (NET, "got a Sequential; expected parameters"),
    "a method": (NET.parameters, "got a method; expected parameters"),
    "a number": (0.1, "got a float; expected"),
    "None": (None, "got a NoneType; expected"),
    "numbers": ([1.0, 2.0], "got a float among its parameters"),
    "arrays": ([p.data for p in NET.parameters()], "got a ndarray among"),
    "words": ("weight", "got a str among"),
    "models": ([NET], "got a Sequential among"),
    "lists": ([NET.parameters()], "got a list among"),
    "one too many": ([W, None], "got a NoneType among"),
}


@pytest.mark.parametrize("name", ["SGD", "RMSprop", "Adam", "AdamW"])
@pytest.mark.parametrize("params, words", NO_PARAMETERS.values(), ids=NO_PARAMETERS)
def test_what_is_no_parameter_is_refused_at_once(name, params, words):
    with pytest.raises(TypeError, match=f"^{name} {words}"):
        getattr(optim, name)(params)


@pytest.mark.parametrize("empty", [[], (), iter(()), nn.ReLU().parameters()])
def test_no_parameters_at_all(empty):
    with pytest.raises(ValueError, match="SGD got no parameters; expected at least one"):
        optim.SGD(empty)


def test_a_result_is_no_parameter():
    with pytest.raises(ValueError, match="got the result of an operation, which collects no grad"):
        optim.SGD([W * 2])


@pytest.mark.parametrize("many", [list, tuple, iter, lambda params: (p for p in params)])
def test_every_iterable_of_parameters_is_welcome(many):
    assert optim.SGD(many(NET.parameters())).params == NET.parameters()


def test_weight_decay_reads_what_was_set_and_stays_out_of_the_gradient():
    w, v = one(1.0), one(1.0)
    first, second = optim.AdamW([w], weight_decay=0.3), optim.AdamW([v], weight_decay=0.1)
    assert first.weight_decay == 0.3 and optim.AdamW([w]).weight_decay == 1e-2
    second.weight_decay = 0.3
    for optimizer, p in ((first, w), (second, v)):
        p.grad = np.array([2.0])
        optimizer.step()
    assert w.data == v.data == 1 * (1 - 1e-3 * 0.3) - 1e-3 * (1 / (1 + 5e-9))
