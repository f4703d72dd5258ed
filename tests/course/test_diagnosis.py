"""The four steps of the diagnosis, on exercises made for the purpose."""

from dataclasses import replace

import numpy as np
import pytest

from nnlib.course import exercises
from nnlib.course.exercise import Exercise, Misconception, case


@pytest.fixture(autouse=True)
def no_repair(monkeypatch):
    """These are the sentences that are said before a repair is looked for."""
    monkeypatch.setattr("nnlib.course.judging.explain.place", lambda trial, said: said)


def mean_and_grad(x, target):
    return np.mean((x - target) ** 2), 2 * (x - target) / len(x)


def drawn(rng):
    n = int(rng.integers(4, 9))
    return rng.normal(size=n), rng.normal(size=n)


PAIR = Exercise(
    "pair",
    0,
    "A loss and its gradient",
    2,
    1,
    mean_and_grad,
    ("", "", ""),
    (
        Misconception(
            "half",
            "There is no 1/2.",
            lambda x, target: tuple(v / 2 for v in mean_and_grad(x, target)),
        ),
    ),
    cases=(case(np.array([1.0, 2, 4]), np.zeros(3), about="zeros"),),
    draw=drawn,
    returns=("loss", "dx"),
    factors=lambda x, target: {"N, the number of samples": len(x)},
)


class Scale:
    """x -> w x, remembering x."""

    def __init__(self, w):
        self.w, self.dw = w, 0.0

    def forward(self, x):
        self.x = x
        return self.w * x

    def backward(self, dout):
        self.dw += (dout * self.x).sum()
        return dout * self.w


def drive(Scale, w, x, dout):
    layer = Scale(w)
    out = layer.forward(x)
    first = layer.backward(dout)
    layer.backward(dout)
    return {"out": out, "dx": first, "dw after two calls": layer.dw}


class ScaleOverwriting(Scale):
    def backward(self, dout):
        self.dw = (dout * self.x).sum()
        return dout * self.w


LAYER = Exercise(
    "scale",
    0,
    "A layer of one weight",
    5,
    2,
    Scale,
    ("", "", ""),
    (Misconception("overwrites the gradient", "Add to dw; do not set it.", ScaleOverwriting),),
    draw=lambda rng: (float(rng.normal()), rng.normal(size=4), rng.normal(size=4)),
    probe=drive,
)


def says(exercise, answer):
    result = exercise.check(answer)
    return result.kind, result.message


def test_parts_are_judged_one_by_one():
    def answer(x, target):
        return mean_and_grad(x, target)[0], (x - target) ** 3

    kind, message = says(PAIR, answer)
    assert kind == "values"
    assert message == "`dx` does not have the expected numbers yet; `loss` is right."


def test_a_slip_in_one_part_is_named_there():
    kind, message = says(PAIR, lambda x, target: (mean_and_grad(x, target)[0], 2 * (x - target)))
    assert kind == "factor"
    assert message.startswith("Each of your numbers is exactly N times what was expected")
    assert message.endswith("This is about `dx`; `loss` is right.")


def test_misconception_before_forensics():
    result = PAIR.check(lambda x, t: tuple(v * 0.5 for v in mean_and_grad(x, t)))
    assert result.misconception.name == "half" and result.message == "There is no 1/2."


@pytest.mark.parametrize(
    "answer, kind, words",
    [
        (lambda x, t: mean_and_grad(x, t)[::-1], "order", "Return them as: loss, dx."),
        (lambda x, t: mean_and_grad(x, t)[0], "parts", "2 results were expected, (loss, dx); one"),
        (lambda x, t: (None, 1), "none", "`loss` is None"),
        (lambda x, t: print(mean_and_grad(x, t)), "none", "prints its result and returns None"),
        (lambda x, t: (v for v in mean_and_grad(x, t)), "parts", "one came"),
        (lambda x, t: (np.mean, 1), "type", "`loss` is a function (are the brackets"),
        (lambda x, t: ("0.3", 1), "text", "`loss` is the string '0.3'"),
        (lambda x, t: (1j, 1), "dtype", "dtype complex128"),
        (lambda x, t: (mean_and_grad(x, t)[0], [[1, 2], [3]]), "type", "do not have one length"),
        (lambda x: x, "signature", "called with 2 arguments, (x, target)"),
        (lambda x, t: 1 / 0, "raised", "ZeroDivisionError: division by zero"),
        (lambda x, t: x.shape[5], "raised", "IndexError: tuple index out of range"),
        (lambda x, t: ((x - t) ^ 2, x), "raised", "`^` is no power in Python: write `**`."),
        (lambda x, t: (0.5 ^ 2, x), "raised", "`^` is no power in Python: write `**`."),
        (lambda x, t: (np.ones((2, 7)) @ x, x), "raised", "Inner sizes of `@` must agree"),
        (lambda x, t: (np.ones(7) + x, x), "raised", "from the right, sizes must be equal or 1."),
    ],
)
def test_each_kind_of_failure_has_its_words(answer, kind, words):
    found, message = says(PAIR, answer)
    assert (found, words in message) == (kind, True), message


def test_integers_where_fractions_were_cut_off():
    exercise = replace(
        PAIR,
        reference=lambda x, target: (x - target) / 2,
        returns=(),
        misconceptions=(),
        id="cut",
        draw=None,
    )

    def answer(x, target):
        out = np.zeros(len(x), dtype=int)
        out[:] = (x - target) / 2
        return out

    assert says(exercise, answer)[0] == "integers"


def test_changed_inputs_are_noticed_although_the_numbers_are_right():
    def answer(x, target):
        x -= target
        return np.mean(x**2), 2 * x / len(x)

    kind, message = says(PAIR, answer)
    assert kind == "changed" and "changes its input `x` in place" in message


def test_only_one_case_fails_and_is_named():
    def answer(x, target):
        return mean_and_grad(x, target) if np.any(target) else (0.0, x)

    assert "Only in one case: zeros." in says(PAIR, answer)[1]


def test_nan_in_one_case_does_not_hide_a_factor_in_the_others():
    def answer(x, target):
        loss, dx = mean_and_grad(x, target)
        return loss, dx * 3 if np.any(target) else dx * np.nan

    result = PAIR.check(answer)
    assert result.kind == "nan" and "nan" in result.message


def test_the_smallest_failing_case_is_shown():
    result = PAIR.check(lambda x, target: (0.0, x))
    assert "x = [1., 2., 4.]" in result.evidence
    assert "first at" not in result.evidence or "yours" in result.evidence


# --------------------------------------------------------------------------------------- classes


def test_a_class_passes_and_its_misconceptions_are_known():
    assert LAYER.check(Scale).passed
    assert LAYER.check(ScaleOverwriting).misconception.name == "overwrites the gradient"


def test_a_class_with_methods_still_to_be_written_is_blank():
    class Half:
        def __init__(self, w):
            self.w, self.dw = w, 0.0

        def forward(self, x):
            self.x = x
            return self.w * x

        def backward(self, dout): ...

    result = LAYER.check(Half)
    assert result.status == "blank" and "`backward`" in result.message


def test_a_class_that_lacks_a_method_or_is_none():
    class Half:
        def __init__(self, w):
            self.w = w

        def forward(self, x):
            return self.w * x

    kind, message = says(LAYER, Half)
    assert kind == "raised" and "'Half' object has no attribute 'backward'" in message
    assert "nnlib" not in message and "Traceback" not in message
    assert says(LAYER, lambda w: w)[0] == "type" and says(PAIR, Half)[0] == "type"
    assert "what came is the number 3" in PAIR.check(3).message


def test_a_line_of_a_class_is_the_students():
    class Broken(Scale):
        def forward(self, x):
            return self.weight * x

    kind, message = says(LAYER, Broken)
    assert kind == "raised" and "`return self.weight * x`" in message


# ------------------------------------------------------------------------------------- too long


def one_long_call(u, v):
    for _ in u:
        pass
    for_nothing = np.linalg.svd(np.ones((600, 600)))
    for_nothing = np.linalg.svd(np.ones((600, 600)))
    return u @ v + 0 * for_nothing[1][0]


def an_endless_loop(u, v):
    total = 0
    while total < 1:
        total += 0
    return u @ v


def a_loop_that_calls(u, v):
    def nothing():
        np.linalg.svd(np.ones((300, 300)))

    while True:
        nothing()


@pytest.mark.parametrize(
    ("answer", "loops"),
    [(one_long_call, False), (an_endless_loop, True), (a_loop_that_calls, True)],
)
def test_a_loop_is_blamed_only_where_one_runs(answer, loops):
    result = replace(exercises["dot"], seconds=0.1).check(answer)
    assert result.kind == "too long" and "It was in line" in result.message
    assert ("a loop whose condition never changes" in result.message) == loops
    assert ("one call takes that long" in result.message) != loops


# ---------------------------------------------------------------------------------------- advice


def test_loops_prints_and_warnings_are_advice_on_a_pass():
    softmax = exercises["softmax"]

    def looping(Z):
        return np.array([softmax.reference(z) for z in Z])

    def loud(Z):
        print(Z)
        return softmax.reference(Z)

    def warned(Z):
        np.exp(np.array(1000.0))
        return softmax.reference(Z)

    advice = [softmax.check(f).advice for f in (looping, loud, warned, softmax.reference)]
    assert "loops in Python" in advice[0] and "also prints" in advice[1]
    assert "overflow encountered in exp" in advice[2] and advice[3] == ""
