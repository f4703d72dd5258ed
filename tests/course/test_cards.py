"""The decorator, the cards, hints, solutions and quizzes, without a browser."""

import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from weakref import WeakKeyDictionary

import numpy as np
import pytest

import nnlib
from nnlib.course import exercise, exercises, hint, progress, quiz, quizzes, record, solution
from nnlib.course.stand_in import keep, stand_in


class Balanced(HTMLParser):
    """Raises where a tag is not closed, and knows the tags and the text."""

    def __init__(self, page):
        super().__init__()
        self.open, self.tags, self.text = [], set(), ""
        self.feed(page)
        assert not self.open, self.open

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def every_card():
    softmax = exercises["softmax"]
    answers = [softmax.reference, softmax.misconceptions[1].implementation, lambda Z: ...]
    for answer in answers:
        yield replace(softmax.check(answer), name="softmax")
    yield hint("softmax")
    yield solution("softmax")
    record.checked("softmax", "failed")
    yield solution("softmax")
    yield progress()
    yield quiz("untrained_loss")
    yield quiz("untrained_loss", 3)


def test_html_is_static_balanced_and_reads_without_styles():
    for card in every_card():
        page = Balanced(card._repr_html_())
        assert page.tags <= {
            "div",
            "p",
            "b",
            "span",
            "code",
            "pre",
            "details",
            "summary",
            "table",
            "tr",
            "td",
        }
        assert "color:#000" not in card._repr_html_() and "background:#" not in card._repr_html_()
        assert len(page.text) > 40


def test_plain_text_is_at_most_70_characters_wide_and_always_the_same():
    for card, again in zip(every_card(), every_card(), strict=True):
        assert repr(card) == repr(again) and card._repr_html_() == again._repr_html_()
        if "def softmax" not in repr(card):
            assert max(map(len, repr(card).splitlines())) <= 74, card


def test_code_in_messages_is_escaped():
    result = replace(exercises["softmax"].check(lambda Z: Z), message="`a < b` & <script>")
    assert "<code>a &lt; b</code> &amp; &lt;script&gt;" in result._repr_html_()


def test_blank_then_wrong_then_right(capsys):
    @exercise("softmax")
    def softmax(Z):
        """Rows of scores to rows of probabilities."""
        # your code here
        ...

    Z = np.array([[1.0, 2, 3]])
    blank = softmax.yours
    assert capsys.readouterr().out.startswith("○ not attempted · Softmax, row by row\n")
    assert (softmax(Z) == nnlib.functions.softmax(Z)).all() and blank(Z) is None
    assert softmax is not nnlib.functions.softmax and not hasattr(nnlib.functions.softmax, "yours")

    @exercise("softmax")
    def softmax(Z):
        return np.exp(Z) / np.exp(Z).sum()

    said = capsys.readouterr().out
    assert said.startswith("◐ not yet") and "For now `softmax` is nnlib's" in said
    assert np.isclose(softmax(Z).sum(), 1) and "mine" not in dir(softmax)

    @exercise("softmax")
    def softmax(Z):
        E = np.exp(Z - Z.max(axis=-1, keepdims=True))
        return E / E.sum(axis=-1, keepdims=True)

    assert capsys.readouterr().out == (
        "✓ passed · Softmax, row by row\n`softmax` is your own from here on.\n"
    )
    assert softmax.yours is softmax
    assert exercises["softmax"].check(softmax).passed


def test_an_answer_may_call_itself_while_it_is_checked(capsys):
    source = """@exercise("softmax")
def softmax(Z):
    if len(Z) <= 1:
        E = np.exp(Z - Z.max(axis=-1, keepdims=True)) if len(Z) else Z
        return {} * E / E.sum(axis=-1, keepdims=True)
    return np.concatenate([softmax(Z[:1]), softmax(Z[1:])])
"""
    space = {"np": np, "exercise": exercise}
    exec(source.format(1), space)
    assert capsys.readouterr().out.startswith("✓ passed")
    exec(source.format(2), space)  # it must not call nnlib's, which the name would hold
    exec(source.format(2), space)
    assert capsys.readouterr().out.count("◐ not yet") == 2
    assert np.allclose(space["softmax"](np.ones((2, 2))), 0.5)


def test_checking_a_stand_in_checks_the_students_own():
    mine = stand_in(exercises["softmax"], lambda Z: Z)
    assert exercises["softmax"].check(mine).status == "failed"


def test_a_subclass_of_a_stand_in_is_checked_itself():
    class Mine:
        pass

    Name = stand_in(replace(exercises["softmax"], reference=Reference), Mine)
    asked = replace(
        exercises["softmax"], reference=Reference, probe=lambda C, Z: C().n, misconceptions=()
    )

    class Child(Name):
        n = 5

        def __init__(self):
            pass

    result = asked.check(Child)
    assert result.status == "failed" and "Still to be written" not in result.message


def test_a_built_in_may_pass():
    cosine = replace(
        exercises["softmax"],
        reference=np.cos,
        misconceptions=(),
        cases=((0.5,),),
        draw=None,
        probe=lambda f, x: f(x),
    )
    assert cosine.check(np.cos).passed and keep(np.cos) is np.cos


class Reference:
    def __init__(self, n=1):
        self.n = n

    def __add__(self, other):
        return Reference(self.n + other.n)


def test_a_stand_in_for_a_class_makes_the_librarys_objects():
    class Mine:
        pass

    asked = replace(exercises["softmax"], reference=Reference)
    Name = stand_in(asked, Mine)
    a = Name(2)
    assert type(a) is Reference and isinstance(a, Name) and isinstance(a + a, Name)
    assert not isinstance(3, Name) and issubclass(Reference, Name) and Name.yours is Mine
    assert not hasattr(Reference, "yours") and Name.__name__ == "Reference"

    class Child(Name):
        def twice(self):
            return 2 * self.n

    assert Child(4).twice() == 8 and isinstance(Child(4), Name) and not isinstance(a, Child)


def test_ids_that_do_not_exist_are_met_kindly():
    for ask in (exercise, hint, solution):
        with pytest.raises(KeyError, match="no exercise called 'sofmax'. Did you mean 'softmax"):
            ask("sofmax")
    with pytest.raises(KeyError, match="no quiz called"):
        quiz("sofmax")
    with pytest.raises(ValueError, match="expected 1, 2 or 3"):
        hint("softmax", 4)
    with pytest.raises(ValueError, match="options 1 to 4; got 9"):
        quiz("untrained_loss", 9)


def test_a_fault_of_the_course_does_not_stop_the_student(monkeypatch, capsys):
    monkeypatch.setattr("nnlib.course.judging.judge.attempt", lambda *a: 1 / 0)
    monkeypatch.setattr("nnlib.course.judging.known._expected", WeakKeyDictionary())

    @exercise("softmax")
    def softmax(Z):
        return Z + 1

    assert "which is a mistake in the course and not in" in capsys.readouterr().out
    assert np.isclose(softmax(np.ones((1, 2))).sum(), 1)


def test_hints_open_one_inside_the_other():
    page = hint("softmax")._repr_html_()
    places = [page.index(text) for text in ("A nudge", "The idea", "Nearly the solution")]
    assert places == sorted(places)
    assert re.search(r"<details.*<details.*<details.*</details></details></details>", page)
    assert repr(hint("softmax", 2)).startswith("Hint 2 of 3 · Softmax, row by row\n")


def test_the_solution_opens_after_an_attempt():
    assert "opens after your first attempt" in repr(solution("softmax"))
    record.checked("softmax", "blank")
    assert "opens after your first attempt" in repr(solution("softmax"))
    record.checked("softmax", "failed")
    shown = repr(solution("softmax"))
    assert "nnlib/functions.py, line" in shown and "def softmax(Z, axis=-1):" in shown
    assert record.read()["exercises"]["softmax"]["solution"] is True


@pytest.mark.parametrize("id", list(quizzes))
def test_quiz_data(id):
    asked = quizzes[id]
    assert 2 <= len(asked.options) <= 5 and sum(o.right for o in asked.options) == 1
    assert all(option.text and option.why for option in asked.options)
    assert len({option.text for option in asked.options}) == len(asked.options)
    for option in asked.options:
        assert "!" not in option.why.replace("!=", "")


def test_quiz_answers_each_option_for_itself():
    assert repr(quiz("untrained_loss", 3)).startswith("✓ C: yes. Each class gets p = 1/10")
    assert repr(quiz("untrained_loss", 2)).startswith("◐ B: not quite. It would be 1")
    assert repr(quiz("untrained_loss", "b")) == repr(quiz("untrained_loss", 2))
    assert record.read()["quizzes"]["untrained_loss"] == {"first": 3, "answer": 2, "right": False}


def test_quiz_without_a_kernel_is_static_and_shows_nothing_ahead():
    bundle = quiz("untrained_loss")._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html"}
    assert bundle["text/html"].count("<details") == 4
    assert "ln(1/10)" not in bundle["text/plain"]


def test_quiz_buttons_reply_and_are_recorded(monkeypatch):
    monkeypatch.setattr(sys.modules["nnlib.course.quiz"], "in_notebook", lambda: True)
    bundle = quiz("untrained_loss")._repr_mimebundle_()
    assert bundle["application/vnd.jupyter.widget-view+json"]["model_id"]
    choices, _ = quiz("untrained_loss").widget().children
    assert choices.options[3] == "10" and "cross-entropy" in choices.question
    assert choices.right == 3
    assert "Each class gets p = 1/10" in choices.replies[2] and "not quite" in choices.replies[0]
    choices.chosen = 3
    assert record.read()["quizzes"]["untrained_loss"]["answer"] == 3
    choices.chosen = 1
    assert record.read()["quizzes"]["untrained_loss"]["answer"] == 1


def test_progress_counts():
    record.checked("softmax", "passed")
    record.checked("one_hot", "failed", "counts from one")
    text = repr(progress())
    assert text.startswith(f"Progress · 1 of {len(exercises)} exercises passed")
    row = next(line for line in text.splitlines() if line.startswith("04"))
    assert "✓○◐○" in row and "1 of 8" in row


def test_importing_the_course_is_light():
    code = "import sys, nnlib.course; print([m for m in ('IPython', 'ipywidgets', 'matplotlib', "
    code += "'nbclient', 'nbformat') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
