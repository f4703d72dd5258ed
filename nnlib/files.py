"""Files: written in one step, so that others see the old one or the new one, never a part."""

import os
import secrets
from pathlib import Path


def write_bytes(path, data):
    """Write a file in one step; its folder is made where it is missing.

    The bytes go to a hidden file in the same folder, which then takes the name.
    Raises OSError, naming `path`, and leaves nothing half-written behind.
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
        raise OSError(error.errno, error.strerror or str(error), str(path)) from error
