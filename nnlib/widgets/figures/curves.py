"""Curves, points and bars."""

import numpy as np

from .. import style
from .labels import class_points, label_axes, label_ends
from .sheet import figure


def lines(
    x,
    curves,
    xlabel="",
    ylabel="",
    title="",
    *,
    alt,
    colours=None,
    logx=False,
    logy=False,
    ylim=None,
    marks=None,
    width=7,
    height=4,
):
    """Curves over one x, each labelled at its right end.

    curves: {label: y}, or {label: (x, y)} for a curve with its own x (x may then be None).
    colours: {label: colour}, for curves whose colour means something (see `style`).
    marks: {words: x} draws a dotted upright line at x with its words.
    """
    colours = colours or {}

    def draw(ax):
        ends = []
        for i, (label, y) in enumerate(curves.items()):
            xs, ys = y if isinstance(y, tuple) else (x, y)
            colour = colours.get(label, style.SERIES[i % len(style.SERIES)])
            dash = style.DASHES[i % len(style.DASHES)]
            ax.plot(xs, ys, color=colour, linestyle=dash, clip_on=ylim is not None)
            ends.append((label, xs, ys, colour))
        _scales(ax, logx, logy, ylim)
        for words, where in (marks or {}).items():
            ax.axvline(where, color=style.INK, linestyle=":", linewidth=1)
            ax.annotate(
                words,
                (where, 1),
                (4, -2),
                xycoords=ax.get_xaxis_transform(),
                textcoords="offset points",
                va="top",
            )
        label_ends(ax, ends)
        label_axes(ax, xlabel, ylabel, title)

    return figure(draw, alt=alt, width=width, height=height)


def scatter(
    x,
    y,
    xlabel="",
    ylabel="",
    title="",
    *,
    alt,
    labels=None,
    names=None,
    colour=style.DATA,
    equal=False,
    width=7,
    height=4,
):
    """Points. labels: an integer class for each, which gives it colour and marker; names: words
    for the classes. equal: one unit is as long on both axes."""

    def draw(ax):
        if labels is None:
            ax.plot(x, y, "o", color=colour)
        else:
            class_points(ax, np.column_stack([x, y]), labels, names)
        if equal:
            ax.set_aspect("equal", adjustable="datalim")
        label_axes(ax, xlabel, ylabel, title)

    return figure(draw, alt=alt, width=width, height=height)


def points_and_line(
    x,
    y,
    predict,
    xlabel="",
    ylabel="",
    title="",
    *,
    alt,
    residuals=False,
    data="data",
    model="model",
    width=7,
    height=4,
):
    """Data in blue and a model's curve over their range in vermillion.

    predict: maps an array of x to the model's values. residuals: draw each point's miss.
    """

    def draw(ax):
        xs = np.linspace(np.min(x), np.max(x), 200)
        if residuals:
            ax.vlines(x, y, predict(np.asarray(x)), color=style.INK, linewidth=1, linestyle=":")
        ax.plot(x, y, "o", color=style.DATA, label=data)
        ax.plot(xs, predict(xs), color=style.MODEL)
        label_ends(ax, [(model, xs, predict(xs), style.MODEL)])
        ax.legend(handletextpad=0.1, loc="upper left")
        label_axes(ax, xlabel, ylabel, title)

    return figure(draw, alt=alt, width=width, height=height)


def bars(
    values,
    xlabel="",
    title="",
    *,
    alt,
    colour=style.MODEL,
    colours=None,
    form="{:.3g}",
    width=7,
    height=None,
):
    """Horizontal bars, each with its number. values: {label: number}.

    colours: {label: colour} for some of them. form: how the numbers are written.
    """
    names, numbers = list(values), [float(v) for v in values.values()]

    def draw(ax):
        chosen = [(colours or {}).get(name, colour) for name in names]
        drawn = ax.barh(range(len(names)), numbers, color=chosen, height=0.65)
        ax.bar_label(drawn, [_minus(form.format(v)) for v in numbers], padding=4)
        ax.set_yticks(range(len(names)), [str(name) for name in names])
        ax.invert_yaxis()
        ax.axvline(0, color=style.INK, linewidth=1)
        ax.margins(x=0.12)
        ax.set_xticks([])
        label_axes(ax, xlabel, "", title, grid=False)

    return figure(draw, alt=alt, width=width, height=height or 0.8 + 0.4 * len(names))


def histograms(
    samples,
    xlabel="",
    title="",
    *,
    alt,
    bins=40,
    limits=None,
    colour=style.MODEL,
    width=7,
    height=None,
):
    """Histograms above one another on one scale. samples: {label: array}."""
    samples = {name: np.ravel(values) for name, values in samples.items()}
    everything = np.concatenate(list(samples.values()))
    edges = np.histogram_bin_edges(everything[np.isfinite(everything)], bins, limits)

    def draw(axes):
        for ax, (name, values) in zip(np.ravel(axes), samples.items()):
            ax.hist(values, edges, color=colour)
            ax.set_yticks([])
            ax.set_ylabel(name, rotation=0, ha="right", va="center")
            ax.axhline(0, color=style.INK, linewidth=1)
            ax.label_outer()
        axes = np.ravel(axes)
        axes[0].set_title(title)
        axes[-1].set_xlabel(xlabel)

    height = height or 0.9 + 0.7 * len(samples)
    return figure(draw, alt=alt, width=width, height=height, rows=len(samples))


def history(history, title="", *, alt, width=9, height=3.6):
    """The loss, and where there is one the accuracy, of a `training.History`, epoch by epoch."""
    panels = [("loss", style.LOSS, history.loss, history.validation_loss)]
    if history.accuracy:
        panels += [("accuracy", style.MODEL, history.accuracy, history.validation_accuracy)]

    def draw(axes):
        for ax, (name, colour, train, validation) in zip(np.ravel(axes), panels):
            ends = []
            for label, values, dash in (("training", train, "-"), ("validation", validation, "--")):
                if len(values):
                    epochs = np.arange(1, len(values) + 1)
                    ax.plot(epochs, values, dash, color=colour, marker="o" * (len(values) == 1))
                    ends.append((label, epochs, values, colour))
            ax.xaxis.get_major_locator().set_params(integer=True)
            label_ends(ax, ends)
            label_axes(ax, "epoch", "", f"{title}: {name}" if title else name)

    width = width if len(panels) > 1 else width * 0.6
    return figure(draw, alt=alt, width=width, height=height, columns=len(panels))


def _scales(ax, logx, logy, ylim):
    if logx:
        ax.set_xscale("log")
    if logy:
        ax.set_yscale("log")
    if ylim:
        ax.set_ylim(ylim)


def _minus(words):
    return words.replace("-", "−")
