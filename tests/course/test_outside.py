"""Answers that somebody wrote without knowing the checks, each judged under its notebook's names.

They lie in outside/ with the verdict that each deserves. A card names the slip where it says more
than that the numbers, the shape or an exception are not what they should be.
"""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from context import places
from jury import judge, read


def can_run(answer):
    """Some are written with packages that not every reader of this has."""
    packages = re.findall(r"^ *(?:from|import) (\w+)", answer["code"], re.M)
    return all(map(find_spec, packages))


FILES = sorted(Path(__file__).with_name("outside").glob("*.jsonl"))
ANSWERS = [answer for file in FILES for answer in read(file) if can_run(answer)]
WRONG = [answer for answer in ANSWERS if answer["label"] == "wrong"]
BEYOND_THE_EXERCISE = {
    "shift_images-w018": "right for moves up to the image's size; none is longer",
}
RIGHT = [answer for answer in ANSWERS if answer["label"] == "right"]


@pytest.fixture(scope="module")
def verdicts():
    return judge(ANSWERS)


def test_the_answers_are_to_exercises_of_the_notebooks():
    assert len({a["id"] for a in ANSWERS}) == len(ANSWERS) == len(WRONG) + len(RIGHT)
    assert {a["exercise"] for a in ANSWERS} <= set(places())


def test_each_is_judged(verdicts):
    lost = {id: v for id, v in verdicts.items() if v.status == "unloadable" or v.kind == "lost"}
    assert not lost and not [id for id, v in verdicts.items() if v.kind == "internal"]


def test_no_wrong_answer_passes(verdicts):
    passed = {a["id"] for a in WRONG if verdicts[a["id"]].status == "passed"}
    assert passed == set(BEYOND_THE_EXERCISE)


def test_no_right_answer_is_refused(verdicts):
    counted = [a for a in RIGHT if not a.get("may_refuse")]
    refused = {a["id"]: verdicts[a["id"]].message for a in counted}
    assert not {id: said for id, said in refused.items() if verdicts[id].status != "passed"}


def test_a_right_answer_that_may_be_refused_is_told_that_it_is_right(verdicts):
    for answer in RIGHT:
        verdict = verdicts[answer["id"]]
        if verdict.status != "passed":
            assert verdict.kind in ("kept in", "names"), (answer["id"], verdict.message)


def test_four_in_five_cards_name_the_slip(verdicts):
    failed = [verdicts[a["id"]] for a in WRONG if verdicts[a["id"]].status == "failed"]
    assert sum(v.named for v in failed) >= 0.8 * len(failed)
