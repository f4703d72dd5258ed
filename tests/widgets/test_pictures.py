"""SVG text and still figures: well formed, readable, and the same every time."""

import base64
import io
import sys
import xml.etree.ElementTree as ET

import matplotlib
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nnlib.training import History
from nnlib.widgets import figures, style, svg

RNG = np.random.default_rng(0)


# ---------------------------------------------------------------------------- svg


def test_picture_has_role_label_and_viewbox():
    picture = svg.Picture(300, 200, 'less < "more" & so on')
    root = ET.fromstring(str(picture))
    assert root.get("role") == "img"
    assert root.get("aria-label") == 'less < "more" & so on'
    assert root.get("viewBox") == "0 0 300 200"


@given(
    arrays(float, (6, 2), elements=st.floats(allow_nan=True, allow_infinity=True)),
    st.booleans(),
    st.sampled_from("os^D"),
)
@settings(deadline=None, max_examples=60, derandomize=True)
def test_any_numbers_make_well_formed_svg_without_nan(points, log, marker):
    picture = svg.Picture(300, 200, "any")
    axes = picture.axes(40, 20, 240, 150, xlim=(1e-3, 10), ylim=(1, 1e4), xlog=log, ylog=log)
    xs, ys = points.T
    axes.line(xs, ys, style.MODEL)
    axes.points(xs, ys, style.DATA, marker=marker)
    with np.errstate(all="ignore"):
        for x, y in points:
            axes.arrow(1, 10, x, y, style.GRADIENT)
            axes.rect(1, 10, x, y, fill=style.LOSS)
            axes.text(x, y, "here")
            picture.circle(x, y)
    text = str(picture)
    ET.fromstring(text)
    assert "nan" not in text and "inf" not in text
    assert " id=" not in text and "<style" not in text


def test_a_line_is_interrupted_where_it_is_not_finite():
    sheet = svg.Sheet()
    sheet.path([(0, 0), (1, 1), (float("nan"), 2), (3, 3), (4, 4)])
    assert 'd="M0.0 0.0L1.0 1.0M3.0 3.0L4.0 4.0"' in str(sheet)


def test_axes_map_corners_to_the_frame():
    axes = svg.Axes(10, 20, 100, 50, xlim=(0, 2), ylim=(1, 100), ylog=True)
    assert (axes.x(0), axes.x(2)) == (0, 100)
    assert axes.y(1) == pytest.approx(50) and axes.y(100) == pytest.approx(0)
    assert axes.y(10) == pytest.approx(25)


@pytest.mark.parametrize(
    "limits, expected",
    [
        ((0, 1), [0, 0.2, 0.4, 0.6, 0.8, 1]),
        ((-6, 6), [-5, 0, 5]),
        ((1, 0), [0, 0.2, 0.4, 0.6, 0.8, 1]),
        ((3, 3), []),
        ((0, float("nan")), []),
    ],
)
def test_ticks_are_round(limits, expected):
    assert svg.ticks(limits) == expected


def test_log_ticks_are_powers_of_ten():
    assert svg.ticks((1e-2, 1e2), log=True) == [
        (0.01, "10⁻²"),
        (0.1, "10⁻¹"),
        (1.0, "1"),
        (10.0, "10"),
        (100.0, "10²"),
    ]


@pytest.mark.parametrize(
    "value, words",
    [
        (0, "0"),
        (-0.0, "0"),
        (1.5, "1.50"),
        (-2, "−2.00"),
        (123456, "123456"),
        (1.23e-7, "1.23 × 10⁻⁷"),
        (-4e12, "−4.00 × 10¹²"),
        (float("nan"), "undefined"),
        (float("-inf"), "minus infinite"),
    ],
)
def test_say(value, words):
    assert svg.say(value) == words


def test_fixed_has_no_negative_zero():
    assert svg.fixed(-0.001) == "0.00"
    assert svg.fixed(-1.5, 1) == "−1.5"


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=8), st.floats(0.1, 20))
@settings(deadline=None, derandomize=True)
def test_spread_keeps_order_and_distance(positions, gap):
    moved = svg.spread(positions, gap)
    order = np.argsort(positions, kind="stable")
    assert np.all(np.diff(moved[order]) >= gap * (1 - 1e-9))


def test_spread_leaves_alone_what_is_far_apart():
    assert svg.spread([5, 1, 9], 2).tolist() == [5, 1, 9]


def test_image_carries_the_picture():
    picture = svg.Picture(30, 20, 'say "hi"')
    image = ET.fromstring(svg.image(picture, picture.alt, 30).replace(">", "/>"))
    assert image.get("alt") == 'say "hi"'
    data = image.get("src").partition("base64,")[2]
    assert base64.b64decode(data).decode() == str(picture)


# -------------------------------------------------------------------------- style


def test_the_users_matplotlib_is_left_alone():
    before = dict(matplotlib.rcParams)
    backend = matplotlib.get_backend()
    with style.styled():
        assert matplotlib.rcParams["text.color"] == style.INK
    figures.lines([0, 1], {"y": [0, 1]}, alt="a line")
    assert dict(matplotlib.rcParams) == before
    assert matplotlib.get_backend() == backend


def luminance(colour):
    rgb = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return linear @ (0.2126, 0.7152, 0.0722)


@pytest.mark.parametrize(
    "colour, least",
    [(style.INK, 4.5), (style.DATA, 3), (style.MODEL, 3), (style.GRADIENT, 3), (style.LOSS, 2.9)],
)
def test_contrast_on_white_and_on_black(colour, least):
    L = luminance(colour)
    assert least <= 1.05 / (L + 0.05)
    assert least <= (L + 0.05) / 0.05


# ------------------------------------------------------------------------ figures

X2, Y2 = RNG.normal(size=(30, 2)), RNG.integers(0, 3, 30)
HISTORY = History(
    loss=[2, 1], validation_loss=[2, 1.5], accuracy=[0.1, 0.5], validation_accuracy=[0.1, 0.4]
)
CALLS = {
    "lines": lambda alt: figures.lines(
        np.arange(5),
        {"a": np.arange(5), "b": np.full(5, np.nan)},
        "x",
        "y",
        "t",
        alt=alt,
        marks={"here": 2},
    ),
    "lines on logarithms": lambda alt: figures.lines(
        None, {"a": ([1, 10], [1, 100])}, alt=alt, logx=True, logy=True
    ),
    "scatter": lambda alt: figures.scatter(*X2.T, "x", "y", alt=alt, labels=Y2, names="abc"),
    "points_and_line": lambda alt: figures.points_and_line(
        *X2.T, lambda x: 2 * x, alt=alt, residuals=True
    ),
    "bars": lambda alt: figures.bars({"a": 1, "b": -2}, "ms", alt=alt),
    "histograms": lambda alt: figures.histograms({"a": X2, "b": [np.inf, 1, 2]}, alt=alt),
    "one histogram": lambda alt: figures.histograms({"a": X2}, alt=alt),
    "history": lambda alt: figures.history(HISTORY, alt=alt),
    "history of one epoch": lambda alt: figures.history(History(loss=[1.0]), alt=alt),
    "history of none": lambda alt: figures.history(History(), alt=alt),
    "boundary from scores": lambda alt: figures.decision_boundary(
        lambda P: np.stack([P[:, 0], P[:, 1], -P[:, 0]], 1), X2, Y2, alt=alt, steps=20
    ),
    "boundary from one number": lambda alt: figures.decision_boundary(
        lambda P: P[:, :1], X2, Y2 > 0, alt=alt, threshold=0, steps=20
    ),
    "boundary from labels": lambda alt: figures.decision_boundary(
        lambda P: np.zeros(len(P), int), X2, Y2, alt=alt, steps=20
    ),
    "loss_surface": lambda alt: figures.loss_surface(
        lambda a, b: a * a + b * b, [(1, 1), (0, 0)], alt=alt, minimum=(0, 0), steps=10
    ),
    "two descents": lambda alt: figures.loss_surface(
        lambda a, b: a * a + b * b, {"p": [(1, 1), (0, 0)], "q": [(1, 0)]}, alt=alt, steps=10
    ),
    "images": lambda alt: figures.images(RNG.random((12, 64)), range(12), "t", alt=alt),
    "one image": lambda alt: figures.images(np.zeros((1, 8, 8)), alt=alt),
    "weights": lambda alt: figures.weights(RNG.normal(size=(64, 3)), alt=alt),
    "confusion_matrix": lambda alt: figures.confusion_matrix(
        np.diag([3, 0, 2]), ["a", "b", "c"], alt=alt
    ),
    "shapes": lambda alt: figures.shapes(
        ("X", (4, 3), "N, D"), "@", ("W", (3, 2)), "+", ("b", (2,)), alt=alt
    ),
}


@pytest.mark.parametrize("name", CALLS)
def test_every_figure_is_a_png_with_its_words(name):
    from PIL import Image

    shown = CALLS[name]('A <tag> & "quotes"')
    bundle = shown._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/plain"}
    assert bundle["text/plain"] == repr(shown) == 'A <tag> & "quotes"'
    assert 'alt="A &lt;tag&gt; &amp; &quot;quotes&quot;"' in bundle["text/html"]
    image = Image.open(io.BytesIO(shown.png)).convert("RGBA")
    assert image.width == pytest.approx(shown.width / 96 * figures.DPI, abs=2)
    alpha = np.asarray(image)[..., 3]
    assert alpha[0, 0] == 0, "the background must be transparent"
    assert (alpha > 0).any(), "nothing was drawn"


@pytest.mark.parametrize("alt", ["", "  ", None])
def test_a_figure_without_alt_is_refused(alt):
    with pytest.raises(ValueError, match="expected a sentence"):
        figures.lines([0, 1], {"y": [0, 1]}, alt=alt)


def test_images_of_no_square_are_refused():
    with pytest.raises(ValueError, match="shape"):
        figures.images(np.zeros((2, 10)), alt="two")


def test_the_same_call_gives_the_same_bytes():
    first, second = (figures.bars({"a": 1}, alt="one").png for _ in range(2))
    assert first == second


def test_pyplot_is_never_needed():
    import subprocess

    code = (
        "import sys; from nnlib.widgets import figures; figures.bars({'a': 1}, alt='one');"
        "sys.exit('matplotlib.pyplot' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_a_boundary_of_whole_numbers_is_drawn_between_them():
    seen = []
    figures.decision_boundary(
        lambda P: seen.append(P) or P[:, 0], np.eye(2, dtype=int), [0, 1], alt="a", steps=20
    )
    assert len(np.unique(seen[0][:, 0])) == 20
