"""How long an answer is checked, for every exercise: python benchmarks/checks.py

The longest of its right answer and all its known mistakes, each the best of three. The first check
of all, which reads the exercises, does not count.
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # nnlib, installed or not

from nnlib.course import exercises

TARGET = 0.1  # seconds, for nine exercises in ten


def main():
    longest = {e.id: max(seconds(e, answer) for answer in answers(e)) for e in exercises.values()}
    for id, time_taken in sorted(longest.items(), key=lambda pair: -pair[1])[:10]:
        print(f"{id:20}{1000 * time_taken:6.0f} ms")
    quick = sum(time_taken < TARGET for time_taken in longest.values())
    print(f"under {1000 * TARGET:.0f} ms: {quick} of {len(longest)} exercises")


def answers(exercise):
    return [exercise.reference, *(m.implementation for m in exercise.misconceptions)]


def seconds(exercise, answer):
    """The best of three checks of this answer."""
    times = []
    for _ in range(3):
        started = time.perf_counter()
        exercise.check(answer)
        times.append(time.perf_counter() - started)
    return min(times)


if __name__ == "__main__":
    main()
