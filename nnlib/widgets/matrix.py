"""Arrays written out on a picture, in few characters."""

import numpy as np

from .svg import fixed, say

ROWS, COLUMNS = 4, 3  # of a matrix that are written out


def write_matrix(picture, left, top, title, values, colour):
    """A title and the numbers of an array below it, cut off with dots."""
    rows = _rows(values)
    picture.text(left, top, title, colour, bold=True)
    step = 74
    for i, numbers in enumerate(rows[:ROWS]):
        y = top + 30 + 26 * i
        for j, value in enumerate(numbers[:COLUMNS]):
            picture.text(left + step * (j + 1) - 12, y, short(value), anchor="end")
        if rows.shape[1] > COLUMNS:
            picture.text(left + step * COLUMNS - 4, y, "…")
    if len(rows) > ROWS:
        picture.text(left, top + 30 + 26 * ROWS, f"… {len(rows) - ROWS} more rows", size=14)


def row_count(values):
    """How many rows an array has when it is written out; a number or a vector has one."""
    return int(np.prod(np.shape(values)[:-1], dtype=int))


def _rows(values):
    columns = np.shape(values)[-1] if np.ndim(values) else 1
    return np.reshape(values, (row_count(values), columns))


def short(value):
    """Four decimals, four digits, or a power of ten: eight characters at most."""
    size = abs(value)
    if size < 1e5 and value == round(value):
        return f"{value:.0f}".replace("-", "−") if value else "0"
    if not np.isfinite(value) or 10 <= size < 1e4:
        return say(value, 4)
    if 5e-4 <= size < 10:
        return fixed(value, 4)
    return f"{value:.0e}".replace("e-0", "e-").replace("e+0", "e").replace("-", "−")


def shape_words(value):
    """The shape in words: "(2, 3)", or "number"."""
    return "number" if not np.ndim(value) else str(np.shape(value))
