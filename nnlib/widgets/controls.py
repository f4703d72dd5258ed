"""Controls of one look: sliders, choices, buttons, each with its description in full."""

import ipywidgets as ipw

LABEL_WIDTH = "130px"  # of every control's description


def slider(description, value, low, high, step=0.1, places=None, **options):
    """A slider with the number beside it.

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


def number(description, value, low, high, width):
    """A field for a whole number. width: pixels, with the description."""
    return ipw.BoundedIntText(
        value=value,
        min=low,
        max=high,
        description=description,
        style={"description_width": "110px"},
        layout={"width": f"{width}px"},
    )


def button(description, act, icon="", tooltip=None, width=110):
    """A button; a click calls act()."""
    made = ipw.Button(
        description=description, icon=icon, tooltip=tooltip, layout={"width": f"{width}px"}
    )
    made.on_click(lambda _: act())
    return made


def row(controls):
    """Controls beside one another, wrapping where there is no room."""
    return ipw.Box(controls, layout={"flex_flow": "row wrap"})


def stepping(value, last):
    """A slider over steps 0 .. last, and its buttons in a row: start, back, next, end."""
    where = slider("step", value, 0, last, 1, readout=False)

    def move(by):
        where.value = min(max(where.value + by, 0), last)

    moves = {"start": -last, "back": -1, "next": 1, "end": last}
    return where, row(
        [button(name, lambda by=by: move(by), width=84) for name, by in moves.items()]
    )


def _wide():
    return {
        "style": {"description_width": LABEL_WIDTH},
        "layout": {"width": "98%", "max_width": "560px"},
    }
