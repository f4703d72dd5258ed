"""Which run the next one of the same name takes the place of."""

import dis

from .dashboard import Dashboard


def end_earlier(frame):
    """End the live Dashboard that still has the name the calling statement will assign to.

    frame: where the new run is asked for, such as the cell `run = widgets.dashboard(...)`.
    Returns a sentence about it, or "".
    """
    name = name_to_come(frame)
    earlier = frame.f_locals.get(name, frame.f_globals.get(name))
    if not isinstance(earlier, Dashboard) or earlier.live.loop is None or earlier.state.over:
        return ""
    epoch = earlier.state.epochs
    earlier.end(f"a new run took the name {name}")
    return f"The earlier {name} was ended at epoch {epoch:.1f}."


def name_to_come(frame):
    """The name of the notebook that gets the result of what `frame` is now calling, or None."""
    following = (i for i in dis.get_instructions(frame.f_code) if i.offset > frame.f_lasti)
    store = next(following, None)
    return store.argval if store and store.opname in ("STORE_NAME", "STORE_GLOBAL") else None
