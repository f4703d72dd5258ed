"""MNIST: found, fetched, checked; every failure is a clear error and never a half-read array.

The downloads are real ones, from an HTTP server on loopback, over a small set with MNIST's names.
"""

import errno
import gzip
import hashlib
import http.server
import io
import json
import os
import socket
import subprocess
import sys
import threading
import tracemalloc
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from nnlib import data, screen
from nnlib.data import download, files, mnist, substitute

N, M = 30, 12
TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS = names = [p.name for p in mnist.PARTS]
REAL = os.environ.get("NNLIB_DATA_DIR")


def small_set():
    """Four arrays, in the order of PARTS, with MNIST's types and fewer samples."""
    rng = np.random.default_rng(0)
    return [
        rng.integers(0, 256, (N, 28, 28), dtype=np.uint8),
        rng.integers(0, 10, N, dtype=np.uint8),
        rng.integers(0, 256, (M, 28, 28), dtype=np.uint8),
        rng.integers(0, 10, M, dtype=np.uint8),
    ]


def idx_bytes(array):
    header = bytes([0, 0, 8, array.ndim]) + np.array(array.shape, ">u4").tobytes()
    return header + array.tobytes()


RAW = {name: idx_bytes(array) for name, array in zip(names, small_set())}
PACKED = {name: gzip.compress(raw, mtime=0) for name, raw in RAW.items()}


def small_parts():
    return tuple(
        mnist.Part(name, array.shape, hashlib.sha256(RAW[name]).hexdigest())
        for name, array in zip(names, small_set())
    )


@pytest.fixture(autouse=True)
def small_world(monkeypatch, tmp_path):
    """The small set in MNIST's place, an empty cache, and no way to the real mirrors."""
    monkeypatch.setattr(mnist, "PARTS", small_parts())
    monkeypatch.setattr(mnist, "MIRRORS", ())
    monkeypatch.setattr(mnist, "cache_folder", lambda: tmp_path / "cache")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    for name in ("NNLIB_DATA_DIR", "NNLIB_MNIST_MIRRORS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache"


@pytest.fixture
def own(tmp_path):
    """A folder of one's own that holds the small set."""
    return fill(tmp_path / "own")


def fill(folder):
    folder.mkdir()
    for name, content in PACKED.items():
        (folder / f"{name}.gz").write_bytes(content)
    return folder


class Server(http.server.ThreadingHTTPServer):
    """Serves the small set; `faults` maps a name to what it does wrong."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.faults, self.asked, self.gate = {}, [], None
        self.url = f"http://127.0.0.1:{self.server_address[1]}/mnist/"

    def handle_error(self, request, client_address):
        pass  # a client that hangs up is part of the tests


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def do_GET(self):
        name = self.path.rsplit("/", 1)[-1]
        self.server.asked.append(name)
        if self.server.gate:
            self.server.gate.wait(30)
        fault = self.server.faults.get(name, self.server.faults.get("all"))
        content = PACKED[name.removesuffix(".gz")]
        headers = {"Content-Length": str(len(content))}
        if fault == "404":
            return self.send_error(404)
        if fault == "503":
            return self.send_error(503)
        if fault == "hang up":
            return self.connection.shutdown(socket.SHUT_RDWR)
        if fault == "silent":
            self.server.release.wait(10)
            return None
        if fault == "cut off":
            content = content[: len(content) // 2]
        elif fault == "cut off, length unknown":
            content, headers = content[: len(content) // 2], {}
        elif fault == "login page":
            content = b"<html>Welcome to the airport, please log in</html>"
            headers = {"Content-Length": str(len(content)), "Content-Type": "text/html"}
        elif fault == "other numbers":
            raw = bytearray(RAW[name.removesuffix(".gz")])
            raw[-1] ^= 1
            content = gzip.compress(bytes(raw))
            headers = {"Content-Length": str(len(content))}
        elif fault == "length unknown":
            headers = {}
        elif fault == "unpacks on the way":
            headers["Content-Encoding"] = "gzip"
        self.send_response(200)
        for header in headers.items():
            self.send_header(*header)
        self.end_headers()
        self.wfile.write(content)
        return None


@pytest.fixture
def make_server():
    servers = []

    def make(**faults):
        server = Server()
        server.release = threading.Event()
        server.faults = faults
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        servers.append(server)
        return server

    yield make
    for server in servers:
        server.release.set()
        server.shutdown()
        server.server_close()


@pytest.fixture
def dead_url():
    """An address where nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # taken, so that nobody else listens; never listening
        yield f"http://127.0.0.1:{held.getsockname()[1]}/mnist/"


def assert_small_set(loaded):
    train_images, train_labels, test_images, test_labels = small_set()
    assert isinstance(loaded, data.ImageData)
    assert loaded.name == "MNIST"
    assert loaded.train_images.dtype == loaded.test_images.dtype == np.float32
    assert loaded.train_labels.dtype == loaded.test_labels.dtype == np.int64
    assert loaded.train_images.shape == (N, 784)
    assert loaded.test_images.shape == (M, 784)
    np.testing.assert_array_equal(loaded.train_images * 255, train_images.reshape(N, 784))
    np.testing.assert_array_equal(loaded.test_images * 255, test_images.reshape(M, 784))
    np.testing.assert_array_equal(loaded.train_labels, train_labels)
    np.testing.assert_array_equal(loaded.test_labels, test_labels)
    assert all(array.flags.writeable for array in loaded)


def quietly(*args, **options):
    """load_mnist, where any warning is a failure."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return data.load_mnist(*args, **options)


# Where it looks


def test_folder_of_ones_own(own, cache):
    assert_small_set(quietly(own, download=False))
    assert_small_set(quietly(str(own), download=False))
    assert not cache.exists()


def test_environment_variable(own, monkeypatch):
    monkeypatch.setenv("NNLIB_DATA_DIR", str(own))
    assert_small_set(quietly(download=False))


def test_argument_comes_before_the_variable(own, monkeypatch, tmp_path):
    monkeypatch.setenv("NNLIB_DATA_DIR", str(tmp_path / "elsewhere"))
    assert_small_set(quietly(own, download=False))


def test_home_is_understood(own, monkeypatch):
    monkeypatch.setenv("HOME", str(own.parent))
    monkeypatch.setenv("USERPROFILE", str(own.parent))
    assert_small_set(quietly("~/own", download=False))


@pytest.mark.parametrize("spelling", ["{}", "dotted"])
def test_unpacked_files_and_the_dotted_spelling(tmp_path, spelling):
    for name, raw in RAW.items():
        kept = name.replace("-idx", ".idx") if spelling == "dotted" else name
        (tmp_path / kept).write_bytes(raw)
    assert_small_set(quietly(tmp_path, download=False))


LAYOUTS = {
    "dotted, packed": lambda name: f"{name.replace('-idx', '.idx')}.gz",
    "Kaggle's archive": lambda name: f"{name}/{name}",
    "Kaggle's archive, dotted": lambda name: f"{name.replace('-idx', '.idx')}/{name}",
    "torchvision's root": lambda name: f"MNIST/raw/{name}",
    "torchvision's MNIST": lambda name: f"raw/{name}.gz",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts_in_which_others_keep_it(tmp_path, layout):
    for name in names:
        path = tmp_path / LAYOUTS[layout](name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(PACKED[name] if path.name.endswith(".gz") else RAW[name])
    assert_small_set(quietly(tmp_path, mirrors=[]))


def test_kaggles_empty_folders_beside_the_files(tmp_path):
    for name in names:
        (tmp_path / name).mkdir()
        (tmp_path / name.replace("-idx", ".idx")).write_bytes(RAW[name])
    assert_small_set(quietly(tmp_path, mirrors=[]))


def test_a_folder_in_a_files_place(own, make_server):
    """It is named with the way out, and nothing is downloaded over it."""
    (own / f"{TEST_LABELS}.gz").unlink()
    (own / TEST_LABELS).mkdir()
    server, way_out = make_server(), "it is a folder, and .* is not in it. Put the MNIST file"
    with pytest.raises(data.StorageError, match=f"{own / TEST_LABELS} cannot be read: {way_out}"):
        quietly(own, mirrors=[server.url])
    assert server.asked == []


def test_a_folder_in_a_files_place_in_the_cache(cache, make_server):
    (fill(cache) / f"{TEST_LABELS}.gz").unlink()
    (cache / TEST_LABELS).mkdir()
    with pytest.warns(data.DataWarning, match="cache is not used: .* it is a folder"):
        assert_small_set(data.load_mnist(mirrors=[make_server().url]))


ODD = {
    "a file": "which is a file; expected the folder of the four MNIST files",
    "a file's child": "which cannot be read",
    "a link": "is a link to .*gone, which is not there",
    "links to files": f"where .*{TRAIN_IMAGES}.gz is a link to .*gone, which is not there",
    "emnist": "which holds emnist-digits-train-images-idx3-ubyte.gz: EMNIST is another set",
    "emnist's archive": "which holds emnist-mnist-test-labels-idx1-ubyte.gz: EMNIST",
}


def make_odd(own, kind):
    if kind == "a file":
        own.write_bytes(b"PK")
    elif kind == "a file's child":
        own.parent.write_bytes(b"PK")
    elif kind == "a link":
        own.symlink_to(own / ".." / "gone")
    elif kind == "links to files":
        own.mkdir()
        (own / f"{TRAIN_IMAGES}.gz").symlink_to(own / "gone")
    else:
        folder = own / "gzip" if kind == "emnist's archive" else own
        folder.mkdir(parents=True)
        (folder / f"{ODD[kind].split()[2].rstrip(':')}").write_bytes(PACKED[TRAIN_IMAGES])


@pytest.mark.parametrize("named", ["data_dir", "NNLIB_DATA_DIR"])
@pytest.mark.parametrize("kind", ODD)
def test_an_odd_folder_is_explained_and_mnist_is_had_all_the_same(
    tmp_path, make_server, monkeypatch, kind, named
):
    own = tmp_path / "place" / "own"
    if kind != "a file's child":
        own.parent.mkdir()
    make_odd(own, kind)
    if named == "NNLIB_DATA_DIR":
        monkeypatch.setenv(named, str(own))
    given = own if named == "data_dir" else None
    with pytest.warns(data.DataWarning, match=f"^{named} is {own}, .*{ODD[kind]}"):
        loaded = data.load_mnist_or_digits(given, mirrors=[make_server().url])
    assert_small_set(loaded)


def test_a_folder_that_may_not_be_read(tmp_path, make_server, monkeypatch):
    def forbidden(folder):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(mnist.os, "listdir", forbidden)
    with pytest.warns(data.DataWarning, match=r"which cannot be read \(Permission denied\)"):
        assert_small_set(data.load_mnist(tmp_path, mirrors=[make_server().url]))


@pytest.mark.skipif(not hasattr(os, "setuid") or os.geteuid() != 0, reason="needs to be root")
def test_another_users_folder_and_file(own, tmp_path):
    """As somebody who may not read: the folder is explained, the file is named."""
    script = (
        "import os, sys, warnings\n"
        "from nnlib import data\n"
        "from nnlib.data import mnist\n"
        "import platformdirs\n"
        "os.chdir('/'); os.setgid(65534); os.setuid(65534)\n"
        "warnings.showwarning = lambda message, *_: print(message)\n"
        "mnist.cache_folder = lambda: mnist.Path('/nonexistent')\n"
        "try: data.load_mnist(sys.argv[1], download=False)\n"
        "except data.DataError as error: print(type(error).__name__, error)\n"
    )

    def told():
        done = subprocess.run(
            [sys.executable, "-c", script, own], capture_output=True, text=True, check=True
        )
        return done.stdout

    for folder in tmp_path, *list(tmp_path.parents)[:2]:
        folder.chmod(0o755)
    (own / f"{TRAIN_IMAGES}.gz").chmod(0)
    assert f"StorageError {own / TRAIN_IMAGES}.gz cannot be read (Permission denied)" in told()
    own.chmod(0)
    assert f"data_dir is {own}, which cannot be read (Permission denied)" in told()


def test_a_home_that_is_nobodys(make_server, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert_small_set(quietly("~no-such-user/mnist", mirrors=[make_server().url]))


MB = 1 << 20


@pytest.mark.parametrize("name", [TRAIN_IMAGES, TRAIN_LABELS])
@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (None, data.TrailingBytesError),  # the right header
        (idx_bytes(np.zeros((0, 28, 28), np.uint8)), data.DataError),
        (b"\0\0\x08\3" + b"\0\0\xff\xff" * 3, data.DataError),
    ],
    ids=["endless", "another header", "a header that promises all"],
)
def test_a_gzip_bomb_costs_no_memory(own, name, head, kind):
    head = head or RAW[name][: 4 + 4 * RAW[name][3]]
    with gzip.open(own / f"{name}.gz", "wb", 1) as file:
        file.write(head)
        for _ in range(256):
            file.write(bytes(MB))
    tracemalloc.start()
    try:
        with pytest.raises(kind, match=name):
            quietly(own)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 8 * MB


def test_a_mirror_that_never_ends(make_server, monkeypatch):
    def endless(self):
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(bytes(MB))
        except OSError:
            self.server.hung_up = True

    monkeypatch.setattr(Handler, "do_GET", endless)
    with pytest.raises(data.DownloadError, match="does not end after the .* bytes expected"):
        quietly(mirrors=[make_server().url])


def test_cache_is_found_without_the_network(cache):
    fill(cache)
    assert_small_set(quietly(mirrors=[]))


def test_variable_that_lacks_files_says_so_and_the_cache_helps(cache, own, monkeypatch):
    fill(cache)
    (own / f"{TEST_LABELS}.gz").unlink()
    monkeypatch.setenv("NNLIB_DATA_DIR", str(own))
    with pytest.warns(data.DataWarning, match=f"{own}, which lacks {TEST_LABELS}.gz"):
        assert_small_set(data.load_mnist(download=False))


def test_nowhere_and_no_download(tmp_path, cache):
    with pytest.raises(data.MissingFileError, match="download=True") as caught:
        quietly(tmp_path / "own", download=False)
    message = str(caught.value)
    assert TRAIN_IMAGES in message and str(cache) in message and str(tmp_path / "own") in message
    assert "NNLIB_DATA_DIR" in message
    assert isinstance(caught.value, FileNotFoundError)


def test_the_cache_is_the_systems_own(monkeypatch, tmp_path):
    monkeypatch.undo()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    platformdirs = pytest.importorskip("platformdirs")
    assert mnist.cache_folder() == Path(platformdirs.user_cache_dir("nnlib"))
    if sys.platform == "linux":
        assert mnist.cache_folder() == tmp_path / "nnlib"


# Damaged files


def changed(content, place=-1):
    content = bytearray(content)
    content[place] ^= 1
    return bytes(content)


def labels(count):
    return idx_bytes(np.zeros(count, np.uint8))


def images(*shape):
    return idx_bytes(np.zeros(shape, np.uint8))


DAMAGE = {
    "truncated": (TRAIN_IMAGES, RAW[TRAIN_IMAGES][:-5], data.TruncatedError, "cut off"),
    "trailing": (TRAIN_IMAGES, RAW[TRAIN_IMAGES] + b"\0", data.TrailingBytesError, "after its end"),
    "magic": (TRAIN_IMAGES, b"PK\3\4" + RAW[TRAIN_IMAGES], data.MagicNumberError, "50 4b"),
    "swapped": (TRAIN_IMAGES, RAW[TRAIN_LABELS], data.MagicNumberError, "2049; expected 2051"),
    "swapped back": (TEST_LABELS, RAW[TEST_IMAGES], data.MagicNumberError, "2051; expected 2049"),
    "dimensions": (TEST_IMAGES, images(M, 32, 32), data.DimensionsError, r"\(12, 32, 32\)"),
    "too few labels": (TRAIN_LABELS, labels(N - 1), data.CountMismatchError, "29 labels"),
    "too many images": (TEST_IMAGES, images(M + 1, 28, 28), data.CountMismatchError, "13 images"),
    "checksum": (TEST_LABELS, changed(RAW[TEST_LABELS]), data.ChecksumError, "SHA-256"),
    "test set for train set": (TRAIN_IMAGES, RAW[TEST_IMAGES], data.CountMismatchError, "12 image"),
}


@pytest.mark.parametrize("case", DAMAGE)
@pytest.mark.parametrize("packed", [True, False], ids=["gz", "plain"])
def test_own_damaged_file_is_reported_and_kept(own, make_server, case, packed):
    name, content, kind, words = DAMAGE[case]
    (own / f"{name}.gz").unlink()
    path = own / (f"{name}.gz" if packed else name)
    content = gzip.compress(content) if packed else content
    path.write_bytes(content)
    server = make_server()
    with pytest.raises(kind, match=words) as caught:
        quietly(own, mirrors=[server.url])
    assert str(path) in str(caught.value)
    assert isinstance(caught.value, data.DataError)
    assert path.read_bytes() == content
    assert server.asked == []


@pytest.mark.parametrize("content", [PACKED[TRAIN_IMAGES][:-9], changed(PACKED[TRAIN_IMAGES])])
def test_own_damaged_gzip(own, content):
    (own / f"{TRAIN_IMAGES}.gz").write_bytes(content)
    with pytest.raises(data.GzipError, match=TRAIN_IMAGES):
        quietly(own)


@pytest.mark.parametrize("case", DAMAGE)
def test_damaged_file_in_the_cache_is_fetched_again(cache, make_server, case):
    name, content, kind, words = DAMAGE[case]
    path = fill(cache) / f"{name}.gz"
    path.write_bytes(gzip.compress(content))
    with pytest.raises(kind, match=words):
        data.load_mnist(download=False)
    server = make_server()
    with pytest.warns(data.DataWarning, match=f"cache is not used: .*{name}"):
        assert_small_set(data.load_mnist(mirrors=[server.url]))
    assert server.asked == [f"{name}.gz"]
    assert path.read_bytes() == PACKED[name]
    assert_small_set(quietly(download=False))


def test_damaged_cache_and_no_network_names_both(cache, dead_url):
    (fill(cache) / f"{TRAIN_LABELS}.gz").write_bytes(PACKED[TRAIN_LABELS][:20])
    with (
        pytest.warns(data.DataWarning, match="cut off"),
        pytest.raises(data.DownloadError, match="no connection"),
    ):
        data.load_mnist(mirrors=[dead_url])


# Downloads


def test_first_download_then_none(cache, make_server):
    server = make_server()
    assert_small_set(quietly(mirrors=server.url))
    assert sorted(server.asked) == sorted(os.listdir(cache)) == sorted(f"{n}.gz" for n in names)
    assert_small_set(quietly(mirrors=server.url))
    assert len(server.asked) == 4


def test_mirrors_from_the_environment(make_server, dead_url, monkeypatch):
    monkeypatch.setenv("NNLIB_MNIST_MIRRORS", f"{dead_url} {make_server().url}")
    assert_small_set(quietly())


def test_default_mirrors(make_server, monkeypatch):
    monkeypatch.setattr(mnist, "MIRRORS", (make_server().url,))
    assert_small_set(quietly())


def test_downloads_land_in_the_folder_that_was_named(tmp_path, cache, make_server, monkeypatch):
    server = make_server()
    assert_small_set(quietly(tmp_path / "a" / "b", mirrors=[server.url]))
    assert len(os.listdir(tmp_path / "a" / "b")) == 4
    monkeypatch.setenv("NNLIB_DATA_DIR", str(tmp_path / "c"))
    with pytest.warns(data.DataWarning, match="which lacks"):
        assert_small_set(data.load_mnist(mirrors=[server.url]))
    assert len(os.listdir(tmp_path / "c")) == 4
    assert not cache.exists()


@pytest.mark.parametrize("fault", ["length unknown", "unpacks on the way"])
def test_odd_but_honest_servers(cache, make_server, fault):
    server = make_server(all=fault)
    assert_small_set(quietly(mirrors=[server.url]))
    assert_small_set(quietly(mirrors=[], download=False))


FAULTS = {
    "404": "server answered 404",
    "503": "server answered 503",
    "hang up": "no connection",
    "silent": "no answer within",
    "cut off": "cut off after|cut off",
    "cut off, length unknown": "compressed file is cut off",
    "login page": "expected a gzip file",
    "other numbers": "not the published file",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_bad_mirror_is_passed_over(cache, make_server, monkeypatch, fault):
    monkeypatch.setattr(download, "TIMEOUT", 0.3)
    bad, good = make_server(all=fault), make_server()
    assert_small_set(quietly(mirrors=[bad.url, good.url]))
    assert len(bad.asked) == 1  # it went to the end of the line
    assert len(good.asked) == 4
    assert {n: (cache / f"{n}.gz").read_bytes() for n in names} == PACKED


@pytest.mark.parametrize("fault", FAULTS)
def test_only_bad_mirrors(cache, make_server, dead_url, monkeypatch, fault):
    monkeypatch.setattr(download, "TIMEOUT", 0.3)
    bad = make_server(all=fault)
    with pytest.raises(data.DownloadError, match=FAULTS[fault]) as caught:
        quietly(mirrors=[dead_url, bad.url])
    message = str(caught.value)
    assert f"{TRAIN_IMAGES}.gz" in message  # the file,
    assert dead_url in message and bad.url in message  # each mirror,
    assert "NNLIB_DATA_DIR" in message  # and the way out
    assert not cache.exists() or os.listdir(cache) == []


def test_one_bad_file_does_not_spoil_the_others(cache, make_server):
    server = make_server(**{f"{TEST_IMAGES}.gz": "cut off"})
    with pytest.raises(data.DownloadError, match=TEST_IMAGES):
        quietly(mirrors=[server.url])
    assert sorted(os.listdir(cache)) == [f"{TRAIN_IMAGES}.gz", f"{TRAIN_LABELS}.gz"]
    server.faults.clear()
    assert_small_set(quietly(mirrors=[server.url]))
    assert server.asked.count(f"{TRAIN_IMAGES}.gz") == 1


def test_no_network(cache, dead_url):
    with pytest.raises(data.DownloadError, match="no connection to the server"):
        quietly(mirrors=[dead_url])
    assert not cache.exists()


def test_address_that_is_none():
    with pytest.raises(data.DownloadError, match="not a web address"):
        quietly(mirrors=["not a web address"])


def test_connection_that_breaks_later(make_server, monkeypatch):
    """A server that falls silent after the first bytes."""

    def stall(self):
        self.send_response(200)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        self.wfile.write(bytes(1 << 17))
        self.wfile.flush()

    def half(self):
        self.send_response(200)
        self.send_header("Content-Length", str(1 << 20))
        self.end_headers()
        self.wfile.write(bytes(1 << 17))
        self.wfile.flush()
        self.server.release.wait(10)

    monkeypatch.setattr(download, "TIMEOUT", 0.3)
    server = make_server()
    monkeypatch.setattr(Handler, "do_GET", half)
    with pytest.raises(data.DownloadError, match="connection broke"):
        quietly(mirrors=[server.url])
    server.release.set()
    monkeypatch.setattr(Handler, "do_GET", stall)
    with pytest.raises(data.DownloadError):
        quietly(mirrors=[server.url])


@pytest.mark.parametrize("package", ["requests", "tqdm.auto"])
def test_without_the_packages_a_download_needs(own, dead_url, monkeypatch, package):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(data.DownloadError, match="pip install"):
        quietly(mirrors=[dead_url])
    assert_small_set(quietly(own))


# The progress bar


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_bar_where_it_is_seen(make_server, monkeypatch):
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    quietly(mirrors=[make_server().url])
    assert all(name in screen.getvalue() for name in names)
    assert "100%" in screen.getvalue()


def test_no_bar_where_it_is_not(make_server, capsys, monkeypatch):
    quietly(mirrors=[make_server().url])
    assert capsys.readouterr() == ("", "")


def test_bar_in_a_notebook(monkeypatch):
    shell = SimpleNamespace(kernel=object())
    monkeypatch.setattr(sys, "stderr", None)
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    assert screen.in_notebook() and screen.watched()
    shell.kernel = None  # IPython in a terminal
    assert not screen.in_notebook() and not screen.watched()
    monkeypatch.setitem(sys.modules, "ipykernel", object())  # imported, as by a test runner
    assert not screen.in_notebook()


@pytest.mark.parametrize("wanted", [True, False])
def test_bar_by_order(make_server, capsys, monkeypatch, wanted, tmp_path):
    quietly(tmp_path / "own", progress=wanted, mirrors=[make_server().url])
    assert (TRAIN_IMAGES in capsys.readouterr().err) == wanted


# Disks


def refuse(monkeypatch, folder, code):
    """Make the folder fail on every write, as the system would."""
    real = os.fsync

    def fsync(number):
        if str(folder) in os.readlink(f"/proc/self/fd/{number}"):
            raise OSError(code, os.strerror(code))
        real(number)

    monkeypatch.setattr(files.os, "fsync", fsync)


needs_proc = pytest.mark.skipif(not os.path.exists("/proc/self/fd"), reason="needs Linux's /proc")


@needs_proc
def test_full_disk(cache, make_server, monkeypatch):
    refuse(monkeypatch, cache, errno.ENOSPC)
    with pytest.raises(data.StorageError, match="disk is full") as caught:
        quietly(mirrors=[make_server().url])
    assert str(cache / f"{TRAIN_IMAGES}.gz") in str(caught.value)
    assert "Free some space" in str(caught.value)
    assert os.listdir(cache) == []


@needs_proc
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS])
def test_own_disk_that_refuses_and_a_cache_that_takes(
    tmp_path, cache, make_server, monkeypatch, code
):
    refuse(monkeypatch, tmp_path / "own", code)
    with pytest.warns(data.DataWarning, match=f"MNIST is in {cache} instead"):
        assert_small_set(data.load_mnist(tmp_path / "own", mirrors=[make_server().url]))
    assert os.listdir(tmp_path / "own") == []
    assert len(os.listdir(cache)) == 4


def test_unwritable_cache_keeps_the_data_in_memory(cache, make_server):
    cache.write_bytes(b"a file where the folder should be")
    server = make_server()
    with pytest.warns(data.DataWarning, match="in memory only.*NNLIB_DATA_DIR") as caught:
        assert_small_set(data.load_mnist(mirrors=[server.url]))
    assert len(caught) == 1 and str(cache) in str(caught[0].message)
    assert caught[0].filename == __file__  # the warning points at the caller
    assert cache.read_bytes() == b"a file where the folder should be"


def test_file_where_the_own_folder_should_be(tmp_path, cache, make_server):
    (tmp_path / "own").write_bytes(b"")
    with pytest.warns(data.DataWarning, match=f"MNIST is in {cache} instead"):
        assert_small_set(data.load_mnist(tmp_path / "own", mirrors=[make_server().url]))


def test_unreadable_own_file(own):
    (own / f"{TRAIN_LABELS}.gz").unlink()
    (own / f"{TRAIN_LABELS}.gz").mkdir()
    with pytest.raises(data.StorageError, match=f"{TRAIN_LABELS}.gz cannot be read"):
        quietly(own)


# Two processes


LOADER = """
import hashlib, json, sys, warnings
warnings.simplefilter("error")
from nnlib.data import load_mnist, mnist
mnist.PARTS = tuple(mnist.Part(n, tuple(shape), sha) for n, shape, sha in json.load(sys.stdin))
loaded = load_mnist(sys.argv[1], mirrors=[sys.argv[2]])
print(hashlib.sha256(b"".join(array.tobytes() for array in loaded)).hexdigest())
"""


def test_processes_that_load_at_once_for_the_first_time(own, tmp_path, make_server):
    server, new = make_server(), tmp_path / "new"
    server.gate = threading.Barrier(3)  # every process has asked before any gets an answer
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", LOADER, new, server.url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=Path(data.__file__).parents[2],
        )
        for _ in range(3)
    ]
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda w: w.communicate(json.dumps(mnist.PARTS), 60), workers))
    expected = hashlib.sha256(b"".join(array.tobytes() for array in quietly(own))).hexdigest()
    assert [(out.strip(), err) for out, err in answers] == [(expected, "")] * 3
    assert sorted(server.asked) == sorted([f"{name}.gz" for name in names] * 3)
    assert sorted(os.listdir(new)) == sorted(f"{name}.gz" for name in names)


def test_what_a_killed_process_left_behind_is_never_read(tmp_path, make_server):
    left = tmp_path / f".{TRAIN_IMAGES}.gz.123-abcd.part"
    left.write_bytes(PACKED[TRAIN_IMAGES][:100])
    assert_small_set(quietly(tmp_path, mirrors=[make_server().url]))
    assert left.exists()


def test_reader_never_sees_half_a_file(tmp_path):
    """One thread replaces a file over and over; every read in between finds a whole one."""
    path = tmp_path / "busy-idx"
    sizes = (10, 200_000)
    data.write_idx(path, np.zeros(sizes[0], np.uint8))
    stop = threading.Event()

    def rewrite():
        while not stop.is_set():
            for value, size in enumerate(sizes):
                data.write_idx(path, np.full(size, value, np.uint8))

    writer = threading.Thread(target=rewrite)
    writer.start()
    try:
        for _ in range(200):
            array = data.read_idx(path)
            assert array.size == sizes[array[0]] and (array == array[0]).all()
    finally:
        stop.set()
        writer.join()


# Digits in MNIST's place


def test_mnist_where_it_can_be_had(own, capsys):
    loaded = data.load_mnist_or_digits(own)
    assert_small_set(loaded)
    assert capsys.readouterr().out == ""


def test_digits_where_it_cannot(dead_url, capsys):
    loaded = data.load_mnist_or_digits(mirrors=[dead_url])
    message = capsys.readouterr().out
    assert "MNIST could not be loaded" in message and "no connection" in message
    assert isinstance(loaded, data.ImageData) and loaded.name == "digits"
    assert [array.shape for array in loaded] == [(1500, 784), (1500,), (297, 784), (297,)]
    assert loaded.train_images.dtype == np.float32 and loaded.train_labels.dtype == np.int64
    images, labels = data.load_digits()
    assert np.array_equal(np.concatenate([loaded.train_labels, loaded.test_labels]), labels)
    again = data.load_mnist_or_digits(mirrors=[dead_url])
    assert all(np.array_equal(a, b) for a, b in zip(loaded, again))
    X = np.concatenate([loaded.train_images, loaded.test_images])
    assert X.min() >= 0 and X.max() <= 1
    # Centred as MNIST is, to half a pixel, and empty at the edge of the 28x28 field.
    squares = X.reshape(-1, 28, 28)
    mass, grid = squares.sum((1, 2)), np.arange(28)
    assert np.abs(squares.sum(2) @ grid / mass - 14).max() <= 0.51
    assert np.abs(squares.sum(1) @ grid / mass - 14).max() <= 0.51
    # Still readable: the nearest training image names most of the test digits.
    nearest = np.argmin(
        (loaded.train_images**2).sum(1) - 2 * loaded.test_images @ loaded.train_images.T, axis=1
    )
    assert (loaded.train_labels[nearest] == loaded.test_labels).mean() > 0.93
    assert images.shape == (1797, 64)


def test_enlarging_keeps_flat_flat_and_blank_blank():
    M = substitute.interpolation(8, 20)
    np.testing.assert_allclose(M.sum(1), 1, rtol=1e-6)
    # Linear interpolation reproduces a straight line, away from the ends where it is held.
    centres = (np.arange(20) + 0.5) * 8 / 20 - 0.5
    np.testing.assert_allclose(M @ np.arange(8), centres.clip(0, 7), atol=1e-6)
    assert not substitute.enlarge(np.zeros((2, 64), np.float32)).any()
    full = substitute.enlarge(np.ones((1, 64), np.float32))
    assert full.sum() == pytest.approx(400)


# The real thing


@pytest.fixture
def real(monkeypatch):
    if not REAL or not os.path.exists(os.path.join(REAL, f"{TRAIN_IMAGES}.gz")):
        pytest.skip("NNLIB_DATA_DIR does not hold the real MNIST files")
    monkeypatch.undo()
    return data.load_mnist(REAL, download=False)


def test_real_mnist(real):
    """Pixel mean and standard deviation as published for the training images."""
    assert real.train_images.shape == (60_000, 784) and real.test_images.shape == (10_000, 784)
    assert real.train_images.dtype == np.float32 and real.train_labels.dtype == np.int64
    assert real.train_images.min() == 0 and real.train_images.max() == 1
    assert real.train_images.mean(dtype=np.float64) == pytest.approx(0.13066048, abs=1e-8)
    deviation = np.sqrt(
        np.mean(
            [
                np.mean((part.astype(np.float64) - 0.13066047740) ** 2)
                for part in np.split(real.train_images, 60)
            ]
        )
    )
    assert deviation == pytest.approx(0.30810781, abs=1e-8)
    assert real.train_labels[:10].tolist() == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]
    assert np.bincount(real.test_labels).tolist() == [
        980,
        1135,
        1032,
        1010,
        982,
        892,
        958,
        1028,
        974,
        1009,
    ]


def test_decompress_gives_the_bytes_of_a_file_that_was_read():
    from nnlib.data.files import decompress

    raw = b"\0\0\x08\x01" + bytes(100)
    for packed in raw, gzip.compress(raw):
        assert decompress(packed, "labels") == raw
        assert decompress(packed, "labels", limit=10) == raw[:10]
