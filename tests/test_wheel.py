"""What a stranger installs: the wheel holds all of nnlib, and works away from the repository."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from nnlib.course import exercises, quizzes

ROOT = Path(__file__).resolve().parents[1]
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    pytest.importorskip("hatchling", reason="hatchling builds the wheel")
    folder = tmp_path_factory.mktemp("wheel")
    build = [*PIP, "wheel", "--no-deps", "--no-build-isolation", "-w", folder, ROOT]
    done = subprocess.run(build, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (path,) = folder.glob("nnlib-*.whl")
    return path


def test_wheel_holds_every_file_of_the_package_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    here = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "nnlib").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert packed == here


def test_wheel_works_away_from_the_repository(wheel, tmp_path):
    install = [*PIP, "install", "--quiet", "--no-deps", "--target", tmp_path / "site", wheel]
    subprocess.run(install, check=True, capture_output=True)
    script = tmp_path / "use.py"
    script.write_text(
        "import sys\n"
        f"sys.path.insert(0, {str(tmp_path / 'site')!r})\n"
        "import nnlib, nnlib.widgets\n"
        "from nnlib.course import exercises, quizzes\n"
        "from nnlib.data import load_digits\n"
        "assert nnlib.__file__.startswith(sys.path[0]), nnlib.__file__\n"
        "softmax = exercises['softmax']\n"
        "assert softmax.check(softmax.reference).passed and len(load_digits().images) == 1797\n"
        "print(len(exercises), len(quizzes))\n"
    )
    command = [sys.executable, script]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [str(len(exercises)), str(len(quizzes))]
