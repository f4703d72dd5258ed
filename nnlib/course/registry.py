"""All exercises and quizzes of the course by their id, read from the chapters when first asked."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from typing import Any

from . import chapters


class Unknown(KeyError):
    """An id that no chapter defines."""

    def __str__(self) -> str:
        return self.args[0]


class Registry(Mapping):
    """id -> Exercise (or Quiz), in the order of the course."""

    def __init__(self, kind: str, attribute: str):
        self._kind, self._attribute = kind, attribute
        self._items: dict[str, Any] | None = None

    def _load(self) -> dict[str, Any]:
        if self._items is None:
            items: dict[str, Any] = {}
            for module in sorted(m.name for m in pkgutil.iter_modules(chapters.__path__)):
                chapter = importlib.import_module(f"{chapters.__name__}.{module}")
                for item in getattr(chapter, self._attribute, ()):
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


exercises = Registry("exercise", "EXERCISES")
quizzes = Registry("quiz", "QUIZZES")
