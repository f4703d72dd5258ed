"""The student's own library: kept when it passes, theirs, and never in the way."""

import errno
import linecache
import os
import signal
import subprocess
import sys
import textwrap
import time

import numpy as np
import pytest

from nnlib import functions
from nnlib.course import exercises, mine, record
from nnlib.course.mine import shelf
from nnlib.course.mine.keep import kept

SOFTMAX = """
    import numpy as np
    from nnlib.course import exercise

    def shift(Z):
        return Z - Z.max(axis=1, keepdims=True)

    @exercise("softmax")
    def softmax(Z):
        # largest first
        E = np.exp(shift(Z))
        return E / E.sum(axis=1, keepdims=True)
"""
CELLS = iter(range(10**6))


def notebook(*cells, space=None):
    """Run cells as a notebook does, each with a text of its own; the names they leave."""
    space = {"__name__": "__main__", "In": [""]} if space is None else space
    for text in cells:
        text = textwrap.dedent(text).strip() + "\n"
        name = f"<cell {next(CELLS)}>"
        linecache.cache[name] = len(text), None, text.splitlines(True), name
        space["In"].append(text)
        exec(compile(text, name, "exec"), space)
    return space


def page(number=4):
    return shelf.file(number).read_text(encoding="utf-8")


def test_without_answers_everything_is_nnlibs(progress_folder):
    assert mine.softmax is functions.softmax
    assert mine.whose("softmax") == "nnlib's"
    assert "0 of" in repr(mine) and "✓" not in repr(mine).replace("✓ yours   ", "")
    assert "your own" not in repr(mine).lower()
    assert not (progress_folder / "mine").exists()


def test_a_passing_answer_is_kept_with_what_it_uses():
    notebook(SOFTMAX)
    text = page()
    assert text.startswith('"""Chapter 4, Softmax and cross-entropy: what you wrote.')
    assert "import numpy as np" in text and "@exercise" not in text
    assert text.index("def shift") < text.index("def softmax") and "# largest first" in text
    assert mine.whose("softmax") == "yours"
    assert mine.softmax.__code__.co_filename == str(shelf.file(4))
    np.testing.assert_allclose(mine.softmax(np.zeros((1, 4))), 0.25)
    assert "1 of" in repr(mine) and "✓ yours: softmax" in repr(mine)
    assert "<code>softmax</code>" in mine._repr_html_()


def test_an_answer_that_fails_or_is_blank_is_not_kept():
    notebook(SOFTMAX.replace("keepdims=True)\n\n", "keepdims=True) * 2\n\n"))
    notebook("from nnlib.course import exercise\n@exercise('one_hot')\ndef one_hot(y, K): ...")
    assert not shelf.file(4).exists()


def test_a_name_is_loaded_once_and_again_when_its_file_changes():
    notebook(SOFTMAX)
    first = mine.softmax
    assert mine.softmax is first
    shelf.file(4).write_text(page().replace("# largest first", "# the largest first"))
    assert mine.softmax is not first


def test_an_unknown_name_is_an_attribute_error_with_close_matches():
    with pytest.raises(AttributeError, match="Did you mean softmax"):
        _ = mine.sofmax
    assert "softmax" in dir(mine)


def test_the_order_is_the_notebooks_whatever_passes_first():
    space = notebook("import numpy as np\nfrom nnlib.course import exercise")
    one_hot = "@exercise('one_hot')\ndef one_hot(y, K):\n    return np.eye(K)[y]"
    notebook(one_hot, SOFTMAX, space=space)
    assert page().index("def softmax") < page().index("def one_hot")


def test_a_file_that_does_not_run_is_said_once_and_nnlib_carries_on(capsys):
    notebook(SOFTMAX)
    shelf.file(4).write_text(page() + "\nraise ValueError('by hand')\n")
    capsys.readouterr()
    assert mine.softmax is functions.softmax and mine.whose("softmax") == "nnlib's"
    said = capsys.readouterr().err
    last = len(page().splitlines())
    assert said.startswith("ch04.py") and said.count("by hand") == 1 and f"line {last}" in said


# -------------------------------------------------------------------- what the student wrote stays


def again(number):
    """The same answer, told apart by its comment."""
    notebook(SOFTMAX.replace("largest first", f"version {number}"))


def older():
    return [file.read_text(encoding="utf-8") for file in shelf.versions(4, "softmax")]


def test_the_last_three_versions_stay():
    for number in range(6):
        again(number)
    assert "# version 5" in page()
    assert [text.split("# ")[1].split("\n")[0][-1] for text in older()] == ["2", "3", "4"]


def test_going_back_and_forth_loses_no_version():
    for number in (1, 2, 1, 2, 1, 3):
        again(number)
    texts = "".join(older())
    assert texts.count("version 1") == texts.count("version 2") == 1


def test_an_edit_by_hand_stays_until_the_notebook_has_a_new_text():
    notebook(SOFTMAX)
    shelf.file(4).write_text(page().replace("# largest first", "# by hand") + "\nMINE = 3\n")
    notebook(SOFTMAX)  # run again, as it was
    assert "# by hand" in page() and "MINE = 3" in page()
    notebook(SOFTMAX.replace("largest first", "anew"))
    assert "# anew" in page() and "# by hand" not in page() and "MINE = 3" in page()
    assert any("# by hand" in text for text in older())


def test_an_edited_helper_stays_too():
    notebook(SOFTMAX)
    shelf.file(4).write_text(page().replace("return Z - Z.max", "return 1.0 * Z - Z.max"))
    notebook(SOFTMAX)
    assert "1.0 * Z" in page()


@pytest.mark.parametrize("damage", [b"def softmax(Z:", b"\xff\xfe", b"\0\0\0", b"x = (" * 3000])
def test_a_damaged_page_is_put_by_and_made_anew(progress_folder, damage, capsys):
    space = notebook(SOFTMAX)
    shelf.file(4).write_bytes(damage)
    assert mine.softmax is functions.softmax
    notebook("@exercise('one_hot')\ndef one_hot(y, K):\n    return np.eye(K)[y]", space=space)
    assert "written anew" in " ".join(capsys.readouterr().out.split())
    assert mine.whose("softmax") == mine.whose("one_hot") == "yours"
    put_by = (progress_folder / "mine" / "versions").glob("ch04-*.txt")
    assert [file.read_bytes() for file in put_by] == [damage]


def test_a_damaged_list_of_what_was_kept_costs_nothing(progress_folder):
    notebook(SOFTMAX)
    for damage in ("{", "[]", '{"pieces": 3}', '{"pieces": {"softmax": {"id": 1}}}'):
        (progress_folder / "mine" / "versions" / "ch04.json").write_text(damage)
        notebook(SOFTMAX)
        assert mine.whose("softmax") == "yours"


def test_a_page_of_another_version_of_the_course_is_read():
    """After an upgrade: an exercise that is gone stays in the page, and harms nobody."""
    notebook(SOFTMAX)
    text = page().replace("def softmax", "def of_old(x):\n    return x\n\n\ndef softmax")
    shelf.file(4).write_text(text)
    again(2)
    assert "def of_old" in page() and mine.whose("softmax") == "yours"


# --------------------------------------------------------------------------- never in the way


def test_a_folder_that_cannot_be_written_is_said_on_the_card(tmp_path, monkeypatch, capsys):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("NNLIB_PROGRESS_DIR", str(tmp_path / "file" / "below"))
    space = notebook(SOFTMAX)
    said = " ".join(capsys.readouterr().out.split())
    assert "✓ passed" in said and "It is not kept in your library" in said
    assert space["softmax"].yours is space["softmax"]
    assert mine.softmax is functions.softmax


def test_what_cannot_be_kept_is_said_and_not_kept(capsys):
    notebook("""
        import numpy as np
        from nnlib.course import exercise
        table = {object(): 1}

        @exercise("softmax")
        def softmax(Z):
            len(table)
            E = np.exp(Z - Z.max(axis=1, keepdims=True))
            return E / E.sum(axis=1, keepdims=True)
    """)
    said = " ".join(capsys.readouterr().out.split())
    assert "It is not kept in your library: it uses `table`, a dict of the notebook" in said
    assert not shelf.file(4).exists()


CLOSURE = "def outer():\n    def inner():\n        return 2.0\n    return inner\n\ntwo = outer()"


@pytest.mark.parametrize(
    "setting, use",
    [
        ("k = 2.0", "k"),
        ("k = np.array([[2.0]])", "k"),
        ("k = np.float32(2)", "k"),
        ("k = {'a': (1, [2.0, float('inf')])}", "k['a'][1][0]"),
        ("from math import exp as power", "2 * power(0)"),
        ("from numpy import full", "full((1, 1), 2.0)"),
        ("two = lambda: 2.0", "two()"),
        ("from functools import partial\ntwo = partial(max, 1.0)", "two(2.0)"),
        (CLOSURE, "two()"),
    ],
)
def test_what_an_answer_uses_goes_with_it(setting, use):
    notebook(
        "import numpy as np\nfrom nnlib.course import exercise",
        setting,
        "@exercise('softmax')\ndef softmax(Z):\n    E = np.exp(Z - Z.max(axis=1, keepdims=True))\n"
        f"    return 0 * {use} + E / E.sum(axis=1, keepdims=True)",
    )
    assert mine.whose("softmax") == "yours", page()
    in_a_fresh_process("np.testing.assert_allclose(mine.softmax(np.zeros((1, 4))), 0.25)")


def in_a_fresh_process(*lines):
    code = "\n".join(["import numpy as np", "from nnlib.course import mine", *lines])
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_long_answer_is_kept_within_a_second():
    middle = "\n".join(f"        Z = Z + {i} - {i}" for i in range(3000)).strip()
    space = notebook(SOFTMAX.replace("# largest first", middle))
    assert mine.whose("softmax") == "yours"
    started = time.monotonic()
    assert kept(exercises["softmax"], space["softmax"]) == ""
    assert time.monotonic() - started < 1


def test_a_busy_lock_leaves_a_small_file_that_the_next_one_adds(progress_folder, monkeypatch):
    def busy():
        raise OSError(errno.EAGAIN, "another notebook has it")

    versions = progress_folder / "mine" / "versions"
    with monkeypatch.context() as taken:
        taken.setattr(record, "_locking", lambda file: (busy, busy))
        notebook(SOFTMAX)
        assert len(list(versions.glob("*.waiting"))) == 1
    assert mine.whose("softmax") == "yours"
    assert not list(versions.glob("*.waiting"))


WRITER = r"""
import sys
from nnlib.course.mine.piece import Piece
from nnlib.course.mine.shelf import store

id, times = sys.argv[1], int(sys.argv[2])
for n in range(times):
    body = f"def {id}(y, K):\n    # {n}\n    return SHARED_{id}"
    store(Piece(id, 4, body, ["import numpy as np"], [f"SHARED_{id} = {n}"]))
"""
IDS = "softmax", "one_hot", "log_softmax"


def test_several_notebooks_at_once_lose_nothing(progress_folder):
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, id, "12"]) for id in IDS]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    shelf.tidy()
    for id in IDS:
        assert f"def {id}(y, K):\n    # 11\n" in page() and f"SHARED_{id} = 11\n" in page()
    assert not [name for name in os.listdir(progress_folder / "mine") if name.endswith(".part")]


@pytest.mark.parametrize("delay", [0.0, 0.01, 0.03, 0.08])
def test_killed_while_it_writes(delay):
    """Whatever moment it dies at, the page is whole, and the next notebook goes on."""
    notebook(SOFTMAX)
    writer = subprocess.Popen([sys.executable, "-c", WRITER, "one_hot", "100000"])
    until = time.monotonic() + 20
    while "def one_hot" not in page() and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(delay)
    os.kill(writer.pid, signal.SIGKILL)
    writer.wait()
    compile(page(), "ch04.py", "exec")
    assert mine.whose("softmax") == "yours"
    notebook("""
        import numpy as np
        from nnlib.course import exercise

        @exercise("log_softmax")
        def log_softmax(Z):
            S = Z - Z.max(axis=1, keepdims=True)
            return S - np.log(np.exp(S).sum(axis=1, keepdims=True))
    """)
    assert mine.whose("log_softmax") == "yours" and "def one_hot" in page()


# ---------------------------------------------------------------- answers that stand on each other


def test_another_chapters_answer_is_imported_from_its_page():
    notebook(SOFTMAX)
    notebook("""
        import numpy as np
        from nnlib.course import exercise, mine
        softmax, one_hot = mine.softmax, mine.one_hot

        @exercise("SoftmaxCrossEntropy")
        class SoftmaxCrossEntropy:
            def forward(self, Z, y):
                self.P, self.Y = softmax(Z), one_hot(y, Z.shape[1])
                S = Z - Z.max(axis=1, keepdims=True)
                logs = S - np.log(np.exp(S).sum(axis=1, keepdims=True))
                return -(self.Y * logs).sum() / len(Z)

            def backward(self):
                return (self.P - self.Y) / len(self.P)
    """)
    text = page(5)
    assert "from .ch04 import softmax\n" in text
    assert "from nnlib.functions import one_hot  # nnlib's, until yours passes" in text
    assert mine.whose("SoftmaxCrossEntropy") == "yours"
    space = notebook("import numpy as np\nfrom nnlib.course import exercise")
    notebook("@exercise('one_hot')\ndef one_hot(y, K):\n    return np.eye(K)[y]", space=space)
    assert "from .ch04 import one_hot\n" in page(5)
    out = in_a_fresh_process(
        "loss = mine.SoftmaxCrossEntropy()",
        "print(loss.forward(np.zeros((2, 4)), np.array([0, 1])).round(4), loss.backward().sum())",
        "print(mine.SoftmaxCrossEntropy.forward.__globals__['one_hot'].__module__[-4:])",
    )
    assert out.split() == ["1.3863", "0.0", "ch04"]


def test_a_page_can_be_imported_without_the_course(progress_folder):
    notebook(SOFTMAX)
    code = "import numpy as np, mine.ch04 as page; print(page.softmax(np.zeros((1, 2))))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=progress_folder, capture_output=True, text=True
    )
    assert done.stdout == "[[0.5 0.5]]\n", done.stderr


def test_a_name_of_ones_own_is_found_by_the_exercises_id():
    notebook(SOFTMAX.replace("def softmax", "def my_softmax"))
    assert mine.whose("softmax") == "yours" and mine.softmax.__name__ == "my_softmax"


# ------------------------------------------------------------------------------------- how fast


def test_a_slow_answer_is_said_and_nnlibs_takes_the_long_run(capsys):
    notebook(SOFTMAX.replace("# largest first", "_ = [np.sort(Z) for _ in range(100)]"))
    Z = np.zeros((50, 10))

    def trial(softmax):
        return softmax(Z)

    assert mine.faster("softmax", trial) is functions.softmax
    said = capsys.readouterr().out
    assert "times as long as nnlib's here" in said and "keep=True" in said
    assert mine.faster("softmax", trial, keep=True) is mine.softmax
    both = mine.faster("softmax one_hot", lambda softmax, one_hot: softmax(Z))
    assert both == (functions.softmax, functions.one_hot)


def test_an_answer_of_about_nnlibs_speed_stays_and_nothing_is_said(capsys):
    notebook(SOFTMAX)
    capsys.readouterr()
    assert mine.faster("softmax", lambda f: f(np.zeros((2000, 10)))) is mine.softmax
    assert mine.faster("one_hot", lambda f: 1 / 0) is mine.one_hot  # nnlib's: not even tried
    assert capsys.readouterr().out == ""
