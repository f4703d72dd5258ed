"""Answers that a check once got wrong, each judged with the names of its notebook.

They lie in once_accepted.md, by the way in which they hid. Most stand for a kind: the derived cases
find the like in every exercise.
"""

import re
from functools import cache
from pathlib import Path

import pytest
from context import Context
from jury import verdict_on

TEXT = Path(__file__).with_name("once_accepted.md").read_text(encoding="utf-8")
PART = re.compile(r"^## ([^\n]+)\n|^### (\w+)[^\n]*\n|^```python\n(.*?)^```\n", re.M | re.S)
RIGHT = "Right, and once refused"


def answers():
    """Each answer in the file: (section, exercise, its source)."""
    section = exercise = ""
    for part in PART.finditer(TEXT):
        if part[3] is not None:
            yield section, exercise, part[3]
        section, exercise = part[1] or section, part[2] or exercise


context = cache(Context)
ALL = [pytest.param(*a, id=f"{a[1]}-{i}") for i, a in enumerate(answers())]


@pytest.mark.parametrize("section, id, text", [p for p in ALL if p.values[0] == RIGHT])
def test_a_right_answer_is_not_refused_again(section, id, text):
    verdict = verdict_on(context(id), text)
    assert verdict.status == "passed", verdict


@pytest.mark.parametrize("section, id, text", [p for p in ALL if p.values[0] != RIGHT])
def test_a_wrong_answer_is_not_accepted_again(section, id, text):
    verdict = verdict_on(context(id), text)
    assert verdict.status == "failed", verdict
    assert verdict.kind not in ("internal", "too long", "too big", "blank"), verdict
    assert verdict.message and verdict.seconds < 20


def test_every_block_is_read_and_every_kind_has_its_answers():
    assert len(ALL) == TEXT.count("```python\n") == TEXT.count("```") / 2
    sections = [p.values[0] for p in ALL]
    assert len(set(sections)) == TEXT.count("\n## ") == 9
    assert all(sections.count(section) >= 5 for section in sections)
