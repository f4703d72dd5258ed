"""The command line: python -m nnlib.course check NOTEBOOK..., and for authors new and prove."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m nnlib.course", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser(
        "check",
        help="run notebooks and check every answer in them",
        description="Runs each notebook in a fresh kernel and checks its answers in processes of "
        "their own. Students' code runs with your rights: use a machine where it may.",
    )
    check.add_argument("notebooks", nargs="+", metavar="NOTEBOOK", help="a file or a folder")
    check.add_argument("--time", type=float, default=600, metavar="S", help="seconds for each run")
    check.add_argument("--jobs", type=int, default=2, metavar="N", help="notebooks at once")
    check.add_argument("--no-run", action="store_true", help="check the answers only")
    check.add_argument("--csv", type=Path, metavar="FILE", help="write the table as CSV")
    check.add_argument("--json", type=Path, metavar="FILE", help="write everything as JSON")
    check.set_defaults(run=_check)
    listing = commands.add_parser("list", help="list the exercises of the course")
    listing.set_defaults(run=_list)
    progress = commands.add_parser("progress", help="show your own progress")
    progress.set_defaults(run=_progress)
    leave = commands.add_parser("export", help="your own answers as a package of their own")
    leave.add_argument("folder", type=Path, metavar="FOLDER", help="where it is written")
    leave.add_argument("--name", default="mynn", help="what the package is called (mynn)")
    leave.set_defaults(run=_export)
    begin = commands.add_parser("new", help="begin a new exercise: its file, with places marked")
    begin.add_argument("chapter", help="ch05, or 5")
    begin.add_argument("id", help="the name of the function or class, which is the exercise's id")
    begin.set_defaults(run=_new)
    proof = commands.add_parser("prove", help="say what an exercise still lacks")
    proof.add_argument("id", help="the exercise's id")
    proof.set_defaults(run=_prove)
    chosen = parser.parse_args(arguments)
    return chosen.run(chosen)


def _check(chosen: argparse.Namespace) -> int:
    from .classroom.grade import grade
    from .classroom.table import Row, as_csv, as_json, as_text

    def tell(row: Row) -> None:
        print(f"{row.notebook}: {row.ran}", file=sys.stderr, flush=True)

    rows = grade(chosen.notebooks, chosen.time, chosen.jobs, not chosen.no_run, tell=tell)
    if not rows:
        print("No notebooks were found.", file=sys.stderr)
        return 2
    _say(as_text(rows))
    for path, text in ((chosen.csv, as_csv), (chosen.json, as_json)):
        if path:
            path.write_text(text(rows), encoding="utf-8")
    return 0


def _list(_: argparse.Namespace) -> int:
    from .registry import exercises

    _say(repr(exercises))
    return 0


def _progress(_: argparse.Namespace) -> int:
    from .progress import progress

    _say(repr(progress()))
    return 0


def _export(chosen: argparse.Namespace) -> int:
    from .mine.export import Nothing, export

    try:
        book = export(chosen.folder, chosen.name)
    except (Nothing, ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    own = sum(map(len, book.own.values()))
    _say(f"{own} of your answers, {book.answers} lines, are now the package {book.name} in")
    _say(
        f"{chosen.folder}. Beside them: {book.helpers} lines of helpers, {book.copied} of nnlib's."
    )
    for sentence in book.left:
        _say(sentence)
    return 0


def _new(chosen: argparse.Namespace) -> int:
    from .workshop.new import new, next_steps

    try:
        file = new(chosen.chapter, chosen.id)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    _say(next_steps(file))
    return 0


def _prove(chosen: argparse.Namespace) -> int:
    from .registry import Unknown, exercises
    from .workshop.prove import prove

    missing = 0
    try:
        for finding in prove(exercises[chosen.id]):
            _say(str(finding))
            missing += len(finding.missing)
    except (Unknown, FileNotFoundError) as error:
        print(error, file=sys.stderr)
        return 2
    _say(f"{missing} missing" if missing else "Nothing is missing.")
    return 1 if missing else 0


def _say(text: str) -> None:
    encoding = sys.stdout.encoding or "ascii"
    print(text.encode(encoding, "replace").decode(encoding))


if __name__ == "__main__":
    sys.exit(main())
