"""Every notebook is stored as one clean run from top to bottom left it."""

import re
from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))
HOME = re.compile(r"(/home/|/Users/|/root/|/tmp/|/private/var/|[A-Z]:\\\\?Users)")


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return nbformat.read(request.param, as_version=4)


def code_cells(notebook):
    return [c for c in notebook.cells if c.cell_type == "code"]


def text_of(output):
    """All text in an output, pictures left out."""
    if output.output_type == "stream":
        return output.text
    if output.output_type == "error":
        return "\n".join(output.traceback)
    return "\n".join(str(v) for k, v in output.data.items() if not k.startswith("image/"))


def test_is_valid_and_its_cells_have_ids(notebook):
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) >= (4, 5)
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)


def test_was_run_once_from_top_to_bottom(notebook):
    # nbval does not compare a cell without a number, whatever it prints
    counts = [c.execution_count for c in code_cells(notebook)]
    assert counts == list(range(1, len(counts) + 1))


def test_stored_outputs_hold_no_error_that_was_not_meant(notebook):
    errors = [
        f"cell {c.execution_count}: {o.ename}"
        for c in code_cells(notebook)
        for o in c.outputs
        if o.output_type == "error" and "raises-exception" not in c.metadata.get("tags", ())
    ]
    assert errors == []


def test_stored_outputs_name_no_private_folder(notebook):
    found = [
        f"cell {c.execution_count}: {match[0]}"
        for c in code_cells(notebook)
        for o in c.outputs
        for match in HOME.finditer(re.sub(r"base64,[\w+/=\s]+", "", text_of(o)))
    ]
    assert found == []


def test_opens_with_any_python_kernel(notebook):
    assert notebook.metadata.kernelspec.name == "python3"


def test_cells_are_short(notebook):
    long = {}
    for cell in code_cells(notebook):
        lines = [line for line in cell.source.splitlines() if line.strip()]
        limit = 25 if re.search(r"^class ", cell.source, re.M) else 15
        if len(lines) > limit:
            long[cell.id] = len(lines)
    assert long == {}
