"""Three minutes before a chapter: the student's own slips, else the chapter's choice."""

import re

import pytest

from nnlib.course import exercise, exercises, quizzes, record, review
from nnlib.course.registry import numbers
from nnlib.course.review import SHORT, Review

CHAPTERS = [number for number in numbers() if number >= 3]


@pytest.mark.parametrize("number", CHAPTERS)
def test_an_empty_record_gets_the_chapters_own_choice(number):
    card = review(number)
    assert len(card.questions) == 2 and card.met == [] and card.missed == 0
    assert all(asked.chapter < number for asked in card.questions)
    asked = card.exercise
    assert asked.chapter < number and asked.kind == "function" and asked.minutes <= SHORT
    text = repr(card)
    assert text == repr(review(number)), "the stored output is the same each time"
    assert "record" not in text and "your" not in text.split("\n\n")[0].lower()
    assert f"three minutes before chapter {number}" in text and "skip it" in text


@pytest.mark.parametrize("number", CHAPTERS)
def test_the_same_words_in_both_forms(number):
    card = review(number)
    html = card._repr_html_()
    for asked in card.questions:
        assert asked.options[0].text.split("`")[0] in html or "`" in asked.options[0].text
        assert f'quiz("{asked.id}", 1)' in repr(card)
    assert f'@exercise("{card.exercise.id}")' in html.replace("&quot;", '"')


def test_what_was_missed_comes_first_and_goes_when_it_is_right():
    record.answered("sure_and_wrong", 2, False)
    record.answered("smaller_step", 1, True)
    card = review(5)
    assert card.questions[0].id == "sure_and_wrong" and card.missed == 1
    assert len(card.questions) == 2 and "smaller_step" not in [q.id for q in card.questions]
    assert "From your record: questions" in repr(card)
    assert review(4).missed == 0, "chapter 4's own questions are not asked before it"
    record.answered("sure_and_wrong", 1, True)
    assert review(5).missed == 0


def test_at_most_three_questions_and_others_the_next_time():
    for asked in quizzes.values():
        record.answered(asked.id, 1, False)
    first, second = review(6).questions, review(7).questions
    assert len(first) == len(second) == 3 and first != second
    assert len({q.id for q in first}) == 3


def test_the_exercise_is_one_where_a_misconception_was_met():
    slip = exercises["mse"].misconceptions[0]
    record.checked("mse", "failed", slip.name)
    card = review(4)
    assert card.exercise.id == "mse" and card.met == [slip.name]
    assert f'Last time you met "{slip.name}"' in " ".join(repr(card).split())
    assert slip.message.split(".")[0].split("`")[0] in card._repr_html_()


def test_a_misconception_that_is_gone_is_not_spoken_of():
    record.checked("mse", "failed", "one of an older course")
    assert review(4).met == []


def test_every_short_exercise_has_a_stub_that_is_blank_and_can_be_filled(capsys):
    for asked in exercises.values():
        if asked.kind == "function" and asked.minutes <= SHORT:
            card = Review(9, [], asked, [], 0)
            stub = card._stub
            assert re.match(r'@exercise\("\w+"\)\ndef \w+\(.*\):\n    \.\.\.$', stub), stub
            if asked.chapter < 9:
                exec(stub, {"exercise": exercise})
                assert "not attempted" in capsys.readouterr().out, stub


@pytest.mark.parametrize("number", [0, 2, 99, "5"])
def test_chapters_without_a_review_say_so(number):
    with pytest.raises(ValueError, match="from 3 on"):
        review(number)


def test_a_damaged_record_does_not_stop_it(progress_folder):
    progress_folder.mkdir()
    record.path().write_bytes(b"{")
    assert len(review(5).questions) == 2


def test_in_a_live_notebook_the_questions_can_be_answered():
    pytest.importorskip("ipywidgets")
    widget = review(5).widget()
    assert len(widget.children) == 4
    choices, _ = widget.children[1].children
    choices.chosen = 1
    assert record.read()["quizzes"]["gradient_at_the_truth"]["answer"] == 1
