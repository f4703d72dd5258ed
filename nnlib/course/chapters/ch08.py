"""Chapter 8, MNIST, all of it: the exercises and the questions."""

import numpy as np

from ... import training
from ...functions import log_softmax
from ..exercise import Exercise, Misconception, Option, Quiz, case

CHAPTER = 8

# ------------------------------------------------- solutions the library does not hold elsewhere


def idx_images(raw):
    """The bytes of an IDX file of images -> an array (N, height, width) of uint8.

    A header of four big-endian 32-bit integers - magic number 2051, N, height, width - and then
    one byte a pixel, image by image, row by row.
    """
    magic, N, height, width = np.frombuffer(raw, ">u4", count=4)
    if magic != 2051:
        raise ValueError(f"the magic number is {magic}; expected 2051 for images")
    return np.frombuffer(raw, np.uint8, offset=16).reshape(N, height, width)


def minibatches(order, batch_size):
    """A shuffled order of all samples (N,) -> a list of index arrays, one a batch."""
    return [order[i : i + batch_size] for i in range(0, len(order), batch_size)]


def share_correct(scores, y):
    """Scores (N, K) and labels (N,) -> the share of rows whose largest score is the label's."""
    return np.mean(scores.argmax(axis=1) == y)


def hardest(scores, y, n):
    """The n samples with the largest surprise -log p at the true label, the worst one first."""
    surprise = -log_softmax(scores)[np.arange(len(y)), y]
    return np.argsort(surprise)[::-1][:n]


def shift_images(images, dy, dx):
    """Images (N, H, W) moved dy pixels down and dx to the right; what comes in is 0."""
    _, H, W = images.shape
    moved = np.zeros_like(images)
    to_y, from_y = slice(max(dy, 0), H + min(dy, 0)), slice(max(-dy, 0), H + min(-dy, 0))
    to_x, from_x = slice(max(dx, 0), W + min(dx, 0)), slice(max(-dx, 0), W + min(-dx, 0))
    moved[:, to_y, to_x] = images[:, from_y, from_x]
    return moved


def centre_of_mass(image):
    """Where the ink of an image (H, W) balances: (row, column), as real numbers."""
    rows, columns = np.indices(image.shape)
    return (image * rows).sum() / image.sum(), (image * columns).sum() / image.sum()


# ---------------------------------------------------------------------------------------- inputs


def idx_file(images, magic=2051):
    """The bytes that the format prescribes for these images."""
    header = np.array([magic, *images.shape], ">u4").tobytes()
    return header + images.astype(np.uint8).tobytes()


def some_idx_file(rng):
    shape = rng.permutation([2, 3, 4])
    return (idx_file(rng.integers(0, 256, size=shape)),)


def some_order(rng):
    return rng.permutation(rng.integers(7, 12)), int(rng.integers(2, 5))


def scores_and_labels(rng):
    N, K = int(rng.integers(6, 9)), int(rng.integers(3, 6))
    y = rng.integers(0, K, size=N)
    scores = rng.normal(size=(N, K)) + 1.5 * np.eye(K)[y]
    return scores, y


def labels_and_guesses(rng):
    K = int(rng.integers(3, 6))
    y = rng.integers(0, K, size=12)
    guesses = np.where(rng.random(12) < 0.6, y, rng.integers(0, K, size=12))
    return y, guesses, K


def some_images(rng):
    images = rng.integers(1, 10, size=(2, 4, 5)) / 10  # as in MNIST, between 0 and 1
    return images, int(rng.integers(1, 3)), int(-rng.integers(1, 4))


SQUARE = np.arange(12.0).reshape(1, 3, 4) + 1

# -------------------------------------------------------------------------------- misconceptions


def idx_little_endian(raw):
    magic, N, height, width = np.frombuffer(raw, "<u4", count=4)
    return np.frombuffer(raw, np.uint8, offset=16).reshape(N, height, width)


def idx_header_as_pixels(raw):
    _, N, height, width = np.frombuffer(raw, ">u4", count=4)
    return np.frombuffer(raw, np.uint8)[: N * height * width].reshape(N, height, width)


def idx_width_before_height(raw):
    magic, N, width, height = np.frombuffer(raw, ">u4", count=4)
    if magic != 2051:
        raise ValueError("not images")
    return np.frombuffer(raw, np.uint8, offset=16).reshape(N, height, width)


def idx_any_magic(raw):
    _, N, height, width = np.frombuffer(raw, ">u4", count=4)
    return np.frombuffer(raw, np.uint8, offset=16).reshape(N, height, width)


def batches_without_the_rest(order, batch_size):
    return [order[i : i + batch_size] for i in range(0, len(order) - batch_size + 1, batch_size)]


def batches_that_overlap(order, batch_size):
    return [order[i : i + batch_size] for i in range(len(order) - batch_size + 1)]


def batches_at_every_sample(order, batch_size):
    return [order[i : i + batch_size] for i in range(len(order))]


def batches_not_shuffled(order, batch_size):
    return minibatches(np.arange(len(order)), batch_size)


def batches_as_many_as_the_size(order, batch_size):
    return np.array_split(order, batch_size)


def correct_counted(scores, y):
    return np.sum(scores.argmax(axis=1) == y)


def correct_down_the_columns(scores, y):
    return np.mean(scores.argmax(axis=0) == y)


def correct_by_value(scores, y):
    return np.mean(scores.max(axis=1) == y)


def correct_all_together(scores, y):
    return np.array_equal(scores.argmax(axis=1), y)


def share_mistaken(scores, y):
    return np.mean(scores.argmax(axis=1) != y)


def confusion_turned(y_true, y_pred, K):
    return training.confusion_matrix(y_pred, y_true, K)


def confusion_each_once(y_true, y_pred, K):
    counts = np.zeros((K, K), dtype=int)
    counts[y_true, y_pred] += 1
    return counts


def confusion_shares(y_true, y_pred, K):
    return training.confusion_matrix(y_true, y_pred, K) / len(y_true)


def confusion_only_mistakes(y_true, y_pred, K):
    counts = training.confusion_matrix(y_true, y_pred, K)
    return counts - np.diag(np.diag(counts))


def confusion_in_bytes(y_true, y_pred, K):
    return training.confusion_matrix(y_true, y_pred, K).astype(np.uint8)


def worst_one_last(scores, y, n):
    return hardest(scores, y, n)[::-1]


def easiest(scores, y, n):
    surprise = -log_softmax(scores)[np.arange(len(y)), y]
    return np.argsort(surprise)[:n]


def hardest_by_doubt(scores, y, n):
    return np.argsort(log_softmax(scores).max(axis=1))[:n]


def hardest_by_raw_score(scores, y, n):
    return np.argsort(scores[np.arange(len(y)), y])[:n]


def hardest_values(scores, y, n):
    surprise = -log_softmax(scores)[np.arange(len(y)), y]
    return np.sort(surprise)[::-1][:n]


def shift_rolled(images, dy, dx):
    return np.roll(images, (dy, dx), axis=(1, 2))


def shift_other_way(images, dy, dx):
    return shift_images(images, -dy, -dx)


def shift_into_integers(images, dy, dx):
    return shift_images(images.astype(int), dy, dx)


def shift_axes_swapped(images, dy, dx):
    return shift_images(images, dx, dy)


def centre_of_the_box(image):
    rows, columns = np.nonzero(image)
    return (rows.min() + rows.max()) / 2, (columns.min() + columns.max()) / 2


def centre_as_x_y(image):
    row, column = centre_of_mass(image)
    return column, row


def centre_not_divided(image):
    rows, columns = np.indices(image.shape)
    return (image * rows).mean(), (image * columns).mean()


def centre_of_inked_pixels(image):
    rows, columns = np.nonzero(image)
    return rows.mean(), columns.mean()


# ------------------------------------------------------------------------------------- exercises

EXERCISES = (
    Exercise(
        id="idx_images",
        chapter=CHAPTER,
        title="Read the images from their bytes",
        minutes=10,
        difficulty=2,
        reference=idx_images,
        cases=(
            case(idx_file(np.arange(12).reshape(2, 2, 3)), about="two images of 2 x 3"),
            case(idx_file(np.full((1, 3, 2), 255)), about="one image, all ink"),
            case(idx_file(np.zeros((2, 1, 1)), magic=2049), about="a file of labels"),
        ),
        draw=some_idx_file,
        hints=(
            "The first 16 bytes are four integers. `np.frombuffer(raw, dtype, count)` reads them; "
            "which dtype says big-endian?",
            'The dtype is ">u4". The pixels start at byte 16: `np.frombuffer(raw, np.uint8, '
            "offset=16)`. Then give them their shape, and look at the magic number.",
            '`magic, N, height, width = np.frombuffer(raw, ">u4", count=4)`; raise a ValueError '
            "unless magic is 2051; return the pixels `.reshape(N, height, width)`.",
        ),
        misconceptions=(
            Misconception(
                "little-endian",
                "You read the four integers with their bytes in the other order, so 2 becomes "
                '33,554,432 and the pixels cannot fill such a shape. IDX is big-endian: ">u4".',
                idx_little_endian,
            ),
            Misconception(
                "header taken for pixels",
                "Your first image begins with 0, 0, 8, 3: that is the header. The pixels start "
                "after it, at byte 16. `np.frombuffer` takes an `offset`.",
                idx_header_as_pixels,
            ),
            Misconception(
                "width before height",
                "Height and width have changed places. The header says N, then rows, then columns. "
                "MNIST is square and would never have told you.",
                idx_width_before_height,
            ),
            Misconception(
                "magic number ignored",
                "A file of labels, magic number 2049, is read as if it held images. Compare the "
                "first number with 2051 and raise a ValueError if it differs: better no array than "
                "a wrong one.",
                idx_any_magic,
            ),
        ),
    ),
    Exercise(
        id="minibatches",
        chapter=CHAPTER,
        title="Cut an epoch into mini-batches",
        minutes=6,
        difficulty=1,
        reference=minibatches,
        cases=(
            case(np.array([3, 0, 2, 1, 4]), 2, about="one left over"),
            case(np.array([1, 2, 0]), 5, about="a batch larger than the data"),
            case(np.array([2, 0, 3, 1]), 2, about="nothing left over"),
        ),
        draw=some_order,
        loops=True,
        hints=(
            "Where does batch 0 begin? Batch 1? Where does `range` with a step help?",
            "The starts are 0, batch_size, 2 batch_size, ... A slice that runs past the end simply "
            "stops there, so the last batch may be smaller.",
            "`[order[i : i + batch_size] for i in range(0, len(order), batch_size)]`.",
        ),
        misconceptions=(
            Misconception(
                "the rest is dropped",
                "The samples left over at the end are never seen. With 60,000 images and batches "
                "of 128 that is 96 images an epoch. Let the last batch be smaller.",
                batches_without_the_rest,
            ),
            Misconception(
                "batches overlap",
                "Each batch starts one sample after the last, so most samples appear several times "
                "in an epoch. Start the next batch where the last one ended: step by batch_size.",
                batches_that_overlap,
            ),
            Misconception(
                "a batch at every sample",
                "A batch begins at every sample, so there are as many batches as samples and each "
                "sample comes several times. Step by batch_size: `range(0, len(order), "
                "batch_size)`.",
                batches_at_every_sample,
            ),
            Misconception(
                "the order is not used",
                "Your batches hold 0, 1, 2, ... whatever the order. The shuffle is in `order`: cut "
                "that array, not a range.",
                batches_not_shuffled,
            ),
            Misconception(
                "as many batches as the size",
                "`np.array_split(order, batch_size)` makes batch_size batches. You want batches "
                "that each hold batch_size samples.",
                batches_as_many_as_the_size,
            ),
        ),
    ),
    Exercise(
        id="share_correct",
        chapter=CHAPTER,
        title="Accuracy from scores",
        minutes=4,
        difficulty=1,
        reference=share_correct,
        cases=(
            case(np.array([[1.0, 3], [2, 0], [0, 5]]), np.array([1, 0, 0]), about="two of three"),
            case(np.array([[0.0, 9, 1]]), np.array([1]), about="one sample, right"),
        ),
        draw=scores_and_labels,
        factors=lambda scores, y: {"N, the number of samples": len(y)},
        returns=("the accuracy",),
        hints=(
            "The network's answer is the class with the largest score. What gives its position?",
            "`argmax(axis=1)` gives one class a row. Compare with y, and average the truths.",
            "`np.mean(scores.argmax(axis=1) == y)`.",
        ),
        misconceptions=(
            Misconception(
                "a count, not a share",
                "This is how many are right. The accuracy is the share: divide by N, or take the "
                "mean of the comparisons.",
                correct_counted,
            ),
            Misconception(
                "argmax down the columns",
                "`argmax(axis=0)` asks, for each class, which sample scored highest. You want, for "
                "each sample, the class: axis 1.",
                correct_down_the_columns,
            ),
            Misconception(
                "max instead of argmax",
                "You compare the largest score itself with the label. The label is a position: "
                "`argmax` says where the largest score stands.",
                correct_by_value,
            ),
            Misconception(
                "one truth value for all",
                "You return True or False for all rows together. The share is the mean of the "
                "comparisons, row by row.",
                correct_all_together,
            ),
            Misconception(
                "the error rate",
                "This is the share of mistakes, one minus the accuracy. Count where the answer "
                "equals the label.",
                share_mistaken,
            ),
        ),
    ),
    Exercise(
        id="confusion_matrix",
        chapter=CHAPTER,
        title="Count who is taken for whom",
        minutes=7,
        difficulty=2,
        reference=training.confusion_matrix,
        cases=(
            case(np.array([0, 0, 1, 2]), np.array([0, 1, 1, 1]), 3, about="two mistakes"),
            case(np.array([1, 1, 1]), np.array([0, 0, 0]), 2, about="the same mistake thrice"),
            case(np.array([0]), np.array([0]), 4, about="classes that never occur"),
            case(np.repeat([0, 1], [300, 2]), np.repeat([0, 1], [300, 2]), 2, about="300 alike"),
        ),
        draw=labels_and_guesses,
        loops=True,
        factors=lambda y_true, y_pred, K: {"N, the number of samples": len(y_true)},
        hints=(
            "Start from zeros (K, K). Which cell does one sample belong to?",
            "Add 1 at row y_true, column y_pred, once for every sample. Beware: "
            "`counts[rows, columns] += 1` adds only once where a cell is named twice.",
            "`counts = np.zeros((K, K), dtype=int)`, then `np.add.at(counts, (y_true, y_pred), 1)` "
            "or a loop over the samples.",
        ),
        misconceptions=(
            Misconception(
                "rows and columns exchanged",
                "Your rows are what the network said and your columns the truth. Here a row is a "
                "true class: its sum is how often that digit occurs.",
                confusion_turned,
            ),
            Misconception(
                "each cell counted once",
                "`counts[rows, columns] += 1` reads all cells, adds 1, and writes them back: a "
                "cell named three times still gets 1. `np.add.at` adds each time; so does a loop.",
                confusion_each_once,
            ),
            Misconception(
                "shares instead of counts",
                "These are shares of all samples. The matrix holds counts: do not divide.",
                confusion_shares,
            ),
            Misconception(
                "counts in bytes",
                "A byte counts to 255, and then starts again at 0. On the diagonal of MNIST stand "
                "about a thousand: take `dtype=int`.",
                confusion_in_bytes,
            ),
            Misconception(
                "the diagonal is missing",
                "Only the mistakes are counted. The right answers belong on the diagonal; their "
                "sum over N is the accuracy.",
                confusion_only_mistakes,
            ),
        ),
    ),
    Exercise(
        id="hardest",
        chapter=CHAPTER,
        title="Find the hardest images",
        minutes=7,
        difficulty=2,
        reference=hardest,
        cases=(
            case(
                np.array([[4.0, 0, 0], [0, 0, 3], [1, 2, 0], [9, 0, 1]]),
                np.array([0, 1, 0, 2]),
                2,
                about="the worst two of four",
            ),
            case(
                np.array([[50.0, 49, 0], [1, 0, -9], [-9, 9, 0]]),
                np.array([1, 0, 2]),
                3,
                about="a high score that is not the highest",
            ),
        ),
        draw=lambda rng: (*scores_and_labels(rng), 3),
        hints=(
            "How hard was sample i? Chapter 4 has a number for it.",
            "The surprise is -log_softmax(scores) at the true label. `np.argsort` orders from "
            "small to large and gives positions.",
            "`surprise = -log_softmax(scores)[np.arange(len(y)), y]`, then "
            "`np.argsort(surprise)[::-1][:n]`.",
        ),
        misconceptions=(
            Misconception(
                "the easiest ones",
                "These are the samples with the smallest surprise. `np.argsort` goes from small to "
                "large: turn it round with `[::-1]` before you cut.",
                easiest,
            ),
            Misconception(
                "the worst one last",
                "The right samples, with the worst one last. Turn them round: `[::-1]`.",
                worst_one_last,
            ),
            Misconception(
                "least sure, whatever the truth",
                "You rank by the largest probability, without the labels: these are the samples "
                "of which the network was least sure. The worst mistakes are made with full "
                "confidence. Take the probability of the true class.",
                hardest_by_doubt,
            ),
            Misconception(
                "raw scores compared",
                "A score means something only beside the other scores of its row: 49 is little "
                "next to 50. Compare the surprise, -log softmax at the true label.",
                hardest_by_raw_score,
            ),
            Misconception(
                "surprises instead of positions",
                "These are the largest surprises themselves. You want to know which images they "
                "belong to: `np.argsort` gives positions.",
                hardest_values,
            ),
        ),
    ),
    Exercise(
        id="shift_images",
        chapter=CHAPTER,
        title="Move an image, honestly",
        minutes=8,
        difficulty=2,
        reference=shift_images,
        cases=(
            case(SQUARE, 1, 0, about="one pixel down"),
            case(SQUARE, 0, -2, about="two pixels to the left"),
            case(SQUARE, -1, 1, about="up and to the right"),
            case(SQUARE, 0, 0, about="not at all"),
        ),
        draw=some_images,
        loops=True,
        hints=(
            "Start from an image of zeros. Which rows of it are filled when everything moves one "
            "pixel down, and from which rows?",
            "Moving down by 1: `moved[:, 1:] = images[:, :-1]`. Up by 1: `moved[:, :-1] = "
            "images[:, 1:]`. The same for columns.",
            "With H rows, the target rows are `max(dy, 0)` to `H + min(dy, 0)` and the source rows "
            "`max(-dy, 0)` to `H + min(-dy, 0)`; columns likewise with W and dx.",
        ),
        misconceptions=(
            Misconception(
                "wraps around",
                "What leaves on one side comes back on the other: `np.roll` goes round. "
                "Paper is empty outside: what comes in should be 0.",
                shift_rolled,
            ),
            Misconception(
                "the other way",
                "The images move up and left where down and right were asked for. Row 0 is at the "
                "top, so down means a larger row number.",
                shift_other_way,
            ),
            Misconception(
                "rows and columns exchanged",
                "dy moved the columns and dx the rows. The axes of a batch are (image, row, "
                "column): dy belongs to axis 1, dx to axis 2.",
                shift_axes_swapped,
            ),
            Misconception(
                "an array of integers",
                "Your array holds integers, so a grey of 0.7 becomes 0. `np.zeros_like(images)` "
                "keeps the dtype.",
                shift_into_integers,
            ),
        ),
    ),
    Exercise(
        id="centre_of_mass",
        chapter=CHAPTER,
        title="Where the ink balances",
        minutes=6,
        difficulty=2,
        reference=centre_of_mass,
        cases=(
            case(np.array([[0.0, 0, 0], [0, 0, 1], [0, 0, 0]]), about="one pixel of ink"),
            case(np.array([[1.0, 0, 0, 3], [0, 0, 0, 0]]), about="darker on the right"),
        ),
        draw=lambda rng: (np.where(rng.random((4, 6)) < 0.4, 0, rng.random((4, 6))),),
        returns=("the row", "the column"),
        loops=True,
        factors=lambda image: {"the ink": image.sum(), "the number of pixels": image.size},
        hints=(
            "It is an average of row numbers, in which a dark pixel counts more than a pale one.",
            "Weight each row number by the pixel's value, add up, and divide by all the ink. "
            "`np.indices(image.shape)` gives the row and column number of each pixel.",
            "`rows, columns = np.indices(image.shape)`, then `(image * rows).sum() / image.sum()`, "
            "and the same for the columns.",
        ),
        misconceptions=(
            Misconception(
                "middle of the bounding box",
                "This is the middle of the box around the ink. A long thin tail moves the box as "
                "much as a thick stroke. MNIST balances the ink: weight each pixel by its value.",
                centre_of_the_box,
            ),
            Misconception(
                "column before row",
                "You return (x, y). An image's first axis is the row: return row, then column.",
                centre_as_x_y,
            ),
            Misconception(
                "divided by the number of pixels",
                "You divide by the number of pixels. The weights are the ink, so divide by their "
                "sum: `image.sum()`.",
                centre_not_divided,
            ),
            Misconception(
                "every inked pixel counts the same",
                "A faint pixel counts as much as a black one here. Weight the positions by the "
                "pixel values.",
                centre_of_inked_pixels,
            ),
        ),
    ),
)

# ------------------------------------------------------------------------------------- questions

QUIZZES = (
    Quiz(
        id="guessing_on_mnist",
        chapter=CHAPTER,
        question="A program always answers 1, the most common digit. How many of 100 MNIST images "
        "does it read rightly?",
        options=(
            Option("None", "It is right whenever the image is a 1."),
            Option(
                "About 11",
                "The classes are nearly equally common; 1 has 6,742 of 60,000 images. Every "
                "accuracy you read about has to be compared with this one.",
                right=True,
            ),
            Option("About 50", "That would be so with two classes, or if half the images were 1s."),
        ),
    ),
    Quiz(
        id="batches_in_an_epoch",
        chapter=CHAPTER,
        question="60,000 images, batches of 128, nothing thrown away. How many steps has an epoch?",
        options=(
            Option("468", "468 full batches are 59,904 images. The last 96 would never be seen."),
            Option(
                "469",
                "468 full batches, and one of the 96 images that are left.",
                right=True,
            ),
            Option("128", "That is the number of images in a batch."),
            Option("60,000", "That would be one image at a time, batches of 1."),
        ),
    ),
    Quiz(
        id="one_at_a_time",
        chapter=CHAPTER,
        question="You train one image at a time instead of 100 at a time. One epoch is then 100 "
        "times as many steps. How much longer does it take?",
        options=(
            Option(
                "As long as before: the same multiplications are done",
                "Going forward and back they are the same. But each NumPy call costs about a "
                "microsecond before it computes anything, and there are 100 times as many calls.",
            ),
            Option(
                "Many times longer, but not 100 times",
                "Each step is cheaper, for it has 100 times less to multiply forward and back, "
                "but far from 100 times cheaper. What remains is the cost of calling NumPy at all, "
                "and of changing all the weights.",
                right=True,
            ),
            Option(
                "100 times longer",
                "Each step also has 100 times less to multiply, so it cannot cost the same.",
            ),
        ),
    ),
    Quiz(
        id="why_centre",
        chapter=CHAPTER,
        question="Your drawn 7 sits in a corner of the pad. The network, 98.5 % right on the test "
        "set, reads it as a 2. Why?",
        options=(
            Option(
                "It has learned too little", "On images like its own it is nearly always right."
            ),
            Option(
                "All its images were centred; to a linear layer a moved image is another image",
                "Each weight belongs to one pixel. Move the 7, and its ink meets weights that were "
                "trained on other strokes. MNIST's makers centred every digit by its ink.",
                right=True,
            ),
            Option(
                "Your handwriting is worse than theirs",
                "Perhaps. But move the same 7 to the middle and try again.",
            ),
        ),
    ),
)
