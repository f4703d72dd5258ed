"""The training dashboard: what to watch while a network learns, and buttons that work meanwhile."""

import sys

from .dashboard import Dashboard
from .run import Training
from .succession import end_earlier


def dashboard(model, X, y, **options):
    """Train `model` on X and y, and show how it goes. Training starts at once.

    model, X, y, options: as for `training.fit` (epochs, batch_size, optimizer, validation, ...).
    Training shares the kernel's loop with everything else, a few hundredths of a second at a time,
    so that Pause and Stop work in the middle of an epoch. Other cells run when you start them, and
    training waits meanwhile. In the next cell

        history = await run.done()

    waits for the end and returns the training.History. Where there is no `await`, `run.result()`
    trains to the end at once; the buttons may then be dead until it is over. `run.still()` is the
    picture as it now stands. Where `run` is still training when its cell runs again, the earlier
    training ends first.
    Raises what `fit` raises: ValueError at once, Diverged from done() and result().
    """
    remark = end_earlier(sys._getframe(1))
    return Dashboard(Training(model, X, y, **options), remark)
