"""`mine`: the student's own functions and classes where they passed, nnlib's where not yet."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from typing import Any

from .. import record
from ..description import Exercise
from ..registry import chapter, exercises, numbers
from . import load, shelf
from .at_home import at_home
from .pace import choose
from .places import folder
from .table import table

YOURS, NNLIBS = "yours", "nnlib's"


class Mine:
    """`mine.softmax` is yours once it has passed, nnlib's until then; `mine` shows which is which.

    `mine.whose("softmax")` says it in a word, `mine.faster("softmax", trial)` measures both.
    """

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # Python and Jupyter ask for many
            raise AttributeError(name)
        asked = self._asked(name)
        if asked is None:
            near = difflib.get_close_matches(name, exercises, n=3, cutoff=0.5)
            hint = f" Did you mean {' or '.join(near)}?" if near else ""
            raise AttributeError(f"There is no exercise called {name!r}.{hint}")
        shelf.tidy()
        page = load.page(asked.chapter)
        if page is None:
            return asked.reference
        if name in load.names(asked.chapter):
            return getattr(page, name)
        return at_home(asked, page)

    def whose(self, name: str) -> str:
        """ "yours" or "nnlib's". Raises AttributeError for a name that no exercise has."""
        getattr(self, name)
        number = exercises[name].chapter
        kept = load.names(number).get(name, False)
        return YOURS if kept and load.page(number) is not None else NNLIBS

    def faster(
        self, names: str, trial: Callable[..., Any], keep: bool = False, times: float = 4
    ) -> Any:
        """Yours, unless it takes more than `times` as long as nnlib's: then nnlib's, and a word.

        names: one id, or several with spaces between them, which go together.
        trial: a short piece of the work, called with what has these names: with yours, then with
            nnlib's. keep=True takes yours all the same.

            softmax = mine.faster("softmax", lambda softmax: softmax(Z))
        """
        ids = names.split()
        ours = tuple(getattr(self, id) for id in ids)
        theirs = tuple(exercises[id].reference for id in ids)
        if all(self.whose(id) == NNLIBS for id in ids):
            chosen = ours
        else:
            stamp = tuple(load.stamp(exercises[id].chapter) for id in ids)
            chosen = choose(ids, ours, theirs, trial, stamp, keep, times)
        return chosen if len(ids) > 1 else chosen[0]

    def scored(self, name: str, accuracy: float, made_of: str) -> None:
        """Put on record what a network reached, if all that it is made of is yours.

        `mine.scored("MNIST's test images", 0.978, "Linear SGD")`; the exported README quotes it.
        """
        if all(id in exercises and self.whose(id) == YOURS for id in made_of.split()):
            record.scored(name, accuracy)

    def __dir__(self) -> list[str]:
        return [*exercises, "faster", "scored", "whose"]

    def _asked(self, name: str) -> Exercise | None:
        return exercises.get(name)

    def _table(self) -> Any:
        shelf.tidy()
        rows = []
        for number in numbers():
            here = [(e.id, self.whose(e.id) == YOURS) for e in exercises.chapter(number)]
            rows.append((number, chapter(number).TITLE, here))
        return table(rows, folder())

    def __repr__(self) -> str:
        return repr(self._table())

    def _repr_html_(self) -> str:
        return self._table()._repr_html_()


mine = Mine()
