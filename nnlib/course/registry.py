"""All exercises and quizzes of the course by id, in its order, read when first asked for."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from types import ModuleType
from typing import Any

from . import chapters
from .description import Quiz
from .exercise import Exercise


class Unknown(KeyError):
    """An id that no chapter defines."""

    def __str__(self) -> str:
        return self.args[0]


class Registry(Mapping):
    """id -> Exercise (or Quiz), in the order of the course. `read` gives those of one chapter."""

    def __init__(self, kind: str, read: Callable[[int], Iterable[Any]]):
        self._kind, self._read = kind, read
        self._items: dict[str, Any] | None = None

    def _load(self) -> dict[str, Any]:
        if self._items is None:
            items: dict[str, Any] = {}
            for item in (item for number in numbers() for item in self._read(number)):
                if item.id in items:
                    raise ValueError(f"two of the {self._kind}s are called {item.id!r}")
                items[item.id] = item
            self._items = items
        return self._items

    def __getitem__(self, id: str) -> Any:
        items = self._load()
        if id not in items:
            near = difflib.get_close_matches(str(id), items, n=3, cutoff=0.4)
            hint = f" Did you mean {' or '.join(map(repr, near))}?" if near else ""
            raise Unknown(f"There is no {self._kind} called {id!r}.{hint}")
        return items[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._load())

    def __len__(self) -> int:
        return len(self._load())

    def chapter(self, number: int) -> list[Any]:
        return [item for item in self.values() if item.chapter == number]

    def __repr__(self) -> str:
        rows = [f"{x.chapter:>2}  {x.id:<30} {getattr(x, 'title', '')}" for x in self.values()]
        return "\n".join(rows) or f"no {self._kind}s"


# ------------------------------------------------------ a chapter is a folder, ch05_manual_backprop


@cache
def _folders() -> dict[int, str]:
    names = sorted(module.name for module in pkgutil.iter_modules(chapters.__path__))
    return {int(name[2:4]): f"{chapters.__name__}.{name}" for name in names}


def numbers() -> list[int]:
    """The chapters of the course."""
    return list(_folders())


def chapter(number: int) -> ModuleType:
    """A chapter's own module: its TITLE, and the ids of its EXERCISES in order."""
    return importlib.import_module(_folders()[number])


def _exercises(number: int) -> Iterator[Exercise]:
    for id in chapter(number).EXERCISES:
        file = importlib.import_module(f"{_folders()[number]}.{id}")
        yield file.exercise.at(number, id, Exercise)


def _quizzes(number: int) -> Iterator[Quiz]:
    file = importlib.import_module(f"{_folders()[number]}.quizzes")
    return (replace(quiz, chapter=number) for quiz in file.QUIZZES)


exercises = Registry("exercise", _exercises)
quizzes = Registry("quiz", _quizzes)
