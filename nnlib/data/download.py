"""One file over HTTP, whole and in memory."""

from ..screen import watched
from .errors import DownloadError

TIMEOUT = 20  # seconds without a byte
CHUNK = 1 << 16  # bytes


def download(url, limit, progress=None):
    """The bytes at a URL, at most `limit`. Raises DownloadError, naming the URL and the cause.

    progress: True shows a bar, False does not, None does where somebody can see it move.
    """
    try:
        import requests
        from tqdm.auto import tqdm
    except ImportError as error:
        raise DownloadError(
            f"a download needs the package {error.name!r} (pip install requests tqdm)"
        ) from error

    data = bytearray()
    shown = watched() if progress is None else progress
    try:
        with requests.get(url, stream=True, timeout=TIMEOUT) as response:
            response.raise_for_status()
            total = int(response.headers.get("Content-Length", 0)) or None
            name = url.rsplit("/", 1)[-1]
            with tqdm(desc=name, total=total, unit="B", unit_scale=True, disable=not shown) as bar:
                for chunk in response.iter_content(CHUNK):
                    data += chunk
                    bar.update(len(chunk))
                    if len(data) > limit:
                        break
    except requests.HTTPError as error:
        status = error.response.status_code
        raise DownloadError(f"{url}: the server answered {status}") from error
    except requests.Timeout as error:
        raise DownloadError(f"{url}: no answer within {TIMEOUT} seconds") from error
    except requests.exceptions.ChunkedEncodingError as error:
        raise DownloadError(f"{url}: the download was cut off after {len(data):,} bytes") from error
    except requests.ConnectionError as error:
        cause = "the connection broke" if data else "no connection to the server"
        raise DownloadError(f"{url}: {cause}") from error
    except (OSError, ValueError) as error:  # requests' other errors are OSErrors
        raise DownloadError(f"{url}: {error}") from error
    if len(data) > limit:
        raise DownloadError(f"{url}: the file does not end after the {limit:,} bytes expected")
    return data
