"""Frames a second of the playground, and what the dashboard costs: python benchmarks/playground.py

Frames are counted in a headless Chromium for ten seconds of play, at the default network and at
the largest. The dashboard's cost is the processor time of a training with it over that of a plain
`fit`, both on the network [784, 64, 32, 10]: the median over several pairs.
"""

import asyncio
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "browser")]

SECONDS, TURNS = 10, 5
SETTINGS = {
    "moons, hidden 4-4": "",
    "spirals, hidden 8-8-8": "data='spirals', hidden=(8, 8, 8)",
}


def frames_a_second(lab, settings):
    """How many frames the page draws a second while the network learns."""
    code = f"from nnlib import widgets\nwidgets.playground({settings})"
    count = "() => Number(document.querySelector('canvas[role=img]').dataset.frames)"
    with lab.notebook("frames", [code]) as view:
        view.page.wait_for_function(f"({count})() > 0", timeout=30_000)
        view.page.locator(".jp-OutputArea button", has_text="play").first.click()
        view.page.wait_for_timeout(1000)
        started, first = time.perf_counter(), view.page.evaluate(count)
        view.page.wait_for_timeout(1000 * SECONDS)
        return (view.page.evaluate(count) - first) / (time.perf_counter() - started)


def dashboard_cost(samples=60_000, epochs=4):
    """The median over TURNS of processor seconds with the dashboard over those of fit, - 1."""
    import numpy as np

    from nnlib import manual, training
    from nnlib.widgets import dashboard

    rng = np.random.default_rng(0)
    X = rng.random((samples, 784), dtype=np.float32)
    y = rng.integers(0, 10, samples)
    options = {"epochs": epochs, "batch_size": 100, "rng": 0}

    def plain():
        started = time.process_time()
        training.fit(manual.MLP([784, 64, 32, 10], rng=0), X, y, progress=False, **options)
        return time.process_time() - started

    async def watched():
        started = time.process_time()
        await dashboard(manual.MLP([784, 64, 32, 10], rng=0), X, y, **options).done()
        return time.process_time() - started

    return statistics.median(asyncio.run(watched()) / plain() for _ in range(TURNS)) - 1


def main():
    print(f"dashboard: costs {dashboard_cost():+.1%} of the training's processor time")
    from lab import Lab, missing

    if reason := missing():
        raise SystemExit(f"frames not counted: {reason}")
    with Lab() as lab:
        for name, settings in SETTINGS.items():
            print(f"playground, {name}: {frames_a_second(lab, settings):.0f} frames a second")


if __name__ == "__main__":
    main()
