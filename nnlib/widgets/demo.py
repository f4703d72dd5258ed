"""`Demo`: sliders over a plain state, and the picture that the state draws of itself.

A state is any object with attributes for the sliders to set, and

    picture()  -> an svg.Picture (or SVG text); its `alt` says what it shows
    readout()  -> HTML (or ""), the numbers as text, below the picture

Both are pure: the same state gives the same text. So everything is tested without a browser, and
a page that has no kernel still shows the first picture.
"""

from functools import partial

import ipywidgets as ipw

from . import svg

WIDTH = 720  # pixels: the widest picture
LABEL_WIDTH = "130px"  # of every control's description


class Demo(ipw.VBox):
    """Controls above a picture; a moved control sets its attribute and draws anew.

    state: see above. controls: {attribute name: control with a `value`}. Other controls, such as
    buttons, go into `extra`; they change `state` and call `draw()`.
    """

    def __init__(self, state, controls, extra=()):
        self.state, self.controls = state, controls
        self.drawing, self.words = ipw.HTML(), ipw.HTML()
        for name, control in controls.items():
            setattr(state, name, control.value)
            control.observe(partial(self._moved, name), "value")
        self.draw()
        super().__init__(
            [*controls.values(), *extra, self.drawing, self.words],
            layout={"max_width": f"{WIDTH + 8}px", "overflow": "visible"},
        )
        self.static = static_picture(state)

    def draw(self):
        """Show the state as it now is."""
        self.drawing.value = str(self.state.picture())
        self.words.value = _readout(self.state)

    def _moved(self, name, change):
        setattr(self.state, name, change["new"])
        self.draw()

    def _repr_mimebundle_(self, include=None, exclude=None, **kwargs):
        return with_static(super()._repr_mimebundle_(**kwargs), self.static)

    def __repr__(self):
        return self.static["text/plain"]


def static_picture(state):
    """The state as a page without a kernel shows it: {"text/html": ..., "text/plain": alt}."""
    picture = state.picture()
    html = svg.image(picture, picture.alt, picture.width) + _readout(state)
    return {"text/html": html, "text/plain": picture.alt}


def with_static(bundle, static):
    """A widget's mimebundle with its still picture added. JupyterLab prefers the live view."""
    if isinstance(bundle, tuple):
        return {**bundle[0], **static}, bundle[1]
    return {**(bundle or {}), **static}


def slider(description, value, low, high, step=0.1, places=None, **options):
    """A slider of one look: the description in full, the number beside it.

    places: decimals shown; None takes those of the step.
    """
    if places is None:
        places = max(0, len(f"{step:.10f}".rstrip("0").partition(".")[2]))
    return ipw.FloatSlider(
        value=value,
        min=low,
        max=high,
        step=step,
        description=description,
        readout_format=f".{places}f",
        **_wide(),
        **options,
    )


def log_slider(description, value, low, high, step=0.1, readout_format=".2g", **options):
    """A slider over powers of ten: low and high are exponents."""
    return ipw.FloatLogSlider(
        value=value,
        base=10,
        min=low,
        max=high,
        step=step,
        description=description,
        readout_format=readout_format,
        **_wide(),
        **options,
    )


def choice(description, options, value=None):
    """A row of buttons of which one is down."""
    return ipw.ToggleButtons(
        options=options,
        value=value if value is not None else options[0],
        description=description,
        style={"description_width": LABEL_WIDTH, "button_width": "auto"},
    )


def row(controls):
    """Controls beside one another, wrapping where there is no room."""
    return ipw.Box(controls, layout={"flex_flow": "row wrap"})


def _wide():
    return {
        "style": {"description_width": LABEL_WIDTH},
        "layout": {"width": "98%", "max_width": "560px"},
    }


def _readout(state):
    words = state.readout().replace(" × 10", "\u00a0×\u00a010")  # stays on one line
    style = "font-size:16px;line-height:1.45"
    return f'<div role="status" style="{style}">{words}</div>' if words else ""
