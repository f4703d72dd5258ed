"""A failure that is no matter of numbers: an exception, None, a type, NaN, a changed input."""

from __future__ import annotations

import numpy as np

from ..compare import Difference
from ..outcome import Failure, Outcome
from ..trial import Explanation, Trial
from ..words import article
from .phrases import line_of, subject, which_cases

ADVICE = {  # to an exception that says this
    "RecursionError": "It calls itself without coming to an end.",
    "NotImplementedError": "A part is still to be written.",
    "bitwise_xor": "`^` is no power in Python: write `**`.",
    "for ^:": "`^` is no power in Python: write `**`.",
    "matmul: Input operand": "Inner sizes of `@` must agree: (n, k) @ (k, m). Print both shapes.",
    "could not be broadcast": "Print both shapes: from the right, sizes must be equal or 1.",
}


def failure(trial: Trial) -> Explanation | None:
    kind = trial.difference.kind
    if kind in ("values", "shape"):
        return None
    sentence = _sentence(trial.came, trial.right, trial.difference)
    return Explanation(kind, sentence + which_cases(trial))


def _sentence(came: Outcome, right: Outcome, difference: Difference) -> str:
    about = subject(difference.path)
    match difference.kind:
        case "raised" if came.failure:
            return _raised(came.failure)
        case "silent" if right.failure:
            return f"An exception was expected here ({right.failure.type}), and none was raised."
        case "none":
            if came.value is None and came.printed.strip():
                return "It prints its result and returns None. End with `return` instead."
            if difference.path:
                return f"{about} is None. Does every branch end in `return`?"
            return "It returns None. Is there a `return` on the way out?"
        case "type":
            return f"{about} is {article(difference.came)}; expected was " + (
                f"{article(difference.expected)}."
            )
        case "parts":
            return difference.words
        case "dtype":
            return f"{about} has dtype {np.asarray(difference.came).dtype}; " + (
                f"expected was {np.asarray(difference.expected).dtype}."
            )
        case "integers" if np.ndim(difference.came) == 0:
            return (
                f"{about} is a whole number where a fraction was expected. Is there a `round`, "
                "an `int` or a `//` too many?"
            )
        case "integers":
            return (
                f"{about} holds integers where fractions were expected: they were "
                "cut off. Start from a float array (`np.zeros` makes one)."
            )
        case "nan":
            return _not_finite(about, difference.words, came.warned)
        case "changed":
            names = " and ".join(f"`{name}`" for name in came.changed)
            return (
                f"The numbers are right, but your code changes its input {names} in place, and the "
                "caller still needs it. `-=`, `+=` and `Z[...] = ` write into the array itself: "
                "make a new one, or start from a `.copy()`."
            )
    return f"{about} is not what was expected."


def _not_finite(about: str, word: str, warned: str) -> str:
    what = "nan (not a number)" if word == "nan" else "infinity"
    message = f"{about} contains {what}."
    if warned:
        message += f" NumPy warned: {warned}."
    if word == "nan":
        return message + " nan comes of 0/0, inf - inf, or a log of a negative number."
    return message + " Something overflowed, was divided by 0, or is the log of 0."


def _raised(failure: Failure) -> str:
    what = f"{failure.type}: {failure.message}" if failure.message else failure.type
    what = what if len(what) < 240 else what[:236] + " ..."
    if not failure.in_answer:
        return f"Using your answer, `{failure.text}`, the check met {what}."
    message = f"Your code stopped with {what}" + ("" if what.endswith((".", "?")) else ".")
    message += line_of(failure)
    advice = next((advice for words, advice in ADVICE.items() if words in what), "")
    return f"{message} {advice}".rstrip()
