"""Seconds an epoch: nnlib beside hand-written NumPy, PyTorch, JAX, scikit-learn and autograd.

    python benchmarks/speed.py [--network course|wide|both] [--rounds N] [--only NAMES]

The clock is fair: each contender has a process of its own, and they take turns, a round each,
after a rest in which the thread pool of the one before falls asleep. (All in one process, idle
pools cost the others up to a factor of two.) The best of the rounds counts. Every contender
starts from the same weights and must reach the same loss, so that nobody is faster by doing less.

"Products are" sets a contender beside NumPy's bare matrix products. PyTorch and JAX bring their
own, which may be faster or slower on your processor: the first rows show by how much. "Faults"
counts the pages of memory that the system handed out during an epoch (minor page faults).
"""

import argparse
import contextlib
import importlib.metadata
import importlib.util
import json
import math
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]  # contenders; nnlib, installed or not

from contenders import CONTENDERS, THREADS, Task  # noqa: E402

NETWORKS = {"course": ([784, 64, 32, 10], 200), "wide": ([784, 512, 256, 10], 128)}
POOLS = ("OPENBLAS", "OMP", "MKL", "BLIS", "VECLIB_MAXIMUM", "NUMEXPR")
SAME_LOSS = 0.1  # losses may differ by this share of hand-written's: the orders are random


def main():
    options = parse_arguments()
    chosen, missing = choose(options.only)
    if hasattr(os, "getloadavg") and os.getloadavg()[0] > 0.5:
        print(
            f"Others are using this machine (load {os.getloadavg()[0]:.1f}): figures will be off."
        )
    ok = True
    with tempfile.TemporaryDirectory() as folder:
        print(save_data(Path(folder), options.samples), flush=True)
        for network in NETWORKS if options.network == "both" else [options.network]:
            ok &= compare(network, chosen, folder, options)
    if missing:
        print(f"\nLeft out, not installed: {', '.join(missing)}.")
    print(f"\n{machine()}")
    return 0 if ok else 1


def compare(network, contenders, folder, options):
    """Let the contenders take turns on one network and print the table. True if all did well."""
    sizes, batch_size = NETWORKS[network]
    print(f"\n{network}: {sizes}, batches of {batch_size}, best of {options.rounds}", flush=True)
    with contextlib.ExitStack() as stack:
        workers = [stack.enter_context(Worker(c, network, folder)) for c in contenders]
        for worker in workers:
            worker.run()  # warm: caches filled, kernels compiled, the first epoch behind
        for _ in range(options.rounds):
            for worker in workers:
                time.sleep(options.rest)
                worker.run()
    print(table(workers))
    return same_loss(workers) and all(w.timed for w in workers)


class Worker:
    """A process with one contender that waits for a line and answers [seconds, loss, faults]."""

    def __init__(self, contender, network, folder):
        self.contender, self.answers = contender, []
        environment = os.environ | {f"{pool}_NUM_THREADS": str(THREADS) for pool in POOLS}
        self.process = subprocess.Popen(
            [sys.executable, __file__, "--worker", contender.name, network, folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment | {"JAX_PLATFORMS": "cpu"},
        )

    def run(self):
        if self.process.poll() is None:
            with contextlib.suppress(BrokenPipeError):
                print("go", file=self.process.stdin, flush=True)
            if line := self.process.stdout.readline():
                self.answers.append(json.loads(line))

    timed = property(lambda self: [seconds for seconds, *_ in self.answers[1:]])
    best = property(lambda self: min(self.timed))
    spread = property(lambda self: statistics.median(self.timed) / self.best - 1)
    loss = property(lambda self: self.answers[1][1])  # of the first timed epoch
    faults = property(lambda self: sorted(f for *_, f in self.answers[1:])[len(self.timed) // 2])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


def work(name, network, folder):
    """What a worker's process does."""
    import numpy as np

    if hasattr(os, "sched_setaffinity"):  # pools that count cores see as many as the others use
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:THREADS])
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever a library prints does not get between the answers
    images, labels = (np.load(Path(folder, f"{part}.npy")) for part in ("images", "labels"))
    sizes, batch_size = NETWORKS[network]
    task = Task(images, labels, initial_weights(sizes), batch_size)
    (contender,) = (c for c in CONTENDERS if c.name == name)
    epoch = contender.start(task)
    for _ in sys.stdin:
        faults, start = page_faults(), time.perf_counter()
        loss = epoch()
        seconds = time.perf_counter() - start
        answer = [seconds, None if loss is None else float(loss), page_faults() - faults]
        print(json.dumps(answer), file=answers, flush=True)


def page_faults():
    """How many pages the system has handed to this process; NaN where it does not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return math.nan
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt


def initial_weights(sizes):
    """He et al. (2015), the same for everyone."""
    import numpy as np

    rng = np.random.default_rng(0)
    return [
        (
            rng.standard_normal((d, k), dtype=np.float32) * np.float32((2 / d) ** 0.5),
            np.zeros(k, np.float32),
        )
        for d, k in zip(sizes, sizes[1:], strict=False)
    ]


# -------------------------------------------------------------------------------- data


def save_data(folder, samples):
    """Put images and labels where the workers read them; return a line that says what they are."""
    import numpy as np

    try:
        from nnlib.data import load_mnist

        mnist = load_mnist(download=False)
        images, labels, what = mnist.train_images, mnist.train_labels, "MNIST"
    except (ImportError, ValueError, OSError) as error:
        rng = np.random.default_rng(0)
        images = rng.random((60_000, 784), dtype=np.float32)
        teacher = rng.standard_normal((784, 10), dtype=np.float32)
        labels = np.argmax((images - 0.5) @ teacher, axis=1)
        what = f"random numbers in MNIST's shape, for MNIST is not at hand ({type(error).__name__})"
    np.save(folder / "images.npy", images[:samples])
    np.save(folder / "labels.npy", labels[:samples])
    return f"An epoch over {len(images[:samples]):,} images: {what}. float32, {THREADS} threads."


# ------------------------------------------------------------------------------- words


def table(workers):
    """One line a contender: best time, its spread, beside hand-written NumPy, beside the limit,
    and how many page faults an epoch takes."""
    best = {w.contender.name: w.best for w in workers if w.timed}
    base, limit = best.get("hand-written"), best.get("limit")
    heads = f"{'s/epoch':>9}{'median':>9}{'x hand-written':>17}{'products are':>15}{'faults':>9}"
    lines = [f"{'':24}{heads}"]
    for w in workers:
        if not w.timed:
            lines.append(f"{w.contender.title:24}  failed: see its message above")
            continue
        ratio = f"{w.best / base:.2f}" if base else "-"
        share = f"{limit / w.best:.0%}" if limit else "-"
        faults = "-" if math.isnan(w.faults) else f"{w.faults:,}"
        words = f"{w.best:9.3f}{w.spread:+9.0%}{ratio:>17}{share:>15}{faults:>9}"
        lines.append(f"{w.contender.title:24}{words}")
    return "\n".join(lines)


def same_loss(workers):
    """Print whether all reached the same loss in their second epoch; True if they did."""
    losses = {w.contender.title: w.loss for w in workers if w.timed and w.loss is not None}
    if not losses:
        return True
    middle = statistics.median(losses.values())
    off = {t: x for t, x in losses.items() if not abs(x - middle) <= SAME_LOSS * middle}
    if off:
        words = ", ".join(f"{title} {loss:.4f}" for title, loss in off.items())
        print(f"NOT the same mathematics: second epoch's mean loss {middle:.4f}, but {words}")
    else:
        low, high = min(losses.values()), max(losses.values())
        print(f"Same mathematics: the second epoch's mean loss is {low:.4f} to {high:.4f} for all.")
    return not off


def machine():
    """The processor and the versions that the figures belong to."""
    cpu = platform.processor() or platform.machine()
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                cpu = line.partition(":")[2].strip()
                break
    versions = []
    for package in ("numpy", "torch", "jax", "scikit-learn", "autograd"):
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            versions.append(f"{package} {importlib.metadata.version(package)}")
    return (
        f"{cpu}, {os.cpu_count()} cores, {THREADS} threads; "
        f"Python {platform.python_version()}, {', '.join(versions)}."
    )


# --------------------------------------------------------------------------- arguments


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--network", choices=[*NETWORKS, "both"], default="both")
    parser.add_argument("--rounds", type=positive, default=7)
    names = ", ".join(c.name for c in CONTENDERS)
    parser.add_argument("--only", help=f"beginnings of names, separated by commas: {names}")
    parser.add_argument("--rest", type=float, default=0.5, help="seconds before each turn")
    parser.add_argument("--samples", type=positive, help="take only the first images")
    return parser.parse_args()


def positive(text):
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"got {number}; expected at least 1")
    return number


def choose(only):
    """(contenders to run, titles of those that are not installed)."""
    wanted = [part.strip() for part in only.split(",")] if only else [""]
    for part in wanted:
        if not any(c.name.startswith(part) for c in CONTENDERS):
            sys.exit(f"--only got {part!r}; expected {', '.join(c.name for c in CONTENDERS)}")
    chosen = [c for c in CONTENDERS if c.name.startswith(tuple(wanted))]
    here = [c for c in chosen if importlib.util.find_spec(c.package)]
    return here, [c.title for c in chosen if c not in here]


if __name__ == "__main__":
    if sys.argv[1:2] == ["--worker"]:
        work(*sys.argv[2:])
    else:
        sys.exit(main())
