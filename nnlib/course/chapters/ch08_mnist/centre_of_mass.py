"""An average of positions weighted by ink is divided by the ink, not by the pixels."""

import numpy as np

from nnlib.course.description import case, describe


def centre_of_mass(image):
    """Where the ink of an image (H, W) balances: (row, column), as real numbers."""
    rows, columns = np.indices(image.shape)
    return (image * rows).sum() / image.sum(), (image * columns).sum() / image.sum()


exercise = describe(
    centre_of_mass,
    title="Where the ink balances",
    minutes=6,
    difficulty=2,
    cases=(
        case(np.array([[0.0, 0, 0], [0, 0, 1], [0, 0, 0]]), about="one pixel of ink"),
        case(np.array([[1.0, 0, 0, 3], [0, 0, 0, 0]]), about="darker on the right"),
    ),
    draw=lambda rng: (np.where(rng.random((4, 6)) < 0.4, 0, rng.random((4, 6))),),
    returns=("the row", "the column"),
    loops=True,
    factors=lambda image: {"the ink": image.sum(), "the number of pixels": image.size},
    exempt={"other signs": "ink is never below 0"},
    hints=(
        "It is an average of row numbers, in which a dark pixel counts more than a pale one.",
        "Weight each row number by the pixel's value, add up, and divide by all the ink. "
        "`np.indices(image.shape)` gives the row and column number of each pixel.",
        "`rows, columns = np.indices(image.shape)`, then `(image * rows).sum() / image.sum()`, "
        "and the same for the columns.",
    ),
)


@exercise.misconception(
    "middle of the bounding box",
    """This is the middle of the box around the ink. A long thin tail moves the box as much as a
    thick stroke. MNIST balances the ink: weight each pixel by its value.""",
)
def centre_of_the_box(image):
    rows, columns = np.nonzero(image)
    return (rows.min() + rows.max()) / 2, (columns.min() + columns.max()) / 2


@exercise.misconception(
    "column before row",
    """You return (x, y). An image's first axis is the row: return row, then column.""",
)
def centre_as_x_y(image):
    row, column = centre_of_mass(image)
    return column, row


@exercise.misconception(
    "divided by the number of pixels",
    """You divide by the number of pixels. The weights are the ink, so divide by their sum:
    `image.sum()`.""",
)
def centre_not_divided(image):
    rows, columns = np.indices(image.shape)
    return (image * rows).mean(), (image * columns).mean()


@exercise.misconception(
    "every inked pixel counts the same",
    """A faint pixel counts as much as a black one here. Weight the positions by the pixel
    values.""",
)
def centre_of_inked_pixels(image):
    rows, columns = np.nonzero(image)
    return rows.mean(), columns.mean()
