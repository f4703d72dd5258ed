"""A page: the student's file of a chapter as text, its definitions taken apart and put in order."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .names import DEFINITIONS, at_once, fills, free, gives, loads
from .piece import MARK


@dataclass
class Block:
    """A definition or another statement, with the comment above it."""

    text: str
    node: ast.stmt

    @property
    def key(self) -> str:
        """What it is called: a definition's name, the targets of an assignment."""
        node = self.node
        if isinstance(node, DEFINITIONS):
            return node.name
        again = isinstance(node, ast.Assign) and gives(node) & loads(node)  # f = wrapped(f)
        if isinstance(node, ast.Assign) and not again:
            return ", ".join(ast.unparse(target) for target in node.targets)
        return ast.unparse(node)

    @property
    def nnlibs(self) -> bool:
        return self.text.startswith(MARK)


class Page:
    """The head (docstring and comments), the imports, and the blocks. Raises SyntaxError."""

    def __init__(self, text: str):
        self.imports: list[str] = []
        self.blocks: list[Block] = []
        lines = text.splitlines()
        body = ast.parse(text).body
        end = 0
        if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
            end = body[0].end_lineno or 0
            body = body[1:]
        self.head = "\n".join(lines[:end]).strip()
        for node in body:
            last = node.end_lineno or node.lineno
            if last <= end:  # `a = 1; b = 2`: one block
                continue
            part = "\n".join(lines[end:last]).strip("\n")
            end = last
            if isinstance(node, ast.Import | ast.ImportFrom):
                self.imports.append(part.strip())
            else:
                self.blocks.append(Block(part, node))
        self.tail = "\n".join(lines[end:]).strip("\n")

    def __str__(self) -> str:
        texts = (block.text.strip("\n") for block in self.blocks)
        parts = ["\n".join(sorted(self.imports, key=_rank)), *texts, self.tail]
        body = "\n\n\n".join(part for part in parts if part)
        return f"{self.head}\n\n{body}\n"

    def find(self, key: str) -> Block | None:
        return next((block for block in reversed(self.blocks) if block.key == key), None)

    def names(self) -> dict[str, bool]:
        """Each name that the page defines: True where it is the student's."""
        return {n: not block.nnlibs for block in self.blocks for n in gives(block.node)}

    def put(self, texts: Sequence[str], place: int) -> None:
        """Each text in the place of the block of its name, or at `place` where there is none."""
        for text in texts:
            for block in Page(text).blocks:
                old = self.find(block.key)
                if old:
                    self.blocks[self.blocks.index(old)] = block
                else:
                    self.blocks.insert(place, block)
                    place += 1

    def use(self, lines: Sequence[str]) -> None:
        """Add import lines; drop those whose name the page defines itself."""
        for line in lines:
            bare = [old.split("  #")[0] for old in self.imports]
            if line.split("  #")[0] not in bare:
                self.imports = [old for old in self.imports if not _same_name(old, line)]
                self.imports.append(line)
        own = set(self.names())
        self.imports = [
            line for line in self.imports if MARK not in line or not own & imported(line)
        ]

    def drop_unused(self, lines: Sequence[str]) -> None:
        """Of some import lines, drop those that nothing uses."""
        used = set().union(*(loads(block.node) for block in self.blocks))
        self.imports = [line for line in self.imports if line not in lines or imported(line) & used]

    def place_of(self, id: str, order: Sequence[str]) -> int:
        """Where an answer goes that is not there yet: in the order of the chapter."""
        before = order[: order.index(id)] if id in order else order
        places = [i for i, block in enumerate(self.blocks) if gives(block.node) & set(before)]
        return places[-1] + 1 if places else 0

    def arrange(self) -> None:
        """What must be there when a statement runs comes before it; the rest keeps its order."""
        done: list[Block] = []
        under_way: list[Block] = []

        def add(block: Block) -> None:
            if block in done or block in under_way:
                return
            under_way.append(block)
            for other in self._needed(block):
                add(other)
            under_way.remove(block)
            done.append(block)

        for block in self.blocks:
            add(block)
        self.blocks = done

    def _needed(self, block: Block) -> Iterator[Block]:
        """The blocks that must have run before this one does."""
        names = at_once(block.node)
        calls = not isinstance(block.node, DEFINITIONS) or bool(block.node.decorator_list)
        seen: set[str] = set()
        while names - seen:
            name = min(names - seen)
            seen.add(name)
            for other in self.blocks:
                if other is not block and name in gives(other.node) | fills(other.node):
                    yield other
                    if calls:  # what is called needs the names in its body too
                        names = names | set(free(other.text))


def imported(line: str) -> set[str]:
    """The names that an import line gives."""
    try:
        return set().union(*(gives(node) for node in ast.parse(line).body))
    except SyntaxError:
        return set()


def _same_name(old: str, new: str) -> bool:
    return bool(imported(old) & imported(new))


def _rank(line: str) -> tuple[int, str]:
    """Python's own and NumPy first, then nnlib's, then the student's other chapters."""
    code = line.splitlines()[-1]
    if code.startswith("from __future__"):
        return 0, code
    return (3 if " ." in code else 2 if " nnlib" in code else 1), code
