"""Notebooks filled in for tests: solved, and with each kind of mistake."""

import copy

import numpy as np
import pytest

from nnlib.course import exercises
from nnlib.course.classroom.fill import fill
from nnlib.course.exercise import Exercise

BLANK = '''# The row sums are 1.
@exercise("softmax")
def softmax(Z):
    """Rows of scores to rows of probabilities."""
    ...

P = softmax(np.array([[1.0, 2], [3, 4]]))'''


def notebook(*cells):
    def cell(kind, text):
        return {"cell_type": kind, "source": text, "outputs": ["old"], "execution_count": 3}

    head = "import numpy as np\nfrom nnlib.course import exercise"
    return {
        "cells": [cell("code", head), cell("markdown", BLANK), *(cell("code", c) for c in cells)]
    }


def run(filled):
    space = {}
    for cell in filled["cells"]:
        if cell["cell_type"] == "code":
            exec(compile(cell["source"], "<cell>", "exec"), space)
    return space


@pytest.mark.parametrize(
    "answer, said",
    [
        ("solution", "✓ passed"),
        (0, "The formula is right, and the computer cannot follow it"),
        (2, "Your columns add up to 1"),
        (2 + len(exercises["softmax"].misconceptions), "Your columns add up to 1"),  # counted round
        (lambda exercise, name: f"def {name}(Z):\n    return None", "○ not attempted"),
    ],
)
def test_exercise_cells_are_rewritten_and_the_rest_is_kept(answer, said, capsys):
    given = notebook(BLANK)
    before = copy.deepcopy(given)
    filled = fill(given, answer)
    assert given == before
    assert filled["cells"][1]["source"] == BLANK and filled["cells"][2]["outputs"] == []
    text = filled["cells"][2]["source"]
    assert text.startswith("# The row sums are 1.\n@exercise") and text.endswith("[3, 4]]))")
    assert np.allclose(run(filled)["P"].sum(axis=1), 1)
    assert said in capsys.readouterr().out


class Box:
    def __init__(self, n):
        self.n = n

    def get(self):
        return self.n


class Wrong(Box):
    def get(self):
        return -self.n


def test_classes_and_several_exercises_in_a_cell(monkeypatch, capsys):
    from nnlib.course.exercise import Misconception

    box = Exercise(
        "box",
        0,
        "A box",
        1,
        1,
        Box,
        ("", "", ""),
        (Misconception("sign", "m", Wrong),),
        cases=((3,),),
        probe=lambda Box, n: Box(n).get(),
    )
    monkeypatch.setitem(exercises._load(), "box", box)
    cell = BLANK + '\n\n@exercise("box")\nclass Box:\n    def get(self): ...\n\nprint(Box(3).get())'
    run(fill(notebook(cell)))
    assert capsys.readouterr().out.count("✓ passed") == 2
    space = run(fill(notebook(cell), 0))
    said = capsys.readouterr().out
    assert said.count("◐ not yet") == 2 and said.endswith("3\n")
    assert space["Box"].yours(3).get() == -3
