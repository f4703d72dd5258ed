"""MNIST: 70,000 handwritten digits, found on disk or fetched once, and checked byte for byte.

Source: Y. LeCun, C. Cortes and C. Burges, "The MNIST database of handwritten digits" (1998).
"""

import hashlib
import io
import os
import warnings
from pathlib import Path
from typing import NamedTuple

import numpy as np

from .download import download as download_file
from .errors import (
    ChecksumError,
    CountMismatchError,
    DataError,
    DataWarning,
    DimensionsError,
    DownloadError,
    MagicNumberError,
    MissingFileError,
    StorageError,
)
from .files import GZIP_MAGIC, opened, reason, unpack, write_bytes
from .idx import Header, parse_header, parse_idx

MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
    "https://raw.githubusercontent.com/fgnt/mnist/master/",
)
ROOM = 1 << 20  # bytes that packing may add to a file which does not shrink


class ImageData(NamedTuple):
    """Images as rows of pixels, and what they show: one part to learn from, one to be tested on.

    `name` says which set it is: "MNIST", or "digits" for the bundled ones in its place.
    """

    train_images: np.ndarray  # (N, 784) float32 in [0, 1]
    train_labels: np.ndarray  # (N,) int64
    test_images: np.ndarray  # (M, 784) float32 in [0, 1]
    test_labels: np.ndarray  # (M,) int64

    name = "MNIST"


class Part(NamedTuple):
    """One of the four files: its name, the shape inside, the SHA-256 of its unpacked bytes."""

    name: str
    shape: tuple
    sha256: str

    @property
    def holds(self):
        return "images" if len(self.shape) == 3 else "labels"

    @property
    def size(self):
        """How many bytes the file takes, unpacked."""
        return Header(np.dtype(np.uint8), self.shape).size

    @property
    def spellings(self):
        """The names under which people keep it, the usual one first."""
        dotted = self.name.replace("-idx", ".idx")
        return self.name + ".gz", self.name, dotted, dotted + ".gz"


# The .gz files differ between mirrors; the unpacked bytes do not, so those are checked.
PARTS = (
    Part(
        "train-images-idx3-ubyte",
        (60_000, 28, 28),
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    ),
    Part(
        "train-labels-idx1-ubyte",
        (60_000,),
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    ),
    Part(
        "t10k-images-idx3-ubyte",
        (10_000, 28, 28),
        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    ),
    Part(
        "t10k-labels-idx1-ubyte",
        (10_000,),
        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    ),
)


def load_mnist(data_dir=None, download=True, progress=None, *, mirrors=None):
    """Load MNIST: 60,000 images to learn from and 10,000 to be tested on.

    Each of the four files is looked for in `data_dir` (None takes the environment variable
    NNLIB_DATA_DIR), then in your cache folder, then downloaded (12 MB in all, once) into the
    first of these folders that takes it. Where none does, the data stay in memory and a
    DataWarning says so. Every file is checked against the published one before use. A folder may
    also hold them as Kaggle's archive or torchvision's `MNIST/raw` does.

    download: False never touches the network.
    progress: True shows a progress bar, False none, None one where somebody can see it.
    mirrors: addresses of folders that hold the files, tried in turn; None takes the environment
        variable NNLIB_MNIST_MIRRORS (separated by spaces), else MIRRORS.
    Returns ImageData: train_images (60000, 784) float32 in [0, 1], train_labels (60000,) int64,
        test_images (10000, 784), test_labels (10000,).
    Raises DataError, by the member of its family that names the cause. A damaged file in
        `data_dir` is reported, never replaced; one in the cache is fetched again.
    """
    variable = os.environ.get("NNLIB_DATA_DIR")
    own = data_dir or variable
    own = Path(os.path.expanduser(own)) if own else None
    if mirrors is None:
        mirrors = os.environ.get("NNLIB_MNIST_MIRRORS", "").split() or MIRRORS
    mirrors = [mirrors] if isinstance(mirrors, str) else list(mirrors)

    notes = {}  # one sentence a subject
    if own and (lacks := [part for part in PARTS if not _find(part, own)]):
        named = "data_dir" if data_dir else "NNLIB_DATA_DIR"
        if trouble := _trouble(own, lacks):
            notes["trouble"] = f"{named} is {own}, {trouble}."
        elif not data_dir:
            listed = ", ".join(part.name + ".gz" for part in lacks)
            notes["lacks"] = f"{named} is {own}, which lacks {listed}."

    def array(part):
        if own and (path := _find(part, own)):
            return _read(part, path)
        cache, damage = cache_folder(), None
        try:
            if path := _find(part, cache):
                return _read(part, path)
        except DataError as error:
            damage = error
        folders = [own, cache] if own else [cache]
        if not download:
            raise damage or _missing(part, folders)
        if damage:
            notes["damage"] = f"A file in your cache is not used: {damage}"
        data, fetched = _fetch(part, mirrors, progress)
        _store(part, data, folders, notes)
        return fetched

    try:
        train_images, train_labels, test_images, test_labels = map(array, PARTS)
    finally:  # what was noticed explains a failure too
        if notes:
            warnings.warn(" ".join(notes.values()), DataWarning, stacklevel=2)
    return ImageData(
        _rows(train_images),
        train_labels.astype(np.int64),
        _rows(test_images),
        test_labels.astype(np.int64),
    )


def cache_folder():
    """Where downloads are kept if you name no folder."""
    from platformdirs import user_cache_path

    return user_cache_path("nnlib")


def _rows(pixels):
    """(N, 28, 28) bytes -> (N, 784) float32 in [0, 1]."""
    return np.divide(pixels.reshape(len(pixels), -1), np.float32(255), dtype=np.float32)


def _find(part, folder):
    """The path of a part in a folder, or None.

    The file lies in it, in a folder of the file's own name (as in Kaggle's archive), or in
    torchvision's MNIST/raw. Raises StorageError where there is such a folder and no file.
    """
    empty = None
    for place in (folder, folder / "MNIST" / "raw", folder / "raw"):
        for spelling in part.spellings:
            paths = [place / spelling]
            if os.path.isdir(paths[0]):
                empty = empty or paths[0]
                paths = [paths[0] / inner for inner in part.spellings]
            for path in filter(os.path.isfile, paths):
                return path
    if empty:
        raise StorageError(
            f"{empty} cannot be read: it is a folder, and {part.name} is not in it. Put the MNIST "
            "file in its place, or delete it to have it downloaded."
        )
    return None


def _trouble(folder, lacks):
    """What is odd about a folder that lacks these parts, or None where it lacks them plainly."""
    if os.path.isfile(folder):
        return "which is a file; expected the folder of the four MNIST files, unpacked"
    links = [folder, *(folder / spelling for part in lacks for spelling in part.spellings)]
    for link in links:
        if os.path.islink(link) and not os.path.exists(link):
            return f"where {link} is a link to {os.readlink(link)}, which is not there"
    try:
        os.listdir(folder)
    except FileNotFoundError:
        return None  # it will be made
    except OSError as error:
        return f"which cannot be read ({reason(error)})"
    for inner in (".", "gzip", "raw", "EMNIST/raw"):
        for path in sorted((folder / inner).glob("emnist-*-idx?-ubyte*")):
            return (
                f"which holds {path.name}: EMNIST is another set, its images are stored "
                "transposed, and it is not read in MNIST's place"
            )
    return None


def _read(part, path):
    """The array of a part in a file."""
    with opened(path) as file:
        return _verified(file, path, part)


def _verified(file, name, part):
    """The array in an open file, if it is the published one; the clearest error if not."""
    raw = unpack(file, name, part.size + 1)
    header = parse_header(raw, name)
    if header.dtype != np.uint8 or len(header.shape) != len(part.shape):
        came, expected = int.from_bytes(raw[:4], "big"), 0x0800 + len(part.shape)
        raise MagicNumberError(
            f"{name} has the magic number {came}; expected {expected}, which stands for "
            f"{part.holds}. Were two files swapped?"
        )
    if header.shape[1:] != part.shape[1:]:
        raise DimensionsError(
            f"{name} has shape {header.shape}; expected {part.shape}. Put the MNIST file in its "
            "place, or delete it to have it downloaded."
        )
    if header.shape != part.shape:
        partner = "label" if part.holds == "images" else "image"
        raise CountMismatchError(
            f"{name} holds {header.shape[0]:,} {part.holds}; expected {part.shape[0]:,}, one for "
            f"each {partner}. Put the MNIST file in its place, or delete it to have it downloaded."
        )
    array = parse_idx(raw, name)
    digest = hashlib.sha256(raw).hexdigest()
    if digest != part.sha256:
        raise ChecksumError(
            f"{name} is not the published file: its unpacked bytes have the SHA-256 {digest}; "
            f"expected {part.sha256}. Other sets, such as Fashion-MNIST, use the same names. Put "
            "the MNIST file in its place, or delete it to have it downloaded."
        )
    return array


def _missing(part, folders):
    places = " or ".join(map(str, folders))
    return MissingFileError(
        f"{part.name}.gz is not in {places}. Allow the download (download=True), or copy the four "
        "MNIST files into a folder and set NNLIB_DATA_DIR to it."
    )


def _fetch(part, mirrors, progress):
    """(bytes, array) from the first mirror with a good copy; a bad mirror goes to the end."""
    failures = {}  # as an ordered set: a cause that all mirrors share is told once
    for mirror in tuple(mirrors):
        url = f"{mirror.rstrip('/')}/{part.name}.gz"
        try:
            data = download_file(url, part.size + ROOM, progress)
            return data, _verified(io.BytesIO(data), url, part)
        except DataError as error:
            failures[str(error).split(". ")[0]] = mirror
            mirrors.append(mirrors.pop(0))
    listed = "".join(f"\n  {failure}" for failure in failures)
    raise DownloadError(
        f"{part.name}.gz could not be downloaded:{listed}\n"
        "Check the network and run this again, or copy the four MNIST files into a folder and "
        "set NNLIB_DATA_DIR to it."
    )


def _store(part, data, folders, notes):
    """Keep a download in the first folder that takes it, and note what was not as asked."""
    spelling = part.spellings[0 if data[:2] == GZIP_MAGIC else 1]
    failures = []
    for folder in folders:
        try:
            write_bytes(folder / spelling, data)
            break
        except StorageError as error:
            failures.append(error)
    else:
        for failure in failures:
            if failure.full:
                raise failure
        folder = None
    if failures:
        refused = f"{folders[0]} takes no files ({reason(failures[0].__cause__)});"
        notes["refused"] = (
            f"{refused} MNIST is in {folder} instead."
            if folder
            else f"{refused} MNIST is in memory only and will be downloaded again next time. "
            "Set NNLIB_DATA_DIR to a folder you can write to."
        )
