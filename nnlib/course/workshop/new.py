"""A new exercise: its file with every place marked, and the blank cell for the notebook."""

from __future__ import annotations

import textwrap
from pathlib import Path

from ..registry import chapter, exercises, numbers

FILE = '''\
"""TODO one sentence: what one learns by writing this."""

import numpy as np

from nnlib.course.description import case, describe


def {id}(X):
    """TODO what goes in, what comes out, with shapes: (N, D) -> (N, D)."""
    return X  # TODO the solution; where the library has it, import that instead


def drawn(rng):
    return (rng.normal(size=(int(rng.integers(3, 5)), 2)),)  # sizes that differ from one another


exercise = describe(
    {id},
    title="TODO a few words for the card",
    minutes=5,
    difficulty=1,
    returns=("TODO what comes back, as a card should call it",),
    cases=(case(np.array([[1.0, -2]]), about="TODO an edge, in a few words"),),
    draw=drawn,
    hints=(
        "TODO a nudge: a question that points at the idea",
        "TODO the idea, in words",
        "TODO nearly the solution",
    ),
)


@exercise.misconception(
    "TODO a few words for tables",
    """TODO what a good tutor says: what was seen, why it happens, what to look at.""",
)
def a_wrong_answer(X):
    return -X
'''

CELL = '''\
@exercise("{id}")
def {id}(X):
    """TODO what goes in, what comes out, with shapes."""
    # your code here, about 1 line
    ...
'''


def new(place: str, id: str) -> Path:
    """Write the file of a new exercise and enter it last in the list of its chapter ("ch05").

    Raises ValueError where there is no such chapter, where `id` is not a name in Python, or where
    an exercise has it already.
    """
    digits = place.removeprefix("ch")[:2]
    number = int(digits) if digits.isdigit() else None
    if number not in numbers():
        raise ValueError(f"there is no chapter {place!r}; they are ch00 to ch{numbers()[-1]:02}")
    if not id.isidentifier():
        raise ValueError(f"{id!r} cannot name a function; take letters, digits and _")
    if id in exercises:
        raise ValueError(f"chapter {exercises[id].chapter} has an exercise called {id!r} already")
    folder = Path(chapter(number).__path__[0])
    file = folder / f"{id}.py"
    file.write_text(FILE.format(id=id), encoding="utf-8")
    index = folder / "__init__.py"
    text = index.read_text(encoding="utf-8").rstrip()
    index.write_text(f'{text.removesuffix(")")}    "{id}",\n)\n', encoding="utf-8")
    return file


def next_steps(file: Path) -> str:
    """What to do with it, with the cell for the notebook."""
    id, place, notebook = file.stem, file.parent.name[:4], file.parent.name.removeprefix("ch")
    return f"""\
{file} is begun: fill in its places marked TODO.
Its id stands last in {file.parent / "__init__.py"}: move it to where the notebook has it.

The cell for notebooks/{notebook}.ipynb:

{textwrap.indent(CELL.format(id=id), "    ")}
Two right answers written differently, or more, go to tests/course/answers_{place}.py.
Then: python -m nnlib.course prove {id}"""
