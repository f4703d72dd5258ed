"""Notebooks as data: the text of their code cells, and its syntax."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

MAGIC = re.compile(r"^(\s*)([%!?].*|.*[^=!<>'\"#]\?)$")


def read_notebook(path: str | Path) -> dict[str, Any]:
    """The notebook's JSON. Raises ValueError where the file is not a notebook."""
    try:
        notebook = json.loads(Path(path).read_text(encoding="utf-8"))
        if isinstance(notebook["cells"], list) and all("cell_type" in c for c in notebook["cells"]):
            return notebook
    except (UnicodeDecodeError, json.JSONDecodeError, KeyError, TypeError):
        pass
    raise ValueError(f"{path} is not a notebook that can be read")


def code_cells(notebook: Mapping[str, Any]) -> list[str]:
    """The text of every code cell."""
    return [source(cell) for cell in notebook["cells"] if cell["cell_type"] == "code"]


def source(cell: Mapping[str, Any]) -> str:
    text = cell.get("source", "")
    return text if isinstance(text, str) else "".join(text)


def parse(text: str) -> ast.Module:
    """The cell's syntax tree, magics left out; an empty one where it does not parse."""
    if text.startswith("%%"):
        return ast.Module([], [])
    lines = [MAGIC.sub(r"\1pass", line) for line in text.split("\n")]
    for candidate in (text, "\n".join(lines)):
        try:
            return ast.parse(candidate)
        except SyntaxError:
            continue
    return ast.Module([], [])
