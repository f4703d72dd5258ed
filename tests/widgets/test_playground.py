"""The playground's state: it learns, it repeats, and its frames are what the network computes."""

import asyncio
import time
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from nnlib import functions as F
from nnlib import manual, training
from nnlib.widgets.live import Live
from nnlib.widgets.play import playground
from nnlib.widgets.play.datasets import DATASETS
from nnlib.widgets.play.playground import GRID, REACH, THUMB, Playground


@pytest.mark.parametrize("data", DATASETS)
def test_it_learns(data):
    state = Playground(data, noise=0.05, hidden=(8, 8), lr=0.1, seed=1)
    first = state.loss
    state.train(120)
    assert state.loss < 0.5 * first
    assert state.test_accuracy > 0.9
    assert state.epoch == 120


def test_same_seed_same_course():
    a, b, c = Playground(seed=3), Playground(seed=3), Playground(seed=4)
    for state in (a, b, c):
        state.train(5)
    assert a.frame() == b.frame() != c.frame()
    before = a.frame()
    a.reset()
    a.train(5)
    assert a.frame() == before


def test_losses_are_the_cores():
    state = Playground(hidden=(4,))
    state.train(3)
    scores = state.network.forward(state.test_X)
    assert state.test_loss == pytest.approx(float(F.cross_entropy(scores, state.test_y)), rel=1e-5)
    assert state.test_accuracy == training.accuracy(state.network, state.test_X, state.test_y)


@pytest.mark.parametrize("penalty", ["L1", "L2"])
def test_penalties_shrink_weights(penalty):
    def size(**kwargs):
        state = Playground(lr=0.05, **kwargs)
        state.train(30)
        return sum(np.abs(p.data).sum() for p in state.network.parameters() if p.data.ndim == 2)

    assert size(penalty=penalty, strength=0.03) < 0.8 * size()


@pytest.mark.parametrize("hidden", [(), (1,), (8, 8, 8), (0, 4, 0)])
@pytest.mark.parametrize("activation", ["relu", "sigmoid", "tanh"])
def test_frames_hold_what_the_network_computes(hidden, activation):
    state = Playground(hidden=hidden, activation=activation)
    state.train(2)
    raw, sizes = state.frame(), state.sizes
    head = np.frombuffer(raw, "<f4", 5)
    assert head[0] == 2 and head[1] == np.float32(state.loss) and head[4] == 3
    curve = np.frombuffer(raw, "<f4", 9, 20).reshape(3, 3)
    np.testing.assert_allclose(curve[1], [loss for _, loss, _ in state.curve], rtol=1e-6)
    at = 20 + 36
    for n_in, n_out, p in zip(sizes, sizes[1:], state.network.parameters()[::2]):
        W = np.frombuffer(raw, "<f4", n_in * n_out, at).reshape(n_out, n_in)
        np.testing.assert_array_equal(W, p.data.T)
        at += W.nbytes
    pictures = np.frombuffer(raw, np.int8, offset=at)
    assert pictures.size == sum(sizes[1:-1]) * THUMB**2 + GRID**2
    corner = F.softmax(state.network.forward(np.float32([[-REACH, REACH]])))[0, 1]
    assert pictures[-GRID * GRID] == pytest.approx(127 * (2 * corner - 1), abs=1)


def test_divergence_is_said_and_leaves_a_picture():
    state = Playground(activation="relu", lr=1e38)
    state.train(50)
    assert state.diverged and state.epoch < 50
    assert "Diverged" in state.readout()
    assert len(state.frame()) > 0
    ET.fromstring(str(state.picture()))
    state.train(5)  # nothing more happens
    state.lr = 0.1
    state.reset()
    assert not state.diverged and state.epoch == 0


def test_an_endless_run_stays_small():
    state = Playground(points=20, hidden=(2,))
    state.train(1500)
    assert len(state.curve) <= 400
    assert state.curve[0][0] == 0 and state.curve[-1][0] == 1500
    assert len(state.frame()) < 20_000


def test_unknown_data_are_refused():
    with pytest.raises(ValueError, match="data='stars'; expected one of"):
        Playground("stars")


def test_rapid_changes():
    state = Playground()
    for i in range(60):
        state.hidden, state.activation = (i % 9, 3), ("relu", "tanh", "sigmoid")[i % 3]
        state.noise, state.penalty = i / 100, ("none", "L1", "L2")[i % 3]
        state.reset()
        state.train()
    ET.fromstring(str(state.picture()))
    assert isinstance(state.network, manual.MLP)


# ------------------------------------------------------------------ the widget, without a page


def test_controls_set_the_state():
    widget = playground(seed=2)
    widget.controls["noise"].value = 0.3
    widget.controls["data"].value = "xor"
    assert (widget.state.noise, widget.state.data) == (0.3, "xor")
    widget.state.train(3)
    widget.controls["lr"].value = 1.0
    assert widget.state.lr == 1.0 and widget.state.epoch == 3  # a rate does not start anew
    widget.layers[0].value = 0
    widget.layers[2].value = 5
    assert widget.state.sizes == [2, 4, 5, 2] and widget.state.epoch == 0
    widget.step()
    assert widget.state.epoch == 1 and "Epoch 1" in widget.stage.words


async def until(condition, seconds=20):
    """Let the loop run until the condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never happened"
        await asyncio.sleep(0.01)


def test_it_plays_pauses_and_stops_where_no_page_draws(monkeypatch):
    monkeypatch.setattr("nnlib.widgets.play.stage.PATIENCE", 0.2)

    async def story():
        widget, other = playground(), playground()
        widget.start()
        await until(lambda: widget.state.epoch == 2)  # three frames are not yet drawn
        assert widget.live.running and not other.live.running
        widget.pause()
        await until(lambda: not widget.live.running)
        assert widget.state.epoch == 2
        widget._heard({"kind": "drawn", "serial": widget.stage.serial})
        widget.start()
        assert widget.play.description == "pause"
        await until(lambda: not widget.live.running)  # nobody draws: it pauses by itself
        assert widget.play.description == "play"
        assert other.state.epoch == 0
        assert len(asyncio.all_tasks()) == 1  # this one: nothing is left running

    asyncio.run(story())


def broken():
    raise TypeError("no <b>such</b> thing")


def test_an_error_is_shown_as_what_it_is_and_the_button_says_play():
    async def story():
        widget = playground()
        widget.state.train = broken
        widget.start()
        await until(lambda: not widget.live.running)
        assert widget.stage.words == "TypeError: no <b>such</b> thing"  # the page sets it as text
        assert widget.play.description == "play" and not widget.stage.playing
        with pytest.raises(TypeError, match="no <b>such"):
            widget.step()

    asyncio.run(story())


def test_without_a_loop_it_does_not_claim_to_play():
    widget = playground()
    widget.start()
    assert widget.play.description == "play" and not widget.stage.playing
    assert "needs a notebook" in widget.stage.words
    widget.step()
    assert widget.state.epoch == 1


def test_calls_from_another_thread_are_handed_over():
    async def story():
        live, seen = Live(), []
        here = asyncio.get_running_loop()
        await asyncio.to_thread(live.call, lambda: seen.append(asyncio.get_running_loop()))
        await asyncio.sleep(0.01)
        assert seen == [here]

    asyncio.run(story())


def test_static_picture_and_words():
    widget = playground()
    bundle = widget._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    assert "data:image/svg+xml" in data["text/html"]
    assert repr(widget) == data["text/plain"] and "hidden units" in repr(widget)
