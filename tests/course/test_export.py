"""The exported package is the student's, says what is not, and runs without nnlib."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import nbformat
import numpy as np
import pytest

from nnlib.course import exercises, mine, record
from nnlib.course.__main__ import main
from nnlib.course.mine import shelf

ROOT = Path(__file__).resolve().parents[2]


def load(name):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


engine = load("test_mine_engine")
notebook, SOFTMAX = engine.notebook, engine.shared.SOFTMAX
IN_PASSING = 3  # multiply, primitive and relu: helpers there, with the names of exercises
ALONE = """
import runpy, sys
sys.path.append({numpy!r})
sys.modules["nnlib"] = None
sys.argv = [{file!r}]
runpy.run_path({file!r}, run_name="__main__")
"""


def alone(file):
    """Run a file where there is NumPy and no nnlib."""
    code = ALONE.format(numpy=str(Path(np.__file__).parents[1]), file=str(file))
    command = [sys.executable, "-I", "-S", "-c", code]
    return subprocess.run(command, capture_output=True, text=True, cwd=file.parent)


def lines_of(said, word):
    return [line for line in said.splitlines() if line.startswith(word)]


LOSS = """
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
"""


def test_with_nothing_kept_it_says_so(tmp_path, capsys):
    assert main(["export", str(tmp_path / "out")]) == 2
    assert "Nothing is yours yet" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_package_of_ones_own_runs_and_agrees_without_nnlib(tmp_path, capsys):
    notebook(SOFTMAX)
    notebook(LOSS)
    engine.write(set(engine.ANSWERS))
    out = tmp_path / "out"
    assert main(["export", str(out), "--name", "minima"]) == 0
    done = alone(out / "tests" / "test_minima.py")
    assert done.returncode == 0, done.stdout + done.stderr
    agrees = " ".join(lines_of(done.stdout, "agrees"))
    for words in ("softmax", "softmax cross entropy layer", "linear of the engine"):
        assert words in agrees
    assert not lines_of(done.stdout, "DIFFERS")
    text = (out / "README.md").read_text(encoding="utf-8")
    assert text.startswith("# minima\n")
    assert f"{len(engine.ANSWERS) + IN_PASSING + 2} of the" in text
    assert "Its accuracy is not on record yet." in text
    assert "lines are nnlib's" in text  # one_hot, and kaiming_uniform
    init = (out / "minima" / "nnlibs" / "init.py").read_text(encoding="utf-8")
    assert init.startswith("# Copied from nnlib") and "MIT License" in (
        out / "minima" / "nnlibs" / "LICENSE"
    ).read_text(encoding="utf-8")
    everything = "\n".join(f.read_text(encoding="utf-8") for f in out.rglob("*.py"))
    assert "import nnlib\n" not in everything and "from nnlib." not in everything


def test_a_wrong_line_makes_its_test_fail(tmp_path):
    notebook(LOSS)
    out = tmp_path / "out"
    assert main(["export", str(out)]) == 0
    file = out / "mynn" / "ch05.py"
    file.write_text(file.read_text().replace("(self.P - self.Y)", "(self.Y - self.P)"))
    done = alone(out / "tests" / "test_mynn.py")
    assert done.returncode == 1 and "softmax cross entropy layer" in done.stdout
    assert len(lines_of(done.stdout, "DIFFERS")) == 1


@pytest.mark.parametrize("left", ["matmul", "backpropagate", "unbroadcast"])
def test_what_is_not_theirs_is_copied_marked_and_counted(tmp_path, left):
    engine.write(set(engine.ANSWERS) - {left})
    out = tmp_path / "out"
    assert main(["export", str(out)]) == 0
    done = alone(out / "tests" / "test_mynn.py")
    assert done.returncode == 0 and "linear of the engine" in done.stdout, done.stdout + done.stderr
    page = (out / "mynn" / "ch06.py").read_text(encoding="utf-8")
    assert f"def {left}(" not in page and f"import {left}" in page
    text = (out / "README.md").read_text(encoding="utf-8")
    assert f"`{left}`" not in text
    assert f"{len(engine.ANSWERS) - 1 + IN_PASSING} of the" in text


def test_the_accuracy_on_record_is_quoted_only_where_all_of_it_is_theirs(tmp_path):
    notebook(SOFTMAX)
    mine.scored("MNIST's test images", 0.9, "softmax Linear")
    assert record.read()["scores"] == {}
    mine.scored("MNIST's test images", 0.9731, "softmax")
    mine.scored("MNIST's test images", 0.5, "softmax")
    assert main(["export", str(tmp_path / "out")]) == 0
    text = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert "reads MNIST's test images: 97.31% right" in text


def test_nothing_is_written_over(tmp_path, capsys):
    notebook(SOFTMAX)
    assert main(["export", str(tmp_path / "out")]) == 0
    before = (tmp_path / "out" / "mynn" / "ch04.py").stat().st_mtime_ns
    assert main(["export", str(tmp_path / "out")]) == 2
    assert "is there already" in capsys.readouterr().err
    assert (tmp_path / "out" / "mynn" / "ch04.py").stat().st_mtime_ns == before


@pytest.mark.parametrize("name", ["my-nn", "class", "json", "numpy", "", "../x"])
def test_a_name_that_python_cannot_import_is_refused(tmp_path, name, capsys):
    notebook(SOFTMAX)
    assert main(["export", str(tmp_path / "out"), "--name", name]) == 2
    assert "expected a name" in capsys.readouterr().err


def test_a_page_that_does_not_run_is_left_out_and_said(tmp_path, capsys):
    notebook(SOFTMAX)
    notebook(LOSS)
    shelf.file(4).write_text(shelf.file(4).read_text() + "\n1 / 0\n")
    assert main(["export", str(tmp_path / "out")]) == 2
    assert "ch04.py does not run" in " ".join(capsys.readouterr().err.split())


CELLS = {
    cell.id: cell.source
    for cell in nbformat.read(ROOT / "notebooks" / "08_mnist.ipynb", as_version=4).cells
}


def chapter_8(capsys, monkeypatch, not_yours=(), taken=None):
    """What chapter 8 says of whose its first network is, and of the package that is exported."""

    def whose(_, id):
        return "nnlib's" if id in not_yours else "yours"

    monkeypatch.setattr(type(mine), "whose", whose)
    space = {
        "exercises": exercises,
        "mine": mine,
        "mnist": SimpleNamespace(name="MNIST"),
        "first_test": 0.9771,
        "Linear": taken or mine.Linear,
    }
    exec("import tempfile\nfrom pathlib import Path", space)
    exec("from nnlib.course.mine.export import Nothing, export", space)
    exec(CELLS["first-past"], space)
    exec(CELLS["export"], space)
    return capsys.readouterr().out


def test_chapter_8_quotes_its_network_where_all_of_it_is_theirs(capsys, monkeypatch):
    notebook(SOFTMAX)
    said = chapter_8(capsys, monkeypatch)
    assert "nnlib's: " not in said and "\nyours: " in said
    assert "# mynn" in said and "reads MNIST's test images: 97.71% right" in said


@pytest.mark.parametrize("left", ["matmul", "one_hot", "train_network", "Momentum"])
def test_chapter_8_quotes_nothing_where_a_part_is_nnlibs(capsys, monkeypatch, left):
    notebook(SOFTMAX)
    said = chapter_8(capsys, monkeypatch, not_yours=[left])
    assert f"nnlib's: {left}\n" in said and "\nyours: " in said
    assert "Its accuracy is not on record yet." in said


def test_chapter_8_takes_nothing_for_theirs_that_was_too_slow(capsys, monkeypatch):
    notebook(SOFTMAX)
    said = chapter_8(capsys, monkeypatch, taken=object)
    assert "\nnnlib's: " in said and "\nyours: one_hot " in said
    assert "Its accuracy is not on record yet." in said


def test_chapter_8_exports_nothing_where_nothing_is_kept(capsys, monkeypatch):
    said = chapter_8(capsys, monkeypatch, not_yours=set(exercises))
    assert "yours" not in said and "There is nothing to export yet." in said
