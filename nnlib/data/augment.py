"""Augmentation: each image a little turned, moved and bent, so that no two epochs are alike."""

import numpy as np


def random_affine(images, rng=None, rotation=15, scale=0.15, shear=0.15, shift=2.0):
    """Draw each image again through its own random affine map, with bilinear interpolation.

    rng: a NumPy Generator, a seed or None. rotation: up to so many degrees, either way.
    scale: each axis stretched by a factor from 1 - scale to 1 + scale. shear: slant, up to so many
    pixels a pixel. shift: up to so many pixels along each axis. All are drawn uniformly.
    Shape: square images as rows (N, side * side), or (N, side, side) -> the same, float32.
    What comes in from outside an image is 0. Raises ValueError for images that are not square.
    """
    images, side = _squares("random_affine", images)
    rng = np.random.default_rng(rng)
    return _look_up(images, *_affine(len(images), side, rng, rotation, scale, shear, shift))


def elastic(
    images, rng=None, alpha=34.0, sigma=4.0, rotation=15, scale=0.15, shear=0.15, shift=1.0
):
    """Bend each image as if drawn on rubber, and map it as `random_affine` does, in one go.

    Each pixel looks aside by a smooth random displacement of its own: for both axes, noise drawn
    uniformly from -1 to 1 at every pixel, averaged by a Gaussian of `sigma` pixels and multiplied
    by `alpha` (Simard, Steinkraus and Platt, 2003, with their defaults: about 1.4 pixels).
    alpha: 0 bends nothing. sigma: more than 0; the larger, the gentler the bends.
    The rest, the shapes and the errors are those of `random_affine`. It needs about 50 kB an image
    while it works, so hand it a batch at a time.
    """
    images, side = _squares("elastic", images)
    if sigma <= 0:
        raise ValueError(f"elastic got sigma={sigma}; expected more than 0 (alpha=0 bends nothing)")
    rng = np.random.default_rng(rng)
    y, x = _affine(len(images), side, rng, rotation, scale, shear, shift)
    dy, dx = _displacements(len(images), side, rng, alpha, sigma)
    return _look_up(images, y + dy, x + dx)


def deskew(images):
    """Set each image upright: its ink in the middle, and its slant taken away.

    Slanted by a, ink that stands y rows below its centre lies a y columns to the right. a is the
    slope of the line of least squares through the ink, each pixel weighted by its value: the
    covariance of rows and columns over the variance of rows. Each row is moved sideways as a
    whole: nothing is turned or stretched, and nothing drawn at random. Training and test images
    are to be treated alike. Images without ink, or with ink in one row, have no slant.

    Shape: as `random_affine`, with its errors -> new float32 array of the same shape.
    """
    images, side = _squares("deskew", images)
    ink = images.reshape(len(images), side * side)
    gy, gx = np.indices((side, side), dtype=np.float32).reshape(2, -1)
    total = np.maximum(ink.sum(axis=1), np.finfo(np.float32).tiny)
    middle = np.float32((side - 1) / 2)
    blank = middle * ~ink.any(axis=1)  # where there is no ink, the middle is its centre
    y0, x0 = ((ink @ g / total + blank)[:, None] for g in (gy, gx))
    dy, dx = gy - y0, gx - x0
    variance = np.einsum("ni,ni->n", ink, dy * dy)
    covariance = np.einsum("ni,ni->n", ink, dy * dx)
    slant = np.divide(covariance, variance, out=np.zeros_like(variance), where=variance > 0)
    gy, gx = gy - middle, gx - middle
    return _look_up(images, gy + y0 + 1, gx + x0 + slant[:, None] * gy + 1)  # + 1 for the frame


def _squares(who, images):
    """The images as float32, and their side. Raises ValueError where they are not square."""
    images = np.asarray(images, dtype=np.float32)
    pixels = np.prod(images.shape[1:])
    side = images.shape[-1] if images.ndim == 3 else round(pixels**0.5)
    if images.ndim not in (2, 3) or pixels != side * side:
        raise ValueError(
            f"{who} got images of shape {images.shape}; expected (N, side * side) "
            "or (N, side, side)"
        )
    return images, side


def _affine(N, side, rng, rotation, scale, shear, shift):
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
    return y, x


def _displacements(N, side, rng, alpha, sigma):
    """Smooth noise for both axes: (2, N, side * side), in pixels."""
    offsets = np.subtract.outer(np.arange(side), np.arange(side)) / sigma
    blur = np.exp(-(offsets**2) / 2) / (sigma * np.sqrt(2 * np.pi))  # B F B blurs rows and columns
    blur = blur.astype(np.float32)
    # 256 steps from -1 to 1 are fine enough, and bytes are drawn faster than floats.
    noise = rng.integers(-128, 128, (2, N, side, side), dtype=np.int8) + np.float32(0.5)
    field = blur @ (noise @ (blur * np.float32(alpha / 128)))
    return field.reshape(2, N, side * side)


def _look_up(images, y, x):
    """The images at rows y and columns x, both (N, side * side), which are overwritten."""
    N, side = len(images), round(y.shape[1] ** 0.5)
    wide = side + 2  # a frame of zeros, one pixel wide, is what lies outside
    framed = np.zeros((N, wide, wide), dtype=np.float32)
    framed[:, 1:-1, 1:-1] = images.reshape(N, side, side)
    flat = framed.ravel()

    edge = np.nextafter(np.float32(side + 1), np.float32(0))  # the frame's inner side, just
    np.clip(y, 0, edge, out=y)
    np.clip(x, 0, edge, out=x)
    row, column = np.floor(y), np.floor(x)  # the pixel above and left of (y, x)
    y -= row
    x -= column
    row *= wide
    row += column
    corner = row.astype(np.intp)
    corner += np.arange(N)[:, None] * wide * wide
    a, b, c, d = (flat[k:].take(corner, mode="clip") for k in (0, 1, wide, wide + 1))
    return _between(_between(a, b, x), _between(c, d, x), y).reshape(images.shape)


def _between(a, b, share):
    """a + share (b - a), in place of b."""
    b -= a
    b *= share
    b += a
    return b
