"""The house: who may import whom. A failure names the arrow, file -> file, and its line.

Every import counts, those inside functions too; only those for a type checker do not. What Python
imports by itself on the way, a package's `__init__` for a module inside it, is no arrow.
"""

import ast
from functools import cache
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]

MAY_IMPORT = {  # besides itself
    "the core": set(),
    "widgets": {"the core"},
    "description": {"the core"},
    "chapters": {"the core", "description"},
    "judging": {"the core", "description"},
    "course": {"the core", "widgets", "description", "chapters", "judging"},
    "classroom": {"the core", "description", "chapters", "judging", "course"},
    "workshop": {"the core", "description", "chapters", "judging", "course"},
    "command line": {"course", "classroom", "workshop"},
}
PLACES = {  # the longest that fits has a file
    "nnlib/": "the core",
    "nnlib/widgets/": "widgets",
    "nnlib/course/": "course",
    "nnlib/course/description.py": "description",
    "nnlib/course/chapters/": "chapters",
    "nnlib/course/judging/": "judging",
    "nnlib/course/classroom/": "classroom",
    "nnlib/course/workshop/": "workshop",
    "nnlib/course/__main__.py": "command line",
}


def room(file):
    return PLACES[max((place for place in PLACES if file.startswith(place)), key=len)]


@cache
def arrows():
    """Every import of one file of nnlib by another: (file, file, line)."""
    files = [file.relative_to(HOUSE) for file in sorted((HOUSE / "nnlib").rglob("*.py"))]
    return sorted({arrow for file in files for arrow in imports(file)})


def imports(file):
    package = file.parent.parts
    for node in walk(ast.parse((HOUSE / file).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [tuple(alias.name.split(".")) for alias in node.names]
        else:
            start = package[: len(package) + 1 - node.level] if node.level else ()
            start += tuple(node.module.split(".")) if node.module else ()
            names = [(*start, alias.name) for alias in node.names]
        for name in names:
            found = defined_in(name)
            if found and found != file.as_posix():
                yield file.as_posix(), found, node.lineno


def walk(node):
    """The import statements below `node`, without those for a type checker."""
    for inner in ast.iter_child_nodes(node):
        if isinstance(inner, ast.Import | ast.ImportFrom):
            yield inner
        elif not (isinstance(inner, ast.If) and "TYPE_CHECKING" in ast.unparse(inner.test)):
            yield from walk(inner)


def defined_in(name):
    """The file of a module, or of the module that a name is taken from; None outside nnlib."""
    while name and name[0] == "nnlib":
        for path in (Path(*name).with_suffix(".py"), Path(*name) / "__init__.py"):
            if (HOUSE / path).exists():
                return path.as_posix()
        name = name[:-1]
    return None


def test_the_rooms_keep_to_the_table():
    wrong = [
        f"{file}:{line} -> {other}: {room(file)} may not import {room(other)}"
        for file, other, line in arrows()
        if room(other) not in {room(file), *MAY_IMPORT[room(file)]}
    ]
    assert not wrong, "\n".join(wrong)


def test_no_file_imports_itself_round_a_circle():
    found = circle()
    assert not found, "a circle:\n" + "\n".join(f"{a}:{line} -> {b}" for a, b, line in found)


def circle():
    """The arrows of one circle, if there is one."""
    onward = {}
    for file, other, line in arrows():
        onward.setdefault(file, []).append((other, line))
    done = set()

    def follow(file, way):
        files = [a for a, _, _ in way]
        if file in files:
            return way[files.index(file) :]
        if file in done:
            return None
        for other, line in onward.get(file, ()):
            found = follow(other, [*way, (file, other, line)])
            if found:
                return found
        done.add(file)
        return None

    return next((found for file in onward if (found := follow(file, []))), None)


def test_no_file_of_the_course_is_longer_than_300_lines():
    files = (HOUSE / "nnlib" / "course").rglob("*.py")
    sizes = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in files}
    long = [f"{file.relative_to(HOUSE)}: {size}" for file, size in sizes.items() if size > 300]
    assert not long, "\n".join(long)


def test_nothing_rests_on_an_assert():
    """`python -O` leaves them out: what must hold is checked, and an error says so."""
    found = [
        f"{file.relative_to(HOUSE)}:{node.lineno}"
        for file in sorted((HOUSE / "nnlib").rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assert)
    ]
    assert not found, found
