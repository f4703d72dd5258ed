"""A file is bytes and a promise about their order; the magic number checks the promise."""

import numpy as np

from nnlib.course.description import case, describe, region


def idx_images(raw):
    """The bytes of an IDX file of images -> an array (N, height, width) of uint8.

    A header of four big-endian 32-bit integers - magic number 2051, N, height, width - and then
    one byte a pixel, image by image, row by row.
    """
    magic, N, height, width = np.frombuffer(raw, ">u4", count=4)
    if magic != 2051:
        raise ValueError(f"the magic number is {magic}; expected 2051 for images")
    return np.frombuffer(raw, np.uint8, offset=16).reshape(N, height, width)


def idx_file(images, magic=2051):
    """The bytes that the format prescribes for these images."""
    header = np.array([magic, *images.shape], ">u4").tobytes()
    return header + images.astype(np.uint8).tobytes()


def some_idx_file(rng):
    shape = rng.permutation([2, 3, 4])
    return (idx_file(rng.integers(0, 256, size=shape)),)


def kept_as(answer, raw):
    """In what the numbers are kept."""
    return str(np.asarray(answer(raw)).dtype)


exercise = describe(
    idx_images,
    title="Read the images from their bytes",
    minutes=10,
    difficulty=2,
    cases=(
        case(idx_file(np.arange(12).reshape(2, 2, 3)), about="two images of 2 x 3"),
        case(idx_file(np.full((1, 3, 2), 255)), about="one image, all ink"),
        case(idx_file(np.zeros((2, 1, 1)), magic=2049), about="a file of labels"),
    ),
    draw=some_idx_file,
    regions=(
        region(
            """Right for small files. Each of the four header numbers takes four bytes, the most
            significant first: 300 is 1 * 256 + 44.""",
            case(idx_file(np.arange(300).reshape(300, 1, 1)), about="300 images"),
            case(idx_file(np.zeros((1, 1, 260))), about="images 260 wide"),
        ),
        region(
            """Only 2051 stands for images: any other magic number is refused with a ValueError.""",
            case(idx_file(np.zeros((2, 1, 1)), magic=2052)),
            case(idx_file(np.zeros((2, 1, 1)), magic=3)),
        ),
        region(
            """The numbers are right. A pixel is one byte, `np.uint8`: kept as anything larger,
            MNIST takes eight times the memory.""",
            case(idx_file(np.arange(12).reshape(2, 2, 3))),
            use=kept_as,
        ),
    ),
    hints=(
        "The first 16 bytes are four integers. `np.frombuffer(raw, dtype, count)` reads them; "
        "which dtype says big-endian?",
        'The dtype is ">u4". The pixels start at byte 16: `np.frombuffer(raw, np.uint8, '
        "offset=16)`. Then give them their shape, and look at the magic number.",
        '`magic, N, height, width = np.frombuffer(raw, ">u4", count=4)`; raise a ValueError '
        "unless magic is 2051; return the pixels `.reshape(N, height, width)`.",
    ),
)


@exercise.misconception(
    "little-endian",
    """You read the four integers with their bytes in the other order, so 2 becomes 33,554,432 and
    the pixels cannot fill such a shape. IDX is big-endian: ">u4".""",
)
def idx_little_endian(raw):
    magic, N, height, width = np.frombuffer(raw, "<u4", count=4)
    return np.frombuffer(raw, np.uint8, offset=16).reshape(N, height, width)


@exercise.misconception(
    "header taken for pixels",
    """Your first image begins with 0, 0, 8, 3: that is the header. The pixels start after it, at
    byte 16. `np.frombuffer` takes an `offset`.""",
)
def idx_header_as_pixels(raw):
    _, N, height, width = np.frombuffer(raw, ">u4", count=4)
    return np.frombuffer(raw, np.uint8)[: N * height * width].reshape(N, height, width)


@exercise.misconception(
    "width before height",
    """Height and width have changed places. The header says N, then rows, then columns. MNIST is
    square and would never have told you.""",
)
def idx_width_before_height(raw):
    magic, N, width, height = np.frombuffer(raw, ">u4", count=4)
    if magic != 2051:
        raise ValueError("not images")
    return np.frombuffer(raw, np.uint8, offset=16).reshape(N, height, width)


@exercise.misconception(
    "magic number ignored",
    """A file of labels, magic number 2049, is read as if it held images. Compare the first number
    with 2051 and raise a ValueError if it differs: better no array than a wrong one.""",
)
def idx_any_magic(raw):
    _, N, height, width = np.frombuffer(raw, ">u4", count=4)
    return np.frombuffer(raw, np.uint8, offset=16).reshape(N, height, width)
