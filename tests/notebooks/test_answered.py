"""Every notebook twice more, with every exercise solved and with every one answered wrongly.

Each time it reaches its end, and each answer was judged rightly.
"""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from nnlib.course import exercises, record
from nnlib.course.classroom.answer import answers
from nnlib.course.classroom.fill import fill
from nnlib.course.classroom.notebook import code_cells, read_notebook

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))
every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


@pytest.fixture(autouse=True)
def progress_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("NNLIB_PROGRESS_DIR", str(tmp_path))


def asked(path):
    return [answer.id for answer in answers(code_cells(read_notebook(path)))]


def run(path, answer):
    """Run it, answered; {exercise: what the record then says of it}."""
    notebook = nbformat.from_dict(fill(path, answer))
    folder = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, timeout=600, kernel_name="python3", resources=folder).execute()
    return record.read()["exercises"]


@every_notebook
def test_solved(path):
    judged = run(path, "solution")
    assert {id: judged[id]["last"] for id in asked(path)} == dict.fromkeys(asked(path), "passed")


@every_notebook
def test_answered_wrongly(path, tmp_path, monkeypatch):
    """A misconception each, of one kind here, of another there: each is told which it is."""
    if path.stem == "08_mnist":  # no MNIST either: the bundled digits must carry it
        (tmp_path / "train-images-idx3-ubyte.gz").write_bytes(b"not MNIST")
        monkeypatch.setenv("NNLIB_DATA_DIR", str(tmp_path))
    known = [exercises[id].misconceptions for id in asked(path)]
    chosen = [mistakes[i % len(mistakes)].name for i, mistakes in enumerate(known)]
    judged = run(path, 0)
    found = {id: (judged[id]["last"], judged[id].get("met")) for id in asked(path)}
    assert found == {id: ("failed", [name]) for id, name in zip(asked(path), chosen, strict=True)}
