"""Arrays as pictures: images, weights, counts, shapes."""

import math

import numpy as np

from .. import style
from .labels import bare, label_axes
from .sheet import figure


def images(images, titles=None, title="", *, alt, columns=10, shape=None, size=0.9):
    """Grey images in rows, ink dark on white. images: (N, H, W), or (N, D) with square D.

    titles: N captions. shape: (H, W) where D is not square. size: inches of one image.
    """
    images = _as_images(images, shape)
    columns = min(columns, len(images))
    rows = math.ceil(len(images) / columns)

    def draw(axes):
        for i, ax in enumerate(np.ravel(axes)):
            bare(ax, i < len(images))
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
            bare(ax, i < len(units))
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
        label_axes(ax, xlabel, ylabel, title, grid=False)

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
        bare(ax, False)
        ax.set_title(title)

    return figure(
        draw, alt=alt, width=max(total * unit, 3), height=(tallest + 4.4) * unit + 0.3 * bool(title)
    )


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


def _over(axes, title):
    if title:
        np.ravel(axes)[0].figure.suptitle(
            title, x=0.01, ha="left", size=style.FONT_SIZE, weight="bold"
        )
