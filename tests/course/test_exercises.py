"""Every exercise of the course, held to the same promises."""

import functools
import inspect
import linecache
import textwrap
from dataclasses import replace

import numpy as np
import pytest
from answers import known, reason

from nnlib.course import exercises
from nnlib.course.judging import check
from nnlib.course.judging.compare import compare
from nnlib.course.judging.run import attempt
from nnlib.course.workshop.mutants import mutants

ALL = [pytest.param(e, id=f"ch{e.chapter:02}-{e.id}") for e in exercises.values()]
CALLED = [p for p in ALL if p.values[0].probe is None and p.values[0].kind == "function"]
WRONG = [
    pytest.param(e, m, id=f"ch{e.chapter:02}-{e.id}-{m.name}")
    for e in exercises.values()
    for m in e.misconceptions
]
every_exercise = pytest.mark.parametrize("exercise", ALL)
every_function = pytest.mark.parametrize("exercise", CALLED)

BLANKS = (
    "...",
    "pass",
    '"""What it does."""',
    '"""What it does."""\n# your code here\n...',
    "raise NotImplementedError",
    'raise NotImplementedError("later")',
    "# your code here, about 3 lines\nreturn None",
    "result = ...\nreturn result",
)


def written(text, name, **space):
    """Define `name` by its source, which inspect can read, as in a notebook's cell."""
    filename = f"<cell {abs(hash(text))}>"
    linecache.cache[filename] = (len(text), None, text.splitlines(True), filename)
    space.setdefault("__name__", "cell")
    exec(compile(text, filename, "exec"), space)
    return space[name]


# ------------------------------------------------------------------------------------- the data


@every_exercise
def test_is_complete(exercise):
    assert len(exercise.hints) == 3 and all(exercise.hints)
    assert len(exercise.misconceptions) >= 3
    assert len({m.name for m in exercise.misconceptions}) == len(exercise.misconceptions)
    assert len({m.message for m in exercise.misconceptions}) == len(exercise.misconceptions)
    assert 1 <= exercise.difficulty <= 3 and 1 <= exercise.minutes <= 40
    assert exercise.all_cases() and exercise.id.isidentifier()
    assert len(known(exercise, "ALTERNATIVES")) >= 2


@every_exercise
def test_texts_are_short_and_kind(exercise):
    messages = [m.message for m in exercise.misconceptions]
    for text in [exercise.title, *exercise.hints, *messages]:
        assert "!" not in text.replace("!=", ""), text
        assert not text.lower().startswith("wrong"), text
    assert all(len(m) <= 360 for m in messages), [m for m in messages if len(m) > 360]


@every_exercise
def test_the_reference_is_in_the_library_and_can_be_shown(exercise):
    from nnlib.course.hints import source_of

    place, code = source_of(exercise)
    assert place.startswith("nnlib/") and ", line " in place
    assert code.startswith(("def ", "class ", "@"))


@every_exercise
def test_cases_are_the_same_each_time_and_another_seed_draws_others(exercise):
    first, second = exercise.all_cases(), exercise.all_cases()
    assert repr(first) == repr(second) or any("0x" in repr(case) for case in first)
    assert len(exercise.all_cases(seed=1)) == len(first)


# ------------------------------------------------------------------------------------- verdicts


@every_exercise
@pytest.mark.parametrize("body", BLANKS)
def test_blank_is_blank(exercise, body):
    if exercise.kind == "class":
        method = textwrap.indent(f"def forward(self, X):\n{textwrap.indent(body, '    ')}", "    ")
        text = f"class Blank:\n{method}\n"
    else:
        text = f"def Blank(*args):\n{textwrap.indent(body, '    ')}\n"
    result = exercise.check(written(text, "Blank"))
    assert result.status == "blank", result


@every_exercise
def test_reference_passes(exercise):
    result = exercise.check(exercise.reference)
    assert result.status == "passed", result


@every_exercise
def test_reference_passes_on_other_draws(exercise):
    cases = exercise.all_cases(seed=7)
    again = attempt(exercise, exercise.reference, cases)
    assert all(o.ended == "returned" or o.failure for o in again)
    for case, outcome in zip(cases, again, strict=True):
        assert not outcome.changed, (case, outcome)


@every_exercise
def test_alternatives_pass(exercise):
    for answer in known(exercise, "ALTERNATIVES"):
        result = exercise.check(answer)
        assert result.status == "passed", (answer, result)


@every_exercise
def test_a_list_where_later_cells_need_an_array_is_refused_in_friendly_words(exercise):
    for answer in known(exercise, "MAY_REFUSE"):
        result = exercise.check(answer)
        assert result.kind == "kept in", (answer, result)
        assert result.message.startswith("Your numbers are right, in a list; the cells below need")


@every_function
def test_float32_passes(exercise):
    if exercise.keeps_dtype or known(exercise, "NO_FLOAT32"):
        pytest.skip(f"{known(exercise, 'NO_FLOAT32') or 'it asks for a certain dtype'}")

    def single(value):
        is_double = isinstance(value, np.ndarray) and value.dtype == np.float64
        return value.astype(np.float32) if is_double else value

    def answer(*args):
        return exercise.reference(*map(single, args))

    result = exercise.check(answer)
    assert result.status == "passed", result


@pytest.mark.parametrize("exercise, misconception", WRONG)
def test_misconception_is_met_with_its_own_message(exercise, misconception):
    result = exercise.check(misconception.implementation)
    assert result.status == "failed", "it passes: add a case that tells it from the reference"
    assert result.misconception is misconception, result
    assert result.message == misconception.message


@every_exercise
def test_mutants_of_the_reference_fail(exercise, record_property):
    methods = known(exercise, "METHODS") or None
    quick = replace(exercise, seconds=0.5)
    cases = quick.all_cases()
    expected = attempt(quick, quick.reference, cases)
    made, survived = 0, []
    reference = exercise.solution if exercise.solution in _same_role(exercise) else None
    for name, mutant in mutants(reference or exercise.reference, methods):
        made += 1
        outcomes = attempt(quick, mutant, cases)
        if len(outcomes) == len(expected) and not any(
            compare(quick, came, right) for came, right in zip(outcomes, expected, strict=True)
        ):
            survived.append(name)
    found = {name: reason(exercise, name) for name in survived}
    allowed = [(f"{exercise.id}: {name}", why[1]) for name, why in found.items() if why]
    surviving = [name for name, why in found.items() if not why]
    record_property(
        "mutants",
        {"made": made, "allowed": allowed, "survived": [f"{exercise.id}: {n}" for n in surviving]},
    )
    assert made, "no mutants could be made of the reference"
    assert not surviving, "add a case that kills them:\n" + "\n".join(surviving)
    stale = set(known(exercise, "EQUIVALENT")) - {why[0] for why in found.values() if why}
    assert not stale, f"listed as harmless, but killed or not made: {stale}"


def _same_role(exercise):
    """The shown solution may stand in for the reference where it takes the same arguments."""
    try:
        same = inspect.signature(exercise.solution) == inspect.signature(exercise.reference)
    except TypeError:
        return []
    return [exercise.solution] if same else []


# ------------------------------------------------------- every kind of failure has its own words


def spoiled(exercise, spoil):
    @functools.wraps(exercise.reference)
    def answer(*args):
        return spoil(exercise.reference(*args), args)

    return answer


@every_function
def test_words_for_none(exercise):
    result = exercise.check(spoiled(exercise, lambda out, args: None))
    assert result.status == "failed" and (result.misconception or "None" in result.message)


@every_function
def test_words_for_an_exception(exercise):
    def answer(*args):
        raise IndexError("index 7 is out of bounds")

    result = exercise.check(answer)
    assert result.status == "failed" and "IndexError: index 7 is out of bounds" in result.message
    assert 'raise IndexError("index 7 is out of bounds")' in result.message
    assert "Traceback" not in repr(result) and "nnlib" not in result.message


@every_function
def test_words_for_a_function_in_place_of_a_value(exercise):
    result = exercise.check(spoiled(exercise, lambda out, args: np.exp if False else len))
    assert result.status == "failed"
    assert result.misconception or "function" in result.message or "came" in result.message


@every_function
def test_words_for_nan(exercise):
    def blot(value):
        if isinstance(value, tuple):
            return tuple(map(blot, value))
        if isinstance(value, dict):
            return {k: blot(v) for k, v in value.items()}
        return np.full(np.shape(value), np.nan) if np.asarray(value).dtype.kind in "iufb" else value

    result = exercise.check(spoiled(exercise, lambda out, args: blot(out)))
    assert result.status == "failed" and (result.misconception or "nan" in result.message), result


@every_function
def test_words_for_a_wrong_shape(exercise):
    def widen(value):
        if isinstance(value, tuple):
            return tuple(map(widen, value))
        if isinstance(value, dict):
            return {k: widen(v) for k, v in value.items()}
        return np.asarray(value)[None] if np.asarray(value).dtype.kind in "iufb" else value

    result = exercise.check(spoiled(exercise, lambda out, args: widen(out)))
    assert result.status == "failed"
    assert result.misconception or result.kind in ("shape", "axis of one"), result


@every_function
def test_words_for_a_changed_input(exercise):
    def scribble(out, args):
        for arg in args:
            if isinstance(arg, np.ndarray) and arg.size:
                arg[...] = 7 if arg.dtype != bool else ~arg
                break
        return out

    if exercise.changes_input or not any(
        isinstance(a, np.ndarray) for c in exercise.all_cases() for a in c.args
    ):
        pytest.skip("no array to scribble on")
    result = exercise.check(spoiled(exercise, scribble_copy(scribble)))
    assert result.status == "failed"
    assert result.kind in ("changed", "misconception"), result


def scribble_copy(scribble):
    import copy

    return lambda out, args: scribble(copy.deepcopy(out), args)


@every_function
def test_words_for_an_endless_loop(exercise):
    quick = replace(exercise, seconds=0.1)

    def answer(*args):
        while True:
            pass

    result = check(quick, answer)
    assert result.kind == "too long" and "while True:" in result.message


@every_exercise
def test_cards_fit_one_screen_and_70_characters(exercise):
    shown = [exercise.check(m.implementation) for m in exercise.misconceptions]
    shown.append(exercise.check(exercise.reference))
    for result in shown:
        for card in (result, replace(result, name=exercise.id)):
            lines = repr(card).splitlines()
            assert len(lines) <= 34, len(lines)
            longest = max(lines, key=len)
            assert len(longest) <= 74, longest
