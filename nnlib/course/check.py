"""The diagnosis: what kind of failure, a known misconception, number forensics, the facts.

`check` runs an answer and judges it. `diagnose` only judges: it sees outcomes, values that may
just as well come from another process.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from . import forensics
from .compare import Difference, compare, leaves, same
from .exercise import Case, Exercise, Misconception
from .result import BLANK, FAILED, PASSED, Result
from .sandbox import Outcome, attempt
from .show import article, describe_shape, evidence, line_of
from .source import blank, loops, read


def check(exercise: Exercise, answer: Callable) -> Result:
    """Check an answer. Whatever the answer does, this returns a Result."""
    answer = getattr(answer, "__dict__", {}).get("yours", answer)  # what a stand-in stands for
    early = _before_running(exercise, answer)
    if early:
        return early
    cases, expected = _expected(exercise)
    outcomes = attempt(exercise, answer, cases)
    source = read(answer)
    return diagnose(exercise, cases, expected, outcomes, source.node if source else None)


def diagnose(
    exercise: Exercise,
    cases: Sequence[Case],
    expected: Sequence[Outcome],
    outcomes: Sequence[Outcome],
    node: Any = None,
) -> Result:
    """Judge the outcomes of an answer, one a case, against the reference's."""
    for case, outcome in zip(cases, outcomes, strict=False):
        if outcome.ended in ("too long", "too big"):
            return _endless(exercise, case, outcome)
    pairs = list(zip(outcomes, expected, strict=True))
    found = [compare(exercise, came, right) for came, right in pairs]
    failing = [i for i, difference in enumerate(found) if difference]
    if not failing:
        return Result(exercise, PASSED, "", advice=_advice(exercise, outcomes, expected, node))

    worst = min(failing, key=lambda i: (cases[i].size, i))
    facts = evidence(exercise, cases[worst], outcomes[worst], expected[worst], found[worst])

    def failed(kind: str, message: str, misconception: Misconception | None = None) -> Result:
        return Result(exercise, FAILED, message, kind, misconception, facts)

    known = recognise(exercise, cases, outcomes)
    if known:
        return failed("misconception", known.message, known)
    difference = found[worst]
    context = _which_cases(cases, failing, worst)
    swapped = _swapped(exercise, pairs)
    if swapped:
        return failed("order", swapped)
    if difference.kind not in ("values", "shape"):
        message = _words(exercise, outcomes[worst], expected[worst], difference)
        return failed(difference.kind, message + context)
    slip = _forensics(exercise, cases, pairs, found, difference.path)
    if slip:
        return failed(slip.kind, slip.words + _elsewhere(exercise, pairs, found, difference))
    if difference.kind == "shape":
        message = _words(exercise, outcomes[worst], expected[worst], difference)
        return failed("shape", message + context)
    right = _right_parts(exercise, pairs, found)
    message = f"{_subject(difference.path)} does not have the expected numbers yet"
    return failed("values", message + (f"; {right}." if right else ".") + context)


# -------------------------------------------------------------------------- before anything runs


def _before_running(exercise: Exercise, answer: Callable) -> Result | None:
    if not callable(answer):
        return Result(
            exercise,
            FAILED,
            f"A {exercise.kind} was expected here; what came is {article(answer)}.",
            "type",
        )
    left = blank(answer, exercise.reference)
    if left is not None:
        methods = ", ".join(f"`{name}`" for name in left)
        waiting = f"Still to be written: {methods}." if left else "Nothing is written here yet."
        return Result(exercise, BLANK, waiting, "blank")
    if exercise.kind == "class" and not isinstance(answer, type):
        return Result(
            exercise,
            FAILED,
            "This exercise asks for a class, begun by `class`; a function came.",
            "type",
        )
    if exercise.kind == "function" and isinstance(answer, type):
        return Result(
            exercise,
            FAILED,
            "This exercise asks for a function, begun by `def`; a class came.",
            "type",
        )
    return _unfitting_signature(exercise, answer)


def _unfitting_signature(exercise: Exercise, answer: Callable) -> Result | None:
    if exercise.probe:
        return None
    try:
        signature = inspect.signature(answer)
        for case in _expected(exercise)[0]:
            signature.bind(*case.args)
    except TypeError:
        given = exercise.names[: len(case.args)]
        wanted = f"{len(given)} argument{'s' * (len(given) != 1)}, ({', '.join(given)})"
        message = f"The function is called with {wanted}. "
        message += f"Yours begins `def {getattr(answer, '__name__', 'answer')}{signature}`."
        return Result(exercise, FAILED, message, "signature")
    except ValueError:  # no signature to be had
        return None
    return None


_known: WeakKeyDictionary = WeakKeyDictionary()  # exercise -> (cases, the reference's outcomes)
_spoiled: WeakKeyDictionary = WeakKeyDictionary()  # exercise -> [(misconception, its outcomes)]


def _expected(exercise: Exercise) -> tuple[list[Case], list[Outcome]]:
    """The cases and what the reference makes of them, worked out once."""
    if exercise not in _known:
        cases = exercise.all_cases()
        _known[exercise] = cases, attempt(exercise, exercise.reference, cases)
    return _known[exercise]


# ----------------------------------------------------------------------- (2) known misconceptions


def recognise(
    exercise: Exercise, cases: Sequence[Case], outcomes: Sequence[Outcome]
) -> Misconception | None:
    """The misconception that does exactly the same on every case, if there is one."""
    for misconception, wrong in _wrong_outcomes(exercise, cases):
        if len(wrong) == len(outcomes) and all(map(same, outcomes, wrong)):
            return misconception
    return None


def _wrong_outcomes(exercise: Exercise, cases: Sequence[Case]):
    standard = _known.get(exercise, (None,))[0] is cases
    if standard and exercise in _spoiled:
        return _spoiled[exercise]
    wrong = [(m, attempt(exercise, m.implementation, cases)) for m in exercise.misconceptions]
    if standard:
        _spoiled[exercise] = wrong
    return wrong


# ---------------------------------------------------------------------------- (1) kinds of failure


def _endless(exercise: Exercise, case: Case, outcome: Outcome) -> Result:
    where = line_of(outcome.failure).replace("It happened", "It was")
    if outcome.ended == "too big":
        message = "Your code asked for more memory than a check allows (1 GB)." + where
        message += " Look for an array that is larger than its inputs call for, or a list that "
        message += "keeps growing."
        return Result(exercise, FAILED, message, "too big")
    message = f"Your code had not come to an end after {exercise.seconds:g} seconds, and was "
    message += f"stopped.{where} Look for a loop whose condition never changes."
    return Result(exercise, FAILED, message, "too long", evidence=_printed(outcome))


def _printed(outcome: Outcome) -> str:
    lines = outcome.printed.strip().splitlines()
    return f"it printed  {lines[0][:50]}" if lines else ""


def _words(exercise: Exercise, came: Outcome, right: Outcome, difference: Difference) -> str:
    """The sentence for a failure that is not a matter of numbers."""
    subject = _subject(difference.path)
    match difference.kind:
        case "raised":
            return _raised(came)
        case "silent":
            return f"An exception was expected here ({right.failure.type}), and none was raised."
        case "none":
            if came.value is None and came.printed.strip():
                return "It prints its result and returns None. End with `return` instead."
            if difference.path:
                return f"{subject} is None. Does every branch end in `return`?"
            return "It returns None. Is there a `return` on the way out?"
        case "type":
            return f"{subject} is {article(difference.came)}; expected was " + (
                f"{article(difference.expected)}."
            )
        case "parts":
            return difference.words
        case "dtype":
            return f"{subject} has dtype {np.asarray(difference.came).dtype}; " + (
                f"expected was {np.asarray(difference.expected).dtype}."
            )
        case "integers" if np.ndim(difference.came) == 0:
            return (
                f"{subject} is a whole number where a fraction was expected. Is there a `round`, "
                "an `int` or a `//` too many?"
            )
        case "integers":
            return (
                f"{subject} holds integers where fractions were expected: they were "
                "cut off. Start from a float array (`np.zeros` makes one)."
            )
        case "nan":
            what = "nan (not a number)" if difference.words == "nan" else "infinity"
            message = f"{subject} contains {what}."
            if came.warned:
                message += f" NumPy warned: {came.warned}."
            if difference.words == "nan":
                return message + " nan comes of 0/0, inf - inf, or a log of a negative number."
            return message + " Something overflowed, was divided by 0, or is the log of 0."
        case "changed":
            names = " and ".join(f"`{name}`" for name in came.changed)
            return (
                f"The numbers are right, but your code changes its input {names} in place, and the "
                "caller still needs it. `-=`, `+=` and `Z[...] = ` write into the array itself: "
                "make a new one, or start from a `.copy()`."
            )
        case "shape":
            return (
                f"{subject} has {describe_shape(difference.came)}; what is expected has "
                f"{describe_shape(difference.expected)}."
            )
    return f"{subject} is not what was expected."


_ADVICE = {  # to an exception that says this
    "RecursionError": "It calls itself without coming to an end.",
    "NotImplementedError": "A part is still to be written.",
    "bitwise_xor": "`^` is no power in Python: write `**`.",
    "for ^:": "`^` is no power in Python: write `**`.",
    "matmul: Input operand": "Inner sizes of `@` must agree: (n, k) @ (k, m). Print both shapes.",
    "could not be broadcast": "Print both shapes: from the right, sizes must be equal or 1.",
}


def _raised(came: Outcome) -> str:
    failure = came.failure
    what = f"{failure.type}: {failure.message}" if failure.message else failure.type
    what = what if len(what) < 240 else what[:236] + " ..."
    message = f"Your code stopped with {what}" + ("" if what.endswith((".", "?")) else ".")
    if not failure.in_answer:
        message = f"Using your answer, `{failure.text}`, the check met {what}."
        return message
    message += line_of(failure)
    advice = next((advice for words, advice in _ADVICE.items() if words in what), "")
    return f"{message} {advice}".rstrip()


def _subject(path: str) -> str:
    """What a sentence begins with: "The result", "The loss", "`W`"."""
    path = path or "the result"
    return path[0].upper() + path[1:] if " " in path else f"`{path}`"


def _which_cases(cases: Sequence[Case], failing: Sequence[int], worst: int) -> str:
    """Where only some cases fail, which."""
    if len(failing) == len(cases):
        return ""
    about = cases[worst].about
    if len(failing) == 1 and about:
        return f" Only in one case: {about}."
    right = len(cases) - len(failing)
    share = f" {right} of {len(cases)} cases {'is' if right == 1 else 'are'} right"
    return share + (f"; not this: {about}." if about else ".")


# ------------------------------------------------------------------------------- (3) forensics


def _forensics(exercise, cases, pairs, found, path) -> forensics.Finding | None:
    """The slip that explains every case whose numbers came at all (the others are said apart)."""
    proofs = []
    for case, (came, right), difference in zip(cases, pairs, found, strict=True):
        if difference and difference.kind not in ("values", "shape"):
            continue
        yours, wanted = leaves(exercise, came.value), leaves(exercise, right.value)
        if path not in yours or path not in wanted:
            return None
        proofs.append(_proof(exercise, case, yours[path], wanted[path]))
    findings = forensics.examine(proofs)
    if not findings:
        return None
    others = [i for i, d in enumerate(found) if d and d.kind not in ("values", "shape")]
    if not others:
        return findings[0]
    about = cases[others[0]].about
    beyond = {"nan": "it gives NaN or infinity", "raised": "it raises an exception"}
    what = beyond.get(found[others[0]].kind, "something else goes amiss")
    where = f"in the case of {about}" if about else "in another case"
    first = findings[0]
    return replace(first, words=f"{first.words} Besides, {where} {what}: look at that next.")


def _proof(exercise, case, yours, wanted) -> forensics.Evidence:
    named = dict(zip(exercise.names, case.args, strict=False))
    arrays = {k: v for k, v in named.items() if np.asarray(v).dtype.kind in "biuf"}
    again = None
    if exercise.probe is None and np.asarray(wanted).dtype.kind in "biuf":

        def again(**changed):
            return exercise.reference(*(changed.get(k, v) for k, v in named.items()))

    factors = dict(exercise.factors(*case.args)) if exercise.factors else {}
    terms = dict(exercise.terms(*case.args)) if exercise.terms else {}
    return forensics.Evidence(yours, wanted, arrays, factors, terms, again)


def _elsewhere(exercise, pairs, found, difference: Difference) -> str:
    """Of several parts, which this is about, and which are right in every case."""
    if not difference.path or len(leaves(exercise, pairs[0][1].value)) < 2:
        return ""
    right = _right_parts(exercise, pairs, found)
    part = difference.path if " " in difference.path else _subject(difference.path)
    return f" This is about {part}" + (f"; {right}." if right else ".")


def _right_parts(exercise, pairs, found) -> str:
    parts = leaves(exercise, pairs[0][1].value)
    failing = {path for f in found if f for path in f.failing}
    right = [part for part in parts if part and part not in failing]
    if not right or any(f and not f.failing for f in found):
        return ""
    right = [f"`{part}`" if " " not in part else part for part in right]
    return f"{' and '.join(right[:3])} {'is' if len(right) == 1 else 'are'} right"


def _swapped(exercise, pairs) -> str:
    """A tuple whose parts came in the opposite order."""
    for came, right in pairs:
        if not isinstance(right.value, tuple) or not isinstance(came.value, tuple | list):
            return ""
        if compare(exercise, Outcome(tuple(reversed(came.value))), right):
            return ""
    names = ", ".join(exercise.returns) or "the expected order"
    return f"The parts are all there, in the opposite order. Return them as: {names}."


# ---------------------------------------------------------------------------------------- advice


def _advice(exercise, outcomes, expected, node) -> str:
    """One thing worth knowing about an answer that passes, if there is one."""
    if node is not None and _needless_loop(exercise, node):
        return (
            "It loops in Python, where NumPy can take the whole array at once: shorter, and on a "
            "large batch many times faster. Try it without the loop when you like."
        )
    ours = {right.warned for right in expected}
    for came in outcomes:
        if came.warned and came.warned not in ours:
            return f"NumPy warned on the way: {came.warned}."
    if any(came.printed.strip() for came in outcomes):
        return "It also prints. That is fine while you look for a mistake; it may go now."
    return ""


def _needless_loop(exercise: Exercise, node: Any) -> bool:
    if exercise.loops or not loops(node):
        return False
    original = read(exercise.solution or exercise.reference)
    return exercise.loops is False or (original is not None and not loops(original.node))
