"""How the notebooks call what a student writes: by keyword, or with fewer arguments."""

import ast
import inspect
import json
import re
from pathlib import Path

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"


def trees(chapter):
    """The code cells of a chapter's notebook, parsed; magics are left out."""
    (path,) = NOTEBOOKS.glob(f"{chapter:02}_*.ipynb")
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            text = "".join(cell["source"])
            yield ast.parse(re.sub(r"(?m)^([ \t]*)[%!?].*$", r"\1pass", text))


def pattern(call):
    """(number of positional arguments, names of the others)."""
    return len(call.args), tuple(sorted(k.arg for k in call.keywords))


def special_calls(exercise):
    """{pattern: the first such call}, of calls that not every right signature can take."""
    everything = len(inspect.signature(exercise.reference).parameters)
    if exercise.probe is None:  # the cases call it in the same way
        everything = min(len(case.args) for case in exercise.all_cases())
    found = {}
    for tree in trees(exercise.chapter):
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != exercise.id:
                continue
            if any(isinstance(a, ast.Starred) for a in node.args):
                continue
            if node.keywords or len(node.args) < everything:
                found.setdefault(pattern(node), ast.unparse(node))
    return found
