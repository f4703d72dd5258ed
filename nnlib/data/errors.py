"""What can go wrong with data: one family, each member named after the cause."""

import errno

FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}


class DataError(ValueError):
    """Data cannot be used as they are; the message names the file or argument and the way out."""


class TruncatedError(DataError):
    """The file ends before its own header says it should."""


class TrailingBytesError(DataError):
    """The file goes on after its own header says it should end."""


class MagicNumberError(DataError):
    """The first four bytes are not those of the file that was expected."""


class DimensionsError(DataError):
    """The array in the file does not have the shape that was expected."""


class CountMismatchError(DataError):
    """There are not as many labels as samples."""


class GzipError(DataError):
    """The compressed file was cut off or its bytes were changed."""


class ChecksumError(DataError):
    """The file is well formed, but it is not the published one."""


class MissingFileError(DataError, FileNotFoundError):
    """A file is in none of the places where it was looked for."""


class DownloadError(DataError):
    """No mirror gave a good copy of a file."""


class StorageError(DataError, OSError):
    """The disk would not give or take a file."""

    @property
    def full(self):
        """Whether it is for want of space."""
        return getattr(self.__cause__, "errno", None) in FULL


class DataWarning(UserWarning):
    """Something was not as asked, and was put right."""
