"""The one address of the course: written everywhere by one command, and nowhere by hand."""

import importlib.util
import re
import shutil
import sys
import tomllib
from pathlib import Path

import pytest

import nnlib

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def address():
    spec = importlib.util.spec_from_file_location("address", ROOT / "site/address.py")
    module = sys.modules["address"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    del sys.modules["address"]


@pytest.fixture
def copy(address, tmp_path):
    """Every file that names the address."""
    for name in (*address.PLACES, "site/address.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    address.main(["--none"], tmp_path)
    return tmp_path


def texts(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*.*")
        if path.is_file()
    }


def test_the_repository_says_what_is_set(address):
    assert address.stale(address.read()) == []


def test_one_command_writes_it_everywhere(address, copy):
    address.main(["ada", "nets"], copy)
    said = texts(copy)
    assert said.keys() == {*address.PLACES, "site/address.toml"}
    assert all("ada" in text and "nets" in text for text in said.values())
    links = re.findall(r"\]\((https://[^)]*)\)", said["README.md"].split("## ")[0])
    assert links == [
        "https://ada.github.io/nets/live/lab/index.html?path=00_start_here.ipynb",
        "https://colab.research.google.com/github/ada/nets/blob/main/notebooks/00_start_here.ipynb",
        "https://mybinder.org/v2/gh/ada/nets/HEAD?urlpath=lab/tree/notebooks/00_start_here.ipynb",
    ]
    assert tomllib.loads(said["pyproject.toml"])["project"]["urls"] == {
        "Homepage": "https://ada.github.io/nets",
        "Source": "https://github.com/ada/nets",
        "Issues": "https://github.com/ada/nets/issues",
    }
    assert address.read(copy) == address.Address("ada", "nets", "https://ada.github.io/nets")
    assert address.stale(address.read(copy), copy) == []


def test_it_moves_and_goes_without_a_trace(address, copy):
    before = texts(copy)
    address.main(["ada", "nets", "https://nets.example.org/"], copy)
    address.main(["bea", "course"], copy)
    assert not any("ada" in text for name, text in texts(copy).items() if name != "README.md")
    assert "https://nets.example.org" not in "".join(texts(copy).values())
    address.main(["--none"], copy)
    assert texts(copy) == before
    links = re.findall(r"https://(?:colab|mybinder\.org/v2)", before["README.md"])
    assert links == [] and "urls" not in tomllib.loads(before["pyproject.toml"])["project"]


def test_what_was_written_by_hand_is_found(address, copy):
    address.main(["ada", "nets"], copy)
    page = copy / "CITATION.cff"
    page.write_text(page.read_text().replace("/ada/", "/eve/"))
    assert address.stale(address.read(copy), copy) == [page]
    address.main([], copy)
    assert address.stale(address.read(copy), copy) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["ada"],
        ["ada", "nets/main"],
        ["https://github.com/ada", "nets"],
        ["ada", "nets", "http://plain.example.org"],
        ["ada", "nets", "https://example.org", "more"],
    ],
)
def test_what_is_no_address_is_refused_in_words(address, copy, arguments):
    before = texts(copy)
    with pytest.raises(SystemExit) as stop:
        address.main(arguments, copy)
    assert isinstance(stop.value.code, str) and texts(copy) == before


def test_the_citation_names_the_version():
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.search(r"^version: (.*)$", text, re.M)[1] == nnlib.__version__


def test_every_action_of_the_workflows_is_pinned():
    for path in (ROOT / ".github/workflows").glob("*.yml"):
        for action in re.findall(r"uses: (\S+)", path.read_text(encoding="utf-8")):
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", action), f"{path.name}: {action}"


def test_a_release_is_what_its_tag_says_and_needs_no_password():
    text = (ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8")
    assert 'test "$GITHUB_REF_NAME" = "v$version"' in text
    assert text.count("id-token: write") == 1 and "secrets." not in text
    assert re.search(r"^__version__ = ", (ROOT / "nnlib/__init__.py").read_text(), re.M)
