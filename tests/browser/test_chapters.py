"""Every chapter in a real browser, all cells run: no error in an output, none in the console."""

from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("[0-9]*.ipynb"))

BROKEN = """() => [
    ...[...document.querySelectorAll('mjx-merror, .MathJax_Error')].map(e => `formula: ${e.title}`),
    ...[...document.querySelectorAll('.jp-RenderedHTMLCommon img')]
        .filter(i => i.complete && !i.naturalWidth).map(i => `picture: ${i.alt}`),
    ...[...document.querySelectorAll('.jp-OutputArea')].map(e => e.innerText)
        .filter(t => /Error displaying widget|Failed to load model|Loading widget/.test(t)),
]"""


def test_every_chapter_is_there():
    assert [path.stem[:2] for path in NOTEBOOKS] == [f"{n:02d}" for n in range(10)]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_chapter_in_jupyterlab(lab, path):
    check(lab, path, "lab/tree")


def test_a_chapter_in_notebook_7(lab):
    pytest.importorskip("notebook")
    check(lab, next(p for p in NOTEBOOKS if p.stem[:2] == "04"), "notebooks")


def check(lab, path, app):
    with lab.chapter(path, app) as view:
        view.run_all()
        assert view.output_errors() == []
        seen = {i: view.page.evaluate(BROKEN) for i in view.read_through()}
        assert {i: found for i, found in seen.items() if found} == {}
        assert view.errors == []
