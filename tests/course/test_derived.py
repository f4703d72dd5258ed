"""Cases that nobody wrote: every exercise has them, and what hides from the others fails there."""

import ast
import inspect
import json
import linecache
import re
import textwrap
import time
from dataclasses import replace

import numpy as np
import pytest
from context import Context
from notebook_calls import NOTEBOOKS, pattern, special_calls

from nnlib import functions, init, manual, nn, tensor
from nnlib.course import exercise, exercises
from nnlib.course.judging import derived

every_exercise = pytest.mark.parametrize(
    "asked", [pytest.param(e, id=f"ch{e.chapter:02}-{e.id}") for e in exercises.values()]
)


# ------------------------------------------------------------------------------ every exercise


@every_exercise
def test_each_kind_is_decided_by_the_reference_or_exempt_with_a_reason(asked):
    """A kind without a case has no arrays of fractions to turn, or the reference stops at it."""
    cases = derived.derived(asked)
    kinds = {d.kind.name for d in cases}
    assert {"other draws"} <= kinds or not asked.draw
    assert {"kept in", "effects"} <= kinds
    assert ("called again" in kinds) == (asked.kind == "function")
    assert ("two objects" in kinds) == (asked.kind == "class")
    has_rng = "rng" in inspect.signature(asked.reference).parameters
    assert ("draws" in kinds) == has_rng
    for kind in derived.KINDS:
        if kind.name in kinds or derived.why_not(asked, kind) or kind.turn is None:
            continue
        last = asked.all_cases()[-1]
        turned = list(kind.turn(asked, last))
        stopped = [
            o.ended != "returned" or not derived.finite(o.value) or kind.stable
            for o in derived.run(asked, asked.reference, [(kind, case) for case in turned])
        ]
        assert all(stopped), kind.name


@every_exercise
def test_an_exemption_has_a_reason_and_is_needed(asked):
    kinds = {kind.name for kind in derived.KINDS}
    for what, why in asked.exempt.items():
        assert what in kinds | set(asked.names) | {"a list"}, what
        assert len(why) > 10 and "!" not in why
        if what in kinds:
            kind = next(k for k in derived.KINDS if k.name == what)
            assert derived.cases_of(replace(asked, exempt={}), kind), f"no case of {what} anyway"


@every_exercise
def test_the_reference_returns_in_every_region_or_raises_on_purpose(asked):
    for made in derived.derived(asked):
        if made.kind.name != "region":
            continue
        outcome = made.expected
        raised = outcome.failure and outcome.failure.type == "ValueError"
        assert raised or (outcome.ended == "returned" and derived.finite(outcome.value)), made
    for area in asked.regions:
        assert len(area.words) <= 360 and "!" not in area.words and area.cases


@every_exercise
def test_calls_are_those_of_the_notebook(asked):
    written = {pattern(ast.parse(text, mode="eval").body): text for text in asked.calls}
    assert set(written) == set(special_calls(asked))


@every_exercise
def test_derived_cases_stay_what_they_are(asked):
    """A check changes nothing in them, so that the second answer meets what the first met."""
    before = repr([d.case for d in derived.derived(asked)])
    asked.check(asked.reference)
    assert repr([d.case for d in derived.derived(asked)]) == before


def test_nine_of_ten_passing_checks_take_less_than_a_tenth_of_a_second():
    took = []
    for asked in exercises.values():
        asked.check(asked.reference)
        begun = time.process_time()
        asked.check(asked.reference)
        took.append(time.process_time() - begun)
    assert np.quantile(took, 0.9) < 0.1, sorted(took)[-8:]


def test_an_exemption_of_lists_is_true_in_the_notebook():
    """Where a later cell takes `.shape`, `.round` or the like of the result, lists are refused."""
    methods = re.compile(r"\.(round|sum|shape|mean|std|reshape|copy|T|tolist|size)\b")
    for asked in exercises.values():
        if "a list" not in asked.exempt:
            continue
        notebook = json.loads(_notebook(asked).read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            text = "".join(cell["source"])
            for line in re.findall(rf"\b{asked.id}\([^()]*\)(?:\S*)", text):
                assert not methods.search(line.split(")", 1)[1]), line


def _notebook(asked):
    (path,) = NOTEBOOKS.glob(f"{asked.chapter:02}_*.ipynb")
    return path


# --------------------------------------------------- answers that pass every written case, and fail


def written(id, text):
    """The answer that a text defines, as in a notebook's cell, with the chapter's own names."""
    space = {"__name__": "cell", "np": np, **vars(functions), **vars(tensor)}
    space |= {"Module": nn.Module, "Parameter": nn.Parameter, **vars(init), "Layer": manual.Layer}
    space |= {"Linear": manual.Linear, "ReLU": manual.ReLU} if id == "Network" else {}
    for name in ("regression_grad", "linear_model", "numerical_gradient"):
        space[name] = exercises[name].reference
    space["f"] = lambda w: np.log(w[0] + w[1]) + w[0] ** 2 * w[1]
    space.pop(id, None)
    text = textwrap.dedent(text).strip() + "\n"
    filename = f"<cell {abs(hash(text))}>"
    linecache.cache[filename] = (len(text), None, text.splitlines(True), filename)
    exec(compile(text, filename, "exec"), space)
    return space[id]


HIDDEN = json.loads((NOTEBOOKS.parent / "tests/course/hidden.json").read_text(encoding="utf-8"))
hidden = pytest.mark.parametrize(
    "id, kind, text", [pytest.param(*row, id=f"{row[0]}-{i}") for i, row in enumerate(HIDDEN)]
)


@hidden
def test_an_answer_that_hides_from_the_written_cases_is_found(id, kind, text):
    asked = exercises[id]
    result = asked.check(written(id, text))
    assert result.status == "failed", result
    assert result.kind == kind, result
    assert result.misconception is None and "!" not in result.message
    card = repr(replace(result, name=id))
    assert len(card.splitlines()) <= 34 and max(map(len, card.splitlines())) <= 74


def test_the_evidence_is_the_case_that_fails():
    text = "def softmax(Z):\n    P = np.zeros_like(Z)\n    for i in range(len(Z)):\n"
    text += "        e = np.exp(Z[i] - Z[i].max())\n        P[i] = e / e.sum()\n    return P"
    result = exercises["softmax"].check(written("softmax", text))
    assert result.kind == "whole numbers" and "yours" in result.evidence


def test_a_line_of_the_students_is_named_where_it_stops():
    text = "def lp_norm(x, p):\n    total = np.ones(len(x))\n    for _ in range(p):\n"
    text += "        total *= abs(x)\n    return total.sum() ** (1 / p)"
    result = exercises["lp_norm"].check(written("lp_norm", text))
    assert "It happened in line 3: `for _ in range(p):`" in result.message


# ---------------------------------------------------------------------------- what stays allowed


ALLOWED = json.loads((NOTEBOOKS.parent / "tests/course/allowed.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("id, text", [pytest.param(*row, id=row[0]) for row in ALLOWED])
def test_a_right_answer_of_another_kind_passes(id, text):
    result = exercises[id].check(written(id, text))
    assert result.passed, result


def test_a_slow_answer_is_not_put_through_all_of_them(monkeypatch):
    monkeypatch.setattr(derived.examination, "PATIENCE", 0.0)
    asked = exercises["softmax"]
    came = derived.outcomes(asked, asked.reference)
    assert 0 < len(came) < len(derived.derived(asked))
    assert derived.judge(asked, came) is None


def test_a_renamed_function_is_told_its_name(capsys):
    @exercise("matvec")
    def matvecc(A, x):
        return A @ x

    said = " ".join(capsys.readouterr().out.split())
    assert "passed" in said
    assert "The cells below call it `matvec`: rename it" in said


def test_linear_takes_a_tensor_of_the_notebooks_own():
    """Chapter 6 builds its own Tensor, Parameter and Module; a right answer stands on those."""
    text = textwrap.dedent("""
        class Linear(Module):
            def __init__(self, in_features, out_features, rng=None):
                self.bias = Parameter(np.zeros(out_features))
                self.weight = Parameter(kaiming_uniform((in_features, out_features), rng))

            def forward(self, X):
                return X @ self.weight + self.bias
        """)
    context = Context("Linear")
    assert vars(context.module())["Tensor"] is not tensor.Tensor
    result = exercises["Linear"].check(context.answer(text))
    assert result.passed, result
    text = text.replace("return X @", "return (X.data if isinstance(X, Tensor) else X) @")
    result = exercises["Linear"].check(context.answer(text))
    assert result.kind == "region", result
