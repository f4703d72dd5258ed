"""A card while a check still runs: code of another language holds on, and no clock is heard."""

from __future__ import annotations

import contextvars
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from ..screen import in_notebook
from .cards import display, message_card
from .exercise import Exercise
from .judging.failure import running
from .judging.limits import watching

LOOK = 0.2  # seconds between two looks


@contextmanager
def notice(asked: Exercise, answer: Callable) -> Iterator[None]:
    """Say so, once, when the answer that is checked in the block does not come back to Python."""
    done, here, page = threading.Event(), threading.get_ident(), sys.stdout

    def watch() -> None:
        while not done.wait(LOOK):
            guard = watching()
            if guard and guard.thread == here and guard.held:
                line, text = running(sys._current_frames().get(here), answer)
                card = message_card(f"Still running · {asked.title}", words(line, text))
                if in_notebook():
                    display(card)
                else:  # what is printed now is the answer's
                    print(card, file=page, flush=True)
                return

    context = contextvars.copy_context()  # so that the notebook knows whose output it is
    watcher = threading.Thread(target=context.run, args=(watch,), daemon=True)
    with suppress(RuntimeError):  # a Python without threads, in a browser
        watcher.start()
    try:
        yield
    finally:
        done.set()
        if watcher.is_alive():
            watcher.join(LOOK)


def words(line: int, text: str) -> str:
    """What the card says of the line that holds on."""
    where = f" in line {line}, `{text}`" if line else ""
    return (
        f"Your code waits for one long call{where}, which Python cannot stop on the way. When it "
        "comes back, this check ends. To stop it, interrupt the kernel (the square in the toolbar, "
        "or press I twice); if nothing happens, restart the kernel: your text stays."
    )
