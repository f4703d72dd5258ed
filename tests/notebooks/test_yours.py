"""The command that counts whose lines train the network counts honestly."""

import importlib.util
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[2]
spec = importlib.util.spec_from_file_location("yours", ROOT / "benchmarks" / "yours.py")
yours = importlib.util.module_from_spec(spec)
spec.loader.exec_module(yours)

CELLS = (
    "import numpy as np\nfrom nnlib import functions\nfrom nnlib.course import exercise, mine",
    '@exercise("softmax")\ndef softmax(Z):\n    ...',
    "def given(x):\n    y = 2 * x\n    return y",
    "P = softmax(given(np.zeros((2, 3))))\nL = functions.one_hot(np.array([0, 1]), 3)",
)
TYPED = "def softmax(Z):\n    E = np.exp(Z - Z.max(axis=1, keepdims=True))\n    {}\n"
WHOLE = TYPED.format("return E / E.sum(axis=1, keepdims=True)")


def count(tmp_path, monkeypatch, cells, name, tagged=-1):
    monkeypatch.setenv("NNLIB_PROGRESS_DIR", str(tmp_path))
    (tmp_path / "typed.py").write_text(WHOLE)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
    if tagged is not None:
        notebook.cells[tagged].metadata["tags"] = [yours.TAG]
    nbformat.write(notebook, tmp_path / name)
    lines = yours.measure(tmp_path / name, tmp_path / "typed.py")
    return lines and [(line[0], Path(line[2]).name, line[1]) for line in lines]


def test_each_line_goes_to_the_hand_that_wrote_it(tmp_path, monkeypatch):
    lines = count(tmp_path, monkeypatch, CELLS, "04_small.ipynb")
    assert sum(hand == "student" for hand, _, _ in lines) == 2  # the two lines of softmax
    assert sum(hand == "notebook" for hand, _, _ in lines) == 4  # the cell itself, and `given`
    nnlibs = [(name, engine) for hand, name, engine in lines if hand == "nnlib"]
    assert nnlibs and set(nnlibs) == {("functions.py", True)}
    later = "from nnlib.course import mine\nP = mine.softmax(__import__('numpy').zeros((1, 2)))"
    lines = count(tmp_path, monkeypatch, (later,), "05_small.ipynb")
    assert lines.count(("student", "ch04.py", False)) == 2  # kept from the chapter before


def test_a_notebook_without_the_tag_is_not_counted(tmp_path, monkeypatch):
    assert count(tmp_path, monkeypatch, CELLS, "04_small.ipynb", tagged=None) is None
