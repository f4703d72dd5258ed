"""Each widget in a real JupyterLab: it runs, follows the keyboard and the mouse, and reads well."""

import xml.etree.ElementTree as ET

import pytest
from gallery import CASES, PAD, PLAYGROUND


@pytest.mark.parametrize("name", CASES)
def test_widget_runs_and_follows(lab, name):
    case = CASES[name]
    with lab.notebook(name, [case.code]) as view:
        assert view.output_errors() == []
        picture = view.pictures().first
        picture.wait_for(timeout=20_000)
        assert len(picture.get_attribute("aria-label")) > 20
        ET.fromstring(picture.evaluate("e => new XMLSerializer().serializeToString(e)"))
        if case.slider is not None:
            slider = view.sliders().nth(case.slider)
            slider.scroll_into_view_if_needed()

            before = picture.evaluate("e => e.outerHTML")
            label = picture.get_attribute("aria-label")
            value = slider.get_attribute("aria-valuenow")
            slider.focus()
            for key in case.keys:
                slider.press(key)
            view.wait_for_change(picture, before)
            view.page.wait_for_timeout(500)  # the last key's picture
            assert picture.get_attribute("aria-label") != label
            assert slider.get_attribute("aria-valuenow") != value

            before = picture.evaluate("e => e.outerHTML")
            box = slider.bounding_box()
            x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
            view.page.mouse.move(x, y)
            view.page.mouse.down()
            track = view.page.locator(".noUi-base").nth(case.slider).bounding_box()
            share = 0.3 if x > track["x"] + track["width"] / 2 else 0.7  # the other half
            view.page.mouse.move(track["x"] + track["width"] * share, y, steps=6)
            view.page.mouse.up()
            view.wait_for_change(picture, before)
        assert view.output_errors() == []
        assert view.errors == []


def test_two_of_a_kind_do_not_disturb_each_other(lab):
    code = CASES["gradient_arrows"].code
    with lab.notebook("twice", [code, code]) as view:
        first, second = view.pictures().nth(0), view.pictures().nth(1)
        first.wait_for(timeout=20_000)
        second.wait_for(timeout=20_000)
        before, other = (p.evaluate("e => e.outerHTML") for p in (first, second))
        assert before == other
        view.sliders().first.focus()
        view.sliders().first.press("ArrowRight")
        view.wait_for_change(first, before)
        view.page.wait_for_timeout(300)
        assert second.evaluate("e => e.outerHTML") == other


def press(view, locator, *keys):
    locator.scroll_into_view_if_needed()
    locator.focus()
    for key in keys:
        view.page.keyboard.press(key)
    view.page.wait_for_timeout(300)


def test_keys_pressed_in_a_widget_are_no_shortcuts_of_the_notebook(lab):
    """Letters: `b` would insert a cell, `r` turn it raw, `d d` delete it with the widget in it."""
    cells = [PAD, PLAYGROUND, CASES["gradient_arrows"].code, "reached = 1"]
    with lab.notebook("shortcuts", cells) as view:
        before = view.cells()
        pad = view.page.locator("[role=application]")
        pad.wait_for(timeout=60_000)
        slider = view.sliders().last
        slider.wait_for(timeout=20_000)
        for name in ("play", "spirals"):
            press(view, view.page.locator(".jp-OutputArea button", has_text=name).first, "d", "d")
        for place in (pad, slider):
            press(view, place, "b", "m", "r", "Shift+M", "x", "d", "d")
        assert view.cells() == before
        value = slider.get_attribute("aria-valuenow")
        press(view, slider, "ArrowRight")  # the widget's own keys work as before
        assert slider.get_attribute("aria-valuenow") != value
        # what works everywhere still works: run and go on, save
        press(view, slider, "Shift+Enter")
        active = "() => window.jupyterapp.shell.currentWidget.content.activeCellIndex"
        assert view.page.evaluate(active) == 3
        assert view.page.evaluate("() => window.jupyterapp.shell.currentWidget.context.model.dirty")
        press(view, view.sliders().first, "Control+s")
        view.page.wait_for_function(
            "() => !window.jupyterapp.shell.currentWidget.context.model.dirty", timeout=10_000
        )
        assert view.errors == []


OVERLAPS = """svg => {
    // words that stand on other words, or beyond the picture's edge
    const frame = svg.getBoundingClientRect()
    const words = [...svg.querySelectorAll('text')].filter(t => t.textContent.trim())
        .map(t => [t.textContent, t.getBoundingClientRect()])
    const found = []
    words.forEach(([a, p], i) => {
        if (p.left < frame.left - 1 || p.right > frame.right + 1
            || p.top < frame.top - 1 || p.bottom > frame.bottom + 1) found.push(`${a} is cut off`)
        words.slice(i + 1).forEach(([b, q]) => {
            const width = Math.min(p.right, q.right) - Math.max(p.left, q.left)
            const height = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top)
            if (width > 2 && height > 0.3 * Math.min(p.height, q.height)) found.push(`${a} on ${b}`)
        })
    })
    return found
}"""


@pytest.mark.parametrize("width", [800, 1600])
def test_nothing_overlaps(lab, width):
    cells = [case.code for case in CASES.values()]
    with lab.notebook(f"wide-{width}", cells, width=width, height=9000) as view:
        view.page.wait_for_timeout(500)
        pictures = view.pictures()
        problems = [p for i in range(pictures.count()) for p in pictures.nth(i).evaluate(OVERLAPS)]
        assert pictures.count() >= len(cells)
        assert problems == []
        beyond = view.page.locator(".jp-OutputArea-output").evaluate_all(
            "all => all.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.innerText)"
        )
        assert beyond == []


def test_stored_still_picture_is_shown_without_a_kernel(lab):
    """What a page shows before anything has run: the still picture, with its words."""
    from nnlib import widgets

    bundle = widgets.gradient_arrows()._repr_mimebundle_()
    assert "aria-label" not in bundle["text/html"]  # an <img>, which survives untrusted pages
    code = f"from IPython.display import HTML\nHTML({bundle['text/html']!r})"
    with lab.notebook("still", [code]) as view:
        image = view.page.locator(".jp-OutputArea img[alt^='Contours of f(w)']")
        image.wait_for(timeout=20_000)
        assert image.evaluate("e => e.naturalWidth") == 720
