"""Where a spoilt right answer still passes: cases that are missing.

    python benchmarks/holes.py [ID ...]      the reference of every exercise, or of these
        --right      the right answers in tests/course/outside in its stead, each in its notebook
        --all        those changes too that are not known to be wrong

Each is spoilt by single edits; those that pass all cases, the derived ones too, and are wrong
elsewhere are printed with the arguments that show it.
"""

import argparse
import sys
from pathlib import Path

COURSE = Path(__file__).resolve().parents[1] / "tests" / "course"
sys.path.insert(0, str(COURSE))

from context import Context  # noqa: E402
from jury import read  # noqa: E402

from nnlib.course import exercises  # noqa: E402
from nnlib.course.judging.derived import examine  # noqa: E402
from nnlib.course.judging.repair.holes import spoil  # noqa: E402

SECONDS = 10.0  # of processor time for one answer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ids", nargs="*")
    parser.add_argument("--right", action="store_true")
    parser.add_argument("--all", action="store_true")
    options = parser.parse_args()
    made = count = 0
    for id in options.ids or exercises:
        for name, answer in outside(id) if options.right else [(id, None)]:
            found = spoil(exercises[id], answer, seconds=SECONDS, further=examine)
            wrong = [hole for hole in found.holes if hole.differs]
            made, count = made + found.made, count + len(wrong)
            same = len(found.holes) - len(wrong)
            print(
                f"{name}: {found.made} made, {len(wrong)} wrong elsewhere, {same} perhaps the same"
            )
            for hole in found.holes if options.all else wrong:
                where = f"   wrong for {hole.differs}" if hole.differs else ""
                print(f"    line {hole.line}, {hole.kind}: {hole.statement}{where}")
    print(f"{made} made, {count} holes")


def outside(id):
    """The right answers of others to an exercise, each under the names of its notebook."""
    context = Context(id)
    for file in sorted((COURSE / "outside").glob("*.jsonl")):
        for answer in read(file):
            right = answer["label"] == "right" and not answer.get("may_refuse")
            if right and answer["exercise"] == id and "import" not in answer["code"]:
                yield answer["id"], context.answer(answer["code"], answer["id"])


if __name__ == "__main__":
    main()
