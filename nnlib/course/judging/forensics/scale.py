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
    counted = isinstance(next(iter(cases[0].inputs.values()), None), np.ndarray)
    if counted and not any(key.split(",")[0] == "N" for key in known):
        known.append("N, the length of the first input")
    single = [_factor(key) for key in known]
    for name, gloss, value in single:
        yield name, gloss, value
        yield f"1/{name}", gloss, _times(1, value, power=-1)
        yield f"{name} squared", gloss, _times(1, value, value)
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


def roots_and_less_one(cases: Sequence[Evidence]) -> Iterator[Suspect]:
    """Factors that come of dividing by N - 1, or by a root of N."""
    for name, _, value in [_factor(key) for key in _sizes(cases)]:
        for slip, words, share in (
            (f"{name}/({name} - 1)", f"divided by {name} - 1 in place of {name}", _less_one),
            (f"({name} - 1)/{name}", f"divided by {name} in place of {name} - 1", _more_one),
            (f"the root of {name}", "", np.sqrt),
            (f"1 divided by the root of {name},", "", lambda n: 1 / np.sqrt(n)),
        ):
            said = f"Each of your numbers is exactly {slip} times what was expected"
            said += f": it is {words}." if words else "."
            made = _by(value, share)
            yield Suspect("factor", slip, said, made)
            if words:
                said = f"Each of your numbers is exactly the root of {slip} times what was expected"
                root = _by(value, lambda n, f=share: np.sqrt(f(n)))
                yield Suspect("factor", f"root of {slip}", f"{said}: it is {words}.", root)


def _sizes(cases: Sequence[Evidence]) -> list[str]:
    """Factors that count something."""
    known = [key for key in cases[0].factors if all(key in c.factors for c in cases)]
    whole = [k for k in known if all(float(c.factors[k]).is_integer() for c in cases)]
    counted = isinstance(next(iter(cases[0].inputs.values()), None), np.ndarray)
    if counted and not any(key.split(",")[0] == "N" for key in whole):
        whole.append("N, the length of the first input")
    return whole


def _less_one(n: float) -> float:
    return n / (n - 1)


def _more_one(n: float) -> float:
    return (n - 1) / n


def _by(value: Number, share: Callable[[float], float]) -> Callable[[Evidence], np.ndarray]:
    return lambda case: share(value(case)) * case.right


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
            f"Each of your numbers is {ratio:.6g} times what was expected, always the same factor"
            f"{_recognised(ratio)}.",
            lambda c: ratio * c.right,
        )


def any_shift(cases: Sequence[Evidence]) -> Iterator[Suspect]:
    """One and the same number too much in all cases."""
    if len(cases) < 2 or any(np.shape(case.came) != case.right.shape for case in cases):
        return
    steps = [np.asarray(case.came, dtype=float) - case.right for case in cases]
    first = next((float(step.flat[0]) for step in steps if step.size), 0.0)
    if abs(first) > EXACT and all(np.allclose(step, first, rtol=EXACT) for step in steps):
        size = "large" if first > 0 else "small"
        words = f"Every number is too {size} by {abs(first):.6g}, always the same."
        yield Suspect("shift", f"{first:+.6g}", words, lambda c: c.right + first)


_KNOWN = {
    "pi": math.pi,
    "2 pi": 2 * math.pi,
    "the root of 2": math.sqrt(2),
    "the root of pi": math.sqrt(math.pi),
    "the root of 2 pi": math.sqrt(2 * math.pi),
    "ln 2, as between `log2` and `log`": math.log(2),
    "ln 10, as between `log10` and `log`": math.log(10),
    "e": math.e,
}


def _recognised(ratio: float) -> str:
    for name, number in _KNOWN.items():
        for word, value in ((name, number), (f"1 divided by {name}", 1 / number)):
            if math.isclose(abs(ratio), value, rel_tol=EXACT):
                return f": {'minus ' * (ratio < 0)}{word}"
    return ""
