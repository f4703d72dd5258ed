"""Arrays as small PNG images inside an SVG picture."""

import base64
import struct
import zlib

import numpy as np

from . import style
from .svg import number


def png(pixels):
    """RGBA pixels (H, W, 4) uint8 -> the bytes of a PNG file."""
    height, width, _ = pixels.shape
    rows = np.hstack([np.zeros((height, 1), np.uint8), pixels.reshape(height, -1)])

    def chunk(kind, data):
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    body = zlib.compress(rows.tobytes(), 1)
    start = b"\x89PNG\r\n\x1a\n"
    return start + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def grey(values):
    """0 .. 1 -> ink on paper, the same in both themes: (H, W) -> (H, W, 4)."""
    shade = 255 - np.rint(255 * np.clip(np.nan_to_num(values), 0, 1)).astype(np.uint8)
    return np.dstack([shade, shade, shade, np.full_like(shade, 255)])


def signed(values, limit=None, positive=style.MODEL, negative=style.DATA):
    """Signed numbers as two colours, the stronger the larger; zero is clear: (H, W) -> (H, W, 4).

    limit: the size that gets full strength; None takes the largest there is.
    """
    values = np.nan_to_num(np.asarray(values, float))
    limit = limit or np.abs(values).max(initial=0) or 1
    colour = np.where(values[..., None] > 0, rgb(positive), rgb(negative))
    strength = np.rint(255 * np.clip(np.abs(values) / limit, 0, 1))
    return np.dstack([colour, strength]).astype(np.uint8)


def rgb(colour):
    """From "#0072B2" to (0, 114, 178)."""
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)])


def tiles(images, columns, gap=1):
    """Images (N, H, W, 4) in rows, clear between them -> one image."""
    n, h, w, _ = images.shape
    rows = -(-n // columns)
    sheet = np.zeros((rows * (h + gap) - gap, columns * (w + gap) - gap, 4), np.uint8)
    for i, pixels in enumerate(images):
        y, x = i // columns * (h + gap), i % columns * (w + gap)
        sheet[y : y + h, x : x + w] = pixels
    return sheet


def place(picture, x, y, width, height, pixels, smooth=False):
    """Put RGBA pixels on a picture, as a mosaic or smoothed."""
    data = base64.b64encode(png(pixels)).decode()
    look = "auto" if smooth else "pixelated"
    picture.add(
        f'<image x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
        f' preserveAspectRatio="none" style="image-rendering:{look}"'
        f' href="data:image/png;base64,{data}"/>'
    )
