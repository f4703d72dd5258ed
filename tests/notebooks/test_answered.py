"""Every notebook as its students leave it: solved, in two styles, and with every answer wrong.

What is solved is typed: the text of a definition, in the notebook's own names, stands where the
stub stood (`typed/chNN_model.py`, `typed/chNN_other.py`). Each time the notebook reaches its end,
and each answer was judged rightly.
"""

import json
import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from nnlib.course import exercises, record
from nnlib.course.classroom.answer import answers
from nnlib.course.classroom.fill import fill
from nnlib.course.classroom.notebook import code_cells, read_notebook

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))
TYPED = Path(__file__).with_name("typed")
every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
WHOSE = """
import json as _json
from nnlib.course import mine as _mine
_all = {asked}
_own = lambda it: getattr(it, "yours", None) is it and it.__module__ == "__main__"
print(_json.dumps([[i for i, n in _all if not _own(globals()[n])],
                   [i for i, n in _all if _mine.whose(i) != "yours"]]))
"""


@pytest.fixture(autouse=True)
def progress_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("NNLIB_PROGRESS_DIR", str(tmp_path))


def asked(path):
    """Each answer of a notebook: its exercise, and its name."""
    return [(answer.id, answer.name) for answer in answers(code_cells(read_notebook(path)))]


def run(path, answer, *more):
    """Run it, answered, and `more` cells after it. What the record says, and the notebook."""
    notebook = nbformat.from_dict(fill(path, answer))
    notebook.cells += [nbformat.v4.new_code_cell(text) for text in more]
    folder = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, timeout=900, kernel_name="python3", resources=folder).execute()
    return record.read()["exercises"], notebook


def printed(cell):
    """What a cell says in plain text."""
    texts = [out.get("text") or out.get("data", {}).get("text/plain", "") for out in cell.outputs]
    return "".join(texts)


def falses(cell):
    """How often a cell says False: what is not so is shown too, with nnlib's as with theirs."""
    return len(re.findall(r"\bFalse\b", printed(cell)))


@pytest.mark.parametrize("style", ["model", "other"])
@every_notebook
def test_typed(path, style):
    here = asked(path)
    source = TYPED / f"ch{path.stem[:2]}_{style}.py"
    judged, notebook = run(path, source, WHOSE.format(asked=here))
    *cells, last = [cell for cell in notebook.cells if cell.cell_type == "code"]
    last_word = {id: judged.get(id, {}).get("last") for id, _ in here}
    assert last_word == dict.fromkeys(last_word, "passed")
    stored = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    both = zip(cells, stored, strict=True)
    doubts = [cell.source for cell, with_nnlibs in both if falses(cell) > falses(with_nnlibs)]
    assert not doubts, "these cells say False:\n\n" + "\n\n".join(doubts)
    not_theirs, not_kept = json.loads(printed(last))
    assert not not_theirs, "nnlib's stands in the student's place"
    assert not not_kept, "not kept in the student's library"


@every_notebook
def test_answered_wrongly(path, tmp_path, monkeypatch):
    """A misconception each, of one kind here, of another there: each is told which it is."""
    if path.stem == "08_mnist":  # no MNIST either: the bundled digits must carry it
        (tmp_path / "train-images-idx3-ubyte.gz").write_bytes(b"not MNIST")
        monkeypatch.setenv("NNLIB_DATA_DIR", str(tmp_path))
    ids = [id for id, _ in asked(path)]
    known = [exercises[id].misconceptions for id in ids]
    chosen = [mistakes[i % len(mistakes)].name for i, mistakes in enumerate(known)]
    judged, _ = run(path, 0)
    found = {id: (judged[id]["last"], judged[id].get("met")) for id in ids}
    assert found == {id: ("failed", [name]) for id, name in zip(ids, chosen, strict=True)}


@every_notebook
def test_with_nothing_answered_nothing_is_said_to_be_the_students(path):
    """The stored outputs are those of an empty record: no cell calls anything yours."""
    claims = re.compile(r"(?<!\.)\byours\b|\byour own\b", re.IGNORECASE)
    notebook = nbformat.read(path, as_version=4)
    outputs = [out for cell in notebook.cells for out in cell.get("outputs", ())]
    lines = [line for out in outputs for line in out.get("text", "").splitlines()]  # no cards
    assert not [line for line in lines if claims.search(line)]
