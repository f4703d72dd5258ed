"""An exercise is begun, written, proven and taken away again, as a newcomer would."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nnlib.course import exercises
from nnlib.course.workshop.new import new
from nnlib.course.workshop.prove import prove

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = '''"""Twice the positive part: a slope of 2 where a unit is on."""

import numpy as np

from nnlib.course.description import case, describe


def relu_twice(X):
    """Twice the positive part: (N, D) -> (N, D)."""
    return 2 * np.maximum(X, 0)


exercise = describe(
    relu_twice,
    title="Twice ReLU",
    minutes=2,
    difficulty=1,
    returns=("the result",),
    cases=(case(np.array([[1.0, -2, 0]]), about="one of each sign"),),
    draw=lambda rng: (rng.normal(size=(int(rng.integers(3, 5)), 2)),),
    hints=("Which numbers stay?", "Cut off below 0, then double.", "`2 * np.maximum(X, 0)`."),
)


@exercise.misconception("not doubled", "This is ReLU itself. Twice that was asked for.")
def once(X):
    return np.maximum(X, 0)


@exercise.misconception("nothing cut off", "Negative numbers are doubled too. Cut them off first.")
def without_relu(X):
    return 2 * X


@exercise.misconception("sign lost", "Negative numbers come back as positive ones.")
def of_sizes(X):
    return 2 * np.abs(X)
'''
ANSWERS = """

ALTERNATIVES["relu_twice"] = (
    lambda X: X + np.abs(X),
    lambda X: np.where(X > 0, 2 * X, 0),
)
"""


@pytest.fixture
def checkout(tmp_path):
    """A copy of what an author touches."""
    skip = shutil.ignore_patterns("__pycache__")
    for folder in "nnlib", "tests/course":
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=skip)
    (tmp_path / "notebooks").mkdir()
    name = "notebooks/05_manual_backprop.ipynb"
    shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def course(checkout, *arguments):
    command = [sys.executable, "-m", "nnlib.course", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    return subprocess.run(command, capture_output=True, text=True, cwd=checkout, env=environment)


def test_an_exercise_from_its_first_line_to_its_proof(checkout):
    begun = course(checkout, "new", "ch05", "relu_twice")
    assert begun.returncode == 0, begun.stderr
    assert '@exercise("relu_twice")\n    def relu_twice(X):' in begun.stdout
    file = checkout / "nnlib/course/chapters/ch05_manual_backprop/relu_twice.py"
    assert str(file) in begun.stdout

    marked = course(checkout, "prove", "relu_twice")
    assert marked.returncode == 1
    for words in ("still TODO", "there is no cell", "write 2 more, there are 0", "missing"):
        assert words in marked.stdout, marked.stdout

    file.write_text(WRITTEN)
    with open(checkout / "tests/course/answers_ch05.py", "a") as answers:
        answers.write(ANSWERS)
    notebook = checkout / "notebooks/05_manual_backprop.ipynb"
    page = json.loads(notebook.read_text(encoding="utf-8"))
    text = '@exercise("relu_twice")\ndef relu_twice(X):\n    ...'
    page["cells"].append({"cell_type": "code", "source": text, "metadata": {}, "outputs": []})
    notebook.write_text(json.dumps(page), encoding="utf-8")
    proven = course(checkout, "prove", "relu_twice")
    assert proven.returncode == 0, proven.stdout + proven.stderr
    assert proven.stdout.endswith("Nothing is missing.\n")

    file.write_text(
        WRITTEN.replace("np.array([[1.0, -2, 0]])", "np.zeros((1, 2))").replace(
            "draw=lambda rng: (rng.normal(size=(int(rng.integers(3, 5)), 2)),)", "draws=0"
        )
    )
    weak = course(checkout, "prove", "relu_twice")
    assert weak.returncode == 1
    assert "not doubled: it passes; add a case that tells it from the reference" in weak.stdout
    assert "this passes: " in weak.stdout


def test_what_cannot_be_begun_is_said(checkout):
    for place, id, words in (
        ("ch77", "f", "there is no chapter 'ch77'; they are ch00 to ch09"),
        ("ch05", "not a name", "cannot name a function"),
        ("ch05", "softmax", "chapter 4 has an exercise called 'softmax' already"),
    ):
        with pytest.raises(ValueError, match=words):
            new(place, id)


@pytest.mark.parametrize("id", ["relu_backward", "Dual", "softmax"])
def test_exercises_of_the_course_are_proven(id):
    assert [finding.missing for finding in prove(exercises[id])] == [[]] * 6
