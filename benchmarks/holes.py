"""Where a spoilt solution still passes: cases that are missing.

    python benchmarks/holes.py [ID ...]      every exercise, or these

Each reference is spoilt by single edits; those that pass all cases and are wrong elsewhere are
printed with the arguments that show it. With --all those too that are not known to be wrong.
"""

import sys

from nnlib.course import exercises
from nnlib.course.judging.repair import holes


def main() -> None:
    everything = "--all" in sys.argv
    ids = [a for a in sys.argv[1:] if not a.startswith("-")] or list(exercises)
    count = 0
    for id in ids:
        found = holes(exercises[id])
        wrong = [hole for hole in found if hole.differs]
        count += len(wrong)
        print(f"{id}: {len(wrong)} wrong elsewhere, {len(found) - len(wrong)} perhaps the same")
        for hole in found if everything else wrong:
            where = f"   wrong for {hole.differs}" if hole.differs else ""
            print(f"    line {hole.line}, {hole.kind}: {hole.statement}{where}")
    print(f"{count} holes")


if __name__ == "__main__":
    main()
