"""The ground the course stands on: its two commands, its packaging, CI and Binder."""

import ast
import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def requirements(lines):
    """name -> range, without comments, options and markers."""
    parts = (re.match(r"([A-Za-z][\w-]*)([^;#]*)", line.strip()) for line in lines)
    return {part[1]: part[2].strip() for part in parts if part}


# The two commands


def test_readme_opens_with_the_two_commands():
    blocks = re.findall(r"^```\w*\n(.*?)^```", read("README.md"), re.M | re.S)
    assert [block.strip() for block in blocks[:2]] == ["python3 start.py", "python3 start.py test"]


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_links_lead_somewhere(page):
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", read(page))
    targets += re.findall(r'<img src="([^"]+)"', read(page))
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_readme_shows_three_widgets_and_says_what_is_seen():
    pictures = re.findall(r"<img [^>]*>", read("README.md"))
    assert len(pictures) >= 3
    assert all(re.search(r'alt="[^"]{40,}"', picture) for picture in pictures)


def test_ci_runs_the_same_test_command():
    assert "\npython3 start.py test\n" in read(".ci/run")
    assert "run: python start.py test\n" in read(".github/workflows/tests.yml")


@pytest.fixture
def start(monkeypatch, tmp_path):
    """start.py in a copy of its ground, with nothing really installed or run."""
    for name in "start.py", "requirements.txt", "pyproject.toml":
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    (tmp_path / "notebooks").mkdir()
    spec = importlib.util.spec_from_file_location("start", tmp_path / "start.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.chdir(tmp_path)
    module.done = []

    def make_venv():
        module.done.append("venv")
        module.VENV.mkdir()

    monkeypatch.setattr(module, "works", module.VENV.exists)
    monkeypatch.setattr(module, "make_venv", make_venv)
    monkeypatch.setattr(module, "install", lambda *what: module.done.append(what))
    monkeypatch.setattr(module, "run", lambda *what: module.done.append(tuple(map(str, what))))
    return module


OPEN = ("-r", "requirements.txt")
TEST = ("-r", "requirements.txt", "-e", ".[test]")


def test_first_start_sets_up_and_later_ones_only_open(start):
    lab = ("jupyterlab", "--ServerApp.root_dir=.", "--LabApp.default_url=/lab/tree/notebooks")
    start.main([])
    assert start.done == ["venv", OPEN, lab]
    start.main(["--no-browser", "--port", "8899"])
    assert start.done[3:] == [(*lab, "--no-browser", "--port", "8899")]


def test_opens_chapter_0_where_it_exists(start):
    Path("notebooks/00_start_here.ipynb").touch()
    start.main([])
    assert start.done[-1][-1].endswith("=/lab/tree/notebooks/00_start_here.ipynb")


def test_tests_ask_for_the_test_extra_and_measure_coverage_of_the_whole_suite_only(start):
    start.main(["setup"])
    start.main(["test"])
    start.main(["test", "-k", "softmax"])
    coverage = start.done[3]
    assert start.done == ["venv", OPEN, TEST, coverage, ("pytest", "-k", "softmax")]
    assert coverage[:2] == ("pytest", "--cov=nnlib") and "--cov-fail-under=95" in coverage


def test_what_is_set_up_for_tests_serves_for_opening(start):
    start.main(["test"])
    start.main(["setup"])
    assert start.done[:2] == ["venv", TEST] and OPEN not in start.done


def test_a_changed_requirement_or_a_failed_setup_is_installed_again(start, monkeypatch):
    def fail(*what):
        raise SystemExit("no network")

    with monkeypatch.context() as patch:
        patch.setattr(start, "install", fail)
        with pytest.raises(SystemExit):
            start.main(["setup"])
    start.main(["setup"])
    assert start.done == ["venv", OPEN]
    with open("requirements.txt", "a") as file:
        file.write("tqdm\n")
    start.main(["setup"])
    assert start.done == ["venv", OPEN, OPEN]


def test_an_old_python_and_a_missing_venv_are_told_kindly(monkeypatch):
    spec = importlib.util.spec_from_file_location("start", ROOT / "start.py")
    start = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(start)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "version_info", (3, 9, 18, "final", 0))
        with pytest.raises(SystemExit, match="needs 3.11 or newer"):
            start.main([])
    with monkeypatch.context() as patch:
        patch.setattr(importlib.util, "find_spec", lambda name: None)
        with pytest.raises(SystemExit, match="apt install python3-venv"):
            start.make_venv()


def test_a_failing_pip_is_quoted(monkeypatch, capsys):
    spec = importlib.util.spec_from_file_location("start", ROOT / "start.py")
    start = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(start)
    monkeypatch.setattr(start, "PYTHON", Path(sys.executable))
    with pytest.raises(SystemExit) as stop:
        start.install("--no-index", "-r", "no-such-file.txt")
    assert "no-such-file.txt" in capsys.readouterr().out
    assert "internet connection" in stop.value.code


def test_a_word_it_does_not_know_prints_the_help():
    done = subprocess.run(
        [sys.executable, str(ROOT / "start.py"), "tset"], capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "python3 start.py test" in done.stderr


def test_start_needs_the_standard_library_only_and_an_old_python_can_read_it():
    tree = ast.parse(read("start.py"), feature_version=(3, 7))
    modules = {
        a.name.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names
    }
    modules |= {n.module.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert modules <= sys.stdlib_module_names


# Packaging


def test_requirements_and_project_agree():
    course = requirements(read("requirements.txt").splitlines())
    package = requirements(PROJECT["dependencies"] + PROJECT["optional-dependencies"]["test"])
    both = course.keys() & package.keys()
    assert {"numpy", "matplotlib", "ipywidgets", "nbval", "pytest"} <= both
    assert "ipywidgets" in both and course["ipywidgets"] == ">=8.1.5,<9"  # JupyterLab 4 needs 8
    for name in both - {"ipywidgets"}:
        assert course[name] == package[name], name
    assert "-e ." in read("requirements.txt").splitlines()


def test_ci_covers_the_oldest_and_newest_python():
    versions = [c.rsplit(" ", 1)[1] for c in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", c)]
    assert PROJECT["requires-python"] == f">={versions[0]}"
    assert f'python: ["{versions[0]}", "{versions[-1]}"]' in read(".github/workflows/tests.yml")


def test_code_is_clean():
    ruff = pytest.importorskip("ruff")
    done = subprocess.run(
        [ruff.find_ruff_bin(), "check", "--no-cache", "--output-format=concise", str(ROOT)],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr


# Binder


@pytest.mark.skipif(sys.platform != "linux", reason="repo2docker runs on Linux")
def test_binder_builds_the_course(tmp_path):
    pytest.importorskip("repo2docker", reason="repo2docker is not installed")
    done = subprocess.run(
        [sys.executable, "-m", "repo2docker", "--no-build", "--debug", str(ROOT)],
        capture_output=True,
        text=True,
        timeout=120,
    )
    dockerfile = done.stdout + done.stderr
    assert done.returncode == 0, dockerfile
    python = read("binder/runtime.txt").strip().removeprefix("python-")
    assert tuple(map(int, python.split("."))) >= (3, 11)
    assert f"py-2d{python.replace('.', '-2e')}-2dlinux" in dockerfile  # its environment file
    assert 'pip install --no-cache-dir -r "binder/requirements.txt"' in dockerfile
    assert "RUN ./binder/postBuild" in dockerfile


def test_binder_installs_what_the_course_asks_for_and_fetches_mnist():
    assert read("binder/requirements.txt").split() == ["-r", "../requirements.txt"]
    lines = read("binder/postBuild").splitlines()
    assert lines.index("set -e") < next(i for i, line in enumerate(lines) if "load_mnist" in line)


OFFLINE = "class DataError(ValueError): pass\ndef load_mnist(): raise DataError('no network')"


@pytest.mark.skipif(sys.platform == "win32", reason="Binder runs on Linux")
@pytest.mark.parametrize(("data", "built"), [(OFFLINE, True), ("1 / 0", False)])
def test_binder_builds_without_mnist_but_not_without_the_package(tmp_path, data, built):
    (tmp_path / "nnlib").mkdir()
    (tmp_path / "nnlib" / "__init__.py").touch()
    (tmp_path / "nnlib" / "data.py").write_text(data)
    (tmp_path / "python").symlink_to(sys.executable)
    done = subprocess.run(
        ["bash", str(ROOT / "binder" / "postBuild")],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
    )
    assert (done.returncode == 0) == built, done.stderr
    assert ("MNIST is not in this image. no network" in done.stdout) == built
