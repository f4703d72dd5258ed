"""Slips of scale: all zeros, a sign, a factor, a term."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from .suspect import EXACT, Evidence, Suspect

Number = Callable[[Evidence], float]  # the value of a factor in one case


def constants() -> Iterator[Suspect]:
    yield Suspect("constant", "zeros", "Every number is 0.", lambda c: np.zeros_like(c.right))


def signs_and_factors(cases: Sequence[Evidence]) -> Iterator[Suspect]:
    words = "Your numbers are right up to their sign: each is turned round."
    yield Suspect("sign", "-1", words, lambda c: -c.right)
    for name, gloss, factor in _factors(cases):
        yield _scaled(name, gloss, factor, 1)
        yield _scaled(name, gloss, factor, -1)


def _scaled(name: str, gloss: str, factor: Number, sign: int) -> Suspect:
    minus = "" if sign > 0 else "minus "
    words = f"Each of your numbers is exactly {minus}{name} times what was expected{gloss}."
    words += _MEANING.get(name, "")
    called = name if sign > 0 else f"-{name}"
    return Suspect("factor", called, words, lambda c: sign * factor(c) * c.right)


_MEANING = {
    "N": " Is it a sum where a mean was asked for?",
    "1/N": " Is it a mean where a sum was asked for, or is the mean taken twice?",
    "2": " Look for a square, or a missing 1/2.",
    "1/2": " Look for a 1/2 too many, or the 2 of a square's derivative.",
}


def _factors(cases: Sequence[Evidence]) -> Iterator[tuple[str, str, Number]]:
    """Numbers that a result is often multiplied by: (name, what it is, its value in a case)."""
    known = [key for key in cases[0].factors if all(key in c.factors for c in cases)]
    if not any(key.split(",")[0] == "N" for key in known):
        known.append("N, the length of the first input")
    single = [_factor(key) for key in known]
    for name, gloss, value in single:
        yield name, gloss, value
        yield f"1/{name}", gloss, _times(1, value, power=-1)
    yield "2", "", lambda c: 2.0
    yield "1/2", "", lambda c: 0.5
    for i, (a, gloss, first) in enumerate(single):
        for b, other, second in single[i + 1 :]:
            both = gloss + other.replace(", where", " and" if gloss else ", where")
            yield f"{a} * {b}", both, _times(1, first, second)
            yield f"1/({a} * {b})", both, _times(1, first, second, power=-1)
        yield f"2 * {a}", gloss, _times(2, first)
        yield f"2/{a}", gloss, _times(2, first, power=-1)
        yield f"{a}/2", gloss, _times(0.5, first)
        yield f"1/(2 * {a})", gloss, _times(0.5, first, power=-1)


def _factor(key: str) -> tuple[str, str, Number]:
    """Of "K, the number of classes": its name, its gloss, and how a case tells its value."""
    name, _, what = key.partition(", ")

    def value(case: Evidence) -> float:
        if key in case.factors:
            return float(case.factors[key])
        return float(len(next(v for v in case.inputs.values() if np.ndim(v) > 0)))

    return name, f", where {name} is {what}" if what else "", value


def _times(number: float, *values: Number, power: int = 1) -> Number:
    """A number times the product of some values, or divided by it."""
    return lambda case: number * math.prod(value(case) for value in values) ** power


def terms(cases: Sequence[Evidence]) -> Iterator[Suspect]:
    for name in cases[0].terms:
        yield from _one_term(name)


def _one_term(name: str) -> Iterator[Suspect]:
    def suspect(slip: str, words: str, share: float) -> Suspect:
        return Suspect("term", f"{slip} {name}", words, lambda c: c.right + share * term(c))

    def term(case: Evidence) -> np.ndarray:
        return np.asarray(case.terms[name], dtype=float)

    yield suspect("missing", f"The term {name} is missing; the rest is right.", -1)
    yield suspect("extra", f"The term {name} is counted once too often.", 1)
    yield suspect("sign of", f"The term {name} has the other sign.", -2)
    yield suspect("half of", f"The term {name} is half as large as it should be.", -0.5)
    yield Suspect("term", f"only {name}", f"This is the term {name} alone.", term)


def any_factor(cases: Sequence[Evidence]) -> Iterator[Suspect]:
    """One and the same unnamed factor in all cases."""
    ratios = []
    for case in cases:
        came, expected = np.asarray(case.came, dtype=float), case.right
        if came.shape != expected.shape:
            return
        if expected.size:
            at = np.unravel_index(np.argmax(np.abs(expected)), expected.shape)
            if expected[at]:
                ratios.append(came[at] / expected[at])
    numbers = sum(np.size(c.expected) for c in cases)
    if len(ratios) < 2 and numbers < 3 or not ratios or not ratios[0]:
        return
    ratio = float(ratios[0])
    if np.allclose(ratios, ratio, rtol=EXACT) and not np.isclose(ratio, 1):
        yield Suspect(
            "factor",
            f"{ratio:.6g}",
            f"Each of your numbers is {ratio:.6g} times what was expected, always the same factor.",
            lambda c: ratio * c.right,
        )
