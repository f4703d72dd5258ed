"""`Demo`: sliders over a plain state, and the picture that the state draws of itself.

A state is any object with attributes for the sliders to set, and

    picture()  -> an svg.Picture (or SVG text); its `alt` says what it shows
    readout()  -> text (or ""), the numbers in words, below the picture; lines end with "\\n"

Both are pure: the same state gives the same text. So everything is tested without a browser, and
a page that has no kernel still shows the first picture.
"""

from functools import partial

import ipywidgets as ipw

from .panel import WIDTH, Panel, static_picture, words


class Demo(Panel):
    """Controls above a picture; a moved control sets its attribute and draws anew.

    state: see above. controls: {attribute name: control with a `value`}. Other controls, such as
    buttons, go into `extra`; they change `state` and call `draw()`. width: of the picture.
    """

    def __init__(self, state, controls, extra=(), width=WIDTH):
        self.state, self.controls = state, controls
        self.drawing, self.words = ipw.HTML(), ipw.HTML()
        for name, control in controls.items():
            setattr(state, name, control.value)
            control.observe(partial(self._moved, name), "value")
        self.draw()
        children = [*controls.values(), *extra, self.drawing, self.words]
        super().__init__(children, static_picture(state), width)

    def draw(self):
        """Show the state as it now is."""
        self.drawing.value = str(self.state.picture())
        self.words.value = words(self.state)

    def _moved(self, name, change):
        setattr(self.state, name, change["new"])
        self.draw()
