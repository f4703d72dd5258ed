"""What one call of an answer did: the values that pass from running to judging."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Failure:
    """An exception, as much of it as the student needs."""

    type: str
    message: str
    line: int = 0  # in the student's own text; 0 where it was raised elsewhere
    text: str = ""
    in_answer: bool = True  # False where the check's own call failed, before any line of theirs


@dataclass(frozen=True)
class Outcome:
    """What one call did."""

    value: Any = None
    failure: Failure | None = None
    ended: str = "returned"  # or "raised", "too long", "too big"
    changed: tuple[str, ...] = ()  # names of the inputs that are no longer what they were
    printed: str = ""
    warned: str = ""
    imported: str = ""  # a module that was slow to import on the way

    @property
    def cut_off(self) -> bool:
        """True where the call was stopped from outside; no case after it was tried."""
        return self.ended in ("too long", "too big")


class Foreign:
    """A result of a kind the course does not know: described and read once, while it could be.

    Its own methods are not asked again. `array` is what NumPy reads in it, or None.
    """

    def __init__(self, words: str, array: Any = None):
        self.words, self.array = words, array

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        if self.array is None:
            raise TypeError(f"{self.words} is no array")
        return self.array if dtype is None else self.array.astype(dtype)
