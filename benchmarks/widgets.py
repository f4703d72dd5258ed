"""Slider to changed pixels in a headless Chromium, for every widget: python benchmarks/widgets.py

Each line gives the median and the 90th percentile in milliseconds, from the key press on a slider
to the end of the animation frame that paints the new picture. Optional: names of widgets.
"""

import argparse
import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "browser"))
from gallery import CASES
from lab import Lab, missing

TARGET = 100  # milliseconds

# From the key's own time stamp to the frame in which the new picture is on the screen.
MEASURE = """([picture, handle]) => {
    window.latency = null
    const box = picture.closest('.widget-html')
    let pressed = null
    const note = e => { pressed = e.timeStamp }
    handle.addEventListener('keydown', note, {once: true, capture: true})
    const observer = new MutationObserver(() => {
        observer.disconnect()
        requestAnimationFrame(() => {  // a message sent from here arrives after the painting
            const channel = new MessageChannel()
            channel.port1.onmessage = () => { window.latency = performance.now() - pressed }
            channel.port2.postMessage(0)
        })
    })
    observer.observe(box, {childList: true, subtree: true, characterData: true})
}"""


def latencies(lab, name, presses=40):
    """Milliseconds of each key press, the first three left out."""
    case = CASES[name]
    with lab.notebook(f"speed-{name}", [case.code]) as view:
        view.pictures().first.wait_for(timeout=20_000)
        handle = view.sliders().nth(case.slider)
        handle.scroll_into_view_if_needed()
        handle.focus()
        times = []
        for i in range(presses + 3):
            picture = view.pictures().first.element_handle()
            view.page.evaluate(MEASURE, [picture, handle.element_handle()])
            handle.press("ArrowRight" if i // 8 % 2 == 0 else "ArrowLeft")
            view.page.wait_for_function("window.latency !== null", timeout=10_000)
            times.append(view.page.evaluate("window.latency"))
            view.page.wait_for_timeout(30)
        return times[3:]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="widgets; all if left out")
    names = parser.parse_args().names or [n for n, c in CASES.items() if c.slider is not None]
    if reason := missing():
        raise SystemExit(f"not measured: {reason}")
    print(f"{'widget':<24}{'median':>8}{'p90':>8}  ms")
    with Lab() as lab:
        for name in names:
            times = sorted(latencies(lab, name))
            p90 = times[int(0.9 * len(times))]
            slow = "" if p90 <= TARGET else f"  over {TARGET}"
            print(f"{name:<24}{statistics.median(times):8.0f}{p90:8.0f}{slow}", flush=True)


if __name__ == "__main__":
    main()
