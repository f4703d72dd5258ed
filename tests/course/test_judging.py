"""The judge itself: it never raises, whatever an answer is, and takes its time for its own code."""

import ast
import random
import sys
import threading
import time

import numpy as np
import pytest

from nnlib.course.exercise import Exercise, Misconception, case
from nnlib.course.judging import check, explain, known
from nnlib.course.judging.blank import blank
from nnlib.course.judging.outcome import Outcome
from nnlib.course.judging.run import attempt
from nnlib.course.judging.trial import Explanation


def double(x):
    return 2 * x


def made(reference=double, misconceptions=(), seconds=0.2, **more):
    """An exercise of one or two small cases."""
    facts = {"title": "Twice", "minutes": 1, "difficulty": 1, "hints": ("", "", "")}
    more = {"cases": (case(np.arange(3.0)), case(np.arange(2.0))), **more}
    return Exercise(
        id="double",
        chapter=0,
        reference=reference,
        misconceptions=misconceptions,
        seconds=seconds,
        **facts,
        **more,
    )


EXERCISE = made()


# ------------------------------------------------------------------------ it never raises for it


class Silent(Exception):
    def __str__(self):
        raise RuntimeError("no words")


class Unreadable:
    """Every question put to it raises."""

    def refuse(self, *_, **__):
        raise RuntimeError("leave me alone")

    __array__ = __len__ = __iter__ = __eq__ = __repr__ = __str__ = __float__ = __bool__ = refuse
    __hash__ = object.__hash__


class Secretive:
    """It can be called; asked for any attribute, it raises."""

    def __call__(self, x):
        return Secretive()

    __getattr__ = Unreadable.refuse


class UnreadableList(list):
    __iter__ = __len__ = __getitem__ = __repr__ = Unreadable.refuse


def raises_silently(x):
    raise Silent


def raises_key(x):
    raise KeyError(Unreadable())


def closes_its_output(x):
    sys.stdout.close()
    return x


def holds_itself(x):
    out = []
    out.append(out)
    return out


def pretends_a_signature(x):
    return x


pretends_a_signature.__signature__ = 3


def wraps_itself(x):
    return x


wraps_itself.__wrapped__ = wraps_itself


ODD = [
    raises_silently,
    raises_key,
    closes_its_output,
    holds_itself,
    pretends_a_signature,
    wraps_itself,
    lambda x: Unreadable(),
    lambda x: [Unreadable(), x],
    lambda x: (Unreadable(), Unreadable()),
    lambda x: {Unreadable(): x},
    lambda x: np.array([Unreadable()], dtype=object),
    lambda x: UnreadableList([1, 2]),
    lambda x: {1, 2},
    lambda x: memoryview(b"abc"),
    lambda x: Secretive(),
    Secretive(),
    Unreadable(),
    np.float64(3),
]


@pytest.mark.parametrize("i", range(len(ODD)))
def test_whatever_an_answer_is_a_result_comes(i):
    for exercise in (
        EXERCISE,
        made(lambda x: (x, 2 * x), returns=("x", "twice")),
        made(lambda x: {"x": x, "twice": 2 * x}),
    ):
        result = exercise.check(ODD[i])
        assert result.status == "failed" and result.message
        assert "leave me alone" not in result.evidence and repr(result) and result._repr_html_()


def test_what_cannot_be_read_is_of_another_type():
    result = EXERCISE.check(lambda x: Unreadable())
    assert result.kind == "type" and result.message.startswith("The result is an Unreadable;")


def test_an_answer_may_put_other_things_into_its_inputs():
    exercise = made(
        lambda parts: [2 * part for part in parts],
        cases=(case([np.ones(2), np.ones(2)]), case([np.ones(1), np.ones(1)])),
    )

    def answer(parts):
        out = [2 * part for part in parts]
        parts[0] = None
        return out

    assert exercise.check(answer).kind == "changed"


def test_a_foreign_array_is_read_once_and_passes():
    class Like:
        def __init__(self, array):
            self.array = array

        def __array__(self, dtype=None, copy=None):
            return self.array

    assert EXERCISE.check(lambda x: Like(2 * x)).passed
    result = EXERCISE.check(lambda x: Like(6 * x))
    assert result.kind == "factor" and "a Like" in result.evidence


# -------------------------------------------------------------- the course's own code has its time


def slow(x):
    until = time.process_time() + 0.15
    while time.process_time() < until:
        pass
    return 2 * x


def test_a_reference_may_be_slower_than_an_answer_may():
    exercise = made(slow, seconds=0.1)
    assert exercise.check(double).passed
    assert exercise.check(slow).kind == "too long"


def test_what_was_cut_off_is_not_kept(monkeypatch):
    exercise = made(misconceptions=(Misconception("thrice", "Two, not three.", lambda x: 3 * x),))
    cut_off = [Outcome(ended="too long")]
    with monkeypatch.context() as stalled:
        stalled.setattr(known, "attempt", lambda *_, **__: cut_off)
        with pytest.raises(MemoryError, match="the reference of 'double'"):
            check(exercise, double)
    assert exercise.check(double).passed
    with monkeypatch.context() as stalled:
        stalled.setattr(known, "attempt", lambda *_, **__: cut_off)
        assert exercise.check(lambda x: 3 * x).misconception is None
    assert exercise.check(lambda x: 3 * x).misconception.name == "thrice"


# ------------------------------------------------------------------------------------- one by one


def test_attempts_in_several_threads_keep_out_of_each_others_way():
    def answer(x):
        print(threading.current_thread().name)
        time.sleep(0.005)
        return x + random.random()

    said = {}

    def run():
        outcomes = attempt(made(seconds=5), answer, EXERCISE.all_cases())
        said[threading.current_thread().name] = [o.printed.strip() for o in outcomes]

    before = sys.stdout, sys.stderr, np.geterr()
    threads = [threading.Thread(target=run, name=f"thread {i}") for i in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == {thread.name: [thread.name] * 2 for thread in threads}
    assert (sys.stdout, sys.stderr, np.geterr()) == before


# ------------------------------------------------------------------------------- ways of explaining


def test_a_way_of_explaining_is_one_more_step(monkeypatch):
    def seven(trial):
        if trial.came.value is not None and (trial.came.value == 7).all():
            return Explanation("seven", "Seven is no answer.", evidence="7")
        return None

    monkeypatch.setattr(explain, "place", lambda trial, said: said)  # no repair is looked for
    monkeypatch.setattr(explain, "STEPS", (*explain.STEPS[:-1], seven, explain.STEPS[-1]))
    result = EXERCISE.check(lambda x: np.where(x < 9, 7.0, 7.0))
    assert (result.kind, result.message, result.evidence) == ("seven", "Seven is no answer.", "7")
    assert EXERCISE.check(lambda x: x + np.arange(len(x)) ** 3 + 1).kind == "values"


# ---------------------------------------------------------------------- blank, without any source


@pytest.mark.parametrize(
    "body, is_blank",
    [
        ("pass", True),
        ("...", True),
        ("'what it does'", True),
        ("return", True),
        ("return ...", True),
        ("'what it does'; return None", True),
        ("'what it does'; return ...", True),
        ("raise NotImplementedError", True),
        ("raise NotImplementedError('later')", True),
        ("'what it does'; raise NotImplementedError('later')", True),
        ("return x", False),
        ("return 0", False),
        ("x += x", False),
        ("raise ValueError", False),
        ("print(x)", False),
    ],
)
def test_blank_without_a_source(body, is_blank):
    space = {}
    exec(compile(ast.parse(f"def answer(x): {body}"), "<lost>", "exec"), space)
    assert (blank(space["answer"]) is not None) is is_blank
