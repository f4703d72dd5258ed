"""Slips in the use of an input: left out, in another's place, once too often, or all there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

import numpy as np

from .suspect import Evidence, Suspect

Change = Callable[[np.ndarray], np.ndarray | None]


def alone(first: Evidence) -> Iterator[Suspect]:
    """What came is an input, or a plain function of one, and nothing else."""
    for name in first.inputs:
        words = f"This is `{name}` itself, as it came in."
        yield Suspect("input", name, words, lambda c, n=name: _array(c, n))
        for of, spoil in _FUNCTIONS:
            words = f"This is {of.format(name)}, and nothing else."
            yield Suspect("input", of.format(name), words, _of(name, spoil))


def beside(first: Evidence) -> Iterator[Suspect]:
    """An input added, subtracted, multiplied with or divided by, that should not be, or was."""
    for name in first.inputs:
        for slip, words, spoil in _BESIDE:
            yield Suspect("term", f"{slip} {name}", words.format(name), _with(name, spoil))


def instead(first: Evidence) -> Iterator[Suspect]:
    """The expected answer to other inputs."""
    if first.again is None:
        return
    for name, value in first.inputs.items():
        if _whole(value):
            for step, sign in ((1, "+"), (-1, "-")):
                words = f"These are the numbers for `{name} {sign} 1`. Look at where the counting "
                words += "begins and ends."
                yield Suspect("count", f"{name} {step:+d}", words, _changed(name, _plus(step)))
        for slip, words, change, *pieces in _INSTEAD:
            if pieces and not first.may_use(*pieces):
                continue
            yield Suspect("input", f"{slip} {name}", words.format(name), _changed(name, change))
    for a, b in combinations(first.inputs, 2):
        if np.ndim(first.inputs[a]) == np.ndim(first.inputs[b]):
            words = f"These are the numbers with `{a}` and `{b}` exchanged."
            yield Suspect("exchanged", f"{a}, {b}", words, _exchanged(a, b))
            yield _in_the_place(a, b)
            yield _in_the_place(b, a)


def samples(cases: Sequence[Evidence]) -> Iterator[Suspect]:
    """The expected answer to some of the samples only."""
    several = next((case for case in cases if _many(case)), None)
    if several is None or several.again is None:
        return
    names = _many(several)
    of = " and ".join(f"`{name}`" for name in names)
    rounds = "Does the loop go through all?"
    for what, rows, why in (
        ("without the last", slice(None, -1), "Does a loop end one too early?"),
        ("without the first", slice(1, None), "Does a loop begin one too late?"),
        ("of the first alone", slice(0, 1), f"{rounds} A `return` inside it ends it."),
        ("of the last alone", slice(-1, None), f"{rounds} `=` in it keeps the last, `+=` adds."),
    ):
        words = f"These are the numbers {what}, of all in {of}. {why}"
        yield Suspect("left out", what, words, lambda c, r=rows: _some(c, names, r))
        words = f"This is the sum {what}, divided by the number of all in {of}. {why}"
        yield Suspect(
            "left out", f"{what}, divided by all", words, lambda c, r=rows: _share(c, names, r)
        )


# ------------------------------------------------------------------------------------ the changes


def _softmax(x: np.ndarray) -> np.ndarray | None:
    if not x.ndim:
        return None
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


_FUNCTIONS: tuple[tuple[str, Change], ...] = (
    ("`{0}` with its sign turned round", np.negative),
    ("`{0}` squared", np.square),
    ("the square root of `{0}`", np.sqrt),
    ("exp of `{0}`", np.exp),
    ("exp of minus `{0}`", lambda x: np.exp(-x)),
    ("the logarithm of `{0}`", np.log),
    ("the absolute value of `{0}`", np.abs),
    ("1 minus `{0}`", lambda x: 1 - x),
    (
        "`{0}` times (1 - `{0}`), of the input and not of the function's value",
        lambda x: x * (1 - x),
    ),
    ("1 minus `{0}` squared, of the input and not of the function's value", lambda x: 1 - x**2),
    ("the sigmoid of `{0}`", sigmoid),
    ("tanh of `{0}`", np.tanh),
    ("the softmax of `{0}`", _softmax),
    ("`{0}` cut at 0, a ReLU", lambda x: np.maximum(x, 0)),
    ("1 where `{0}` is above 0, and 0 elsewhere", lambda x: (x > 0) * 1.0),
    ("the sum of `{0}`", np.sum),
    ("the mean of `{0}`", np.mean),
    ("the largest of `{0}`", np.max),
    ("the number of numbers in `{0}`", lambda x: np.array(x.size)),
    ("`{0}` turned over, rows and columns exchanged", np.transpose),
)

_BESIDE: tuple[tuple[str, str, Callable], ...] = (
    ("missing", "This is what was expected minus `{0}`: is it left out?", lambda e, x: e - x),
    ("extra", "This is what was expected plus `{0}`: once too often?", lambda e, x: e + x),
    ("sign of", "`{0}` has the other sign; the rest is right.", lambda e, x: e - 2 * x),
    ("from", "This is `{0}` minus what was expected.", lambda e, x: x - e),
    (
        "turned round",
        "What is added to `{0}`, or taken from it, has the other sign.",
        lambda e, x: 2 * x - e,
    ),
    ("times", "This is what was expected times `{0}`: one factor too many?", lambda e, x: e * x),
    (
        "divided by",
        "This is what was expected divided by `{0}`: a factor `{0}` is missing, or a division by "
        "it is too many.",
        lambda e, x: e / x,
    ),
)

_INSTEAD: tuple[tuple, ...] = (  # a slip, what to say, the change, what must stand in the text
    ("without", "These are the numbers for a `{0}` of 0: it does not come in.", np.zeros_like),
    ("minus", "These are the numbers for `{0}` with the other sign.", np.negative),
    (
        "size of",
        "These are the numbers for the absolute value of `{0}`.",
        np.abs,
        "abs",
        "absolute",
        "fabs",
    ),
    ("square of", "These are the numbers for `{0}` squared.", np.square, "**", "square", "*"),
    ("root of", "These are the numbers for the square root of `{0}`.", np.sqrt, "sqrt", "**"),
    (
        "softmax of",
        "These are the numbers for the softmax of `{0}`, not `{0}` itself.",
        _softmax,
        "softmax",
    ),
    ("exp of", "These are the numbers for exp of `{0}`, not `{0}` itself.", np.exp, "exp"),
    (
        "log of",
        "These are the numbers for the logarithm of `{0}`, not `{0}` itself.",
        np.log,
        "log",
    ),
    ("1 minus", "These are the numbers for 1 minus `{0}`, not `{0}` itself.", lambda x: 1 - x),
    ("reversed", "These are the numbers for `{0}` in the opposite order.", lambda x: x[::-1]),
    (
        "whole",
        "These are the numbers for `{0}` cut off to integers.",
        np.trunc,
        "int",
        "//",
        "astype",
        "trunc",
        "floor",
    ),
)


def _array(case: Evidence, name: str) -> np.ndarray:
    return np.asarray(case.inputs[name], dtype=float)


def _of(name: str, spoil: Change) -> Callable[[Evidence], np.ndarray | None]:
    return lambda case: spoil(_array(case, name))


def _with(name: str, spoil: Callable) -> Callable[[Evidence], np.ndarray | None]:
    def spoiled(case: Evidence) -> np.ndarray | None:
        made = spoil(case.right, _array(case, name))
        return made if made.shape == case.right.shape else None

    return spoiled


def _changed(name: str, change: Change) -> Callable[[Evidence], np.ndarray | None]:
    def spoiled(case: Evidence) -> np.ndarray | None:
        given = np.asarray(case.inputs[name])
        whole = given.dtype.kind in "iu" and _whole(case.inputs[name])
        made = change(given if whole else given * 1.0)
        if made is None:
            return None
        return case.anew(name, made if made.ndim else made.item())

    return spoiled


def _plus(step: int) -> Change:
    return lambda x: x + step


def _exchanged(a: str, b: str) -> Callable[[Evidence], np.ndarray]:
    return lambda case: case.with_inputs({a: case.inputs[b], b: case.inputs[a]})


def _in_the_place(a: str, b: str) -> Suspect:
    words = f"These are the numbers with `{a}` in the place of `{b}`."
    return Suspect("exchanged", f"{a} for {b}", words, lambda c: c.anew(b, c.inputs[a]))


def _whole(value: object) -> bool:
    return isinstance(value, int | np.integer) and not isinstance(value, bool)


def _many(case: Evidence) -> list[str]:
    """The inputs with one row a sample: as many rows as the first has, and two at least."""
    arrays = {k: v for k, v in case.inputs.items() if np.ndim(v) > 0}
    length = len(next(iter(arrays.values()), ()))
    return [name for name, v in arrays.items() if len(v) == length] if length > 1 else []


def _some(case: Evidence, names: list[str], rows: slice) -> np.ndarray:
    return case.with_inputs({name: np.asarray(case.inputs[name])[rows] for name in names})


def _share(case: Evidence, names: list[str], rows: slice) -> np.ndarray:
    length = len(case.inputs[names[0]])
    return _some(case, names, rows) * len(range(length)[rows]) / length
