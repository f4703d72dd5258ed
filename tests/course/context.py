"""What a notebook gives a student before an exercise's cell: imports, functions, classes.

An exercise further up counts as solved. Nothing else runs: no training, no figure, no output.
"""

import ast
import json
import linecache
import re
import sys
import types
from contextlib import suppress
from functools import cache
from pathlib import Path

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"


class Context:
    """The names above one exercise's cell, made anew for each answer."""

    def __init__(self, id):
        from nnlib.course import exercises

        self.id, self.exercises = id, exercises
        self.chapter, self.name, cell = places()[id]
        self.steps = []  # (name, its exercise) or (None, code to run)
        for number, node in _chosen(cells(self.chapter)[: cell + 1], id):
            other = exercise_id(node)
            if other in exercises:
                self.steps.append((node.name, exercises[other]))
            elif other is None:
                text, file = cells(self.chapter)[number], f"<cell {number} of {self.chapter}>"
                linecache.cache[file] = (len(text), None, text.splitlines(True), file)
                self.steps.append((None, compile(ast.Module([node], []), file, "exec")))

    def module(self, name="cell"):
        """A fresh module with these names, the exercise's own aside."""
        module = types.ModuleType(name)
        for bound, what in self.steps:
            if bound:
                vars(module)[bound] = solved(what, vars(module))
            else:
                with suppress(NameError):  # its default needs what an earlier cell has computed
                    exec(what, vars(module))
        vars(module).pop(self.name, None)
        sys.modules[name] = module
        return module

    def answer(self, text, name="cell"):
        """What `text` defines under the exercise's name; its source can be read, as in a cell."""
        file = f"<{name} {abs(hash(text))}>"
        linecache.cache[file] = (len(text), None, text.splitlines(True), file)
        space = vars(self.module(name))
        exec(compile(text, file, "exec"), space)
        return space[self.name]


def solved(exercise, space):
    """The reference, made among the notebook's names where it means them."""
    from nnlib.course.stand_in import made_among

    return made_among(exercise, space) if exercise.in_notebook else exercise.reference


@cache
def cells(chapter):
    """The code cells of a notebook, by its name without the ending."""
    text = (NOTEBOOKS / f"{chapter}.ipynb").read_text(encoding="utf-8")
    found = (c for c in json.loads(text)["cells"] if c["cell_type"] == "code")
    return ["".join(cell["source"]) for cell in found]


@cache
def places():
    """{id: (its notebook, the name there, the number of its code cell)}."""
    found = {}
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        for number, text in enumerate(cells(path.stem)):
            for node in _parsed(text):
                if exercise_id(node):
                    found.setdefault(exercise_id(node), (path.stem, node.name, number))
    return found


def exercise_id(node):
    """The id in `@exercise("id")` above a definition, or None."""
    for decorator in getattr(node, "decorator_list", ()):
        match decorator:
            case ast.Call(func=ast.Name(id="exercise"), args=[ast.Constant(value=id)]):
                return id
            case ast.Name(id="exercise"):
                return node.name
    return None


def _parsed(text):
    return ast.parse(re.sub(r"(?m)^([ \t]*)[%!?].*$", r"\1pass", text)).body


def _chosen(texts, id):
    """The statements before an exercise that define something, and the data these use."""
    before = []
    for number, text in enumerate(texts):
        for node in _parsed(text):
            if exercise_id(node) == id:
                break
            before += [(number, node)] * _wanted(node)
    classes = {node.name for _, node in before if isinstance(node, ast.ClassDef)}
    chosen = {i for i, (_, node) in enumerate(before) if _defines(node, classes)}
    for place in reversed(range(len(before))):  # what is used stands further up
        if place in chosen and isinstance(before[place][1], ast.For | ast.Expr | ast.Assign):
            names = {n.id for n in ast.walk(before[place][1]) if isinstance(n, ast.Name)}
            chosen |= {i for i in range(place) if _bound(before[i][1]) & names}
    return [before[place] for place in sorted(chosen)]


def _wanted(node):
    """Not the widgets and figures: they take long to load."""
    module = getattr(node, "module", None) or ""
    if isinstance(node, ast.Import | ast.ImportFrom):
        node.names = [a for a in node.names if "widgets" not in a.name]
        return bool(node.names) and not module.startswith("nnlib.widgets")
    return True


def _defines(node, classes):
    """Imports, functions, classes, also under another name; and methods put into a class later."""
    match node:
        case ast.Import() | ast.ImportFrom() | ast.FunctionDef() | ast.ClassDef():
            return True
        case ast.Try():
            return all(isinstance(n, ast.Import | ast.ImportFrom) for n in node.body)
        case ast.Assign(value=ast.Lambda() | ast.Call(func=ast.Attribute(attr="vectorize"))):
            return True
        case ast.Assign(value=value) if _all(value, lambda v: _of_mine(v) or _named(v, classes)):
            return True
        case ast.Assign(targets=[ast.Attribute(value=ast.Name(id=owner)) | ast.Tuple(
            elts=[ast.Attribute(value=ast.Name(id=owner)), *_])]):  # fmt: skip
            return owner in classes
        case ast.For() | ast.Expr():
            calls = [n for n in ast.walk(node) if isinstance(n, ast.Call)]
            return any(ast.unparse(c.func) == "setattr" and _owner(c) in classes for c in calls)
    return False


def _all(value, rule):
    """Whether a value, or each in a tuple of values, follows a rule."""
    return all(map(rule, value.elts if isinstance(value, ast.Tuple) else [value]))


def _of_mine(value):
    return isinstance(value, ast.Attribute) and getattr(value.value, "id", None) == "mine"


def _named(value, classes):
    return getattr(value, "id", None) in classes


def _owner(call):
    return getattr(call.args[0], "id", None) if call.args else None


def _bound(node):
    if not isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
        return set()
    targets = getattr(node, "targets", None) or [node.target]
    return {n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)}
