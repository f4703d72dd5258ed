"""The changes that are tried: a stream of single edits of a syntax tree, the cheapest first.

The order is that of Singh, Gulwani and Solar-Lezama, "Automated feedback generation for
introductory programming assignments" (PLDI 2013), in spirit: what students do wrong most, and what
changes least, comes first. An edit is made in place and undone; nothing is copied.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from . import arithmetic, expressions, functions, statements
from .borrowed import Borrowed
from .tree import Place, at, places, weight


@dataclass(eq=False)
class Edit:
    """One change: what is set where, what it costs, and how it is spoken of."""

    kind: str  # "axis", "sign", "operator", "indentation", ...: the nature of the slip
    price: int
    size: int  # how much of the student's text it touches
    place: Place
    changes: tuple[tuple[ast.AST, str, Any], ...]
    key: Any = None  # alike in every edit that does the same elsewhere
    words: str = ""  # for a change that cannot be shown as before and after

    @property
    def shown(self) -> ast.AST:
        """The student's code that is looked at."""
        return self.place.around()

    @property
    def touched(self) -> int:
        """How much of the student's text is replaced."""
        return weight(self.place.node) if self.price == PIECE else 0

    @property
    def spot(self) -> Any:
        """Where it is, to tell it from others: a missing line may go in at several places."""
        inserted = self.kind == "missing line" and self.place.function
        return inserted.name if inserted else self.line

    @property
    def line(self) -> int:
        return self.shown.lineno

    @contextmanager
    def made(self) -> Iterator[None]:
        """The tree with this edit, for the length of a block."""
        before = [(owner, name, getattr(owner, name)) for owner, name, _ in self.changes]
        try:
            for owner, name, new in self.changes:
                setattr(owner, name, new)
            yield
        finally:
            for owner, name, old in reversed(before):
                setattr(owner, name, old)


SOURCES = (  # the price of an edit is the place of its source in here
    statements.deletions,
    expressions.deletions,
    functions.axes,
    arithmetic.operators,
    arithmetic.orders,
    arithmetic.signs,
    statements.moves,
    functions.parts,
    statements.insertions,
    expressions.counts,
    expressions.constants,
    functions.siblings,
    arithmetic.brackets,
    arithmetic.swaps,
    None,  # the same everywhere
    functions.wraps,
    Borrowed.expressions,
    Borrowed.statements,
    arithmetic.terms,
    Borrowed.terms,
    arithmetic.sizes,
)
EVERYWHERE = SOURCES.index(None)  # dearer edits put something in
PIECE = SOURCES.index(Borrowed.expressions)
CHEAP, ALL = SOURCES.index(arithmetic.swaps), len(SOURCES)


def edits(root: ast.AST, borrowed: Borrowed, most: int = ALL) -> Iterator[Edit]:
    """Every edit of a tree up to a price, the cheaper first."""
    here = places(root)
    alike: dict[Any, list[Edit]] = {}
    for price, source in enumerate(SOURCES):
        if price > most:
            return
        if source is None:
            yield from _everywhere(alike)
            continue
        for edit in _of(source, price, here, borrowed):
            if edit.key is not None and price < EVERYWHERE:
                alike.setdefault((edit.kind, edit.key), []).append(edit)
            yield edit


def _of(source: Any, price: int, here: list[Place], borrowed: Borrowed) -> Iterator[Edit]:
    """The edits of one kind, place by place, made of (kind, new node or changes, size, ...)."""
    ask = source.__get__(borrowed) if source.__module__ == Borrowed.__module__ else None
    for place in here:
        for made in ask(place) if ask else source(place, borrowed):
            kind, new, size, *more = made
            key, words = [*more, None, ""][:2] if len(more) < 2 else more
            changes = new if isinstance(new, tuple) else (place.put(new),)
            for _, _, value in changes:
                for part in value if isinstance(value, list) else [value]:
                    at(part, place.node)
            yield Edit(kind, price, size, place, changes, key, words)


def _everywhere(alike: dict[Any, list[Edit]]) -> Iterator[Edit]:
    """The same edit at each of several places at once, or at two of them."""
    groups = [several[:8] for several in alike.values() if len(several) > 1]
    for several in groups:
        yield from _together(several)
    for several in groups:
        if len(several) > 2:
            for two in combinations(several, 2):
                yield from _together(two)


def _together(several: Sequence[Edit]) -> Iterator[Edit]:
    changes = tuple(change for edit in several for change in edit.changes)
    if len({(id(owner), name) for owner, name, _ in changes}) == len(changes):
        first = several[0]
        size = sum(edit.size for edit in several)
        yield Edit(first.kind, EVERYWHERE, size, first.place, changes, words=first.words)
