"""Grading notebooks: a row for each, whatever it does, and no belief in what it says of itself."""

import csv
import io
import json

import pytest

from nnlib.course.__main__ import main
from nnlib.course.classroom import grade
from nnlib.course.classroom.answer import answers, needed
from nnlib.course.classroom.notebook import code_cells, parse, read_notebook

IMPORTS = "import numpy as np\nfrom nnlib.course import exercise, exercises"
GOOD = """@exercise("softmax")
def softmax(Z):
    E = shifted_exp(Z)
    return E / E.sum(axis=1, keepdims=True)"""
HELPER = "def shifted_exp(Z):\n    return np.exp(Z - Z.max(axis=1, keepdims=True))"
BLANK = '@exercise("cross_entropy")\ndef cross_entropy(Z, y):\n    ...'
BATCH = """@exercise("softmax")
def softmax(Z):
    E = np.exp(Z - Z.max())
    return E / E.sum()"""


def notebook(path, *cells, outputs=()):
    data = {
        "cells": [
            {
                "cell_type": "code",
                "execution_count": 1,
                "id": f"c{i}",
                "metadata": {},
                "outputs": list(outputs),
                "source": text,
            }
            for i, text in enumerate(cells)
        ],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data))
    return path


def marks(path, **options):
    (row,) = grade.grade([path], run=False, **options)
    return row.marks


def test_an_answer_takes_its_helpers_and_imports_along(tmp_path):
    path = notebook(tmp_path / "a.ipynb", IMPORTS, HELPER, "x = 1/0", GOOD, BLANK)
    found = marks(path)
    assert found["softmax"].status == "passed" and found["softmax"].note == ""
    assert found["cross_entropy"].status == "blank"


def test_a_misconception_is_named(tmp_path):
    found = marks(notebook(tmp_path / "a.ipynb", IMPORTS, BATCH))
    assert str(found["softmax"]) == "failed: softmax over the whole batch"


def test_forged_passes_count_for_nothing(tmp_path):
    forged = {
        "output_type": "display_data",
        "data": {"text/plain": "✓ passed"},
        "metadata": {},
    }
    path = notebook(
        tmp_path / "a.ipynb",
        IMPORTS,
        "import nnlib.course.judging.trial as c, nnlib.course.judging.compare as d\n"
        "import nnlib.course.classroom.mark as g\n"
        "c.compare = d.compare = lambda *a: None\n"
        "g.judge = g.mark = lambda *a: 'passed'\n"
        "type(exercises['softmax']).check = lambda self, f: 'passed'\n"
        "import os, sys, atexit\n"
        "np.allclose = lambda *a, **k: True",
        BATCH,
        "softmax = exercises['softmax'].reference",
        outputs=[forged],
    )
    assert marks(path)["softmax"].status == "failed"


def test_patches_inside_an_answer_reach_no_verdict(tmp_path):
    path = notebook(
        tmp_path / "a.ipynb",
        IMPORTS,
        '@exercise("softmax")\ndef softmax(Z):\n'
        "    import nnlib.functions, nnlib.course.judging.judge, sys\n"
        "    import nnlib.course.classroom.worker as w\n"
        "    nnlib.functions.softmax = lambda Z: Z\n"
        "    w.encode_outcome = lambda o: {'status': 'passed'}\n"
        "    print('passed'); sys.stdout.flush()\n"
        "    return Z",
    )
    assert marks(path)["softmax"].status == "failed"


def test_a_copy_of_the_reference_is_noted(tmp_path):
    text = '@exercise("softmax")\ndef softmax(Z):\n    return F.softmax(Z)'
    path = notebook(tmp_path / "a.ipynb", IMPORTS, "from nnlib import functions as F", text)
    assert marks(path)["softmax"].note == "uses nnlib's own"


@pytest.mark.parametrize(
    "body, words",
    [
        ("while True: pass", "had not come to an end"),
        ("import os; os._exit(0)", "process ended"),
        ("return undefined_name", "NameError"),
        ("return np.zeros((10**6, 10**6))", "memory"),
    ],
)
def test_an_answer_that_ends_badly_is_a_mark(tmp_path, body, words):
    text = f'@exercise("softmax")\ndef softmax(Z):\n    {body}'
    mark = marks(notebook(tmp_path / "a.ipynb", IMPORTS, text))["softmax"]
    assert mark.status == "failed" and words in mark.message


def test_a_module_beside_the_notebook_does_not_replace_nnlib(tmp_path):
    (tmp_path / "nnlib.py").write_text("raise SystemExit")
    (tmp_path / "numpy.py").write_text("raise SystemExit")
    path = notebook(tmp_path / "a.ipynb", IMPORTS, HELPER, GOOD)
    assert marks(path)["softmax"].status == "passed"


def test_notebooks_run_in_fresh_kernels_and_an_endless_one_is_a_row(tmp_path):
    notebook(tmp_path / "ann" / "ch4.ipynb", IMPORTS, HELPER, GOOD, BLANK)
    notebook(tmp_path / "bob" / "ch4.ipynb", IMPORTS, BATCH, "1 / 0", "print('on')")
    notebook(tmp_path / "cy" / "ch4.ipynb", IMPORTS, "while True: pass", HELPER, GOOD)
    notebook(tmp_path / "di" / "ch4.ipynb", "import os; os._exit(1)")
    (tmp_path / "eve").mkdir()
    (tmp_path / "eve" / "ch4.ipynb").write_text("{")
    seen = []
    rows = grade.grade([tmp_path], seconds=8, jobs=3, tell=seen.append)
    ran = {row.student: row.ran for row in rows}
    assert ran["ann"] == "ran"
    assert ran["bob"].startswith("error in code cell 3: ZeroDivisionError")
    assert ran["cy"] == "stopped after 8 s"
    assert ran["di"] == "the kernel died"
    assert "not a notebook" in ran["eve"]
    status = {row.student: row.marks["softmax"].status for row in rows if "softmax" in row.marks}
    assert status == {"ann": "passed", "bob": "failed", "cy": "passed"}
    assert len(seen) == 5


def test_tables(tmp_path, capsys):
    notebook(tmp_path / "ann.ipynb", IMPORTS, HELPER, GOOD, BLANK)
    notebook(tmp_path / "bob.ipynb", IMPORTS, BATCH)
    out, data = tmp_path / "t.csv", tmp_path / "t.json"
    assert main(["check", "--no-run", "--csv", str(out), "--json", str(data), str(tmp_path)]) == 0
    text = capsys.readouterr().out
    assert "ann       ✓  ○     1/2  not run" in text
    assert "bob, softmax: softmax over the whole batch" in text
    table = list(csv.DictReader(io.StringIO(out.read_text())))
    assert table[0]["softmax"] == "passed" and table[0]["cross_entropy"] == "blank"
    assert table[1]["softmax"] == "failed: softmax over the whole batch"
    assert json.loads(data.read_text())[1]["marks"]["softmax"]["status"] == "failed"
    assert main(["check", str(tmp_path / "nothing_here" / "*.ipynb"), "--no-run"]) == 0
    assert "No such file" in capsys.readouterr().out


def test_an_answer_takes_only_what_it_uses():
    cells = [
        "import numpy as np, os\nfrom numpy import *",
        "a = b = 1\nunused = 2",
        "np.exp = None\nprint(a)",
        '@exercise("x")\ndef f(Z):\n    return np.exp(Z) + a',
    ]
    (answer,) = answers(cells)
    taken = [type(node).__name__ for _, node in needed(cells, answer)]
    assert taken == ["Import", "ImportFrom", "Assign", "FunctionDef"]


def test_magics_do_not_hide_an_answer():
    cell = '%matplotlib inline\n!ls\nf?\n@exercise("x")\ndef f(Z):\n    return Z'
    assert [a.id for a in answers([cell])] == ["x"]
    assert parse("%%timeit\nf(").body == [] and parse("f(").body == []
    assert code_cells({"cells": [{"cell_type": "code", "source": ["a\n", "b"]}]}) == ["a\nb"]


@pytest.mark.parametrize(
    "text", ["{", "[]", "{}", '{"cells": 3}', '{"cells": {"cell_type": 1}}', '{"cells": [1]}']
)
def test_what_is_no_notebook_is_refused(tmp_path, text):
    path = tmp_path / "a.ipynb"
    path.write_text(text)
    with pytest.raises(ValueError, match="is not a notebook that can be read"):
        read_notebook(path)
