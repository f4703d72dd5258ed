"""The digit pad: centring is MNIST's, the answer the network's, and the changes do as they say."""

import asyncio
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlib import functions as F
from nnlib import manual, nn, training
from nnlib.data import load_digits
from nnlib.widgets.draw import Drawing, digit_pad
from nnlib.widgets.draw.centring import PAD, centre, centre_of_mass, enlarge, resize


def by_hand():
    return manual.MLP([784, 16, 10], rng=0)


def by_graph():
    return nn.Sequential(
        nn.Linear(784, 16, rng=0), nn.ReLU(), nn.Dropout(0.5), nn.Linear(16, 10, rng=1)
    )


def stroke(x=30, y=20, width=12, height=80):
    ink = np.zeros((PAD, PAD))
    ink[y : y + height, x : x + width] = 1
    return ink


# ---------------------------------------------------------------------- centring


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 60), st.integers(0, 40), st.integers(3, 70), st.integers(3, 90))
def test_centred_ink_fits_the_box_and_balances_in_the_middle(x, y, width, height):
    image = centre(stroke(x, y, width, height))
    assert image.shape == (28, 28) and image.dtype == np.float32
    rows, columns = np.flatnonzero(image.max(axis=1)), np.flatnonzero(image.max(axis=0))
    tall, wide = np.ptp(rows) + 1, np.ptp(columns) + 1
    assert max(tall, wide) == 20
    assert min(tall, wide) == max(1, round(20 * min(width, height) / max(width, height)))
    np.testing.assert_allclose(centre_of_mass(image), 14.5, atol=0.51)


@given(st.integers(-25, 40), st.integers(-15, 35))
@settings(max_examples=30, deadline=None)
def test_where_it_is_drawn_does_not_matter(dx, dy):
    ink = stroke()
    moved = np.roll(ink, (dy, dx), axis=(0, 1))
    np.testing.assert_allclose(centre(moved), centre(ink), atol=1e-6)


def test_how_large_it_is_drawn_hardly_matters():
    small = np.zeros((PAD, PAD))
    small[50:90, 60:70] = 1
    np.testing.assert_allclose(centre(np.kron(small, np.ones((2, 2)))), centre(small), atol=1e-6)


def test_lopsided_ink_stays_inside():
    ink = np.zeros((PAD, PAD))
    ink[0:100, 0:100] = 0.01
    ink[0:6, 0:6] = 1
    image = centre(ink)
    assert image[:20, :20].max() > 0 and np.isclose(
        image.sum(), resize(ink[:100, :100], (20, 20)).sum()
    )


@pytest.mark.parametrize(
    "ink", [np.zeros((PAD, PAD)), np.full((PAD, PAD), np.nan), np.zeros((3, 5))]
)
def test_no_ink_gives_an_empty_image(ink):
    assert not centre(ink).any()


def test_one_point_of_ink():
    ink = np.zeros((PAD, PAD))
    ink[0, PAD - 1] = 1
    image = centre(ink)
    assert image.max() == 1 and (image > 0).sum() == 400


def test_real_digits_are_already_centred():
    """An 8 x 8 digit drawn large and off centre comes back as a 20-pixel digit in the middle."""
    images, _ = load_digits()
    for image in images[:50].reshape(-1, 8, 8):
        ink = np.zeros((PAD, PAD))
        ink[:64, 60:124] = np.kron(image, np.ones((8, 8)))
        np.testing.assert_allclose(centre_of_mass(centre(ink)), 14.5, atol=1.5)


@given(st.integers(1, 9), st.integers(1, 9), st.integers(1, 9), st.integers(1, 9))
@settings(max_examples=60, deadline=None)
def test_resizing_keeps_the_mean(h, w, new_h, new_w):
    image = np.random.default_rng(h * w).random((h, w))
    small = resize(image, (new_h, new_w))
    assert small.shape == (new_h, new_w)
    assert small.mean() == pytest.approx(image.mean())
    assert image.min() - 1e-12 <= small.min() and small.max() <= image.max() + 1e-12


def test_resizing_by_whole_numbers_is_the_mean_of_blocks():
    image = np.arange(24.0).reshape(4, 6)
    np.testing.assert_allclose(resize(image, (2, 3)), image.reshape(2, 2, 3, 2).mean(axis=(1, 3)))


# ---------------------------------------------------------------------- the answer


@pytest.mark.parametrize("make", [by_hand, by_graph])
def test_probabilities_are_the_networks(make):
    model = make()
    drawing = Drawing(model)
    drawing.draw(stroke())
    X = centre(stroke()).reshape(1, -1)
    expected = F.softmax(training.predict(model, X))[0]
    np.testing.assert_allclose(drawing.probabilities(), expected, rtol=1e-5)
    drawing.centred = False
    assert drawing.seen.sum() == pytest.approx(resize(stroke(), (28, 28)).sum(), rel=1e-5)


def test_prepare_is_applied():
    drawing = Drawing(by_hand(), prepare=lambda X: (X - 0.1307) / 0.3081)
    drawing.draw(stroke())
    np.testing.assert_allclose(drawing.seen[0, 0], -0.1307 / 0.3081, rtol=1e-5)


@pytest.mark.parametrize("make", [by_hand, by_graph])
def test_changes_are_the_smallest_that_close_the_gap(make):
    model = make()
    drawing = Drawing(model)
    drawing.draw(stroke())
    changes, best = drawing.changes(), int(drawing.probabilities().argmax())
    assert not changes[best].any()
    scores = training.predict(model, drawing.seen)[0]
    k = int(scores.argsort()[-2])
    # a small part of the change closes the same part of the gap
    part = training.predict(model, drawing.seen + 1e-3 * changes[[k]])[0]
    gap, closed = scores[best] - scores[k], part[best] - part[k]
    assert closed == pytest.approx(gap * (1 - 1e-3), rel=1e-3)


@pytest.mark.parametrize("make", [by_hand, by_graph])
def test_the_models_gradients_stay_as_they_were(make):
    model = make()
    model.parameters()[0].grad = kept = np.ones((784, 16), np.float32)
    drawing = Drawing(model)
    drawing.draw(stroke())
    drawing.changes()
    assert model.parameters()[0].grad is kept and (kept == 1).all()
    assert model.parameters()[1].grad is None
    assert getattr(model, "training", True)


def test_it_asks_the_model_as_it_now_is():
    model = by_hand()
    drawing = Drawing(model)
    drawing.draw(stroke())
    model.layers[-1].bias.data[4] = 50.0
    assert drawing.probabilities().argmax() == 4
    assert "says 4" in drawing.readout()


def test_bytes_from_the_page():
    drawing = Drawing(by_hand())
    drawing.draw(np.rint(255 * stroke()).astype(np.uint8).tobytes())
    np.testing.assert_array_equal(drawing.ink, stroke())
    with pytest.raises(ValueError, match="got 3 bytes; expected 19600"):
        drawing.draw(b"abc")


@pytest.mark.parametrize(
    "ink", [np.zeros((PAD, PAD)), stroke(), np.ones((PAD, PAD)), np.full((PAD, PAD), np.nan)]
)
def test_pictures_of_all_kinds(ink):
    drawing = Drawing(by_hand())
    drawing.draw(ink)
    for picture in (drawing.picture(), drawing.answer_picture(), drawing.changes_picture()):
        ET.fromstring(str(picture))
        assert "nan" not in str(picture).split("base64")[0] and len(picture.alt) > 10


def test_other_models_are_refused():
    with pytest.raises(ValueError, match="64 inputs; expected 784"):
        Drawing(manual.MLP([64, 10], rng=0))
    with pytest.raises(ValueError, match="no weights"):
        Drawing(manual.Sequential(manual.ReLU()))
    with pytest.raises(ValueError, match="example of 64 pixels"):
        Drawing(by_hand(), example=np.zeros(64))


def test_the_widget_follows_the_ink_and_two_do_not_disturb_each_other():
    example = np.random.default_rng(0).random(784)
    widget, other = digit_pad(by_hand(), example=example), digit_pad(by_hand())
    before, empty = widget.answer.value, other.answer.value
    np.testing.assert_array_equal(widget.state.ink, enlarge(example))
    widget.pad.ink = np.rint(255 * stroke()).astype(np.uint8).tobytes()
    assert widget.answer.value != before and other.answer.value == empty
    np.testing.assert_array_equal(widget.state.after, centre(stroke()))
    widget.clear()
    assert widget.state.empty and "Draw a digit" in widget.words.value
    data = widget._repr_mimebundle_()
    data = data[0] if isinstance(data, tuple) else data
    assert "data:image/svg+xml" in data["text/html"]


def test_ink_may_arrive_in_another_thread():
    async def story():
        widget = digit_pad(by_hand())
        ink = np.rint(255 * stroke()).astype(np.uint8).tobytes()
        await asyncio.to_thread(setattr, widget.pad, "ink", ink)
        await asyncio.sleep(0.05)
        assert not widget.state.empty

    asyncio.run(story())
