"""Filling in a notebook: every exercise with its solution, or with a misconception.

For tests and for teachers: `fill("04.ipynb", "solution")` gives the notebook as a student leaves it
who has solved everything; `fill("04.ipynb", 0)` one who has answered everything wrongly;
`fill("04.ipynb", Path("typed.py"))` one who has typed what stands in that file.
"""

from __future__ import annotations

import ast
import copy
import inspect
import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ..description import Exercise
from ..registry import exercises
from .answer import Definition, answers, lines_of
from .notebook import read_notebook, source


def fill(
    notebook: str | Path | Mapping[str, Any],
    answer: str | int | Path | Callable[[Exercise, str], str] = "solution",
) -> dict[str, Any]:
    """A copy of a notebook with its exercises answered, and its outputs removed.

    answer: "solution" (nnlib's own), or a Python file that defines each answer under its name in
        the notebook, or a function (exercise, name) -> source of the definition, or the number of
        the first exercise's misconception: the next exercise gets the next number, counted round
        where it has fewer, so that a notebook shows mistakes of every kind.
    """
    given = read_notebook(notebook) if isinstance(notebook, str | Path) else notebook
    filled = copy.deepcopy(dict(given))
    answer = typed(answer) if isinstance(answer, Path) else answer
    place = 0
    for cell in filled["cells"]:
        if cell["cell_type"] != "code":
            continue
        cell["outputs"], cell["execution_count"] = [], None
        lines = source(cell).split("\n")
        here = list(answers([source(cell)]))
        for i, found in reversed(list(enumerate(here, place))):
            chosen = answer + i if isinstance(answer, int) else answer
            first, last = lines_of(found.node)
            lines[first - 1 : last] = _text(exercises[found.id], found.name, chosen).split("\n")
        place += len(here)
        cell["source"] = "\n".join(lines)
    return filled


def typed(file: Path) -> Callable[[Exercise, str], str]:
    """What a student types, from a Python file: of each answer the text of its definition alone."""
    text = file.read_text(encoding="utf-8")
    found = {node.name: node for node in ast.parse(text).body if isinstance(node, Definition)}

    def answer(exercise: Exercise, name: str) -> str:
        if name not in found:
            raise ValueError(f"{file.name} does not define {name}, the answer to {exercise.id!r}")
        first, last = lines_of(found[name])
        return "\n".join(text.splitlines()[first - 1 : last])

    return answer


def _text(exercise: Exercise, name: str, answer: Any) -> str:
    if callable(answer):
        return f'@exercise("{exercise.id}")\n{answer(exercise, name)}'.rstrip()
    if answer == "solution" and exercise.in_notebook:  # it means the notebook's own names
        text = textwrap.dedent(inspect.getsource(exercise.home)).rstrip()
        return f'@exercise("{exercise.id}")\n{text}'
    given = "reference"
    if answer != "solution":
        given = f"misconceptions[{answer % len(exercise.misconceptions)}].implementation"
    value = f'exercises["{exercise.id}"].{given}'
    if exercise.kind == "class":
        return (
            "from nnlib.course import exercises\n\n"
            f'@exercise("{exercise.id}")\nclass {name}({value}):\n    answered = True'
        )
    return (
        f'@exercise("{exercise.id}")\ndef {name}(*args, **kwargs):\n'
        f"    from nnlib.course import exercises\n\n    return {value}(*args, **kwargs)"
    )
