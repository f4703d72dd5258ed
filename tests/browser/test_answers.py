"""A question in a real JupyterLab: clicked, typed, and after the kernel's end."""

QUIZ = 'from nnlib.course import quiz\nquiz("untrained_loss")'
BELOW = "print('below')"


def option(view, name):
    return view.page.locator(".nnlib-quiz-option").nth("ABCDE".index(name))


def height(view):
    return view.page.locator(".nnlib-quiz").evaluate("e => e.getBoundingClientRect().height")


def test_an_answer_is_one_click_and_nothing_jumps(lab):
    with lab.notebook("quiz", [QUIZ, BELOW]) as view:
        option(view, "A").wait_for(timeout=30_000)
        card = view.page.locator(".nnlib-quiz-options").bounding_box()
        wide = {option(view, name).bounding_box()["width"] for name in "ABCD"}
        assert wide == {card["width"]}  # each takes the whole line
        before, reply = height(view), view.page.locator(".nnlib-quiz-reply")
        for name, word in (("A", "not quite"), ("C", "yes")):
            option(view, name).click()
            assert f"{name}: {word}" in reply.inner_text()
            assert option(view, name).get_attribute("aria-pressed") == "true"
            assert abs(height(view) - before) <= 2
        buttons = view.page.get_by_role("group").get_by_role("button")
        assert all(text.strip() for text in buttons.all_inner_texts())
        assert view.errors == []


def test_letters_answer_and_are_no_shortcuts_of_the_notebook(lab):
    """`b` would insert a cell, `d d` delete the quiz."""
    with lab.notebook("letters", [QUIZ, BELOW]) as view:
        option(view, "A").wait_for(timeout=30_000)
        before, reply = view.cells(), view.page.locator(".nnlib-quiz-reply")
        option(view, "A").focus()
        for key, said in (("b", "B: not quite"), ("d", "D: "), ("d", "D: "), ("c", "C: yes")):
            view.page.keyboard.press(key)
            assert said in reply.inner_text()
        for key in ("m", "r", "x"):
            view.page.keyboard.press(key)
        view.page.keyboard.press("Tab")
        view.page.keyboard.press("Space")  # the next button
        assert "D: " in reply.inner_text()
        view.page.wait_for_timeout(300)
        assert view.cells() == before
        assert view.errors == []


def test_after_a_restart_widgets_say_what_to_do(lab):
    from gallery import CASES

    with lab.notebook("restart", [QUIZ, CASES["gradient_arrows"].code]) as view:
        option(view, "A").wait_for(timeout=30_000)
        view.sliders().last.wait_for(timeout=30_000)
        said = view.page.locator(".nnlib-panel-ended")
        assert said.count() == 0
        view.page.evaluate(
            "() => window.jupyterapp.shell.currentWidget.sessionContext.restartKernel()"
        )
        said.nth(1).wait_for(timeout=30_000)
        assert said.count() == 2 and all("run this cell" in t for t in said.all_inner_texts())
        assert view.page.locator(".nnlib-panel > [inert]").count() >= 2
        view.run_all()
        view.page.wait_for_timeout(1500)
        assert said.count() == 0
