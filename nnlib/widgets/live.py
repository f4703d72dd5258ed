"""What goes on by itself: an asyncio task in the kernel's loop, and calls handed over to it."""

import asyncio
import threading


class Live:
    """One task at a time, in the event loop in which this was made; no threads are started.

    A front end may deliver clicks in a thread of its own (JupyterLab does, so that they arrive
    while a cell runs). `call` hands work over to the loop's thread, so that nothing is changed by
    two at once. Where no loop runs, as in a plain script, `call` calls at once.
    """

    def __init__(self):
        try:
            self.loop = asyncio.get_running_loop()
        except RuntimeError:
            self.loop = None
        self.thread = threading.get_ident()
        self.task = None

    def call(self, function, *args):
        """function(*args) in the loop's thread: at once if this is it, else soon."""
        if self.loop is None or threading.get_ident() == self.thread:
            return function(*args)
        self.loop.call_soon_threadsafe(function, *args)

    @property
    def running(self):
        """True while the task has not ended."""
        return self.task is not None and not self.task.done()

    def start(self, coroutine):
        """Run an async function as the task. Returns False, and starts nothing, if there is no
        loop or a task is still running."""
        if self.loop is None or self.running:
            return False
        self.task = self.loop.create_task(coroutine())
        return True
