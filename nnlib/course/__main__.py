"""The command line for whoever teaches: python -m nnlib.course check NOTEBOOK..."""

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
    commands.add_parser("list", help="list the exercises of the course")
    commands.add_parser("progress", help="show your own progress")
    return globals()[f"_{parser.parse_args(arguments).command}"](parser.parse_args(arguments))


def _check(chosen: argparse.Namespace) -> int:
    from . import grade

    def tell(row: grade.Row) -> None:
        print(f"{row.notebook}: {row.ran}", file=sys.stderr, flush=True)

    rows = grade.grade(chosen.notebooks, chosen.time, chosen.jobs, not chosen.no_run, tell=tell)
    if not rows:
        print("No notebooks were found.", file=sys.stderr)
        return 2
    _say(grade.as_text(rows))
    for path, text in ((chosen.csv, grade.as_csv), (chosen.json, grade.as_json)):
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


def _say(text: str) -> None:
    encoding = sys.stdout.encoding or "ascii"
    print(text.encode(encoding, "replace").decode(encoding))


if __name__ == "__main__":
    sys.exit(main())
