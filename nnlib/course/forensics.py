"""Number forensics: by what single slip does one array become another?

A `Suspect` is one way to spoil a right answer: turn its sign, forget its 1/N, transpose it, drop a
term. `examine` spoils the expected answer in every way it knows and names those that give exactly
what came, to rounding, in every case it is shown. It never guesses: a suspect that explains some
of the cases only, or that cannot be told from a right answer, is not named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

EXACT = 1e-6  # relative: a float32 answer is exact to this


@dataclass(frozen=True)
class Evidence:
    """One case: what came, what was expected, and what is known about it.

    `inputs` are the arguments by name, `factors` and `terms` candidates by name, and `again`, where
    given, computes the expected answer from other inputs (for a wrong axis).
    """

    came: Any
    expected: Any
    inputs: Mapping[str, Any] = field(default_factory=dict)
    factors: Mapping[str, float] = field(default_factory=dict)
    terms: Mapping[str, Any] = field(default_factory=dict)
    again: Callable[..., Any] | None = None


@dataclass(frozen=True)
class Finding:
    """A slip that explains every case: its kind, and a sentence that says so."""

    kind: str  # "sign", "factor", "transpose", "axis", "term", "shape", "shift", "mask", "function"
    name: str  # which one: "1/N", "diag(p)", "axis 0"
    words: str


@dataclass(frozen=True)
class Suspect:
    """One way to go astray: `spoil` turns a case into what would have come of it, or None."""

    kind: str
    name: str
    words: str
    spoil: Callable[[Evidence], Any]


def examine(cases: Evidence | Sequence[Evidence]) -> list[Finding]:
    """Every slip that turns each expected answer into what came, the most telling first.

    Empty where nothing explains all of the cases, or where nothing is amiss.
    """
    cases = [cases] if isinstance(cases, Evidence) else list(cases)
    try:
        came = [np.asarray(case.came) for case in cases]
        expected = [np.asarray(case.expected) for case in cases]
    except (ValueError, TypeError):
        return []
    numeric = all(a.dtype.kind in "biuf" for a in came + expected)
    if not cases or not numeric or not all(np.isfinite(a).all() for a in came + expected if a.size):
        return []
    if all(_equal(c, e) for c, e in zip(came, expected, strict=True)):
        return []
    found: dict[tuple, Finding] = {}
    with np.errstate(all="ignore"):
        for suspect in _suspects(cases):
            if all(_explains(suspect, case) for case in cases):
                finding = Finding(suspect.kind, suspect.name, suspect.words)
                found.setdefault((suspect.kind, suspect.name), finding)
    return list(found.values())


def _explains(suspect: Suspect, case: Evidence) -> bool:
    try:
        spoiled = suspect.spoil(case)
        return spoiled is not None and _equal(case.came, spoiled)
    except Exception:  # a library function may refuse what a suspect feeds it
        return False


def _equal(came: Any, other: Any) -> bool:
    """The same shape and, to rounding, the same numbers."""
    came, other = np.asarray(came, dtype=float), np.asarray(other, dtype=float)
    if came.shape != other.shape:
        return False
    if not np.isfinite(other).all() or not np.isfinite(came).all():
        return False
    scale = np.abs(other).max(initial=0)
    return bool((np.abs(came - other) <= EXACT * (np.abs(other) + 0.1 * scale) + 1e-12).all())


# -------------------------------------------------------------------------------------- suspects


def _suspects(cases: Sequence[Evidence]) -> Iterator[Suspect]:
    yield from _constants()
    yield from _signs_and_factors(cases)
    yield from _terms(cases)
    yield from _turned()
    yield from _wrong_axes(cases[0])
    yield from _wrong_shapes(cases[0])
    yield from _shifted()
    yield from _masks(cases[0])
    yield from _functions()
    yield from _any_factor(cases)


def _expected(case: Evidence) -> np.ndarray:
    return np.asarray(case.expected, dtype=float)


def _constants() -> Iterator[Suspect]:
    yield Suspect("constant", "zeros", "Every number is 0.", lambda c: np.zeros_like(_expected(c)))


def _signs_and_factors(cases: Sequence[Evidence]) -> Iterator[Suspect]:
    yield Suspect(
        "sign",
        "-1",
        "Your numbers are right up to their sign: each is turned round.",
        lambda c: -_expected(c),
    )
    for name, gloss, factor in _factors(cases):
        for sign, minus in ((1, ""), (-1, "minus ")):
            words = f"Each of your numbers is exactly {minus}{name} times what was expected{gloss}."
            yield Suspect(
                "factor",
                name if sign > 0 else f"-{name}",
                words + _MEANING.get(name, ""),
                lambda c, sign=sign, factor=factor: sign * factor(c) * _expected(c),
            )


_MEANING = {
    "N": " Is it a sum where a mean was asked for?",
    "1/N": " Is it a mean where a sum was asked for, or is the mean taken twice?",
    "2": " Look for a square, or a missing 1/2.",
    "1/2": " Look for a 1/2 too many, or the 2 of a square's derivative.",
}


def _factors(cases: Sequence[Evidence]) -> Iterator[tuple[str, str, Callable[[Evidence], float]]]:
    """Numbers that a result is often multiplied by: (name, what it is, its value in a case)."""
    known = [key for key in cases[0].factors if all(key in c.factors for c in cases)]
    if not any(key.split(",")[0] == "N" for key in known):
        known.append("N, the length of the first input")
    single = []
    for key in known:
        name, _, what = key.partition(", ")
        gloss = f", where {name} is {what}" if what else ""
        single.append((name, gloss, lambda c, key=key: _number(c, key)))
    for name, gloss, value in single:
        yield name, gloss, value
        yield f"1/{name}", gloss, lambda c, v=value: 1 / v(c)
    yield "2", "", lambda c: 2.0
    yield "1/2", "", lambda c: 0.5
    for i, (a, gloss, first) in enumerate(single):
        for b, other, second in single[i + 1 :]:
            both = gloss + other.replace(", where", " and" if gloss else ", where")
            yield f"{a} * {b}", both, lambda c, f=first, s=second: f(c) * s(c)
            yield f"1/({a} * {b})", both, lambda c, f=first, s=second: 1 / (f(c) * s(c))
        yield f"2 * {a}", gloss, lambda c, f=first: 2 * f(c)
        yield f"2/{a}", gloss, lambda c, f=first: 2 / f(c)
        yield f"{a}/2", gloss, lambda c, f=first: f(c) / 2
        yield f"1/(2 * {a})", gloss, lambda c, f=first: 0.5 / f(c)


def _number(case: Evidence, key: str) -> float:
    if key in case.factors:
        return float(case.factors[key])
    return float(len(next(v for v in case.inputs.values() if np.ndim(v) > 0)))


def _terms(cases: Sequence[Evidence]) -> Iterator[Suspect]:
    for name in cases[0].terms:

        def term(case: Evidence, name: str = name) -> np.ndarray:
            return np.asarray(case.terms[name], dtype=float)

        yield Suspect(
            "term",
            f"missing {name}",
            f"The term {name} is missing; the rest is right.",
            lambda c, term=term: _expected(c) - term(c),
        )
        yield Suspect(
            "term",
            f"extra {name}",
            f"The term {name} is counted once too often.",
            lambda c, term=term: _expected(c) + term(c),
        )
        yield Suspect(
            "term",
            f"sign of {name}",
            f"The term {name} has the other sign.",
            lambda c, term=term: _expected(c) - 2 * term(c),
        )
        yield Suspect(
            "term",
            f"half of {name}",
            f"The term {name} is half as large as it should be.",
            lambda c, term=term: _expected(c) - term(c) / 2,
        )
        yield Suspect(
            "term", f"only {name}", f"This is the term {name} alone.", lambda c, term=term: term(c)
        )


def _turned() -> Iterator[Suspect]:
    def table(case: Evidence) -> np.ndarray | None:
        return _expected(case).T if np.ndim(case.expected) == 2 else None

    words = "The numbers are right, but transposed: rows and columns have changed places."
    yield Suspect("transpose", "T", words, table)
    words = "The numbers are transposed, and their sign is turned round."
    yield Suspect("transpose", "-T", words, lambda c: -table(c))


def _wrong_axes(first: Evidence) -> Iterator[Suspect]:
    """The same computation with rows and columns exchanged in the inputs, or on the whole array."""
    if first.again is None:
        return
    tables = [name for name, value in first.inputs.items() if np.ndim(value) == 2]
    for name in tables:
        words = f"These are the numbers of the other axis of {name}: what should run along each "
        words += "row runs down each column. Look at every `axis`."

        def turned(case: Evidence, name: str = name) -> np.ndarray:
            return np.asarray(case.again(**{**case.inputs, name: np.transpose(case.inputs[name])}))

        yield Suspect("axis", name, words, turned)
        yield Suspect("axis", name, words, lambda c, turned=turned: turned(c).T)
        words = f"These are the numbers for all of {name} at once, not for each row by itself. "
        words += "Look at every `axis`."

        def flat(case: Evidence, name: str = name) -> np.ndarray:
            table = np.reshape(case.inputs[name], (1, -1))
            out = np.asarray(case.again(**{**case.inputs, name: table}))
            return out.reshape(np.shape(case.expected))

        yield Suspect("axis", f"all of {name}", words, flat)


def _wrong_shapes(first: Evidence) -> Iterator[Suspect]:
    for i, label in ((0, "a row"), (1, "a column")):
        yield Suspect(
            "shape",
            f"broadcast from {label}",
            "The shape says that an (N, 1) column met an (N,) row: NumPy broadcast them to (N, N). "
            "Give both the same shape first.",
            lambda c, i=i: _spread(c, i),
        )
    yield Suspect(
        "shape",
        "keepdims",
        "The numbers are right. There is only an axis of length 1 "
        "too many or too few: look at `keepdims` and `reshape`.",
        _squeezed,
    )
    if first.again is None:
        return
    for name, value in first.inputs.items():
        if np.ndim(value) == 1 and len(value) > 1:

            def column(case: Evidence, name: str = name) -> np.ndarray:
                return np.asarray(
                    case.again(**{**case.inputs, name: np.reshape(case.inputs[name], (-1, 1))})
                )

            words = f"This comes out when {name} is a column: (N, 1) with (N,) is broadcast to "
            words += "(N, N), every pair instead of every sample."
            yield Suspect("shape", f"column {name}", words, column)


def _spread(case: Evidence, axis: int) -> np.ndarray | None:
    """An expected (N,) repeated to the (N, N) that came."""
    expected, came = _expected(case), np.shape(case.came)
    if expected.ndim != 1 or len(expected) < 2 or came != (len(expected), len(expected)):
        return None
    return np.broadcast_to(np.expand_dims(expected, axis), came)


def _squeezed(case: Evidence) -> np.ndarray | None:
    expected, came = _expected(case), np.shape(case.came)
    if expected.shape == came or np.size(case.came) != expected.size:
        return None
    if [n for n in came if n != 1] != [n for n in expected.shape if n != 1]:
        return None
    return expected.reshape(came)


def _shifted() -> Iterator[Suspect]:
    for step, word in ((1, "large"), (-1, "small")):
        yield Suspect(
            "shift",
            f"{step:+d}",
            f"Every number is too {word} by exactly 1.",
            lambda c, step=step: _expected(c) + step,
        )
        for axis in (0, 1):
            place = "late" if step > 0 else "early"
            along = ("down the rows", "along the columns")[axis]
            yield Suspect(
                "shift",
                f"rolled {step:+d} along axis {axis}",
                f"The numbers are right, but each stands one place too {place} {along}.",
                lambda c, s=step, a=axis: np.roll(_expected(c), s, a) if _long(c, a) else None,
            )
    yield Suspect(
        "shift",
        "reversed",
        "The numbers are right, in the opposite order.",
        lambda c: _expected(c)[::-1] if _long(c, 0) else None,
    )


def _long(case: Evidence, axis: int) -> bool:
    shape = np.shape(case.expected)
    return len(shape) > axis and shape[axis] > 2


def _masks(first: Evidence) -> Iterator[Suspect]:
    """An answer that should be an input where a mask lets it through, and 0 elsewhere."""
    yield Suspect(
        "mask",
        "always one",
        "The mask is 1 everywhere. It should be 0 in some places: look at the comparison.",
        lambda c: np.ones_like(_expected(c)) if _zero_or_one(c) else None,
    )
    for name in first.inputs:
        yield Suspect(
            "mask",
            name,
            f"The mask is always on: this is {name}, all of it. Some places should be 0: look at "
            "the comparison, and at what is compared.",
            lambda c, name=name: _unmasked(c, name),
        )


def _zero_or_one(case: Evidence) -> bool:
    return bool(np.isin(_expected(case), (0.0, 1.0)).all())


def _unmasked(case: Evidence, name: str) -> np.ndarray | None:
    expected, whole = _expected(case), np.asarray(case.inputs[name], dtype=float)
    through = np.where(expected != 0, whole, 0) if whole.shape == expected.shape else None
    return whole if through is not None and _equal(expected, through) else None


def _functions() -> Iterator[Suspect]:
    def one(kind: str, words: str, spoil: Callable[[np.ndarray], np.ndarray]) -> Suspect:
        return Suspect("function", kind, words, lambda c: spoil(_expected(c)))

    yield one("complement", "Each number is 1 minus what was expected.", lambda e: 1 - e)
    yield one(
        "square", "Each number is the square of what was expected: is a root missing?", np.square
    )
    yield one(
        "root",
        "Each number is the square root of what was expected: one root too many, or "
        "a square missing?",
        np.sqrt,
    )
    yield one("inverse", "Each number is 1 divided by what was expected.", lambda e: 1 / e)
    yield one("log", "Each number is the logarithm of what was expected.", np.log)
    yield one("exp", "Each number is e to the power of what was expected.", np.exp)
    yield one("absolute", "The sizes are right, the signs are gone.", np.abs)
    yield one(
        "truncated",
        "The numbers are cut off to integers. Did an integer array take floats?",
        np.trunc,
    )


def _any_factor(cases: Sequence[Evidence]) -> Iterator[Suspect]:
    """One and the same unnamed factor in all cases."""
    ratios = []
    for case in cases:
        came, expected = np.asarray(case.came, dtype=float), _expected(case)
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
            lambda c: ratio * _expected(c),
        )
