"""Running what a student wrote: it ends, it stays small, and nothing of it remains."""

import random
import sys
import threading
import time
import warnings

import numpy as np
import pytest

from nnlib.course.exercise import Exercise, case
from nnlib.course.judging import limits as sandbox
from nnlib.course.judging.limits import TimeUp, limits
from nnlib.course.judging.run import PRINTED, attempt


def double(x):
    return 2 * x


EXERCISE = Exercise(
    "double",
    0,
    "Twice",
    1,
    1,
    double,
    ("", "", ""),
    (),
    cases=(case(np.arange(3.0)), case(np.arange(2.0))),
    seconds=0.2,
)


def run(answer):
    return attempt(EXERCISE, answer, EXERCISE.all_cases())


def endless(x):
    while True:
        pass


def endless_and_deaf(x):
    while True:
        try:  # noqa: SIM105
            x = x + 1
        except:  # noqa: E722, SIM105
            pass


def endless_and_loud(x):
    while True:
        print("again")


def asleep(x):
    time.sleep(60)


@pytest.fixture(params=["alarm", "watchdog"])
def guard(request, monkeypatch):
    if request.param == "watchdog":
        monkeypatch.setattr(sandbox, "_alarm_is_free", lambda: False)
    elif not sandbox._alarm_is_free():
        pytest.skip("no alarm here")
    return request.param


@pytest.mark.parametrize("answer", [endless, endless_and_deaf, endless_and_loud, asleep])
def test_an_endless_answer_ends(guard, answer):
    if guard == "watchdog" and answer in (asleep, endless_and_deaf):
        pytest.skip("a watchdog cannot wake a sleeper, nor be heard by the deaf")
    start = time.perf_counter()
    outcomes = run(answer)
    assert time.perf_counter() - start < 3
    assert outcomes[-1].ended == "too long"
    assert outcomes[-1].failure.line > 0 and len(outcomes[-1].printed) <= PRINTED
    assert sys.gettrace() is None or "insist" not in repr(sys.gettrace())
    assert [o.ended for o in run(double)] == ["returned", "returned"]


def test_in_a_thread_the_watchdog_takes_over():
    found = []
    thread = threading.Thread(target=lambda: found.extend(run(endless)))
    thread.start()
    thread.join(5)
    assert found[0].ended == "too long"


@pytest.mark.parametrize("answer", [double, endless])
def test_a_traced_thread_comes_back(answer):
    """Under a debugger or coverage, a guard that leaves must not leave the thread spinning."""
    found = []

    def traced():
        sys.settrace(lambda *_: None)
        found.extend(run(answer))

    thread = threading.Thread(target=traced, daemon=True)
    thread.start()
    thread.join(10)
    assert not thread.is_alive()
    assert found[-1].ended == ("returned" if answer is double else "too long")


def test_no_exception_arrives_late(guard):
    """On the threshold: blocks that end just when the time is up."""
    for _ in range(20):
        try:
            with limits(0.05):
                until = time.perf_counter() + 0.0505
                while time.perf_counter() < until:
                    pass
        except TimeUp:
            pass
    time.sleep(0.12)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="refused in advance on Linux")
def test_a_huge_array_is_refused_before_it_exists():
    start = time.perf_counter()
    (outcome, *_) = run(lambda x: np.zeros((40_000, 40_000)))
    assert outcome.ended == "too big" and time.perf_counter() - start < 0.5
    assert np.zeros(200_000_000, dtype=np.uint8).size  # the limit is lifted again


def test_memory_is_watched_where_it_cannot_be_capped(guard, monkeypatch):
    used = iter([10, *[10**12] * 10**6])
    monkeypatch.setattr(sandbox, "memory_used", lambda: next(used))
    assert run(endless)[-1].ended == "too big"


def test_nothing_of_an_answer_remains():
    def careless(x):
        np.random.seed(3)
        random.seed(3)
        np.seterr(all="raise")
        np.set_printoptions(precision=1)
        warnings.simplefilter("error")
        sys.setrecursionlimit(5000)
        np.random.rand(7)
        return 2 * x

    np.random.seed(11)
    random.seed(11)
    before = (np.geterr(), np.get_printoptions(), list(warnings.filters), sys.getrecursionlimit())
    expected, python = np.random.RandomState(11).rand(), random.Random(11).random()
    assert [o.ended for o in run(careless)] == ["returned", "returned"]
    after = (np.geterr(), np.get_printoptions(), list(warnings.filters), sys.getrecursionlimit())
    assert before == after
    assert np.random.rand() == expected and random.random() == python


def test_random_numbers_are_the_same_in_each_check():
    first, second = run(lambda x: np.random.rand(2)), run(lambda x: np.random.rand(2))
    assert (first[0].value == second[0].value).all()


def test_what_it_printed_changed_and_was_warned_of():
    def noisy(x):
        print("x is", x)
        x += 1
        return np.exp(1000 * x)

    (outcome, _) = run(noisy)
    assert outcome.printed == "x is [0. 1. 2.]\n"
    assert outcome.changed == ("x",)
    assert "overflow" in outcome.warned


def test_the_line_is_the_students_own():
    def helper(x):
        return x @ np.ones((9, 9))

    def answer(x):
        return helper(x)

    failure = run(answer)[0].failure
    assert failure.type == "ValueError" and failure.text == "return x @ np.ones((9, 9))"


def test_exit_ends_one_call_and_an_interrupt_is_passed_on():
    assert [o.failure.type for o in run(lambda x: sys.exit(3))] == ["SystemExit"] * 2

    def stop(x):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(stop)
    assert run(double)[0].ended == "returned"
