"""Every chapter has the shape that the course promises, and none leaves a reader at a dead end."""

import ast
import re
from pathlib import Path

import nbformat
import pytest

from nnlib.course import exercises, quizzes

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
TWO_SITTINGS = {6}  # the engine whole; the place to stop is marked
every_chapter = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def read(path):
    return nbformat.read(path, as_version=4)


def number(path):
    return int(path.stem[:2])


def prose(notebook):
    return [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]


def code(notebook):
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def headings(notebook):
    """(level, words) of every heading, fenced code left out."""
    text = re.sub(r"```.*?```", "", "\n".join(prose(notebook)), flags=re.S)
    return [(len(h[1]), h[2].strip()) for h in re.finditer(r"^(#+) (.*)$", text, re.M)]


def anchors(notebook):
    return {words.replace(" ", "-") for _, words in headings(notebook)}


@every_chapter
def test_header_says_what_is_built_what_is_needed_and_how_long(path):
    first = prose(read(path))[0]
    assert first.startswith(f"# {number(path)}. ")
    for words in ("**You will build**", "**You need**", "**Minutes:**", "At the end you can"):
        assert words in first, f"the first cell lacks {words}"
    minutes = int(re.search(r"\*\*Minutes:\*\* (\d+)", first)[1])
    assert 30 <= minutes <= (180 if number(path) in TWO_SITTINGS else 120)
    if number(path) in TWO_SITTINGS:
        assert any("**A good place to stop.**" in text for text in prose(read(path)))


@every_chapter
def test_headings_come_in_order(path):
    levels = [level for level, _ in headings(read(path))]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(b - a <= 1 for a, b in zip(levels, levels[1:], strict=False))


@every_chapter
def test_has_a_bug_clinic_where_the_curriculum_has_one_and_a_recap(path):
    titles = [words for _, words in headings(read(path))]
    assert "What is yours now" in titles
    if number(path) < 8:
        assert any("bug clinic" in words.lower() for words in titles)


@every_chapter
def test_ends_with_the_way_on(path):
    chapters = {number(p): p.name for p in NOTEBOOKS}
    last = prose(read(path))[-1]
    assert "**Next:**" in last
    if following := chapters.get(number(path) + 1):
        assert f"]({following})" in last


@every_chapter
def test_every_exercise_and_question_of_the_chapter_is_asked_once(path):
    cells = "\n".join(code(read(path)))
    asked = re.findall(r'^@exercise\("(\w+)"\)', cells, re.M)
    expected = [e.id for e in exercises.values() if e.chapter == number(path)]
    assert asked == expected and 5 <= len(asked) <= (20 if number(path) in TWO_SITTINGS else 16)
    questions = re.findall(r'^quiz\("(\w+)"\)', cells, re.M)
    assert sorted(questions) == sorted(q.id for q in quizzes.values() if q.chapter == number(path))
    assert 3 <= len(questions) <= 5


@every_chapter
def test_a_definition_carries_its_exercises_name_and_a_docstring(path):
    for source in code(read(path)):
        if "@exercise(" not in source:
            continue
        node = ast.parse(source).body[-1]
        assert node.name == node.decorator_list[0].args[0].value
        assert ast.get_docstring(node), node.name


@every_chapter
def test_never_more_than_two_code_cells_without_prose(path):
    kinds = "".join(cell.cell_type[0] for cell in read(path).cells)
    assert "ccc" not in kinds


@every_chapter
def test_every_picture_says_what_it_shows(path):
    pictures = 0
    for cell in read(path).cells:
        for output in cell.get("outputs", []):
            html = output.get("data", {}).get("text/html", "")
            for tag in re.findall(r"<img\b[^>]*>", html):
                assert re.search(r'\balt="[^"]{10,}"', tag), f"{cell.id}: no alt text"
            for tag in re.findall(r"<svg\b[^>]*>", html):
                assert "aria-label=" in tag or 'aria-hidden="true"' in tag, f"{cell.id}: no label"
            assert "image/png" not in output.get("data", {}), f"{cell.id}: a picture without alt"
            pictures += html.count("<img") + html.count("<svg")
    assert pictures >= 2


@every_chapter
def test_links_and_anchors_lead_somewhere(path):
    for target in re.findall(r"\]\(([^)\s]+)\)", "\n".join(prose(read(path)))):
        if re.match(r"https?://", target):
            continue
        name, _, anchor = target.partition("#")
        there = path.parent / name if name else path
        assert there.exists(), f"{target} leads nowhere"
        if anchor:
            assert anchor in anchors(read(there)), f"{target}: no such heading"


@every_chapter
def test_length_is_that_of_one_sitting_or_two(path):
    notebook = read(path)
    words = sum(len(re.findall(r"\b\w+", re.sub(r"\$.*?\$", "", text))) for text in prose(notebook))
    cells, most = (140, 5000) if number(path) in TWO_SITTINGS else (110, 4200)
    assert 40 <= len(notebook.cells) <= cells and 1000 <= words <= most


@every_chapter
def test_prose_is_quiet(path):
    """No exclamation marks outside formulas and code, no emoji."""
    for text in prose(read(path)):
        words = re.sub(r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$|!\[", "", text, flags=re.S)
        assert "!" not in words, words
        assert not re.search("[\U0001f300-\U0001faff]", words), words


LETTERS = {"N", "D", "H", "K", "X", "W", "b", "Z", "A", "y", "Y", "P", "L"}


def test_notation_table_defines_every_letter():
    (text,) = [t for t in prose(read(NOTEBOOKS[0])) if re.search(r"^## Notation", t, re.M)]
    rows = re.findall(r"^\|(.*?)\|", text, re.M)
    defined = set(re.findall(r"[A-Za-z]+", " ".join(re.sub(r"\\\w+", "", row) for row in rows)))
    assert defined >= LETTERS
