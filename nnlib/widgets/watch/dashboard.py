"""`Dashboard`: the picture of a `run.Training`, and buttons that work while it trains."""

import asyncio
import time

import ipywidgets as ipw

from ..controls import button, row
from ..demo import Demo
from ..live import Live
from ..panel import Panel, static_picture, words

WAITS = "A cell waits for the end: press go on, or stop."


class Dashboard(Demo):
    """The picture of a Training, and its buttons. remark: a sentence below the picture."""

    def __init__(self, state, remark=""):
        self.live, self.drawn = Live(), time.perf_counter()
        self.finished, self.waiting, self.shown = asyncio.Event(), 0, False
        self.remark = state.remark = remark
        self.hold = button(
            "pause", self.pause_or_resume, "pause", "pause after this batch, or go on"
        )
        self.halt = button("stop", self.stop, "stop", "end the training after this batch")
        self.turn = None
        super().__init__(state, {}, extra=[row([self.hold, self.halt])])
        self.live.start(self._run)

    # ------------------------------------------------------------------ buttons

    def pause_or_resume(self):
        """Pause if it trains, go on if it is paused."""
        paused = self.state.wanted == "paused"
        self.state.resume() if paused else self.state.pause()
        self.live.call(self._after_click)

    def stop(self):
        """End the training; the model keeps what it has learned."""
        self.state.stop()
        self.live.call(self._after_click)

    def end(self, why):
        """End the training here and now, with a reason for the History."""
        self.state.stop(why)
        self.state.advance()
        self.live.call(self._end)

    def _after_click(self):
        if self.live.loop is not None and not self.live.running and not self.state.over:
            if self.state.wanted == "paused":
                self._draw()
            else:
                self.live.start(self._run)

    # ------------------------------------------------------------------ waiting for the end

    async def done(self):
        """Wait for the end of the training; return its History. Interrupting stops it."""
        if self.live.loop is None:
            return self.result()
        self.waiting += 1
        try:
            if self.state.phase == "paused":
                self._draw()
            await self.finished.wait()
        except (asyncio.CancelledError, KeyboardInterrupt) as error:
            self._interrupted(error)
            raise
        finally:
            self.waiting -= 1
        return self._outcome()

    def result(self):
        """Train to the end here and now, and return the History. Interrupting stops it."""
        self.state.resume()
        try:
            while not self.state.over:
                if self.state.advance():
                    self._draw_if_due()
                elif not self.state.over:  # a click has paused it
                    time.sleep(0.05)
        except KeyboardInterrupt as error:
            self._interrupted(error)
            raise
        self.live.call(self._end)
        return self._outcome()

    def _interrupted(self, error):
        self.end("interrupted")
        # a notebook shows this in place of a traceback
        error._render_traceback_ = lambda: [f"Interrupted. {self.state.readout()}"]

    def _outcome(self):
        if self.state.error:
            raise self.state.error
        return self.state.history

    def still(self):
        """The picture as it now stands, for a page without a kernel.

        Where this dashboard is on the page and has ended, the live view is its words alone.
        """
        repeated = self.shown and self.state.over
        picture = [] if repeated else [ipw.HTML(str(self.state.picture()))]
        return Panel([*picture, ipw.HTML(words(self.state))], static_picture(self.state))

    def _repr_mimebundle_(self, include=None, exclude=None, **kwargs):
        self.shown = True
        return super()._repr_mimebundle_(include, exclude, **kwargs)

    # ------------------------------------------------------------------ the task

    async def _run(self):
        try:
            while self.state.advance():
                self._draw_if_due()
                await asyncio.sleep(0)
        except Exception as error:  # in drawing; shown where it is asked for, by done()
            self.state.fail(error)
        self._end()

    def _end(self):
        if self.state.over:
            self.finished.set()
            self.hold.disabled = self.halt.disabled = True
        self._draw()

    # ------------------------------------------------------------------ drawing

    def draw(self):
        """Show the state; the words, which are read aloud, once an epoch and at every turn."""
        turn = self.state.phase, self.state.run.epoch, self.state.remark
        if turn != self.turn:
            self.turn, self.words.value = turn, words(self.state)
        self.drawing.value = str(self.state.picture())

    def _draw_if_due(self):
        if self.state.due(time.perf_counter() - self.drawn):
            self.drawn = time.perf_counter()
            self.live.call(self._draw)

    def _draw(self):
        started, phase = time.perf_counter(), self.state.phase
        self.hold.description, self.hold.icon = {
            "training": ("pause", "pause"),
            "paused": ("go on", "play"),
        }.get(phase, (phase, ""))
        self.state.remark = WAITS if phase == "paused" and self.waiting else self.remark
        if not self.state.error:
            self.state.look()
        self.draw()
        self.drawn = time.perf_counter()
        self.state.watched += self.drawn - started
