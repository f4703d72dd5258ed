"""The README of an exported package: what it is, whose it is, what it reaches."""

from __future__ import annotations

from typing import Any

from ...registry import chapter, exercises

NUMBERS = "| chapter | written by me |\n|---|---|\n"


def readme(book: Any, score: tuple[str, float] | None) -> str:
    """`book` is what export.py has gathered."""
    name = book.name
    own = sum(map(len, book.own.values()))
    rows = "".join(
        f"| {chapter(n).TITLE} | {', '.join(f'`{id}`' for id in ids)} |\n"
        for n, ids in book.own.items()
    )
    reached = "Its accuracy is not on record yet."
    if score:
        reached = f"A network made of it reads {score[0]}: {score[1]:.2%} right."
    copied = "Nothing in it is nnlib's."
    if book.copied:
        copied = (
            f"{book.copied} lines are nnlib's, the library of the course. They are marked, in "
            f"`{name}/nnlibs` and above each definition elsewhere."
        )
    left = "".join(f"\n{sentence}\n" for sentence in book.left)
    return f"""# {name}

Neural networks from scratch, in plain NumPy, written in the course of the same name.

{reached}

```python
import {name}
```

```
python tests/test_{name}.py
```

checks it against finite differences and, where it is installed, against PyTorch.

## Whose it is

{own} of the {len(exercises)} exercises of the course are in it, {book.answers} lines of code.
Beside them stand {book.helpers} lines that they use: my own, or given in the course's notebooks.
{copied}
{left}
{NUMBERS}{rows}"""
