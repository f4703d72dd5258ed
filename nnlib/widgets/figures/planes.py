"""Functions of two numbers, seen from above: decisions and losses."""

import numpy as np

from .. import style
from .labels import class_points, label_axes
from .sheet import figure


def decision_boundary(
    predict,
    X,
    y,
    xlabel="$x_1$",
    ylabel="$x_2$",
    title="",
    *,
    alt,
    names=None,
    threshold=0.5,
    steps=200,
    width=5.5,
    height=4.5,
):
    """Points of a plane over the regions in which a model predicts their classes.

    predict: takes points (M, 2) and returns scores (M, K), integer labels (M,), or one real
    number a point, (M,) or (M, 1), that means class 1 above `threshold`. X: (N, 2). y: (N,).
    """
    X, y = np.asarray(X), np.ravel(np.asarray(y)).astype(int)
    low, high = X.min(axis=0), X.max(axis=0)
    margin = 0.15 * np.maximum(high - low, 1e-9)
    xs, ys = (np.linspace(*ends, steps) for ends in zip(low - margin, high + margin))
    plane = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    dtype = X.dtype if X.dtype.kind == "f" else float  # whole numbers would round the plane
    regions = _classes(predict(plane.astype(dtype)), threshold).reshape(steps, steps)

    def draw(ax):
        from matplotlib.colors import to_rgba

        K = max(int(regions.max()), int(y.max()), 1) + 1
        tints = np.array([to_rgba(style.class_colour(k), 0.25) for k in range(K)])
        box = (xs[0], xs[-1], ys[0], ys[-1])
        ax.imshow(tints[regions], extent=box, origin="lower", aspect="auto")
        for k in range(1, K):
            if 0 < (regions >= k).mean() < 1:
                ax.contour(xs, ys, regions >= k, [0.5], colors=style.MODEL, linewidths=1.5)
        class_points(ax, X, y, names)
        label_axes(ax, xlabel, ylabel, title, grid=False)

    return figure(draw, alt=alt, width=width, height=height)


def loss_surface(
    f,
    path=None,
    xlim=(-1, 1),
    ylim=(-1, 1),
    xlabel="$w_1$",
    ylabel="$w_2$",
    title="",
    *,
    alt,
    minimum=None,
    levels=14,
    steps=80,
    width=5.5,
    height=4.5,
):
    """Contours of f(a, b), lines of equal loss, and the path of a descent over them.

    f: takes two numbers. path: (T, 2), or {name: (T, 2)} for several. minimum: (a, b) to mark.
    The levels stand closer where the loss is small.
    """
    xs, ys = np.linspace(*xlim, steps), np.linspace(*ylim, steps)
    Z = np.array([[float(f(a, b)) for a in xs] for b in ys])
    paths = path if isinstance(path, dict) else {"": path} if path is not None else {}

    def draw(ax):
        finite = Z[np.isfinite(Z)]
        spans = np.linspace(0, 1, levels + 1)[1:] ** 2
        values = finite.min() + spans * (finite.max() - finite.min())
        ax.contour(xs, ys, Z, np.unique(values), colors=style.LOSS, linewidths=1)
        for i, (name, points) in enumerate(paths.items()):
            points = np.asarray(points, float)
            colour = style.GRADIENT if len(paths) == 1 else style.SERIES[i % len(style.SERIES)]
            ax.plot(*points.T, "o-", color=colour, markersize=3.5, label=name or None)
            ax.plot(*points[0], "o", color=colour, markersize=8, fillstyle="none")
        if minimum is not None:
            ax.plot(*minimum, "+", color=style.INK, markersize=12, markeredgewidth=2)
        if len(paths) > 1:
            ax.legend(loc="upper left", bbox_to_anchor=(1, 1))
        ax.set(xlim=xlim, ylim=ylim)
        ax.locator_params(nbins=5)
        label_axes(ax, xlabel, ylabel, title, grid=False)

    return figure(draw, alt=alt, width=width, height=height)


def _classes(out, threshold):
    out = np.asarray(getattr(out, "data", out))
    if out.ndim == 2 and out.shape[1] > 1:
        return out.argmax(axis=1)
    out = out.ravel()
    if np.issubdtype(out.dtype, np.floating):
        return (out > threshold).astype(int)
    return out.astype(int)
