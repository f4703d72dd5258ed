"""Pictures of every widget, in two states and both themes.

    python tests/browser/screenshots.py FOLDER

Optional: names of the widgets wanted, and --width 800.
"""

import argparse
from pathlib import Path

from gallery import PICTURES
from lab import THEMES, Lab, missing


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", default=list(PICTURES), help="widgets; all if left out")
    parser.add_argument("--width", type=int, default=1000, help="of the window, in pixels")
    options = parser.parse_args()
    if reason := missing():
        raise SystemExit(f"no screenshots: {reason}")
    options.folder.mkdir(parents=True, exist_ok=True)
    cells = [PICTURES[name].code for name in options.names]
    with Lab() as lab:
        for theme in THEMES:
            with lab.notebook(f"shots-{theme}", cells, options.width, 8000, theme) as view:
                shoot(view, options.names, options.folder, theme)


def shoot(view, names, folder, theme):
    for index, name in enumerate(names):
        cell = view.page.locator(".jp-Cell").nth(index)
        output = cell.locator(".jp-OutputArea-output").first
        output.wait_for(timeout=20_000)
        view.page.wait_for_timeout(500)
        output.screenshot(path=folder / f"{name}-{theme}-1.png")
        case = PICTURES[name]
        if case.act:
            case.act(view.page, cell)
        else:
            slider = cell.locator(".noUi-handle").nth(case.slider)
            slider.focus()
            for key in case.keys:
                slider.press(key)
        view.page.wait_for_timeout(600)
        output.screenshot(path=folder / f"{name}-{theme}-2.png")
        for error in view.output_errors() + view.errors:
            print(f"{name}: {error}")


if __name__ == "__main__":
    main()
