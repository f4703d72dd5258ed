"""How long `import nnlib` takes, beside `import numpy` alone: the best of several fresh Pythons.

    python benchmarks/imports.py [--rounds N]

A Python that starts for the first time reads from disk; that round does not count.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

MODULES = ["numpy", "nnlib", "nnlib.course"]
CLOCK = "import time; start = time.perf_counter(); import {}; print(time.perf_counter() - start)"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=10)
    rounds = parser.parse_args().rounds
    times = {module: [] for module in MODULES}
    for _ in range(1 + rounds):  # the first reads from disk and writes .pyc files
        for module in MODULES:
            times[module].append(seconds(module))
    best = {module: min(some[1:]) for module, some in times.items()}
    for module, least in best.items():
        print(f"import {module:14}{least:7.3f} s{least / best['numpy']:7.2f} x numpy")


def seconds(module):
    """The time of one import in a Python of its own."""
    root = str(Path(__file__).resolve().parent.parent)  # nnlib, installed or not
    path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
    answer = subprocess.run(
        [sys.executable, "-c", CLOCK.format(module)],
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode:
        sys.exit(f"import {module} failed:\n{answer.stderr}")
    return float(answer.stdout)


if __name__ == "__main__":
    main()
