"""The rule in conftest.py: without MNIST, chapters 8 and 9 are run, but not compared."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

ROOT = Path(__file__).resolve().parents[2]
MNIST = "train-images-idx3-ubyte.gz"


def notebook(path, source, stored):
    output = new_output("stream", name="stdout", text=stored)
    cell = new_code_cell(source, execution_count=1, outputs=[output])
    nbformat.write(new_notebook(cells=[cell]), path)


@pytest.mark.parametrize(
    ("chapter", "source", "passes"),
    [
        ("08_mnist", "print(1)", True),  # what it prints is not what is stored, and need not be
        ("08_mnist", "1 / 0", False),  # an error is an error
        ("07_learning_well", "print(1)", False),
    ],
)
def test_without_mnist(tmp_path, chapter, source, passes):
    shutil.copy(ROOT / "conftest.py", tmp_path)
    (tmp_path / "pyproject.toml").write_text("[tool.pytest.ini_options]\n")
    (tmp_path / MNIST).write_bytes(b"not MNIST")  # found first, so that nothing is downloaded
    notebook(tmp_path / f"{chapter}.ipynb", source, stored="2\n")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "no:cacheprovider",
            "--nbval",
            "--nbval-current-env",
            "--nbval-sanitize-with",
            str(ROOT / "tests" / "nbval.cfg"),
            f"{chapter}.ipynb",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        env={**os.environ, "NNLIB_DATA_DIR": str(tmp_path), "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == (0 if passes else 1), done.stdout + done.stderr
    told = f"{chapter}.ipynb: run, outputs not compared:" in done.stdout and MNIST in done.stdout
    assert told == (chapter == "08_mnist"), done.stdout
