"""Where the slip is, if one small change to the answer's own code would make it right."""

from __future__ import annotations

from dataclasses import replace

from ..repair import repair
from ..trial import Explanation, Trial

UNCLEAR = {"values", "shape", "raised", "silent", "parts", "type", "dtype", "words", "nan"}
UNCLEAR |= {"too long"}


def place(trial: Trial, said: Explanation) -> Explanation:
    """What was said; where it names no slip, with the place of the smallest change added."""
    if trial.answer is None or said.kind not in UNCLEAR:
        return said
    try:
        found = repair(trial.exercise, trial.answer, trial.cases, trial.expected, trial.outcomes)
    except Exception:  # the plain sentence is there already
        return said
    if found is None:
        return said
    plain = said.message.endswith("does not have the expected numbers yet.")
    message = found.words if plain else f"{said.message} {found.words}"
    return replace(said, message=message, kind="repair", repair=found)
