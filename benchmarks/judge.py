"""How the checks judge answers that somebody wrote without knowing them:

    python benchmarks/judge.py [ANSWERS.jsonl ...]     else those in tests/course/outside
        --out FILE       every verdict, a line of JSON each
        --jobs N         processes at once (1, for seconds that can be compared)
        --only ID,ID     exercises, or answers
        --exercises      a row for each exercise too

A file holds an answer a line; tests/course/jury.py describes it. Each answer is run under the
imports, functions and classes that its notebook has above the exercise. The table counts wrong
answers that pass, right ones that are refused, and of the wrong ones refused those whose card names
the slip. Nine in ten passing checks are to take less than 0.1 s, nine in ten failing ones less than
1.5 s; the table shows what nine in ten take. The first check of an exercise, which draws its cases,
does not count.
"""

import argparse
import json
import sys
import time
from collections import Counter
from dataclasses import asdict
from pathlib import Path

COURSE = Path(__file__).resolve().parents[1] / "tests" / "course"
sys.path.insert(0, str(COURSE))

from context import places  # noqa: E402
from jury import judge, read  # noqa: E402

COLUMNS = (
    "chapter", "wrong", "passed", "right", "refused", "named", "of the wrong", "pass s", "fail s"
)  # fmt: skip
WIDTHS = (26, 6, 8, 7, 9, 7, 14, 9, 8)


def main():
    options = asked()
    files = options.files or [COURSE / "outside" / "answers.jsonl"]
    answers = [answer for file in files for answer in read(file)]
    only = set(filter(None, options.only.split(",")))
    answers = [a for a in answers if not only or only & {a["id"], a["exercise"]}]
    unknown = sorted({a["exercise"] for a in answers} - set(places()))
    if unknown or not answers:
        sys.exit(f"No notebook asks for {', '.join(unknown)}." if unknown else "No answers.")
    begun = time.monotonic()
    verdicts = judge(answers, options.jobs)
    if options.out:
        lines = [json.dumps({"id": id} | asdict(verdict)) for id, verdict in verdicts.items()]
        Path(options.out).write_text("\n".join(lines) + "\n", encoding="utf-8")
    pairs = [(answer, verdicts[answer["id"]]) for answer in answers]
    print_table(pairs, options.exercises)
    print_rest(pairs)
    print(f"\n{len(answers)} answers in {time.monotonic() - begun:.0f} s")


def asked():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*")
    parser.add_argument("--out")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("--exercises", action="store_true")
    return parser.parse_args()


def print_table(pairs, exercises):
    print(row(COLUMNS))
    print("-" * sum(WIDTHS))
    order = list(places())
    chapters, ids = {}, {}
    for pair in sorted(pairs, key=lambda pair: order.index(pair[0]["exercise"])):
        id = pair[0]["exercise"]
        chapters.setdefault(places()[id][0], []).append(pair)
        ids.setdefault(id, []).append(pair)
    for name, some in [*chapters.items(), ("all", pairs)]:
        print(row([name, *counts(some)]))
    if exercises:
        print()
        for name, some in ids.items():
            print(row([name, *counts(some)]))


def row(entries):
    first, *others = zip(entries, WIDTHS, strict=True)
    return f"{first[0]:{first[1]}}" + "".join(f"{entry:>{width}}" for entry, width in others)


def counts(pairs):
    """The columns after the first."""
    wrong = [v for a, v in pairs if a["label"] == "wrong"]
    failed = [v for v in wrong if v.status != "passed"]
    right = [(a, v) for a, v in pairs if a["label"] == "right"]
    counted = [v for a, v in right if v.status == "passed" or not a.get("may_refuse")]
    named = sum(v.named for v in failed)
    passing = [v.seconds for _, v in right if v.status == "passed"]
    return (
        len(wrong), len(wrong) - len(failed), len(counted),
        sum(v.status != "passed" for v in counted), named,
        f"{named / len(failed):.1%}" if failed else "-",
        nine_in_ten(passing), nine_in_ten([v.seconds for v in failed]),
    )  # fmt: skip


def nine_in_ten(seconds):
    """What nine in ten take at most."""
    return f"{sorted(seconds)[int(0.9 * (len(seconds) - 1))]:.3f}" if seconds else "-"


def print_rest(pairs):
    failed = [v for a, v in pairs if a["label"] == "wrong" and v.status != "passed"]
    kinds = Counter((v.named, v.kind or v.status) for v in failed).most_common()
    for named in (True, False):
        words = ", ".join(f"{kind} {count}" for (this, kind), count in kinds if this == named)
        print(f"\n{'named' if named else 'not named'}: {words or 'none'}")
    passed = [a["id"] for a, v in pairs if a["label"] == "wrong" and v.status == "passed"]
    refused = [
        a["id"] for a, v in pairs
        if a["label"] == "right" and v.status != "passed" and not a.get("may_refuse")
    ]  # fmt: skip
    lost = [a["id"] for a, v in pairs if v.status == "unloadable" or v.kind in ("lost", "internal")]
    for words, ids in (("wrong, passed", passed), ("right, refused", refused), ("lost", lost)):
        print(f"{words}: {' '.join(ids) or 'none'}")


if __name__ == "__main__":
    main()
