"""Weights to a file and back: whole or not at all, and nothing that could run."""

import io as bytes_io
import pickle
import struct
import tracemalloc
import zipfile

import numpy as np
import pytest

from nnlib import io, manual, nn

STATE = {"0.weight": np.arange(6, dtype=np.float32).reshape(2, 3), "0.bias": np.ones(3)}


def assert_same(state, expected):
    assert list(state) == list(expected)
    for name, array in expected.items():
        np.testing.assert_array_equal(state[name], array, strict=True)


def test_round_trip(tmp_path):
    path = io.save(STATE, tmp_path / "weights")
    assert path == tmp_path / "weights.npz"
    assert_same(io.load(path), STATE)
    assert_same(io.load(tmp_path / "weights"), STATE)
    assert_same(io.load(str(path)), STATE)


@pytest.mark.parametrize("name", ["a.npz", "a", "net.v1", "net.v1.npz"])
def test_the_ending_is_added_once(tmp_path, name):
    assert io.save(STATE, str(tmp_path / name)).name == name.removesuffix(".npz") + ".npz"
    assert [p.name for p in tmp_path.iterdir()] == [name.removesuffix(".npz") + ".npz"]


@pytest.mark.parametrize(
    "network",
    [
        lambda rng: manual.MLP([4, 3, 2], rng=rng),
        lambda rng: nn.Sequential(nn.Linear(4, 3, rng=rng), nn.Tanh(), nn.Linear(3, 2, rng=rng)),
    ],
    ids=["manual", "nn"],
)
def test_a_model_round_trip(tmp_path, network):
    model, other = network(0), network(1)
    io.save(model, tmp_path / "m")
    assert_same(io.load(tmp_path / "m", other), model.state_dict())
    assert_same(other.state_dict(), model.state_dict())


@pytest.mark.parametrize("name", ["file", "args", "kwds", "arr_0", "a/b", "allow_pickle"])
def test_any_name_will_do(tmp_path, name):
    assert_same(io.load(io.save({name: np.ones(2)}, tmp_path / "w")), {name: np.ones(2)})


def test_weights_that_do_not_fit(tmp_path):
    path = io.save(manual.MLP([4, 3, 2]), tmp_path / "w")
    wider, deeper = manual.MLP([4, 5, 2]), manual.MLP([4, 3, 3, 2])
    with pytest.raises(ValueError, match=r"0.weight got .* \(4, 3\); expected \(4, 5\)"):
        io.load(path, wider)
    with pytest.raises(KeyError, match=r"missing \['4.bias', '4.weight'\]"):
        io.load(path, deeper)


def test_no_file(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere.npz"):
        io.load(tmp_path / "nowhere")


def npy(array):
    file = bytes_io.BytesIO()
    np.save(file, array)
    return file.getvalue()


DAMAGED = {
    "empty": b"",
    "text": b"hello, world",
    "one array": npy(np.ones(3)),
    "pickle": pickle.dumps({"a": 1}),
    "zip of text": None,
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_file_that_is_something_else(tmp_path, name):
    path = tmp_path / "w.npz"
    if DAMAGED[name] is None:
        with zipfile.ZipFile(path, "w") as file:
            file.writestr("a.npy", "hello")
    else:
        path.write_bytes(DAMAGED[name])
    with pytest.raises(ValueError, match=r"w\.npz is not a file written by nnlib\.io\.save"):
        io.load(path)


def write_zip(path, *entries, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", method) as file:
        for name, content in entries:
            file.writestr(name, content)


MB = 1 << 20
ZEROS = npy(np.zeros(128 * MB, np.uint8))


def lie(path, told):
    """The file says that its entry unpacks to few bytes."""
    content = path.read_bytes()
    assert content.count(struct.pack("<I", len(ZEROS))) == 2
    path.write_bytes(content.replace(struct.pack("<I", len(ZEROS)), struct.pack("<I", told)))


@pytest.mark.parametrize(
    ("method", "told", "words"),
    [
        (zipfile.ZIP_DEFLATED, None, "would unpack from .* to 134,217,856, as no weights do"),
        (zipfile.ZIP_DEFLATED, 1000, "Bad CRC|expected"),
        (zipfile.ZIP_BZIP2, 1000, "packed by another method"),
        (zipfile.ZIP_LZMA, 1000, "packed by another method"),
    ],
)
def test_a_zip_bomb_is_not_unpacked(tmp_path, method, told, words):
    write_zip(tmp_path / "w.npz", ("a.npy", ZEROS), method=method)
    if told:
        lie(tmp_path / "w.npz", told)
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match=rf"w\.npz is not a file written by.*({words})"):
            io.load(tmp_path / "w.npz")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 8 * MB


def test_an_array_that_promises_more_than_there_is(tmp_path):
    content = npy(np.zeros(10)).replace(b"(10,), }        ", b"(9999999999,), }")
    assert b"9999999999" in content
    write_zip(tmp_path / "w.npz", ("a.npy", content))
    with pytest.raises(ValueError, match="a.npy holds 208 bytes; expected 80,000,000,1"):
        io.load(tmp_path / "w.npz")


def test_packed_zeros_are_weights_too(tmp_path):
    """`np.savez_compressed` shrinks a blank network a thousandfold."""
    np.savez_compressed(tmp_path / "w.npz", a=np.zeros((512, 784), np.float32))
    assert_same(io.load(tmp_path / "w"), {"a": np.zeros((512, 784), np.float32)})


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["a.npy", "a"])
def test_two_arrays_of_one_name(tmp_path, second):
    write_zip(tmp_path / "w.npz", ("a.npy", npy(np.ones(2))), (second, npy(np.zeros(2))))
    with pytest.raises(ValueError, match="two arrays are named a; expected each name once"):
        io.load(tmp_path / "w.npz")
    with pytest.raises(ValueError, match="two arrays are named 1"):
        io.save({1: np.ones(1), "1": np.ones(1)}, tmp_path / "x")
    assert [p.name for p in tmp_path.iterdir()] == ["w.npz"]


@pytest.mark.parametrize("dtype", ["c8", "c16", "f4,f4", "U3", "S3", "M8[s]", "V4"])
def test_only_real_numbers_are_read_and_written(tmp_path, dtype):
    array = np.zeros(2, dtype)
    write_zip(tmp_path / "w.npz", ("layer.weight.npy", npy(array)))
    with pytest.raises(ValueError, match=r"layer\.weight.* holds .*; expected real numbers"):
        io.load(tmp_path / "w.npz")
    with pytest.raises(ValueError, match=r"layer\.weight holds .*; expected real numbers"):
        io.save({"layer.weight": array}, tmp_path / "x")


@pytest.mark.parametrize("dtype", ["f2", "f4", ">f8", "g", "i1", "u8", "?"])
def test_all_real_numbers_are(tmp_path, dtype):
    state = {
        "a": np.asfortranarray(np.arange(6).reshape(2, 3).astype(dtype)),
        "b": np.ones((), dtype),
    }
    assert_same(io.load(io.save(state, tmp_path / "w")), state)


@pytest.mark.parametrize("spoilt", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("network", [manual.MLP, lambda sizes: nn.Linear(*sizes)])
def test_weights_that_are_not_finite_do_not_get_into_a_model(tmp_path, spoilt, network):
    model = network([2, 3])
    state = model.state_dict()
    name = list(state)[0]
    state[name][0, 1] = spoilt
    path, before = io.save(state, tmp_path / "w"), model.state_dict()
    with pytest.raises(ValueError, match=f"{name} holds NaN or infinity; expected finite"):
        io.load(path, model)
    assert_same(model.state_dict(), before)
    with pytest.raises(ValueError, match=f"{name} holds NaN or infinity"):
        model.load_state_dict(io.load(path), finite=True)
    assert_same(model.state_dict(), before)
    model.load_state_dict(io.load(path))  # the way out that the message names
    assert_same(model.state_dict(), state)


def test_a_file_cut_anywhere_or_changed_anywhere(tmp_path):
    """Either the very same weights, or a ValueError that names the file."""
    path = io.save(STATE, tmp_path / "w")
    whole = path.read_bytes()
    cut = [whole[:n] for n in range(0, len(whole), 7)]
    flipped = [whole[:i] + bytes([whole[i] ^ 0xFF]) + whole[i + 1 :] for i in range(len(whole))]
    refused = 0
    for content in cut + flipped:
        path.write_bytes(content)
        try:
            state = io.load(path)
        except ValueError as error:
            refused += 1
            assert "w.npz is not a file written by" in str(error)
        else:
            for name in state.keys() & STATE.keys():
                np.testing.assert_array_equal(state[name], STATE[name])
    assert refused > len(cut) + len(flipped) // 2


class Trap:
    """An object that would run code when unpickled."""

    def __reduce__(self):
        return (open, ("trap-was-sprung", "w"))


def test_pickled_objects_are_neither_read_nor_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    np.savez("w.npz", a=np.array([Trap()], dtype=object))
    with pytest.raises(ValueError, match="not a file written by nnlib.io.save"):
        io.load("w.npz")
    with pytest.raises(ValueError):
        io.save({"a": np.array([Trap()], dtype=object)}, "mine")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["w.npz"]


class Burst:
    """An array that cannot be had: the disk is full half way through."""

    def __array__(self, dtype=None, copy=None):
        raise OSError("No space left on device")


def test_a_file_appears_whole_or_not_at_all(tmp_path):
    path = io.save(STATE, tmp_path / "w")
    with pytest.raises(OSError, match="No space left"):
        io.save({"a": np.zeros(10), "b": Burst()}, path)
    assert [p.name for p in tmp_path.iterdir()] == ["w.npz"]
    assert_same(io.load(path), STATE)
    io.save({"a": np.ones(1)}, path)
    assert_same(io.load(path), {"a": np.ones(1)})


def test_a_saved_file_can_be_read_by_others(tmp_path):
    """It has the permissions of any new file, not those of a temporary one."""
    plain = tmp_path / "plain"
    plain.touch()
    assert io.save(STATE, tmp_path / "w").stat().st_mode == plain.stat().st_mode
