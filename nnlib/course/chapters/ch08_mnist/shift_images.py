"""`np.roll` brings back what left the edge, but paper is empty outside."""

import numpy as np

from nnlib.course.description import case, describe, region


def shift_images(images, dy, dx):
    """Images (N, H, W) moved dy pixels down and dx to the right; what comes in is 0."""
    _, H, W = images.shape
    dy, dx = np.clip(dy, -H, H), np.clip(dx, -W, W)  # beyond, all is empty
    moved = np.zeros_like(images)
    to_y, from_y = slice(max(dy, 0), H + min(dy, 0)), slice(max(-dy, 0), H + min(-dy, 0))
    to_x, from_x = slice(max(dx, 0), W + min(dx, 0)), slice(max(-dx, 0), W + min(-dx, 0))
    moved[:, to_y, to_x] = images[:, from_y, from_x]
    return moved


def some_images(rng):
    images = rng.integers(1, 10, size=(2, 4, 5)) / 10  # as in MNIST, between 0 and 1
    return images, int(rng.integers(1, 3)), int(-rng.integers(1, 4))


SQUARE = np.arange(12.0).reshape(1, 3, 4) + 1


exercise = describe(
    shift_images,
    title="Move an image, honestly",
    minutes=8,
    difficulty=2,
    cases=(
        case(SQUARE, 1, 0, about="one pixel down"),
        case(SQUARE, 0, -2, about="two pixels to the left"),
        case(SQUARE, -1, 1, about="up and to the right"),
        case(SQUARE, 0, 0, about="not at all"),
    ),
    draw=some_images,
    loops=True,
    regions=(
        region(
            """Right for short moves. An image that moves as far as it is wide is gone:
            all zeros. A slice with a negative end counts from the other side.""",
            case(SQUARE, 3, 0, about="as far as it is high"),
            case(SQUARE, 0, -4, about="as far as it is wide"),
            case(SQUARE, -2, -3, about="up and to the left"),
            case(SQUARE, 2, 3, about="down and to the right"),
        ),
    ),
    exempt={
        "a length of 1": "the move would be longer than the image",
        "beyond every axis": "paper around the image, as wide as the image, is enough",
        "other signs": "ink is never below 0",
    },
    hints=(
        "Start from an image of zeros. Which rows of it are filled when everything moves one "
        "pixel down, and from which rows?",
        "Moving down by 1: `moved[:, 1:] = images[:, :-1]`. Up by 1: `moved[:, :-1] = "
        "images[:, 1:]`. The same for columns.",
        "With H rows, the target rows are `max(dy, 0)` to `H + min(dy, 0)` and the source rows "
        "`max(-dy, 0)` to `H + min(-dy, 0)`; columns likewise with W and dx.",
    ),
)


@exercise.misconception(
    "wraps around",
    """What leaves on one side comes back on the other: `np.roll` goes round. Paper is empty
    outside: what comes in should be 0.""",
)
def shift_rolled(images, dy, dx):
    return np.roll(images, (dy, dx), axis=(1, 2))


@exercise.misconception(
    "the other way",
    """The images move up and left where down and right were asked for. Row 0 is at the top, so down
    means a larger row number.""",
)
def shift_other_way(images, dy, dx):
    return shift_images(images, -dy, -dx)


@exercise.misconception(
    "rows and columns exchanged",
    """dy moved the columns and dx the rows. The axes of a batch are (image, row, column): dy
    belongs to axis 1, dx to axis 2.""",
)
def shift_axes_swapped(images, dy, dx):
    return shift_images(images, dx, dy)


@exercise.misconception(
    "an array of integers",
    """Your array holds integers, so a grey of 0.7 becomes 0. `np.zeros_like(images)` keeps the
    dtype.""",
)
def shift_into_integers(images, dy, dx):
    return shift_images(images.astype(int), dy, dx)
