"""Augmentation: each image a little turned, stretched and moved, so no two epochs are alike."""

import numpy as np


def random_affine(images, rng=None, rotation=15, scale=0.15, shear=0.15, shift=2.0):
    """Draw each image again through its own random affine map, with bilinear interpolation.

    rng: a NumPy Generator, a seed or None. rotation: up to so many degrees, either way.
    scale: each axis stretched by a factor from 1 - scale to 1 + scale. shear: slant, up to so many
    pixels a pixel. shift: up to so many pixels along each axis. All are drawn uniformly.
    Shape: square images as rows (N, side * side), or (N, side, side) -> the same, float32.
    What comes in from outside an image is 0. Raises ValueError for images that are not square.
    """
    images = np.asarray(images, dtype=np.float32)
    N, pixels = len(images), np.prod(images.shape[1:])
    side = images.shape[-1] if images.ndim == 3 else round(pixels**0.5)
    if images.ndim not in (2, 3) or pixels != side * side:
        raise ValueError(
            f"random_affine got images of shape {images.shape}; expected (N, side * side) "
            "or (N, side, side)"
        )
    y, x = _source_positions(N, side, np.random.default_rng(rng), rotation, scale, shear, shift)

    # A frame of zeros, one pixel wide, is what lies outside.
    wide = side + 2
    framed = np.zeros((N, wide, wide), dtype=np.float32)
    framed[:, 1:-1, 1:-1] = images.reshape(N, side, side)
    flat = framed.ravel()

    row, column = y.astype(np.intp), x.astype(np.intp)  # the pixel above and left of (y, x)
    y -= row
    x -= column
    corner = row * wide + column + np.arange(N)[:, None] * wide * wide
    above = _between(flat[corner], flat[corner + 1], x)
    below = _between(flat[corner + wide], flat[corner + wide + 1], x)
    return _between(above, below, y).reshape(images.shape)


def _source_positions(N, side, rng, rotation, scale, shear, shift):
    """Where each output pixel looks in the framed image: two arrays (N, side * side)."""

    def draw(limit):
        return rng.uniform(-limit, limit, (N, 1)).astype(np.float32)

    angle, slant = np.radians(draw(rotation)), draw(shear)
    stretch_y, stretch_x = 1 + draw(scale), 1 + draw(scale)
    cos, sin = np.cos(angle), np.sin(angle)
    middle = (side - 1) / 2
    gy, gx = np.indices((side, side), dtype=np.float32).reshape(2, -1) - np.float32(middle)
    y = stretch_y * (cos * gy - sin * gx)
    x = stretch_x * (sin * gy + cos * gx) + slant * y
    y += middle + 1 + draw(shift)  # + 1 for the frame
    x += middle + 1 + draw(shift)
    edge = np.float32(side + 0.999)  # stays between the frame's two borders
    return np.clip(y, 0, edge, out=y), np.clip(x, 0, edge, out=x)


def _between(a, b, share):
    """a + share (b - a), in place of b."""
    b -= a
    b *= share
    b += a
    return b
