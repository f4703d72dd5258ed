"""Words and marks on matplotlib's axes, as every figure of the course has them."""

import numpy as np

from .. import style
from ..svg import spread


def label_axes(ax, xlabel, ylabel, title, grid=True):
    """Labels and title; the y label stands level above its axis, where it is easy to read."""
    ax.set_xlabel(xlabel)
    ax.set_title(title, pad=26 if ylabel else 8)
    if ylabel:
        ax.annotate(
            ylabel,
            (0, 1),
            (0, 6),
            xycoords="axes fraction",
            textcoords="offset points",
            va="bottom",
            annotation_clip=False,
        )
    if grid:
        ax.grid(True)


def label_ends(ax, ends):
    """Write each label at the last finite point of its curve, moved apart where they touch."""
    places = []
    for label, xs, ys, colour in ends:
        xs, ys = np.asarray(xs, float), np.asarray(ys, float)
        seen = np.flatnonzero(np.isfinite(xs) & np.isfinite(ys))
        if label and seen.size:
            places.append((label, ys[seen[-1]], colour))
    if not places:
        return
    low, high = ax.get_ylim()
    height = ax.figure.get_figheight() / len({a.get_subplotspec().rowspan for a in ax.figure.axes})
    ends = ax.transData.transform([(1, y) for _, y, _ in places])
    heights = ax.transAxes.inverted().transform(ends)
    gap = 1.35 * style.FONT_SIZE / 72 / (0.78 * height)
    for (label, _, colour), y in zip(places, spread(np.clip(heights[:, 1], 0, 1), gap)):
        ax.annotate(
            label,
            (1, y),
            (6, 0),
            xycoords="axes fraction",
            textcoords="offset points",
            color=colour,
            va="center",
            weight="bold",
            annotation_clip=False,
        )
    ax.set_ylim(low, high)


def class_points(ax, X, y, names=None):
    """Points (N, 2) in the colours and markers of their classes (N,), with a legend beside."""
    y = np.ravel(y).astype(int)
    for k in np.unique(y):
        ax.plot(
            *X[y == k].T,
            linestyle="none",
            marker=style.MARKERS[k % len(style.MARKERS)],
            color=style.class_colour(k),
            markeredgecolor="#444444",
            markeredgewidth=0.8,
            label=str(names[k]) if names is not None else f"class {k}",
        )
    ax.legend(loc="upper left", bbox_to_anchor=(1, 1), handletextpad=0.1)


def bare(ax, framed):
    """Axes without ticks; framed: with a faint line around."""
    ax.set_xticks([])
    ax.set_yticks([])
    ax.spines[:].set_visible(framed)
    ax.spines[:].set_color(style.FAINT)
