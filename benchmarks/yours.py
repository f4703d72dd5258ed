"""Whose lines train the network: the share that the student wrote, between pixels and weights.

python benchmarks/yours.py            chapters 0 to 8 are solved in order, some minutes
python benchmarks/yours.py 4 6        these chapters only

Each notebook is solved by typing tests/notebooks/typed/chNN_model.py into it. The cell tagged
`first-training` then runs under a line tracer. Counted is each line of Python that runs at least
once in it, whoever calls it. Three hands wrote these lines:

    the student   definitions under @exercise, here or kept from an earlier chapter
    the notebook  everything else in its cells, and helpers that were kept with an answer
    nnlib         the library, but for its pictures and its course (widgets, course, screen)

NumPy and Python's own library are left aside. The engine's mathematics are the lines that belong
to chapter 6's page or to nnlib's tensor, ops, functions, nn, manual, optim and what these stand on.
"""

import argparse
import ast
import json
import os
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[1]
TAG = "first-training"
ENGINE = "tensor ops functions nn manual optim recording dispatch parameters".split()
LEFT_ASIDE = "widgets", "course", "screen"
START = """
import sys as _sys, nnlib.course as _course
[_course.mine.whose(id) for id in _course.exercises]  # kept pages are read before the count begins
_seen = set()
def _trace(frame, event, arg):
    name = frame.f_code.co_filename
    if not any(part in name for part in {places}):
        return None
    def line(frame, event, arg):
        if event == "line":
            _seen.add((name, frame.f_lineno))
        return line
    return line
_sys.settrace(_trace)
"""
STOP = """
_sys.settrace(None)
import json as _json, linecache as _cache
_files = {name for name, _ in _seen}
print(_json.dumps([sorted(_seen), {name: "".join(_cache.getlines(name)) for name in _files}]))
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("chapters", nargs="*", type=int, default=list(range(9)))
    parser.add_argument("--style", default="model", choices=["model", "other"])
    chosen = parser.parse_args()
    print(f"{'':>12}{'student':>10}{'notebook':>10}{'nnlib':>8}{'share':>9}{'of the engine':>16}")
    with tempfile.TemporaryDirectory(prefix="nnlib-yours-") as folder:
        os.environ["NNLIB_PROGRESS_DIR"] = folder
        for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
            if int(path.stem[:2]) in chosen.chapters:
                typed = (
                    ROOT / "tests" / "notebooks" / "typed" / f"ch{path.stem[:2]}_{chosen.style}.py"
                )
                lines = measure(path, typed)
                if lines is not None:
                    print(row(f"chapter {int(path.stem[:2])}", lines), flush=True)


def measure(path, typed):
    """Every line that ran in the tagged cell: (hand, whether of the engine, file, number).

    None where no cell has the tag. The answers are kept in the record's folder either way.
    """
    from nnlib.course.classroom.answer import answers
    from nnlib.course.classroom.fill import fill

    notebook = nbformat.from_dict(fill(path, typed))
    tags = [TAG in cell.metadata.get("tags", ()) for cell in notebook.cells]
    if True in tags:
        first = tags.index(True)
        library = os.path.join(os.environ["NNLIB_PROGRESS_DIR"], "mine", "")
        places = ["ipykernel_", library, os.path.join(ROOT, "nnlib", "")]
        code = nbformat.v4.new_code_cell
        start, stop = code(START.replace("{places}", repr(places))), code(STOP)
        notebook.cells = [
            *notebook.cells[:first],
            start,
            notebook.cells[first],
            stop,
            *notebook.cells[first + 1 :],
        ]
    folder = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, timeout=3600, kernel_name="python3", resources=folder).execute()
    if True not in tags:
        return None
    seen, files = json.loads(
        "".join(out.get("text", "") for out in notebook.cells[first + 2].outputs)
    )
    here = int(path.stem[:2])
    owned = {name: by_line(name, text, answers) for name, text in files.items()}
    lines = []
    for name, number in seen:
        if any(f"{os.sep}nnlib{os.sep}{part}" in name for part in LEFT_ASIDE):
            continue
        if name.startswith(os.path.join(ROOT, "nnlib", "")):
            lines.append(("nnlib", Path(name).stem in ENGINE, name, number))
        else:
            hand = "student" if number in owned[name] else "notebook"
            engine = name.endswith("ch06.py") or (here == 6 and hand == "student")
            text = files[name].splitlines()[number - 1 : number]
            if not text or not text[0].lstrip().startswith("_sys.settrace"):
                lines.append((hand, engine, name, number))
    return lines


def by_line(name, text, answers):
    """The lines of a cell, or of a kept page, that belong to an exercise's answer."""
    from nnlib.course.registry import exercises

    if Path(name).stem.startswith("ch") and Path(name).parent.name == "mine":
        nodes = [n for n in ast.parse(text).body if getattr(n, "name", None) in exercises]
        marked = text.splitlines()
        nodes = [n for n in nodes if not marked[n.lineno - 2].startswith("# nnlib's")]
    else:
        nodes = [answer.node for answer in answers([text])]
    return {line for n in nodes for line in range(n.lineno, n.end_lineno + 1)}


def row(title, lines):
    count = {
        hand: sum(line[0] == hand for line in lines) for hand in ("student", "notebook", "nnlib")
    }
    engine = [line for line in lines if line[1]]
    theirs = sum(line[0] == "student" for line in engine)
    share = count["student"] / max(1, len(lines))
    part = f"{theirs / len(engine):.0%}" if engine else "-"
    numbers = f"{count['student']:>10}{count['notebook']:>10}{count['nnlib']:>8}"
    return f"{title:>12}{numbers}{share:>9.0%}{part:>16}"


if __name__ == "__main__":
    sys.exit(main())
