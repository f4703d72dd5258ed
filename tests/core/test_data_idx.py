"""IDX files: what is written comes back, and a damaged file is never half read."""

import errno
import gzip
import io
import os
import struct
import tracemalloc

import hypothesis.extra.numpy as hnp
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnlib import data, files
from nnlib.data.idx import DTYPES

IMAGES = np.arange(2 * 3 * 4, dtype=np.uint8).reshape(2, 3, 4)


def idx_bytes(array):
    """An IDX file made by hand, from the format's description."""
    code = {"u1": 8, "i1": 9, "i2": 0x0B, "i4": 0x0C, "f4": 0x0D, "f8": 0x0E}[array.dtype.str[1:]]
    header = struct.pack(f">BBBB{array.ndim}I", 0, 0, code, array.ndim, *array.shape)
    return header + array.astype(array.dtype.newbyteorder(">")).tobytes()


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    array=st.sampled_from(sorted(DTYPES.values(), key=str)).flatmap(
        lambda dtype: hnp.arrays(
            st.sampled_from([dtype, dtype.newbyteorder(">")]),
            hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=5),
        )
    ),
    ending=st.sampled_from(["", ".gz"]),
)
def test_round_trip(tmp_path, array, ending):
    path = tmp_path / f"array-idx{ending}"
    data.write_idx(path, array)
    back = data.read_idx(path)
    assert back.shape == array.shape
    assert back.dtype == array.dtype.newbyteorder("=")
    assert back.tobytes() == array.astype(back.dtype).tobytes()  # NaNs bit for bit too
    assert back.flags.writeable
    assert os.listdir(tmp_path) == [path.name] or ending == ""
    path.unlink()


@pytest.mark.parametrize("dtype", DTYPES.values(), ids=str)
def test_bytes_are_those_of_the_format(tmp_path, dtype):
    array = np.array([[1, -2, 3], [4, 5, 100]]).astype(dtype)
    data.write_idx(tmp_path / "a", array)
    assert (tmp_path / "a").read_bytes() == idx_bytes(array)


def test_compressed_bytes_are_the_same_every_time(tmp_path):
    for name in ("a.gz", "b.gz"):
        data.write_idx(tmp_path / name, IMAGES)
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()
    assert gzip.decompress((tmp_path / "a.gz").read_bytes()) == idx_bytes(IMAGES)


def test_content_says_whether_it_is_compressed(tmp_path):
    (tmp_path / "a.gz").write_bytes(idx_bytes(IMAGES))
    (tmp_path / "b").write_bytes(gzip.compress(idx_bytes(IMAGES)))
    assert np.array_equal(data.read_idx(tmp_path / "a.gz"), IMAGES)
    assert np.array_equal(data.read_idx(str(tmp_path / "b")), IMAGES)


GOOD = idx_bytes(IMAGES)
PACKED = gzip.compress(GOOD)
DAMAGED = [
    ("empty", b"", data.TruncatedError, "0 bytes"),
    ("magic cut", GOOD[:3], data.TruncatedError, "3 bytes"),
    ("header cut", GOOD[:10], data.TruncatedError, "10 bytes, expected 16"),
    ("numbers cut", GOOD[:-1], data.TruncatedError, "39 bytes; expected 40"),
    ("numbers missing", GOOD[:16], data.TruncatedError, r"shape \(2, 3, 4\)"),
    ("trailing", GOOD + b"x", data.TrailingBytesError, "41 bytes; expected 40"),
    ("no zeros", b"\1" + GOOD[1:], data.MagicNumberError, "01 00 08 03"),
    ("unknown type", GOOD[:2] + b"\x0a" + GOOD[3:], data.MagicNumberError, "00 00 0a 03"),
    ("a web page", b"<!DOCTYPE html>", data.MagicNumberError, "3c 21 44 4f"),
    ("too many dimensions", b"\0\0\x08\xff" + bytes(1020), data.DimensionsError, "255"),
    (
        "more than there is memory",
        b"\0\0\x0e\3" + b"\xff" * 12,
        data.TruncatedError,
        "633,825,299",
    ),
    (
        "an empty shape too large",
        b"\0\0\x0e\4" + bytes(4) + b"\xff" * 12,
        data.DimensionsError,
        "4294967295",
    ),
]


@pytest.mark.parametrize(
    "content, kind, words", [row[1:] for row in DAMAGED], ids=[row[0] for row in DAMAGED]
)
@pytest.mark.parametrize("ending", ["", ".gz"])
def test_damaged_file(tmp_path, content, kind, words, ending):
    path = tmp_path / f"broken-idx{ending}"
    path.write_bytes(gzip.compress(content) if ending else content)
    with pytest.raises(kind, match=words) as caught:
        data.read_idx(path)
    assert str(path) in str(caught.value)
    assert isinstance(caught.value, data.DataError)
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize("length", range(2, len(PACKED), 5))
def test_gzip_cut_off_anywhere(tmp_path, length):
    path = tmp_path / "cut.gz"
    path.write_bytes(PACKED[:length])
    with pytest.raises(data.GzipError, match=r"cut\.gz.*cut off"):
        data.read_idx(path)


@pytest.mark.parametrize("place", [2, 12, 20, len(PACKED) - 6, len(PACKED) - 1])
def test_gzip_with_a_changed_byte(tmp_path, place):
    path = tmp_path / "changed.gz"
    path.write_bytes(PACKED[:place] + bytes([PACKED[place] ^ 0xFF]) + PACKED[place + 1 :])
    with pytest.raises(data.GzipError, match=r"changed\.gz"):
        data.read_idx(path)


def test_web_page_named_gz(tmp_path):
    path = tmp_path / "page.gz"
    path.write_bytes(b"<html>please log in</html>")
    with pytest.raises(data.GzipError, match="web page"):
        data.read_idx(path)


MB = 1 << 20


def bomb(path, head, size=256 * MB):
    """A small gzip file: `head`, then zeros without end."""
    with gzip.open(path, "wb", 1) as file:
        file.write(head)
        for _ in range(size // MB):
            file.write(bytes(MB))


HEAD = GOOD[:16]  # 2 x 3 x 4 bytes
HUGE = b"\0\0\x0e\2" + b"\0\1\0\0" * 2  # 34 GB


@pytest.mark.parametrize(
    ("name", "head", "size", "kind", "words"),
    [
        ("bomb.gz", HEAD, 256 * MB, data.TrailingBytesError, "at least 41 bytes; expected 40"),
        ("page.gz", b"<html>", 256 * MB, data.MagicNumberError, "3c 68"),
        ("short.gz", HUGE, MB, data.TruncatedError, "expected 34,359,738,380"),
    ],
)
def test_unpacking_costs_what_the_header_promises_or_what_there_is(
    tmp_path, name, head, size, kind, words
):
    bomb(tmp_path / name, head, size)
    tracemalloc.start()
    try:
        with pytest.raises(kind, match=words):
            data.read_idx(tmp_path / name)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 8 * MB


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="this system has no endless file")
def test_an_endless_file(tmp_path):
    with pytest.raises(data.MagicNumberError, match="00 00 00 00"):
        data.read_idx("/dev/zero")


@given(junk=st.binary(max_size=60))
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_bytes_give_an_array_or_a_data_error(tmp_path, junk):
    path = tmp_path / "junk"
    for content in (junk, GOOD[: len(junk)] + junk, b"\0\0\x08" + junk):
        path.write_bytes(content)
        try:
            array = data.read_idx(path)
        except data.DataError as error:
            assert str(path) in str(error)
        else:
            assert idx_bytes(array) == content


def test_no_file_and_a_folder_in_its_place(tmp_path):
    with pytest.raises(data.MissingFileError, match="nothing-here"):
        data.read_idx(tmp_path / "nothing-here")
    with pytest.raises(FileNotFoundError):
        data.read_idx(tmp_path / "nothing-here")
    with pytest.raises(data.StorageError, match="cannot be read"):
        data.read_idx(tmp_path)


@pytest.mark.parametrize("dtype", [np.int64, np.uint16, bool, complex, object, "U3"])
def test_types_that_idx_cannot_hold(tmp_path, dtype):
    with pytest.raises(data.DataError, match=r"IDX cannot hold .*astype"):
        data.write_idx(tmp_path / "a", np.zeros(3, dtype))
    assert os.listdir(tmp_path) == []


def test_shape_that_idx_cannot_hold(tmp_path):
    huge = np.broadcast_to(np.uint8(0), (2**32,))
    with pytest.raises(data.DimensionsError, match="4294967296"):
        data.write_idx(tmp_path / "a", huge)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_full_disk_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, code, step):
    path = tmp_path / "a"
    data.write_idx(path, IMAGES)

    def full(*args):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(files.os, step, full)
    with pytest.raises(data.StorageError, match="disk is full") as caught:
        data.write_idx(path, IMAGES + 1)
    monkeypatch.undo()
    assert str(path) in str(caught.value)
    assert isinstance(caught.value, OSError)
    assert os.listdir(tmp_path) == ["a"]
    assert np.array_equal(data.read_idx(path), IMAGES)


def test_interrupted_write_leaves_nothing(tmp_path, monkeypatch):
    def interrupted(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(files.os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        data.write_idx(tmp_path / "a", IMAGES)
    assert os.listdir(tmp_path) == []


def test_folder_that_takes_no_files(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(data.StorageError, match="Choose a folder you can write to"):
        data.write_idx(tmp_path / "file" / "a", IMAGES)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")
def test_full_disk_as_linux_reports_it(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "open", lambda *_: io.FileIO("/dev/full", "wb"), raising=False)
    with pytest.raises(data.StorageError, match="disk is full; 0.0 MB are needed"):
        data.write_idx(tmp_path / "a", IMAGES)
    assert os.listdir(tmp_path) == []
