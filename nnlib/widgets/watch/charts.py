"""The charts of a `run.Training`: what to watch while a network learns."""

import math

import numpy as np

from .. import pixels, style
from ..svg import Picture, say, spread

POINTS = 150  # of a curve
UNITS, COLUMNS = 32, 16  # units whose first-layer weights are shown, and so many in a row


def draw(state):
    """Progress, loss, accuracy, gradient norms, dead units, learning rate, weights.

    state: a run.Training. The picture's height depends on its first layer alone.
    """
    images = _weight_images(state.weight)
    rows = 0 if images is None else -(-len(images) // COLUMNS)
    height = 540 + (44 * rows + 6 if rows else 0)
    picture = Picture(720, height, f"Training dashboard. {state.readout()}")
    _bar(picture, state)
    whole = max(state.run.epochs if not state.over else state.epochs, 1e-9)
    _losses(picture, state, whole)
    _accuracies(picture, state, whole)
    _gradients(picture, state, whole)
    _dead(picture, state)
    _rates(picture, state, whole)
    if images is not None:
        _weights(picture, images, state.weight.shape[1])
    return picture


def _bar(picture, state):
    picture.rect(8, 12, 704, 8, fill=style.FAINT, r=4)
    picture.rect(8, 12, max(704 * state.progress, 8), 8, fill=style.MODEL, r=4)
    done = min(state.run.epoch + (state.run.batch > 0), state.run.epochs)
    picture.text(8, 44, f"{state.phase}: epoch {done} of {state.run.epochs}", bold=True)
    end = (
        f"took {duration(state.seconds)}" if state.over else f"{duration(state.seconds_left)} left"
    )
    picture.text(712, 44, end, anchor="end")


def _losses(picture, state, whole):
    history, n = state.history, len(state.history.batch_loss)
    size = max(1, -(-n // POINTS))
    batch = np.asarray(history.batch_loss, float)
    means = [chunk.mean() for chunk in np.split(batch, range(size, n, size))]
    at = np.minimum((np.arange(len(means)) + 0.5) * size, n) / state.run.batches_per_epoch
    values = [*means, *history.validation_loss]
    low, high = _log_limits(values)
    axes = picture.axes(
        56,
        92,
        232,
        140,
        xlim=(0, whole),
        ylim=(low, high),
        ylog=True,
        ylabel="loss",
        grid=True,
        xticks=_epoch_ticks(whole),
    )
    axes.line(at, means, style.LOSS)
    epochs, losses = _thinned(history.validation_loss)
    axes.line(epochs, losses, style.LOSS, dash="6 4")
    axes.points(epochs[-1:], losses[-1:], style.LOSS, r=4)
    ends = [("training", means[-1])]
    if history.validation_loss:
        ends.append(("validation", history.validation_loss[-1]))
    _end_labels(picture, axes, ends, style.LOSS)


def _accuracies(picture, state, whole):
    history = state.history
    if history.batch_loss and not history.accuracy and history.loss:
        return  # targets have no accuracy
    values = [100 * v for v in [*history.accuracy, *history.validation_accuracy]]
    low = min([90.0, *(10 * math.floor(v / 10) for v in values)])
    axes = picture.axes(
        432,
        92,
        190,
        140,
        xlim=(0, whole),
        ylim=(low, 100),
        grid=True,
        ylabel="accuracy, %",
        xticks=_epoch_ticks(whole),
    )
    ends = []
    for name, series, dash in (
        ("training", history.accuracy, None),
        ("validation", history.validation_accuracy, "6 4"),
    ):
        if series:
            epochs, series = _thinned(100 * np.asarray(series))
            axes.line(epochs, series, style.MODEL, dash=dash)
            axes.points(epochs[-1:], series[-1:], style.MODEL, r=4)
            ends.append((name, series[-1]))
    if not ends:
        picture.text(
            axes.left + 95,
            axes.top + 70,
            "after the first epoch",
            style.INK,
            anchor="middle",
            size=14,
            halo=True,
        )
    _end_labels(picture, axes, ends, style.MODEL)


def _gradients(picture, state, whole):
    table = np.array(state.norms, float)
    low, high = _log_limits(table[:, 1:])
    axes = picture.axes(
        56,
        310,
        232,
        140,
        xlim=(0, whole),
        ylim=(low, high),
        ylog=True,
        ylabel="gradient norm",
        xlabel="epoch",
        grid=True,
        xticks=_epoch_ticks(whole),
    )
    ends = []
    for k in range(1, table.shape[1]):
        dash = (None, "6 4", "2 3", "8 3 2 3", "12 4")[(k - 1) % 5]
        axes.line(table[:, 0], table[:, k], style.GRADIENT, dash=dash)
        ends.append((f"layer {k}", table[-1, k]))
    _end_labels(picture, axes, ends if len(ends) <= 7 else ends[:1] + ends[-1:], style.GRADIENT)


def _dead(picture, state):
    left, top = 432, 310
    picture.text(left - 8, top - 12, "dead units")
    if not state.dead:
        picture.text(left - 8, top + 20, "no hidden layer known", size=14)
    step = min(30, 132 / max(len(state.dead), 1))
    for k, (dead, units) in enumerate(state.dead):
        y = top + 12 + step * k
        if step < 15 and k not in (0, len(state.dead) - 1):
            continue
        picture.text(left - 8, y, f"layer {k + 1}", middle=True, size=14)
        picture.rect(left + 46, y - 5, 40, 10, fill=style.FAINT, r=3)
        if dead:
            picture.rect(left + 46, y - 5, 40 * dead / units, 10, fill=style.MODEL, r=3)
        picture.text(left + 94, y, f"{dead}/{units}", middle=True, size=14)


def _rates(picture, state, whole):
    table = np.array(state.rates, float)
    high = max(float(np.nanmax(table[:, 1])), 1e-12)
    words = f"rate {say(table[-1, 1], 2)}"
    axes = picture.axes(
        596,
        310,
        112,
        140,
        xlim=(0, whole),
        ylim=(0, 1.1 * high),
        ylabel=words,
        xlabel="epoch",
        xticks=(),
        yticks=(),
    )
    axes.line([0, whole], [0, 0], style.INK, width=1)
    axes.line(table[:, 0], table[:, 1], style.INK)


def _weights(picture, images, units):
    top, side = 520, images.shape[1]
    words = f"First-layer weights of {len(images)} units"
    if units > len(images):
        words += f" of {units}"
    picture.text(8, top, f"{words}: vermillion positive, blue negative", size=16)
    gap = max(1, round(side / 10))
    sheet = pixels.tiles(images, COLUMNS, gap)
    scale = 704 / (COLUMNS * (side + gap) - gap)
    height, width = (scale * n for n in sheet.shape[:2])
    pixels.place(picture, 8, top + 14, width, height, sheet)


def duration(seconds):
    """Seconds in words for people: 48 s, 3 min 20 s."""
    seconds = max(float(seconds), 0)
    if not math.isfinite(seconds):
        return "unknown"
    if seconds < 60:
        return f"{math.ceil(seconds)} s"
    minutes = round(seconds / 60) if seconds >= 600 else int(seconds // 60)
    return f"{minutes} min" + (f" {int(seconds % 60)} s" if seconds < 600 else "")


def _weight_images(W):
    """The first units' weights as images on one scale, or None where inputs are no square image."""
    side = math.isqrt(W.shape[0])
    if side * side != W.shape[0] or side < 4:
        return None
    units = W[:, :UNITS].T.reshape(-1, side, side)
    limit = float(np.nanmax(np.abs(units))) or 1
    return np.stack([pixels.signed(unit, limit) for unit in units])


def _log_limits(values):
    """Limits of a logarithmic axis that hold all positive finite values, a decade at least."""
    values = np.ravel(np.asarray(values, float))
    values = values[np.isfinite(values) & (values > 0)]
    if not values.size:
        return 0.1, 1.0
    low, high = math.log10(values.min()), math.log10(values.max())
    room = max(1.05 - (high - low), 0.1) / 2
    return 10 ** (low - room), 10 ** (high + room)


def _thinned(series):
    """Epochs 1, 2, ... and the values: the last one, and as many before it as can be told."""
    step = -(-len(series) // POINTS) or 1
    at = np.arange(len(series) - 1, -1, -step)[::-1]
    return at + 1, np.asarray(series, float)[at]


def _epoch_ticks(whole):
    """0, the middle where it is whole, and the end."""
    last = round(whole) if whole >= 1 else whole
    middle = [last // 2] if last >= 4 and last % 2 == 0 else []
    return [
        0,
        *((n, f"{n:,}") for n in middle),
        (last, f"{last:,}" if last >= 1 else f"{last:.2g}"),
    ]


def _end_labels(picture, axes, ends, colour):
    """Names at the right of the frame, at the height where their lines end."""
    if not ends:
        return
    low, high = sorted(axes.ylim)
    heights = [float(axes.y(np.clip(v if math.isfinite(v) else high, low, high))) for _, v in ends]
    gap = min(20, axes.height / len(ends))
    places = spread(heights, gap, within=axes.height)
    for (name, _), y in zip(ends, places):
        x = axes.left + axes.width + 8
        picture.text(x, axes.top + y, name, colour, middle=True, size=15)
