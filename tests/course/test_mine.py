"""The student's own library: kept when it passes, theirs, and never in the way."""

import linecache
import textwrap

import numpy as np
import pytest

from nnlib import functions
from nnlib.course import mine
from nnlib.course.mine import shelf

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
