"""nnlib's own, made at home in a student's page: where it says Tensor, it means theirs."""

from __future__ import annotations

import ast
import inspect
import textwrap
from types import ModuleType
from typing import Any

from ..description import Exercise
from ..registry import exercises
from .names import free

_made: dict[tuple[int, str], tuple[ModuleType, Any]] = {}


def at_home(asked: Exercise, page: ModuleType) -> Any:
    """The reference; one that means the names of a notebook is run again with those of the page."""
    if not getattr(asked, "in_notebook", False):
        return asked.reference
    key = id(page), asked.id
    if key not in _made or _made[key][0] is not page:
        _made[key] = page, _run(asked, page)
    return _made[key][1]


def _run(asked: Exercise, page: ModuleType) -> Any:
    reference = asked.home
    text = textwrap.dedent(inspect.getsource(reference))
    home = vars(inspect.getmodule(reference) or page)
    space = dict(vars(page))
    for name in free(text):
        if name in space:
            continue
        other = exercises.get(name)
        if other is not None and other.chapter == asked.chapter and name != asked.id:
            space[name] = at_home(other, page)
        elif name in home:
            space[name] = home[name]
    tree = ast.parse(text)
    exec(compile(tree, inspect.getfile(reference), "exec"), space)
    return space[reference.__name__]
