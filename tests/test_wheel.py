"""What a stranger installs: the wheel holds all of nnlib, and works away from the repository."""

import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from email.parser import BytesParser
from pathlib import Path

import pytest

import nnlib
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
    (path,) = folder.glob("nnlib_from_scratch-*.whl")
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


def test_wheel_says_what_it_is(wheel):
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        said = BytesParser().parsebytes(archive.read(name))
    assert (said["Name"], said["Version"]) == ("nnlib-from-scratch", nnlib.__version__)
    urls = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"].get("urls", {})
    assert said.get_all("Project-URL", []) == [f"{name}, {url}" for name, url in urls.items()]
    assert said.get_payload().startswith("# Neural networks from scratch")


def test_wheel_works_in_a_fresh_environment(wheel, tmp_path):
    """What the package depends on is borrowed from here; the package itself is the wheel's."""
    venv.create(tmp_path / "venv", symlinks=sys.platform != "win32")
    folder = "Scripts/python.exe" if sys.platform == "win32" else "bin/python"
    python = tmp_path / "venv" / folder
    subprocess.run(
        [*PIP, "--python", python, "install", "--quiet", "--no-deps", wheel],
        check=True,
        capture_output=True,
    )
    (packages,) = (tmp_path / "venv").rglob("site-packages")
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib"))
    script = tmp_path / "use.py"
    script.write_text(
        "import sys\n"
        "import nnlib, nnlib.widgets\n"
        "from nnlib.course import exercises, quizzes\n"
        "from nnlib.data import load_digits\n"
        "assert nnlib.__file__.startswith(sys.prefix), nnlib.__file__\n"
        "softmax = exercises['softmax']\n"
        "assert softmax.check(softmax.reference).passed and len(load_digits().images) == 1797\n"
        "print(len(exercises), len(quizzes))\n"
    )
    command = [python, "-I", script]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [str(len(exercises)), str(len(quizzes))]
