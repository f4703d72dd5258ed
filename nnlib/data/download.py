"""One file over HTTP, whole and in memory, by pooch's downloader."""

import io
import sys

from .errors import DownloadError

TIMEOUT = 20  # seconds without a byte


def download(url, progress=None):
    """The bytes at a URL. Raises DownloadError, naming the URL and the cause.

    progress: True shows a bar, False does not, None does where somebody can see it move.
    """
    try:
        import pooch
        import requests
        from tqdm.auto import tqdm
        from urllib3.exceptions import HTTPError
    except ImportError as error:
        raise DownloadError(
            f"a download needs the package {error.name!r} (pip install pooch tqdm)"
        ) from error

    file = io.BytesIO()
    bar = None
    if watched() if progress is None else progress:
        bar = tqdm(desc=url.rsplit("/", 1)[-1], total=1, unit="B", unit_scale=True)
    fetch = pooch.HTTPDownloader(progressbar=bar or False, chunk_size=1 << 16, timeout=TIMEOUT)
    try:
        fetch(url, file, None)
    except requests.HTTPError as error:
        status = error.response.status_code
        raise DownloadError(f"{url}: the server answered {status}") from error
    except requests.Timeout as error:
        raise DownloadError(f"{url}: no answer within {TIMEOUT} seconds") from error
    except requests.exceptions.ChunkedEncodingError as error:
        raise DownloadError(
            f"{url}: the download was cut off after {file.tell():,} bytes"
        ) from error
    except requests.ConnectionError as error:
        cause = "the connection broke" if file.tell() else "no connection to the server"
        raise DownloadError(f"{url}: {cause}") from error
    except (OSError, HTTPError, ValueError) as error:
        raise DownloadError(f"{url}: {error}") from error
    finally:
        if bar is not None:
            bar.close()
    return file.getvalue()


def watched():
    """Whether a progress bar would be seen: on a terminal or in a notebook."""
    terminal = sys.stderr is not None and sys.stderr.isatty()
    return terminal or "ipykernel" in sys.modules
