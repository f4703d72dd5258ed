"""Running what a student wrote: it ends, it stays small, and nothing of it remains."""

import builtins
import gc
import importlib
import itertools
import locale
import math
import os
import random
import signal
import subprocess
import sys
import threading
import time
import types
import warnings

import numpy as np
import pytest

from nnlib import functions
from nnlib.course import exercise, exercises
from nnlib.course.exercise import Exercise, case
from nnlib.course.judging import limits as sandbox
from nnlib.course.judging.limits import TimeUp, limits
from nnlib.course.judging.run import PRINTED, attempt


def double(x):
    return 2 * x


def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


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


# ---------------------------------------------------------------------------------------- the clock


def test_the_clock_counts_processor_time(guard):
    """A busy machine, or a nap, costs an answer nothing; all cases share the limit."""

    def napping(x):
        time.sleep(0.2)
        return 2 * x

    assert [o.ended for o in run(napping)] == ["returned", "returned"]

    def working(x):
        until = time.process_time() + 0.14
        while time.process_time() < until:
            pass
        return 2 * x

    assert [o.ended for o in run(working)] == ["returned", "too long"]


def test_a_plain_loop_over_every_weight_passes():
    def glorot_uniform(shape, rng):
        W, limit = np.empty(shape), (6 / sum(shape)) ** 0.5
        for i in range(shape[0]):
            for j in range(shape[1]):
                W[i, j] = rng.uniform(-limit, limit)
        return W

    assert exercises["glorot_uniform"].check(glorot_uniform).passed


@pytest.fixture
def slow_module(tmp_path, monkeypatch):
    """A module whose import takes longer than an answer may."""
    code = "import time\nuntil = time.process_time() + 0.9\nwhile time.process_time() < until: pass"
    (tmp_path / "slow_to_import.py").write_text(code + "\nfactor = 2")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield
    sys.modules.pop("slow_to_import", None)


@pytest.mark.parametrize("way", ["statement", "importlib"])
def test_an_import_is_free_and_is_never_interrupted(guard, slow_module, way):
    def answer(x):
        if way == "statement":
            import slow_to_import
        else:
            slow_to_import = importlib.import_module("slow_to_import")
        return slow_to_import.factor * x

    assert [o.ended for o in run(answer)] == ["returned", "returned"]
    sys.modules.pop("slow_to_import")
    assert "Import it above the function" in EXERCISE.check(answer).advice

    def and_on(x):
        import slow_to_import  # noqa: F401

        while True:
            pass

    sys.modules.pop("slow_to_import")
    assert run(and_on)[-1].ended == "too long"
    assert sys.modules["slow_to_import"].factor == 2


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a cap on Linux only")
def test_an_import_has_all_the_memory_it_needs(tmp_path, monkeypatch):
    code = "import numpy as np\nheld = np.empty(2**31, np.uint8)\n"
    (tmp_path / "large_to_import.py").write_text(code)
    monkeypatch.syspath_prepend(str(tmp_path))

    def answer(x):
        import large_to_import

        assert large_to_import.held.size
        return 2 * x

    assert [o.ended for o in run(answer)] == ["returned", "returned"]
    sys.modules.pop("large_to_import")
    assert run(lambda x: np.empty(2**31, np.uint8))[0].ended == "too big"


def test_a_check_inside_an_import_has_its_limits(guard, tmp_path, monkeypatch):
    code = "import nnlib.course.registry as r\ndef f(Z):\n    while True: pass\n"
    (tmp_path / "own_answers.py").write_text(code + "result = r.exercises['softmax'].check(f)\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert importlib.import_module("own_answers").result.kind == "too long"
    sys.modules.pop("own_answers")


@pytest.mark.parametrize(
    "endless_call",
    [
        lambda: sum(range(10**10)),
        lambda: max(map(abs, range(10**10))),
        lambda: any(0 for _ in range(10**10)),
        lambda: all(itertools.repeat(1)),
        lambda: math.prod(itertools.repeat(1)),
        lambda: sorted(itertools.repeat(1)),
    ],
)
def test_built_in_functions_hear_the_clock(guard, endless_call):
    assert run(lambda x: endless_call())[-1].ended in ("too long", "too big")
    assert type(sum) is type(math.prod) is type(len)


def test_built_in_functions_do_what_they_did(monkeypatch):
    monkeypatch.setattr("nnlib.course.judging.stage.LONG", 1000)  # quick, also where code is traced

    def answer(x):
        assert sum([[1], [2]], []) == [1, 2] and sum(range(2000)) == 1000 * 1999
        assert max(3, 5) == 5 and max([], default=4) == 4 and min("abc", key=ord) == "a"
        assert sorted({3, 1}, reverse=True) == [3, 1] and math.fsum(map(float, "12")) == 3
        with pytest.raises(TypeError, match="'int' object is not iterable"):
            sum(3)
        return 2 * x

    assert [o.ended for o in run(answer)] == ["returned", "returned"]


def test_without_signals_and_threads_answers_are_checked(monkeypatch):
    """A browser: nothing ends an endless loop there, and everything else goes on."""

    def no_threads(self):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(sandbox, "_alarm_is_free", lambda: False)
    monkeypatch.delattr(time, "pthread_getcpuclockid", raising=False)
    monkeypatch.setattr(threading.Thread, "start", no_threads)
    assert exercise("softmax")(softmax) is softmax
    assert exercise("softmax")(lambda Z: Z).yours is not softmax


# --------------------------------------------------------------------------- a kernel that survives


def leaves_by_str(x):
    class Rude(Exception):
        def __str__(self):
            sys.exit(1)

    raise Rude


def leaves_by_array(x):
    class Rude:
        def __array__(self, dtype=None, copy=None):
            sys.exit(1)

    return Rude()


def leaves_by_number(x):
    class Rude(float):
        def __repr__(self):
            sys.exit(1)

        __format__ = __array__ = __eq__ = __float__ = __str__ = __repr__

    return Rude(3.0)


def leaves_by_key(x):
    class Rude(str):
        def __repr__(self):
            sys.exit(1)

        __str__ = __format__ = __repr__

    return {Rude("a"): 3}


@pytest.mark.parametrize(
    "answer",
    [
        lambda x: exit(),
        lambda x: quit(),
        lambda x: os._exit(3),
        lambda x: sys.exit("bye"),
        leaves_by_str,
        leaves_by_array,
        leaves_by_number,
        leaves_by_key,
    ],
)
def test_nothing_leaves(answer, capsys):
    stdin, leave = sys.stdin, os._exit
    assert exercise("softmax")(answer).yours is answer
    assert "a mistake in the course" not in capsys.readouterr().out
    assert sys.stdin is stdin and os._exit is leave
    assert run(double)[0].ended == "returned"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_child_ends_and_takes_nothing_along():
    code = "import os\nfrom nnlib.course import exercise\n"
    code += "exercise('softmax')(lambda Z: os.fork() and Z)\nprint('once')\n"
    code += "def child(Z):\n    pid = os.fork()\n    if not pid: os._exit(7)\n"
    code += "    return os.waitpid(pid, 0)[1] >> 8\n"
    code += "print(exercise('softmax')(child) and 'the end')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and done.stdout.count("once") == done.stdout.count("the end") == 1
    assert "yours     7" in done.stdout


def test_what_an_answer_patches_is_put_back():
    def vandal(x):
        np.exp = np.asarray = np.errstate = np.random.seed = np.linalg.norm = None
        np.new = 3
        math.exp = time.monotonic = random.seed = os.getpid = None
        functions.softmax = None
        sys.settrace(lambda *_: None)
        sys.setprofile(lambda *_: None)
        locale.setlocale(locale.LC_ALL, "C.UTF-8")
        gc.disable()
        gc.set_threshold(3)
        sys.stdout = sys.stderr = sys.stdin = None
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        os.chdir("/")
        builtins.len = builtins.isinstance = builtins.print = None
        return 3

    shared = (np, np.random, np.linalg, builtins, math, time, random, os, functions)
    before = [dict(vars(module)) for module in shared]
    tracing = sys.gettrace(), sys.getprofile()
    spoken, thresholds, here = locale.setlocale(locale.LC_ALL), gc.get_threshold(), os.getcwd()
    streams, interrupt = (sys.stdin, sys.stdout, sys.stderr), signal.getsignal(signal.SIGINT)
    result = EXERCISE.check(vandal)
    assert result.kind == "unused", result.message  # it ends as ever, with a diagnosis
    for module, was in zip(shared, before, strict=True):
        assert all(vars(module)[name] is value for name, value in was.items()), module
    assert not hasattr(np, "new") and (sys.gettrace(), sys.getprofile()) == tracing
    assert locale.setlocale(locale.LC_ALL) == spoken
    assert gc.isenabled() and gc.get_threshold() == thresholds and os.getcwd() == here
    assert (sys.stdin, sys.stdout, sys.stderr) == streams
    assert signal.getsignal(signal.SIGINT) is interrupt
    assert exercises["softmax"].check(softmax).passed


def test_no_warning_of_ours_is_heard():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for answer in (
            lambda Z: softmax(Z).astype(np.float16),
            lambda Z: softmax(Z).astype(np.float16) * np.float16(6e4),
            lambda Z: np.full(Z.shape, np.inf, np.float16),
            lambda Z: softmax(Z) * 1e300,
        ):
            assert exercises["softmax"].check(answer).status == "failed"


def test_a_line_of_compiled_code_is_not_the_students():
    """Its frames have relative names, and a source of that name may even lie on the path."""
    code = compile("def inner(x):\n    raise ValueError('low')", "numpy/random/mtrand.pyx", "exec")
    space = {}
    exec(code, space)
    failure = run(lambda x: space["inner"](x))[0].failure
    assert failure.text.startswith("failure = run(lambda") and failure.type == "ValueError"


def test_a_check_asks_nobody(monkeypatch):
    monkeypatch.setattr(builtins, "input", lambda prompt="": pytest.fail("it asks"))
    result = EXERCISE.check(lambda x: float(input("x? ")))
    assert "a check has nobody" in result.message and "still to be written" not in result.message


def test_a_half_imported_ipython_is_no_shell(monkeypatch):
    """Another thread may be importing it just now."""
    monkeypatch.setitem(sys.modules, "IPython", types.ModuleType("IPython"))
    assert run(double)[0].ended == "returned"
