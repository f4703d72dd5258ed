"""Bytes on disk: read whole, written whole, never half."""

import errno
import gzip
import os
import secrets
import zlib
from pathlib import Path

from .errors import GzipError, MissingFileError, StorageError

GZIP_MAGIC = b"\x1f\x8b"
FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}


def read_bytes(path):
    """All bytes of a file. Raises MissingFileError or StorageError, naming it."""
    try:
        return Path(path).read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MissingFileError(f"{path}: there is no such file. Check the name.") from error
    except OSError as error:
        raise StorageError(
            f"{path} cannot be read ({reason(error)}). Expected a readable file."
        ) from error


def write_bytes(path, data):
    """Write a file in one step: other processes see the old file or the new one, never a part.

    The bytes go to a temporary file in the same folder, which then takes the name.
    Raises StorageError; its `full` attribute tells a full disk from a folder that takes no files.
    """
    path = Path(path)
    part = path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with open(part, "xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except OSError as error:
        full = error.errno in FULL
        wrong = (
            f"the disk is full; {len(data) / 1e6:.1f} MB are needed. Free some space"
            if full
            else f"{reason(error)}. Choose a folder you can write to"
        )
        failure = StorageError(f"{path} cannot be written: {wrong}, then run this again.")
        failure.full = full
        raise failure from error


def decompress(data, name):
    """Undo gzip if the bytes are compressed; the first two bytes say so, not the name.

    Raises GzipError if the compressed bytes are cut off or changed, or if a name in .gz
    holds something else.
    """
    if data[:2] == GZIP_MAGIC:
        try:
            return gzip.decompress(data)
        except EOFError as error:
            raise GzipError(
                f"{name}: the compressed file is cut off after {len(data):,} bytes. "
                "Delete it and fetch it again."
            ) from error
        except (OSError, zlib.error) as error:
            raise GzipError(
                f"{name}: the compressed file is damaged ({error}). Delete it and fetch it again."
            ) from error
    # Some browsers unpack a download and keep its name: IDX files begin with two zeros.
    if str(name).endswith(".gz") and data[:2] != b"\0\0":
        raise GzipError(
            f"{name} begins with {data[:8]!r}; expected a gzip file, which begins with "
            f"{GZIP_MAGIC!r}. A web page may have been saved in its place: fetch it again."
        )
    return data


def reason(error):
    """The operating system's own few words for an error."""
    return error.strerror or str(error)
