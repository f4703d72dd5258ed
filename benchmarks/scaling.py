"""How the cost of a step grows: python benchmarks/scaling.py

The slope of log(seconds) over log(size), for sizes that double. 1 means that twice the work takes
twice the time; 2, the mark of a graph walked again and again, that it takes four times. Each time
is the best of several rounds, in which the sizes take turns, of one thread's processor time.
"""

import argparse
import os
import sys
import time
from pathlib import Path

os.environ |= {f"{pool}_NUM_THREADS": "1" for pool in ("OPENBLAS", "OMP", "MKL", "BLIS")}

import numpy as np  # noqa: E402

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # nnlib, installed or not

from nnlib import Tensor, nn, training  # noqa: E402


def nodes(n):
    """A chain of n operations on one number, forward and backward."""

    def run():
        y = Tensor(1.0, requires_grad=True)
        for _ in range(n):
            y = y + 1.0
        y.backward()

    return run


def diamonds(n):
    """n sums of a tensor with itself: 2^n paths, n nodes."""

    def run():
        y = Tensor(0.0, requires_grad=True)
        for _ in range(n):
            y = y + y
            y = y * 0.5
        y.backward()

    return run


def samples(n):
    """One batch of n samples through [64, 64, 10], forward and backward."""
    X, y = data(n)
    net = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10))
    return lambda: nn.cross_entropy(net(X), y).backward()


def batches(n):
    """An epoch of n batches of 50 samples."""
    X, y = data(50 * n)
    net = nn.Sequential(nn.Linear(64, 10))
    return lambda: training.fit(net, X, y, epochs=1, batch_size=50, progress=False)


def layers(n):
    """n layers of 64, forward and backward."""
    X, y = data(200)
    net = nn.Sequential(*[part for _ in range(n) for part in (nn.Linear(64, 64), nn.ReLU())])
    return lambda: nn.cross_entropy(net(X), y).backward()


def data(n):
    rng = np.random.default_rng(0)
    return rng.random((n, 64), dtype=np.float32), rng.integers(0, 10, n)


SIZES = {  # what grows: the smallest size, large enough that the fixed cost of a call is lost in it
    nodes: 1000,
    diamonds: 500,
    samples: 2000,
    batches: 100,
    layers: 20,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--doublings", type=int, default=4)
    options = parser.parse_args()
    for grow, smallest in SIZES.items():
        sizes = [smallest * 2**i for i in range(options.doublings + 1)]
        seconds = measure([grow(n) for n in sizes], options.rounds)
        slope = np.polyfit(np.log(sizes), np.log(seconds), 1)[0]
        print(
            f"{grow.__name__:9} slope {slope:.2f}   {sizes[0]:,} to {sizes[-1]:,}: "
            f"{1000 * seconds[0]:.1f} to {1000 * seconds[-1]:.1f} ms",
            flush=True,
        )


def measure(runs, rounds):
    """The best time of each, the runs taking turns."""
    times = [[] for _ in runs]
    for _ in range(rounds + 1):
        for run, its in zip(runs, times, strict=True):
            started = time.process_time()
            run()
            its.append(time.process_time() - started)
    return [min(its[1:]) for its in times]  # the first round warms up


if __name__ == "__main__":
    main()
