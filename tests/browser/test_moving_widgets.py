"""The widgets that move by themselves or under the hand, in a real JupyterLab."""

import math

import pytest

from nnlib.data import DataError, load_mnist

PLAYGROUND = "from nnlib import widgets\nplay = widgets.playground(data='{data}', seed=1)\nplay"

PAD = """from nnlib import data, manual, training, widgets
digits = data.load_mnist(download=False)
net = manual.MLP([784, 64, 10], rng=0)
training.fit(net, digits.train_images[:12000], digits.train_labels[:12000], epochs=3, rng=0,
             progress=False)
pad = widgets.digit_pad(net)
pad"""

UNTRAINED = """from nnlib import manual, widgets
pad = widgets.digit_pad(manual.MLP([784, 64, 10], rng=0))
pad"""

LONG = """from nnlib import data, manual, widgets
X, y = data.load_digits()
net = manual.MLP([64, 64, 10], rng=0)
run = widgets.dashboard(net, X, y, epochs=10**6, rng=0)
run"""


def button(view, words, index=0):
    return view.page.locator(".jp-OutputArea button", has_text=words).nth(index)


def play_canvas(view):
    canvas = view.page.locator(".jp-OutputArea canvas[role=img]")
    canvas.first.wait_for(timeout=30_000)
    view.page.wait_for_function(
        "() => document.querySelector('.jp-OutputArea canvas[role=img]').dataset.frames > 0"
    )
    return canvas


def frames(canvas):
    return int(canvas.evaluate("c => c.dataset.frames"))


def epoch(view, index=0):
    words = view.page.locator(".jp-OutputArea canvas[role=img] + div").nth(index).inner_text()
    return int(words.split()[1].rstrip(":"))


def pixels(canvas):
    return canvas.evaluate("c => c.toDataURL()")


def test_playground_plays_pauses_steps_and_resets(lab):
    with lab.notebook("playground", [PLAYGROUND.format(data="moons")]) as view:
        canvas = play_canvas(view).first
        assert view.output_errors() == []
        first = pixels(canvas)
        button(view, "step").click()
        view.page.wait_for_timeout(500)
        assert epoch(view) == 1 and pixels(canvas) != first

        button(view, "play").focus()
        view.page.keyboard.press("Enter")  # by the keyboard
        view.page.wait_for_timeout(1500)
        button(view, "pause").click()
        view.page.wait_for_timeout(400)
        reached, drawn = epoch(view), frames(canvas)
        assert reached > 10 and drawn > 10
        assert "Decision boundary. Epoch" in canvas.get_attribute("aria-label")
        view.page.wait_for_timeout(500)
        assert (epoch(view), frames(canvas)) == (reached, drawn)  # paused: nothing moves

        button(view, "reset").click()
        view.page.wait_for_timeout(500)
        assert epoch(view) == 0 and pixels(canvas) == first  # same seed, same start
        assert view.output_errors() == [] and view.errors == []


def test_two_playgrounds_and_a_closed_output_do_not_disturb(lab):
    cells = [PLAYGROUND.format(data="moons"), PLAYGROUND.format(data="xor")]
    cells[1] = cells[1].replace("play =", "other =").replace("\nplay", "\nother")
    with lab.notebook("two", cells) as view:
        canvas = play_canvas(view)
        canvas.nth(1).wait_for(timeout=20_000)
        button(view, "play", 0).click()
        view.page.wait_for_timeout(1200)
        assert epoch(view, 0) > 5 and epoch(view, 1) == 0


def test_playground_with_reduced_motion_moves_slowly(lab):
    with lab.notebook("calm", [PLAYGROUND.format(data="moons")]) as view:
        view.page.emulate_media(reduced_motion="reduce")
        canvas = play_canvas(view).first
        button(view, "play").click()
        view.page.wait_for_timeout(1000)
        start = frames(canvas)
        view.page.wait_for_timeout(2000)
        assert 1 <= frames(canvas) - start <= 12


# ------------------------------------------------------------------------- the digit pad


def draw(view, strokes):
    """Draw polylines given in parts of the pad, by the mouse."""
    box = view.page.locator("[role=application]").bounding_box()

    def at(point):
        return box["x"] + point[0] * box["width"], box["y"] + point[1] * box["height"]

    for line in strokes:
        view.page.mouse.move(*at(line[0]))
        view.page.mouse.down()
        for point in line[1:]:
            view.page.mouse.move(*at(point), steps=4)
        view.page.mouse.up()
    view.page.wait_for_timeout(600)


def arc(x, y, r, start, end, n=14):
    angles = [math.radians(start + (end - start) * i / n) for i in range(n + 1)]
    return [(x + r * math.cos(a), y + r * math.sin(a)) for a in angles]


THREE = [arc(0.36, 0.34, 0.13, -150, 90), arc(0.36, 0.62, 0.15, -90, 150)]
SEVEN = [[(0.55, 0.2), (0.85, 0.2), (0.68, 0.75)]]


def answer(view):
    return view.page.locator(".jp-OutputArea .widget-html [role=status]").last.inner_text()


@pytest.mark.parametrize(("digit", "strokes"), [(3, THREE), (7, SEVEN)])
def test_digits_drawn_by_the_mouse_are_read(lab, digit, strokes):
    try:
        load_mnist(download=False)
    except DataError as error:
        pytest.skip(f"needs MNIST: {error}")
    with lab.notebook(f"digit-{digit}", [PAD]) as view:
        pad = view.page.locator("[role=application]")
        pad.wait_for(timeout=60_000)
        pad.scroll_into_view_if_needed()
        assert "Draw a digit" in answer(view)
        draw(view, strokes)
        assert f"says {digit}" in answer(view)
        button(view, "clear").click()
        view.page.wait_for_timeout(500)
        assert "Draw a digit" in answer(view)
        ink = "c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v)"
        assert not pad.locator("canvas").first.evaluate(ink)
        assert view.output_errors() == [] and view.errors == []


def test_drawing_and_erasing_by_the_keyboard(lab):
    with lab.notebook("keys", [UNTRAINED]) as view:
        pad = view.page.locator("[role=application]")
        pad.wait_for(timeout=60_000)
        pad.focus()
        view.page.keyboard.press("Space")
        for _ in range(12):
            view.page.keyboard.press("ArrowDown")
        view.page.keyboard.press("Space")
        view.page.wait_for_timeout(600)
        drawn = answer(view)
        assert "The network says" in drawn
        view.page.keyboard.press("e")
        view.page.keyboard.press("Space")
        for _ in range(14):
            view.page.keyboard.press("ArrowUp")
        view.page.keyboard.press("Space")
        view.page.wait_for_timeout(600)
        assert answer(view) != drawn
        view.page.keyboard.press("Delete")
        view.page.wait_for_timeout(600)
        assert "Draw a digit" in answer(view)


# ------------------------------------------------------------------------- the dashboard


def start(view):
    """Run all cells, without waiting for them: one of them is not to end by itself."""
    view.page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-all-cells') }")


def test_pause_go_on_and_stop_in_the_middle_of_an_epoch(lab):
    with lab.notebook("dashboard", [LONG]) as view:
        picture = view.pictures().first
        picture.wait_for(timeout=20_000)
        view.wait_for_change(picture, picture.evaluate("e => e.outerHTML"))
        button(view, "pause").click()
        button(view, "go on").wait_for(timeout=5000)
        view.page.wait_for_timeout(300)
        held = picture.evaluate("e => e.outerHTML")
        assert "Paused at epoch" in picture.get_attribute("aria-label")
        view.page.wait_for_timeout(800)
        assert picture.evaluate("e => e.outerHTML") == held
        button(view, "go on").click()
        view.wait_for_change(picture, held)
        button(view, "stop").click()
        view.page.wait_for_function(
            "() => document.querySelector('.widget-html svg[role=img]')"
            ".getAttribute('aria-label').includes('Stopped at epoch')",
            timeout=5000,
        )
        assert button(view, "stop").is_disabled()
        assert view.output_errors() == [] and view.errors == []


def test_stop_works_while_the_next_cell_waits(lab):
    cells = [LONG, "history = await run.done()\nprint('ended because:', history.stopped)"]
    with lab.notebook("waiting", cells, run=False) as view:
        start(view)
        picture = view.pictures().first
        picture.wait_for(timeout=30_000)
        view.wait_for_change(picture, picture.evaluate("e => e.outerHTML"))
        button(view, "stop").click()
        view.page.get_by_text("ended because: stopped by hand").wait_for(timeout=10_000)
