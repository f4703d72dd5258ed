"""`Training`: a run that can be advanced, held, ended and looked at."""

import math
import threading
import time

import numpy as np

from ... import training
from ..svg import fixed, say
from .charts import POINTS, draw
from .units import dead_units

SLICE = 0.04  # seconds of training between two looks at what the reader wants
REST = 0.3  # seconds between two pictures, at least
SHARE = 0.03  # of the training time may go into watching it
PROBE = 200  # samples that show which units still react


class Training:
    """A run of `training.steps` that can be advanced, paused, stopped and looked at.

    model, X, y and options: as for `training.fit`. The first batch is learnt at once, so that
    whatever does not fit together is reported here. Any thread may advance it: one batch at a time
    is learnt, and nobody looks meanwhile.
    `phase`: "training", "paused", "stopped", "finished", "diverged" (the loss is no longer finite)
    or "failed" (anything else that was raised); `error` is what was raised.
    `remark`: a sentence to add to the readout.
    """

    def __init__(self, model, X, y, **options):
        self.model, self.probe = model, np.asarray(X)[:PROBE]
        self.batches = training.steps(model, X, y, **options)
        self.wanted = "training"  # what the reader wants: a plain word, so any thread may set it
        self.why = "stopped by hand"  # what the History says of a stop
        self.error, self.over, self.remark = None, False, ""
        self.one_at_a_time = threading.Lock()
        self.seconds = self.watched = 0.0
        self.norms, self.rates = [], []  # (epochs, gradient norm of each weight), (epochs, rate)
        self.noted = 0.0  # the progress at which these were last taken down
        self.run = None
        self._next()
        if self.error:
            raise self.error
        self.look()

    @property
    def phase(self):
        """The state of the run, in a word."""
        if self.error:
            return "diverged" if isinstance(self.error, training.Diverged) else "failed"
        if self.over:
            return "stopped" if self.wanted == "stopped" else "finished"
        return "paused" if self.wanted == "paused" else "training"

    @property
    def history(self):
        """The training.History so far."""
        return self.run.history

    def pause(self):
        """Hold after the batch under way."""
        if not self.over:
            self.wanted = "paused"

    def resume(self):
        """Go on."""
        if not self.over:
            self.wanted = "training"

    def stop(self, why="stopped by hand"):
        """End after the batch under way; the model keeps what it has learned."""
        if not self.over:
            self.wanted, self.why = "stopped", why

    def fail(self, error):
        """End at once because of an error; what training changed for a while is put back."""
        with self.one_at_a_time:
            self.batches.close()
            self.error, self.over = self.error or error, True

    def advance(self, seconds=SLICE):
        """Train for so long. True if there is more to do, False if paused or over."""
        end = time.perf_counter() + seconds
        while not self.over and self.wanted == "training":
            self._next()
            if time.perf_counter() >= end:
                break
        if self.wanted == "stopped" and not self.over:
            self.run.history.stopped = self.why
            self._next()
        return not self.over and self.wanted == "training"

    def _next(self):
        """One batch, or the end."""
        with self.one_at_a_time:
            started = time.perf_counter()
            try:
                self.run = next(self.batches)
                if not self.norms or self.run.progress >= self.noted + 1 / POINTS:
                    self._note()
            except StopIteration:
                self.over = True
            except Exception as error:
                self.error, self.over = error, True
            except BaseException:  # interrupted in the middle of a batch: it cannot go on
                self.wanted, self.over = "stopped", True
                if self.run is not None:
                    self.run.history.stopped = "interrupted"
                raise
            finally:
                self.seconds += time.perf_counter() - started

    def _note(self):
        """The gradient norms and the learning rate of the batch just learnt."""
        self.noted = self.run.progress
        weights = [p for p in self.run.optimizer.params if p.data.ndim > 1]
        self.norms.append((self.epochs, *(_norm(p.grad) for p in weights)))
        self.rates.append((self.epochs, self.run.optimizer.lr))

    @property
    def epochs(self):
        """Epochs done, with the part of the present one."""
        return self.run.epoch + self.run.batch / self.run.batches_per_epoch

    @property
    def progress(self):
        """The part of the run that is done, 0 to 1."""
        return 1.0 if self.phase == "finished" else self.run.progress

    @property
    def seconds_left(self):
        """How long the rest will take, judged by what is done."""
        return 0.0 if self.over else self.seconds * (1 / max(self.progress, 1e-9) - 1)

    # ------------------------------------------------------------------ looking

    def look(self):
        """Measure what a picture needs beyond the History."""
        with self.one_at_a_time:
            self.dead = dead_units(self.model, self.probe)
        weights = [p.data for p in self.model.parameters() if p.data.ndim > 1]
        self.weight = weights[0] if weights else np.zeros((1, 1))

    def due(self, since):
        """True when it is time for another picture: not too soon, and within the budget."""
        return since >= REST and self.watched <= SHARE * self.seconds

    def picture(self):
        """Progress, loss, accuracy, gradient norms, dead units, learning rate, weights."""
        return draw(self)

    def readout(self):
        """Where the run stands, in words."""
        where = f"{self.phase.capitalize()} at epoch {fixed(self.epochs, 1)} of {self.run.epochs}"
        if self.phase == "diverged":
            return f"Diverged: {self.error}"
        if self.error:
            return f"{where}. {type(self.error).__name__}: {self.error}"
        history, words = self.history, [where]
        words.append(f"loss {say(history.batch_loss[-1])}")
        if history.validation_loss:
            words.append(f"validation loss {say(history.validation_loss[-1])}")
        if history.validation_accuracy:
            words.append(f"validation accuracy {fixed(100 * history.validation_accuracy[-1], 2)} %")
        elif history.accuracy:
            words.append(f"training accuracy {fixed(100 * history.accuracy[-1], 2)} %")
        if self.dead:
            words.append(f"{sum(d for d, _ in self.dead)} dead units")
        return f"{', '.join(words)}. {self.remark}".strip()


def _norm(gradient):
    if gradient is None:
        return math.nan
    g = np.ravel(gradient)
    return math.sqrt(float(g @ g))
