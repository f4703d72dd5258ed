"""Still pictures, one line each: the code that beautifies lives here, not in the chapters.

Every function returns a `Figure`. `alt` is required: what a reader who cannot see the picture
needs to know. Outside this module matplotlib stays as it was: its settings, its backend and
`pyplot` are not touched, and it is imported when the first picture is drawn.
"""

import base64
import io
import math
from html import escape

import numpy as np

from . import style
from .svg import spread

DPI = 150


class Figure:
    """A picture in PNG with its text alternative; a notebook shows it as an <img alt=...>."""

    def __init__(self, png, alt, width):
        self.png, self.alt, self.width = png, alt, width

    def _repr_mimebundle_(self, include=None, exclude=None):
        data = base64.b64encode(self.png).decode()
        html = (
            f'<img alt="{escape(self.alt)}" width="{self.width}" style="max-width:100%"'
            f' src="data:image/png;base64,{data}">'
        )
        return {"text/html": html, "text/plain": self.alt}

    def save(self, path):
        """Write the PNG to a file."""
        with open(path, "wb") as file:
            file.write(self.png)

    def __repr__(self):
        return self.alt


def figure(draw, *, alt, width=7, height=4, rows=1, columns=1):
    """Whatever draw(ax) draws on axes in the course's style.

    draw: takes one matplotlib Axes, or an array of them where rows or columns exceed 1.
    width, height: inches; a screen shows 96 pixels an inch.
    """
    if not isinstance(alt, str) or not alt.strip():
        raise ValueError(f"a figure got alt={alt!r}; expected a sentence that says what it shows")
    with style.styled():
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure as Sheet

        sheet = Sheet(figsize=(width, height), layout="constrained")
        FigureCanvasAgg(sheet)
        draw(sheet.subplots(rows, columns))
        buffer = io.BytesIO()
        sheet.savefig(buffer, format="png", dpi=DPI, metadata={"Software": None})
    return Figure(buffer.getvalue(), " ".join(alt.split()), round(width * 96))


# ------------------------------------------------------------------------- curves


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
        _label_ends(ax, ends)
        _words(ax, xlabel, ylabel, title)

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
            _class_points(ax, np.column_stack([x, y]), labels, names)
        if equal:
            ax.set_aspect("equal", adjustable="datalim")
        _words(ax, xlabel, ylabel, title)

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
        _label_ends(ax, [(model, xs, predict(xs), style.MODEL)])
        ax.legend(handletextpad=0.1, loc="upper left")
        _words(ax, xlabel, ylabel, title)

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
        _words(ax, xlabel, "", title, grid=False)

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
            _label_ends(ax, ends)
            _words(ax, "epoch", "", f"{title}: {name}" if title else name)

    width = width if len(panels) > 1 else width * 0.6
    return figure(draw, alt=alt, width=width, height=height, columns=len(panels))


# ------------------------------------------------------------------------- planes


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
        _class_points(ax, X, y, names)
        _words(ax, xlabel, ylabel, title, grid=False)

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
        _words(ax, xlabel, ylabel, title, grid=False)

    return figure(draw, alt=alt, width=width, height=height)


# ------------------------------------------------------------------------- images


def images(images, titles=None, title="", *, alt, columns=10, shape=None, size=0.9):
    """Grey images in rows, ink dark on white. images: (N, H, W), or (N, D) with square D.

    titles: N captions. shape: (H, W) where D is not square. size: inches of one image.
    """
    images = _as_images(images, shape)
    columns = min(columns, len(images))
    rows = math.ceil(len(images) / columns)

    def draw(axes):
        for i, ax in enumerate(np.ravel(axes)):
            _bare(ax, i < len(images))
            if i < len(images):
                ax.imshow(images[i], vmin=0, vmax=max(float(np.max(images)), 1e-9))
                if titles is not None:
                    ax.set_title(str(titles[i]), loc="center", weight="normal")
        _over(axes, title)

    height = rows * (size + 0.1 + 0.25 * (titles is not None)) + 0.4 * bool(title)
    return figure(
        draw, alt=alt, width=columns * (size + 0.1), height=height, rows=rows, columns=columns
    )


def weights(W, titles=None, title="", *, alt, columns=8, shape=None, size=0.9):
    """Each unit's incoming weights as an image: vermillion positive, blue negative, white zero.

    W: (D, H) with square D, or shape=(rows, columns). All units share one scale.
    """
    units = _as_images(np.asarray(W).T, shape)
    columns = min(columns, len(units))
    rows = math.ceil(len(units) / columns)
    limit = max(float(np.abs(units).max()), 1e-12)

    def draw(axes):
        for i, ax in enumerate(np.ravel(axes)):
            _bare(ax, i < len(units))
            if i < len(units):
                ax.imshow(units[i], cmap=style.diverging(), vmin=-limit, vmax=limit)
                if titles is not None:
                    ax.set_title(str(titles[i]), loc="center", weight="normal")
        _over(axes, title)

    height = rows * (size + 0.1 + 0.25 * (titles is not None)) + 0.4 * bool(title)
    return figure(
        draw, alt=alt, width=columns * (size + 0.1), height=height, rows=rows, columns=columns
    )


def confusion_matrix(
    counts, labels=None, title="", *, alt, xlabel="predicted", ylabel="true", size=0.55
):
    """Counts (K, K) of true class (row) against prediction (column).

    Right answers are blue, mistakes vermillion, each the deeper the more there are of its kind.
    """
    counts = np.asarray(counts)
    K = len(counts)
    names = [str(k) for k in (labels if labels is not None else range(K))]
    right = np.eye(K, dtype=bool)

    def draw(ax):
        from matplotlib.colors import to_rgb

        cells = np.zeros((K, K, 4))  # opaque tints of white where something was counted
        for kind, colour in ((right, style.DATA), (~right, style.MODEL)):
            strength = counts[kind] / max(counts[kind].max(initial=0), 1)
            cells[kind, :3] = 1 - 0.9 * strength[:, None] * (1 - np.array(to_rgb(colour)))
        cells[..., 3] = counts > 0
        ax.imshow(cells)
        for i, j in np.argwhere(counts > 0):
            dark = cells[i, j, :3] @ (0.2126, 0.7152, 0.0722) < 0.45
            colour = "white" if dark else "black"
            ax.text(j, i, str(counts[i, j]), ha="center", va="center", color=colour)
        ax.set_xticks(range(K), names)
        ax.set_yticks(range(K), names)
        _words(ax, xlabel, ylabel, title, grid=False)

    side = K * size
    return figure(draw, alt=alt, width=side + 1, height=side + 0.9 + 0.3 * bool(title))


def shapes(*parts, alt, unit=0.28, title=""):
    """Arrays as rectangles of their shapes, and signs between them.

    shapes(("X", (4, 3)), "@", ("W", (3, 2)), "=", ("Z", (4, 2)), alt=...). A part may carry a
    third entry, words that replace the numbers: ("X", (4, 3), "N, D"). One axis makes a row.
    """
    sizes = [_rows_columns(part[1]) for part in parts if not isinstance(part, str)]
    tallest = max(r for r, _ in sizes)
    gap = 1.6
    total = (
        sum(c for _, c in sizes)
        + gap * (len(parts) + 1)
        + 1.4 * sum(isinstance(part, str) for part in parts)
    )

    def draw(ax):
        from matplotlib.patches import Rectangle

        left = gap
        for part in parts:
            if isinstance(part, str):
                ax.text(left + 0.7, tallest / 2, part, ha="center", va="center", size=16)
                left += 1.4 + gap
                continue
            name, shape, *words = part
            r, c = _rows_columns(shape)
            low = (tallest - r) / 2
            for i, j in np.ndindex(r, c):
                ax.add_patch(Rectangle((left + j, low + i), 1, 1, fill=False, ec=style.FAINT))
            ax.add_patch(Rectangle((left, low), c, r, fill=False, ec=style.INK, lw=1.5))
            ax.text(left + c / 2, low + r + 0.4, name, ha="center", va="bottom", weight="bold")
            label = words[0] if words else ", ".join(map(str, shape)) + "," * (len(shape) == 1)
            ax.text(left + c / 2, low - 0.4, f"({label})", ha="center", va="top")
            left += c + gap
        ax.set(xlim=(0, total), ylim=(-2.2, tallest + 2.2), aspect="equal")
        _bare(ax, False)
        ax.set_title(title)

    return figure(
        draw, alt=alt, width=max(total * unit, 3), height=(tallest + 4.4) * unit + 0.3 * bool(title)
    )


# ------------------------------------------------------------------------- helpers


def _words(ax, xlabel, ylabel, title, grid=True):
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


def _scales(ax, logx, logy, ylim):
    if logx:
        ax.set_xscale("log")
    if logy:
        ax.set_yscale("log")
    if ylim:
        ax.set_ylim(ylim)


def _label_ends(ax, ends):
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


def _class_points(ax, X, y, names=None):
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


def _classes(out, threshold):
    out = np.asarray(getattr(out, "data", out))
    if out.ndim == 2 and out.shape[1] > 1:
        return out.argmax(axis=1)
    out = out.ravel()
    if np.issubdtype(out.dtype, np.floating):
        return (out > threshold).astype(int)
    return out.astype(int)


def _as_images(images, shape):
    images = np.asarray(images)
    if images.ndim == 3:
        return images
    if images.ndim != 2:
        raise ValueError(f"got images of shape {images.shape}; expected (N, H, W) or (N, D)")
    if shape is None:
        side = math.isqrt(images.shape[1])
        if side * side != images.shape[1]:
            raise ValueError(f"got images of {images.shape[1]} pixels; pass shape=(H, W)")
        shape = (side, side)
    return images.reshape(-1, *shape)


def _rows_columns(shape):
    return (1, *shape)[-2:] if shape else (1, 1)


def _bare(ax, framed):
    ax.set_xticks([])
    ax.set_yticks([])
    ax.spines[:].set_visible(framed)
    ax.spines[:].set_color(style.FAINT)


def _over(axes, title):
    if title:
        np.ravel(axes)[0].figure.suptitle(
            title, x=0.01, ha="left", size=style.FONT_SIZE, weight="bold"
        )


def _minus(words):
    return words.replace("-", "−")
