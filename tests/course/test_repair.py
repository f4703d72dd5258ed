"""Diagnosis by repair: the place of a slip is found, and nothing is said where it is not plain."""

import ast
import linecache
import time

import numpy as np
import pytest

from nnlib.course import exercise, exercises, hint
from nnlib.course.exercise import Exercise, case
from nnlib.course.judging.known import expected as expected_of
from nnlib.course.judging.known import standard
from nnlib.course.judging.repair import holes, repair
from nnlib.course.judging.repair.borrowed import Borrowed
from nnlib.course.judging.repair.build import Workshop, prepared
from nnlib.course.judging.repair.dangers import perils
from nnlib.course.judging.repair.edits import CHEAP, SOURCES, edits
from nnlib.course.judging.repair.idle import idle
from nnlib.course.judging.repair.words import QUESTIONS
from nnlib.course.judging.run import attempt
from nnlib.course.judging.source import read
from nnlib.course.judging.trial import Trial

numbers = iter(range(10**6))


def typed(code, **space):
    """The function or class that `code` defines, as if it stood in a notebook's cell."""
    name = f"<cell {next(numbers)}>"
    code = code.strip("\n") + "\n"
    linecache.cache[name] = (len(code), None, code.splitlines(True), name)
    space = {"np": np, "__name__": "student", **space}
    exec(compile(code, name, "exec"), space)
    return space[ast.parse(code).body[-1].name]


def found(asked, answer, seconds=5.0):
    cases = standard(asked)
    expected = expected_of(asked, cases)
    return repair(asked, answer, cases, expected, attempt(asked, answer, cases), seconds)


def made_up(reference, *cases, draw=None, **more):
    """A small exercise."""
    about = ("made-up", 0, "Made up", 5, 1)
    return Exercise(*about, reference, ("a", "b", "c"), (), cases, draw, **more)


def tables(rng):
    return (rng.normal(size=(rng.integers(2, 5), rng.integers(2, 5))),)


def row_range(X):
    return X.max(axis=1, keepdims=True) - X.min(axis=1, keepdims=True)


def running_sum(X):
    total = 0.0
    for row in X:
        total = total + row.sum()
    return total


def weighted(x, y):
    return x @ y / (2 * len(x)) + 1


def pairs(rng):
    n = rng.integers(2, 6)
    return rng.normal(size=n), rng.normal(size=n)


ROWS = made_up(row_range, draw=tables)
SUM = made_up(running_sum, draw=tables)
WEIGHTED = made_up(weighted, draw=pairs)

COLUMN = made_up(lambda x, y: (x * y)[:, None], draw=pairs)

SLIPS = [
    (ROWS, "return X.max(axis=1, keepdims=True) - X.min(axis=0)", "axis", "X.min(axis=0)"),
    (ROWS, "return X.max(axis=1, keepdims=True) - X.min()", "axis", "X.min()"),
    (
        ROWS,
        "return X.max(axis=1, keepdims=True) - X.max(axis=1, keepdims=True)",
        "function",
        "X.max(axis=1, keepdims=True)",
    ),
    (
        ROWS,
        "return X.max(axis=1, keepdims=True) + X.min(axis=1, keepdims=True)",
        "operator",
        "X.max(axis=1, keepdims=True) + X.min(axis=1, keepdims=True)",
    ),
    (
        ROWS,
        "return X.min(axis=1, keepdims=True) - X.max(axis=1, keepdims=True)",
        "order",
        "X.min(axis=1, keepdims=True) - X.max(axis=1, keepdims=True)",
    ),
    (COLUMN, "return x * y", "shape", "x * y"),
    (WEIGHTED, "return x @ y / 2 * len(x) + 1", "operator", "x @ y / 2 * len(x)"),
    (WEIGHTED, "return x @ y / (2 * len(x) + 1)", "brackets", "x @ y / (2 * len(x) + 1)"),
    (WEIGHTED, "return x @ y / (2 * len(x)) + 2", "constant", "x @ y / (2 * len(x)) + 2"),
    (WEIGHTED, "return x @ x / (2 * len(x)) + 1", "name", "x @ x"),
    (WEIGHTED, "return x * y / (2 * len(x)) + 1", "operator", "x * y"),
    (WEIGHTED, "return np.sqrt(x @ y) / (2 * len(x)) + 1", "call", "np.sqrt(x @ y)"),
    (WEIGHTED, "return x @ y / (2 * len(x)) + 1 - x @ x", "term", None),
    (WEIGHTED, "return x @ y / (2 * x.size**2) + 1", "factor", "x.size**2"),
    (SUM, "t = 0\nfor row in X:\n    t += row.sum()\n    return t", "indentation", "return t"),
    (SUM, "for row in X:\n    t = 0\n    t += row.sum()\nreturn t", "indentation", "t = 0"),
    (SUM, "t = 0\nfor row in X:\n    t = row.sum()\nreturn t", "assignment", "t = row.sum()"),
    (SUM, "t = 0\nfor row in X[1:]:\n    t += row.sum()\nreturn t", "index", "X[1:]"),
    (
        SUM,
        "t = 0\nfor i in range(1, len(X)):\n    t += X[i].sum()\nreturn t",
        "argument",
        "range(1, len(X))",
    ),
    (
        SUM,
        "t = 0\nfor row in X:\n    if row.sum() > 0:\n        t += row.sum()\nreturn t",
        "condition",
        "if row.sum() > 0:",
    ),
    (SUM, "t = 0\nfor row in X:\n    t += row.sum()\nt += t\nreturn t", "statement", "t += t"),
    (SUM, "return sum(row.sum() for row in -X)", "sign", None),  # a `for` inside has no line
    (SUM, "return (X.sum(), 0)", "parts", "(X.sum(), 0)"),
    (SUM, "return X", "missing call", "return X"),
]


@pytest.mark.parametrize(("asked", "body", "kind", "place"), SLIPS)
def test_each_kind_of_slip_is_placed(asked, body, kind, place):
    arguments = ", ".join(asked.names)
    lines = "\n".join("    " + line for line in body.split("\n"))
    answer = typed(f"def answer({arguments}):\n{lines}")
    slip = found(asked, answer)
    assert slip is not None and (slip.kind, slip.pair) == (kind, False)
    if place is not None:
        assert slip.place == place.strip("()") or slip.place == place
        line = next(i for i, text in enumerate(lines.split("\n"), 2) if place.strip("()") in text)
        assert slip.line == line
    assert slip.question in QUESTIONS.values() and slip.change


def test_two_slips_are_placed_and_no_more_is_said():
    code = "return X.max(axis=0, keepdims=True) * X.min(axis=1, keepdims=True)"
    answer = typed(f"def answer(X):\n    {code}")
    slip = found(ROWS, answer)
    assert slip.pair and slip.line == 2
    assert not slip.question and not slip.change and slip.second
    assert "two small changes" in slip.words


def test_the_same_slip_everywhere_is_one():
    answer = typed("def answer(X):\n    low = X.min(axis=0)\n    return X.max(axis=0) - low")
    slip = found(ROWS, answer)
    assert (slip.kind, slip.line, slip.place) == ("axis", 2, "X.min(axis=0)")


def test_a_method_of_a_class():
    class Scale:
        def __init__(self, factor):
            self.factor = factor

        def forward(self, x):
            self.x = x
            return self.factor * x

        def backward(self, d):
            return self.factor * d, (self.x * d).sum()

    def use(scale, factor, x):
        layer = scale(factor)
        return layer.forward(x), *layer.backward(x + 1)

    asked = made_up(Scale, draw=lambda rng: (float(rng.normal()), rng.normal(size=3)), probe=use)
    answer = typed("""
class Scale:
    def __init__(self, factor):
        self.factor = factor

    def forward(self, x):
        return self.factor * x

    def backward(self, d):
        return self.factor * d, (self.x * d).sum()
""")
    slip = found(asked, answer)
    assert slip.kind == "missing line" and slip.line == 5 and "self.x = x" in slip.change
    assert "next to line 5" in slip.words
    answer = typed("""
class Scale:
    def __init__(self, factor):
        self.factor = factor

    def forward(self, x):
        self.x = x
        return self.factor * x

    def backward(self, d):
        return self.factor + d, (self.x * d).sum()
""")
    slip = found(asked, answer)
    assert (slip.kind, slip.line, slip.place) == ("operator", 10, "self.factor + d")


REAL = [
    (
        "softmax",
        "def softmax(Z):\n    E = np.exp(Z - Z.max(axis=1, keepdims=True))\n"
        "    return E / E.sum(axis=0, keepdims=True)",
        (3, "E.sum(axis=0, keepdims=True)"),
    ),
    (
        "matvec",
        "def matvec(A, x):\n    out = np.zeros(len(A))\n    for i in range(len(A)):\n"
        "        for j in range(len(x)):\n            out[i] = A[i, j] * x[j]\n    return out",
        (5, "out[i] = A[i, j] * x[j]"),
    ),
    (
        "adam_step",
        "def adam_step(w, m, s, gradient, t, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):\n"
        "    m = b1 * m + (1 - b1) * gradient\n    s = b2 * s + (1 - b2) * gradient\n"
        "    step = lr * (m / (1 - b1**t)) / (np.sqrt(s / (1 - b2**t)) + eps)\n"
        "    return w - step, m, s",
        (3, "gradient"),
    ),
]


@pytest.mark.parametrize(("id", "code", "where"), REAL)
def test_exercises_of_the_course(id, code, where):
    slip = found(exercises[id], typed(code))
    assert slip.line == where[0] and where[1] in slip.place


RIGHT = {
    "softmax": """
def softmax(Z):
    shifted = Z - Z.max(axis=1, keepdims=True)
    E = np.exp(shifted)
    rows = E.sum(axis=1, keepdims=True)
    return E / rows
""",
    "mse": """
def mse(prediction, target):
    total = 0
    for p, t in zip(prediction, target):
        error = p - t
        total += error**2
    return total / len(target)
""",
    "center_rows": """
def center_rows(X):
    out = np.zeros(X.shape)
    for i in range(len(X)):
        row = X[i]
        out[i] = row - row.mean()
    return out
""",
}


@pytest.mark.parametrize("id", RIGHT)
def test_right_answers_spoilt_on_purpose_are_placed(id):
    asked, right = exercises[id], typed(RIGHT[id])
    cases = standard(asked)
    expected = expected_of(asked, cases)
    source = read(right)
    tree = ast.parse(ast.unparse(source.node)).body[0]
    spoilt = []
    for edit in edits(tree, Borrowed(asked.reference, tree, dict(right.__globals__)), CHEAP):
        with edit.made():
            if not perils(edit.place.statement):
                spoilt.append((edit.line, ast.unparse(tree)))
    placed = said = 0
    for i in np.random.default_rng(5).permutation(len(spoilt))[:16]:
        line, code = spoilt[i]
        try:
            answer = typed(code)
        except Exception:  # no Python any more
            continue
        outcomes = attempt(asked, answer, cases)
        if Trial(asked, cases, expected, outcomes).passed:
            continue
        slip = repair(asked, answer, cases, expected, outcomes, 5.0)
        if slip is not None:
            said += 1
            placed += line in (slip.line, *(slip.second or ())[:1])
    assert said >= 6 and placed >= 0.85 * said


# ------------------------------------------------------------------------- when to say nothing


def test_equally_small_changes_on_different_lines_are_not_named():
    def double(x):
        return 2 * x

    asked = made_up(double, draw=lambda rng: (rng.normal(size=3),))
    answer = typed("def double(x):\n    a = 1 * x\n    b = 1 * a\n    return b")
    assert found(asked, answer) is None
    code = """
def confusion_matrix(y_true, y_pred, K):
    counts = np.zeros((K, K), dtype=int)
    for t, p in zip(y_true, y_pred):
        counts[p, t] += 1
    return counts
"""  # `for p, t in`, or `counts[t, p]`?
    assert found(exercises["confusion_matrix"], typed(code)) is None


def test_another_answer_altogether_is_not_named():
    answer = typed("def answer(X):\n    return np.linalg.svd(X)")
    slip = found(ROWS, answer)
    assert slip is None or "svd" in slip.place


@pytest.mark.parametrize(
    "line",
    [
        "open('x')",
        "input()",
        "exit()",
        "import time; time.sleep(0)",
        "import this",
        "np.save('x', X)",
    ],
)
def test_what_reaches_outside_is_left_alone(line):
    def quiet(X):
        return row_range(X) + 1

    cases = standard(ROWS)
    expected = expected_of(ROWS, cases)
    outcomes = attempt(ROWS, quiet, cases)
    answer = typed(f"def answer(X):\n    if 0:\n        {line}\n    return X.max(axis=1) - X.min()")
    assert repair(ROWS, answer, cases, expected, outcomes) is None


def test_closures_and_exercises_without_arguments_are_left_alone():
    one = 1

    def closed(X):
        return X.max(axis=one, keepdims=True) + X.min(axis=one, keepdims=True)

    assert found(ROWS, closed) is None
    code = "def xor_network():\n    return np.ones((2, 2)), np.ones(2), np.ones((2, 1)), np.ones(1)"
    assert found(exercises["xor_network"], typed(code)) is None


# --------------------------------------------------------------------------- nothing is harmed


def test_globals_are_as_they_were():
    code = """
def answer(X):
    table[0] = 5
    seen.append(1)
    return X.max(axis=1, keepdims=True) + X.min(axis=1, keepdims=True)
"""
    table, seen = np.zeros(3), []
    answer = typed(code, table=table, seen=seen)
    cases = standard(ROWS)
    expected = expected_of(ROWS, cases)
    outcomes = attempt(ROWS, answer, cases)
    table[:], seen[:] = 0, []
    before = dict(answer.__globals__)
    slip = repair(ROWS, answer, cases, expected, outcomes)
    assert slip.kind == "operator"
    assert seen == [] and not table.any()
    assert answer.__globals__.keys() == before.keys()
    assert all(answer.__globals__[name] is value for name, value in before.items())


def test_an_endless_loop_costs_no_more_than_its_time():
    code = "t, i = 0, 0\n    while i < len(X):\n        t += X[i].sum()\n    return t"
    answer = typed(f"def answer(X):\n    {code}")
    cases = standard(SUM)
    expected = expected_of(SUM, cases)
    begun = time.process_time()
    repair(SUM, answer, cases, expected, [], seconds=1.0)
    assert time.process_time() - begun < 3


def test_edits_that_never_end_are_bounded():
    code = """
def answer(X):
    t, i = 0, 0
    while i < len(X):
        try:
            t += X[i].min()
        except Exception:
            pass
        i += 1
    return t
"""
    slip = found(SUM, typed(code))
    assert slip.place == "X[i].min()" and slip.kind == "function"


def test_the_tree_is_restored_after_each_edit():
    code = REAL[1][1]
    answer = typed(code)
    source = read(answer)
    tree = prepared(source.node)
    before = ast.dump(tree, include_attributes=True)
    workshop = Workshop(answer, tree, source.filename)
    borrowed = Borrowed(exercises["matvec"].reference, tree, workshop.space)
    prices, different = set(), set()
    for edit in edits(tree, borrowed):
        with edit.made():
            different.add(ast.dump(tree))
        prices.add(edit.price)
        assert edit.kind in QUESTIONS
    assert ast.dump(tree, include_attributes=True) == before
    assert len(prices) >= len(SOURCES) - 5 and len(different) > 500


def test_lines_stay_the_students():
    answer = typed(
        "\n\n# a comment\ndef answer(X):\n    # another\n    return X.max(axis=1) - X.min()"
    )
    slip = found(made_up(lambda X: X.max() - X.min(), draw=tables), answer)
    assert (slip.line, slip.place) == (4, "X.max(axis=1)")


# ------------------------------------------------------------------------------------ the cards


def test_the_card_names_the_place_and_the_hints_the_rest(capsys):
    code = """
@exercise("softmax")
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=0, keepdims=True)
"""
    name = "<cell softmax>"
    code = code.strip("\n")
    linecache.cache[name] = (len(code), None, code.splitlines(True), name)
    exec(compile(code, name, "exec"), {"np": np, "exercise": exercise})
    card = " ".join(capsys.readouterr().out.split())
    assert "Line 4 is one small change from right: look at" in card
    assert "axis=1, keepdims=True)` becomes" not in card and "becomes" not in card
    first, second, last = (" ".join(repr(hint("softmax", n)).split()) for n in (1, 2, 3))
    assert "Along which axis does it run" in first and "becomes" not in first + second
    assert "becomes `E.sum(axis=1, keepdims=True)`" in last
    right = code.replace("axis=0", "axis=1")
    linecache.cache[name] = (len(right), None, right.splitlines(True), name)
    exec(compile(right, name, "exec"), {"np": np, "exercise": exercise})
    assert "In your line" not in repr(hint("softmax", 1))


def test_an_exception_keeps_its_sentence_and_gets_a_place():
    answer = typed("def two_products(A, B):\n    return A * B, A @ C")
    result = exercises["two_products"].check(answer)
    assert result.kind == "repair" and result.repair.place == "A @ C"
    assert "NameError" in result.message and "look at `A @ C`" in result.message


# ---------------------------------------------------------------------------------------- holes


def test_a_missing_case_shows_as_a_hole():
    def power(x, p):
        return np.abs(x) ** p

    asked = made_up(power, case(np.array([1.0, 2.0]), 2), case(np.array([3.0]), 1))
    places = {hole.statement for hole in holes(asked)}
    assert "return x ** p" in places  # no negative x is ever asked for
    asked = made_up(power, case(np.array([-1.5, 2.0]), 3), case(np.array([3.0]), 1))
    assert "return x ** p" not in {hole.statement for hole in holes(asked)}


# -------------------------------------------------------------------------------------- dangers


@pytest.mark.parametrize(
    "line",
    [
        "out.append(out)",
        "out[0] = out",
        "out += [out]",
        "n = n * n",
        "n **= n",
        "n = 2 ** (n * n)",
        "n = np.linalg.norm(np.c_)",
    ],
)
def test_what_could_grow_without_end_is_not_run(line):
    assert perils(ast.parse(line)) > 0


@pytest.mark.parametrize("line", ["out.append(x)", "n = n * 2", "w = np.c_[X, y]", "m = b1**t * m"])
def test_what_is_harmless_is(line):
    assert perils(ast.parse(line)) == 0


def test_idle_lines_are_counted():
    code = """
def f(X):
    total = 0
    for row in X:
        total += row.sum()
    return X.sum()
    print(X)
"""
    some = idle(ast.parse(code))
    assert some > idle(ast.parse(code.replace("    print(X)\n", ""))) > 0
    assert idle(ast.parse(code.replace("X.sum()", "total").replace("    print(X)\n", ""))) == 0


def test_a_name_that_is_missing_is_not_lent_to_the_search():
    """With the library's `erf` in its place the answer would seem right but for a line beside."""
    text = "def gelu_grad(Z):\n    Phi = (1 + erf(Z / np.sqrt(2))) / 2\n"
    text += "    phi = np.exp(-Z ** 2 / 2) / np.sqrt(2 * np.pi)\n    return Phi + Z * phi\n"
    space = {"np": np, "__name__": "cell"}
    linecache.cache["<erf>"] = (len(text), None, text.splitlines(True), "<erf>")
    exec(compile(text, "<erf>", "exec"), space)
    result = exercises["gelu_grad"].check(space["gelu_grad"])
    assert result.kind == "raised" and "small change" not in result.message
