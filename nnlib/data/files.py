"""Files of data: opened, unpacked and written, with errors that name the file and the way out."""

import gzip
import io
import os
import zlib
from contextlib import contextmanager

from .. import files
from .errors import FULL, GzipError, MissingFileError, StorageError

GZIP_MAGIC = b"\x1f\x8b"
CHUNK = 1 << 20  # bytes


@contextmanager
def opened(path):
    """A file open for reading. Raises MissingFileError or StorageError, naming it."""
    try:
        with open(path, "rb") as file:
            yield file
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MissingFileError(f"{path}: there is no such file. Check the name.") from error
    except OSError as error:
        raise StorageError(
            f"{path} cannot be read ({reason(error)}). Expected a readable file."
        ) from error


def unpack(file, name, limit):
    """The first `limit` bytes of an open file, with gzip undone: at most that much memory.

    The first two bytes say whether it is compressed, not the name.
    Raises GzipError if the compressed bytes are cut off or changed, or if a name in .gz
    holds something else.
    """
    file.seek(0)
    packed = file.read(2) == GZIP_MAGIC
    file.seek(0)
    if packed:
        try:
            return _first(limit, gzip.GzipFile(fileobj=file))
        except EOFError as error:
            raise GzipError(
                f"{name}: the compressed file is cut off after {file.seek(0, os.SEEK_END):,} "
                "bytes. Delete it and fetch it again."
            ) from error
        except (gzip.BadGzipFile, zlib.error) as error:
            raise GzipError(
                f"{name}: the compressed file is damaged ({error}). Delete it and fetch it again."
            ) from error
    raw = _first(limit, file)
    # Some browsers unpack a download and keep its name: IDX files begin with two zeros.
    if str(name).endswith(".gz") and raw[:2] != b"\0\0":
        raise GzipError(
            f"{name} begins with {bytes(raw[:8])!r}; expected a gzip file, which begins with "
            f"{GZIP_MAGIC!r}. A web page may have been saved in its place: fetch it again."
        )
    return raw


def decompress(data, name, limit=1 << 30):
    """At most `limit` bytes of a file that was read already, with gzip undone (chapter 8)."""
    return bytes(unpack(io.BytesIO(data), name, limit))


def _first(limit, stream):
    """Chunk by chunk: read(limit) takes the memory before it knows how much there is."""
    raw = bytearray()
    while chunk := stream.read(min(CHUNK, limit - len(raw))):
        raw += chunk
    return raw


def write_bytes(path, data):
    """Write a file in one step, whole or not at all. Raises StorageError, naming it."""
    try:
        files.write_bytes(path, data)
    except OSError as error:
        wrong = (
            f"the disk is full; {len(data) / 1e6:.1f} MB are needed. Free some space"
            if error.errno in FULL
            else f"{reason(error)}. Choose a folder you can write to"
        )
        raise StorageError(f"{path} cannot be written: {wrong}, then run this again.") from error


def reason(error):
    """The operating system's own few words for an error."""
    return error.strerror or str(error)
