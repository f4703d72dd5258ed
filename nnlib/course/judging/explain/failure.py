"""A failure that is no matter of numbers: an exception, None, a type, NaN, a changed input."""

from __future__ import annotations

import re

import numpy as np

from ..compare import Difference
from ..outcome import Failure
from ..trial import Explanation, Trial
from ..words import article, is_text
from .phrases import CUTS, line_of, look_at, subject, which_cases

ADVICE = {  # to an exception that says this
    "bitwise_xor": "`^` is no power in Python: write `**`.",
    "for ^:": "`^` is no power in Python: write `**`.",
    "matmul: Input operand": "Inner sizes of `@` must agree: (n, k) @ (k, m). Print both shapes.",
    "could not be broadcast": "Print both shapes: from the right, sizes must be equal or 1.",
}
OF_TYPE = {  # to an exception of this type
    "UnboundLocalError": "It is read before it has a value: what a function assigns is its own.",
    "RecursionError": "It calls itself without coming to an end.",
    "NotImplementedError": "A part is still to be written.",
}
NAMED = {  # what an exception says exactly: (its words, the kind, the advice)
    "truth value of an array": (
        "condition",
        "A condition has one answer, an array has one for each number: `np.where(condition, a, b)` "
        "chooses number by number.",
    ),
    "as a data type": (
        "shape in pieces",
        "NumPy takes a shape as one argument, a tuple: `(rows, columns)`.",
    ),
    "Cannot cast ufunc": (
        "integers",
        "An array of integers cannot take fractions in place: start from a float array "
        "(`np.zeros` makes one).",
    ),
    "out of bounds for array of dimension": (
        "axis",
        "Axes are counted from 0: a vector has axis 0 alone, a table 0 and 1.",
    ),
    "object has no attribute 'T'": (
        "transposed",
        "An array has a `.T`, this has none. With the shapes that are asked for, is one needed?",
    ),
    "only integers, slices": ("index", "What stands in the brackets `[...]` is no whole number."),
}


def failure(trial: Trial) -> Explanation | None:
    kind = trial.difference.kind
    if kind in ("values", "shape") or (kind == "integers" and not _cut(trial)):
        return None
    about = subject(trial.difference.path)
    if kind == "raised" and trial.came.failure:
        kind, sentence = _raised(trial, trial.came.failure)
    elif kind == "integers":
        sentence = _integers(trial, about)
    elif kind == "type":
        kind, sentence = _type(trial.difference, about)
    elif kind == "changed":
        return Explanation(kind, _changed(trial))
    else:
        sentence = _sentence(trial, about)
    return Explanation(kind, sentence + which_cases(trial))


def _sentence(trial: Trial, about: str) -> str:
    came, right, difference = trial.came, trial.right, trial.difference
    match difference.kind:
        case "silent" if right.failure:
            return f"An exception was expected here ({right.failure.type}), and none was raised."
        case "none":
            if came.value is None and came.printed.strip():
                return "It prints its result and returns None. End with `return` instead."
            if difference.path and came.value is not None:
                return f"{about} is None. Does every way through the code end in `return`?"
            return "It returns None. Is there a `return` on the way out?"
        case "parts":
            return difference.words
        case "dtype":
            return f"{about} has dtype {np.asarray(difference.came).dtype}; " + (
                f"expected was {np.asarray(difference.expected).dtype}."
            )
        case "nan":
            logs = trial.node is None or any("log" in piece for piece in trial.wording.pieces)
            return _not_finite(about, difference.words, came.warned, logs)
    return f"{about} is not what was expected."


def _type(difference: Difference, about: str) -> tuple[str, str]:
    """The kind of a result of another type, and the sentences for it."""
    sentence = f"{about} is {article(difference.came)}; expected was {_wanted(difference)}."
    if not is_text(difference.came) or is_text(difference.expected):
        return "type", sentence
    return "text", f"{sentence} Give back the numbers: text is made where they are shown."


def _wanted(difference: Difference) -> str:
    """What kind of thing was expected; the check's own containers have no name of their own."""
    return (
        "several parts" if isinstance(difference.expected, dict) else article(difference.expected)
    )


def _cut(trial: Trial) -> bool:
    """May the integers come of something that stands in the answer? Unknown counts as yes."""
    return trial.node is None or bool(trial.wording.written(CUTS))


def _integers(trial: Trial, about: str) -> str:
    found = look_at(trial, CUTS)
    if np.ndim(trial.difference.came) == 0:
        return f"{about} is a whole number where a fraction was expected.{found}"
    return (
        f"{about} holds integers where fractions were expected: they were "
        f"cut off. Start from a float array (`np.zeros` makes one).{found}"
    )


def _changed(trial: Trial) -> str:
    changed = list(map(trial.wording.name, trial.came.changed))
    names = " and ".join(f"`{name}`" for name in changed)
    found = dict.fromkeys(piece for name in changed for piece in trial.wording.writes(name))
    writing = " and ".join(f"`{piece}`" for piece in found)
    how = "Make a new one, or start from a `.copy()`."
    if writing:
        how = f"{writing} write{'s' * (len(found) == 1)} into the thing itself: m{how[1:]}"
    return (
        f"The numbers are right, but your code changes its input {names} in place, and the "
        f"caller still needs it. {how}"
    )


def _not_finite(about: str, word: str, warned: str, logs: bool) -> str:
    what = "nan (not a number)" if word == "nan" else "infinity"
    message = f"{about} contains {what}."
    if warned:
        message += f" NumPy warned: {warned}."
    if word == "nan":
        of = "0/0, inf - inf, or a log of a negative number" if logs else "0/0 or inf - inf"
        return f"{message} nan comes of {of}."
    of = ", was divided by 0, or is the log of 0" if logs else ", or was divided by 0"
    return f"{message} Something overflowed{of}."


def _raised(trial: Trial, failure: Failure) -> tuple[str, str]:
    """The kind of an exception, and the sentences for it."""
    what = f"{failure.type}: {failure.message}" if failure.message else failure.type
    kind, advice = next((said for words, said in NAMED.items() if words in what), ("raised", ""))
    if kind == "condition":
        what = what.replace(" Use a.any() or a.all()", "")
        advice = _condition(failure.text) or advice
    what = what if len(what) < 240 else what[:236] + " ..."
    if not failure.in_answer:
        return "raised", f"Using your answer, `{failure.text}`, the check met {what}."
    message = f"Your code stopped with {what}" + ("" if what.endswith((".", "?")) else ".")
    message += line_of(failure)
    advice = advice or OF_TYPE.get(failure.type, "")
    advice = advice or next((advice for words, advice in ADVICE.items() if words in what), "")
    return kind, f"{message} {advice}".rstrip()


def _condition(text: str) -> str:
    """What to write in place of a condition on an array; "" where it is an `if` like any other."""
    if re.search(r"\b(max|min)\([^(),]*\)", text):
        return "Python's own `max` and `min` compare whole rows: take NumPy's, `Z.max(axis=...)`."
    if re.search(r"\b(max|min)\(", text):
        return (
            "`max` and `min` compare two things as wholes; `np.maximum` and `np.minimum` go number "
            "by number."
        )
    if re.search(r"\b(and|or|not)\b", text):
        return "`and`, `or` and `not` ask for one answer: `&`, `|` and `~` go number by number."
    if "None" in text or not re.search(r"[<>=]", text):
        return "Whether there is an array at all is asked by `is not None`."
    return ""
