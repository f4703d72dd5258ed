"""The training dashboard: what to watch while a network learns, and buttons that work meanwhile."""

import asyncio
import math
import time

import numpy as np

from .. import functions as F
from .. import training
from ..tensor import Tensor, no_grad
from . import pixels, style
from .svg import Picture, fixed, say, spread

SLICE = 0.04  # seconds of training between two looks at what the reader wants
REST = 0.3  # seconds between two pictures, at least
SHARE = 0.03  # of the training time may go into watching it
PROBE = 200  # samples that show which units still react
POINTS = 150  # of a curve
UNITS = 32  # whose first-layer weights are shown

_SLOPES = {
    "ReLU": F.relu_grad,
    "LeakyReLU": F.leaky_relu_grad,
    "Sigmoid": F.sigmoid_grad,
    "Tanh": F.tanh_grad,
    "GELU": lambda Z: F.gelu_grad(Z, "tanh"),
}


class Training:
    """A run of `training.steps` that can be advanced, paused, stopped and looked at.

    model, X, y and options: as for `training.fit`. The first batch is learnt at once, so that
    whatever does not fit together is reported here.
    `phase`: "training", "paused", "stopped", "finished" or "diverged".
    """

    def __init__(self, model, X, y, **options):
        self.model, self.probe = model, np.asarray(X)[:PROBE]
        self.batches = training.steps(model, X, y, **options)
        self.wanted = "training"  # what the reader wants: a plain word, so any thread may set it
        self.error, self.over = None, False
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
            return "diverged"
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

    def stop(self):
        """End after the batch under way; the model keeps what it has learned."""
        if not self.over:
            self.wanted = "stopped"

    def advance(self, seconds=SLICE):
        """Train for so long. True if there is more to do, False if paused or over."""
        end = time.perf_counter() + seconds
        while not self.over and self.wanted == "training":
            self._next()
            if time.perf_counter() >= end:
                break
        if self.wanted == "stopped" and not self.over:
            self.run.history.stopped = "stopped by hand"
            self._next()
        return not self.over and self.wanted == "training"

    def _next(self):
        """One batch, or the end."""
        started = time.perf_counter()
        try:
            self.run = next(self.batches)
            if not self.norms or self.run.progress >= self.noted + 1 / POINTS:
                self._note()
        except StopIteration:
            self.over = True
        except training.Diverged as error:
            self.error, self.over = error, True
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
        self.dead = dead_units(self.model, self.probe)
        weights = [p.data for p in self.model.parameters() if p.data.ndim > 1]
        self.weight = weights[0] if weights else np.zeros((1, 1))

    def due(self, since):
        """True when it is time for another picture: not too soon, and within the budget."""
        return since >= REST and self.watched <= SHARE * self.seconds

    def picture(self):
        """Progress, loss, accuracy, gradient norms, dead units, learning rate, weights."""
        images = _weight_images(self.weight)
        columns = 16 if images is not None else 1
        rows = -(-len(images) // columns) if images is not None else 0
        height = 540 + (44 * rows + 6 if rows else 0)
        picture = Picture(720, height, self._alt())
        self._bar(picture)
        whole = max(self.run.epochs if not self.over else self.epochs, 1e-9)
        self._losses(picture, whole)
        self._accuracies(picture, whole)
        self._gradients(picture, whole)
        self._dead(picture)
        self._rates(picture, whole)
        if images is not None:
            top = 520
            words = f"First-layer weights of {len(images)} units"
            if self.weight.shape[1] > len(images):
                words += f" of {self.weight.shape[1]}"
            picture.text(8, top, f"{words}: vermillion positive, blue negative", size=16)
            side = images.shape[1]
            gap = max(1, round(side / 10))
            sheet = pixels.tiles(images, columns, gap)
            scale = 704 / (columns * (side + gap) - gap)
            pixels.place(
                picture, 8, top + 14, scale * sheet.shape[1], scale * sheet.shape[0], sheet
            )
        return picture

    def _bar(self, picture):
        picture.rect(8, 12, 704, 8, fill=style.FAINT, r=4)
        picture.rect(8, 12, max(704 * self.progress, 8), 8, fill=style.MODEL, r=4)
        done = min(self.run.epoch + (self.run.batch > 0), self.run.epochs)
        picture.text(8, 44, f"{self.phase}: epoch {done} of {self.run.epochs}", bold=True)
        end = (
            f"took {duration(self.seconds)}" if self.over else f"{duration(self.seconds_left)} left"
        )
        picture.text(712, 44, end, anchor="end")

    def _losses(self, picture, whole):
        history, n = self.history, len(self.history.batch_loss)
        size = max(1, -(-n // POINTS))
        batch = np.asarray(history.batch_loss, float)
        means = [chunk.mean() for chunk in np.split(batch, range(size, n, size))]
        at = np.minimum((np.arange(len(means)) + 0.5) * size, n) / self.run.batches_per_epoch
        values = [*means, *history.validation_loss]
        low, high = _log_limits(values)
        axes = picture.axes(
            56,
            92,
            232,
            140,
            xlim=(0, whole),
            ylim=(low, high),
            ylog=True,
            ylabel="loss",
            grid=True,
            xticks=_epoch_ticks(whole),
        )
        axes.line(at, means, style.LOSS)
        epochs, losses = _thinned(history.validation_loss)
        axes.line(epochs, losses, style.LOSS, dash="6 4")
        axes.points(epochs[-1:], losses[-1:], style.LOSS, r=4)
        ends = [("training", means[-1])]
        if history.validation_loss:
            ends.append(("validation", history.validation_loss[-1]))
        _end_labels(picture, axes, ends, style.LOSS)

    def _accuracies(self, picture, whole):
        history = self.history
        if history.batch_loss and not self._labels:
            return
        values = [100 * v for v in [*history.accuracy, *history.validation_accuracy]]
        low = min([90.0, *(10 * math.floor(v / 10) for v in values)])
        axes = picture.axes(
            432,
            92,
            190,
            140,
            xlim=(0, whole),
            ylim=(low, 100),
            grid=True,
            ylabel="accuracy, %",
            xticks=_epoch_ticks(whole),
        )
        ends = []
        for name, series, dash in (
            ("training", history.accuracy, None),
            ("validation", history.validation_accuracy, "6 4"),
        ):
            if series:
                epochs, series = _thinned(100 * np.asarray(series))
                axes.line(epochs, series, style.MODEL, dash=dash)
                axes.points(epochs[-1:], series[-1:], style.MODEL, r=4)
                ends.append((name, series[-1]))
        if not ends:
            picture.text(
                axes.left + 95,
                axes.top + 70,
                "after the first epoch",
                style.INK,
                anchor="middle",
                size=14,
                halo=True,
            )
        _end_labels(picture, axes, ends, style.MODEL)

    @property
    def _labels(self):
        """True where accuracy means something: it is measured, or no epoch is over yet."""
        return bool(self.history.accuracy) or not self.history.loss

    def _gradients(self, picture, whole):
        table = np.array(self.norms, float)
        low, high = _log_limits(table[:, 1:])
        axes = picture.axes(
            56,
            310,
            232,
            140,
            xlim=(0, whole),
            ylim=(low, high),
            ylog=True,
            ylabel="gradient norm",
            xlabel="epoch",
            grid=True,
            xticks=_epoch_ticks(whole),
        )
        ends = []
        for k in range(1, table.shape[1]):
            dash = (None, "6 4", "2 3", "8 3 2 3", "12 4")[(k - 1) % 5]
            axes.line(table[:, 0], table[:, k], style.GRADIENT, dash=dash)
            ends.append((f"layer {k}", table[-1, k]))
        _end_labels(picture, axes, ends if len(ends) <= 7 else ends[:1] + ends[-1:], style.GRADIENT)

    def _dead(self, picture):
        left, top = 432, 310
        picture.text(left - 8, top - 12, "dead units")
        if not self.dead:
            picture.text(left - 8, top + 20, "no hidden layer known", size=14)
        step = min(30, 132 / max(len(self.dead), 1))
        for k, (dead, units) in enumerate(self.dead):
            y = top + 12 + step * k
            if step < 15 and k not in (0, len(self.dead) - 1):
                continue
            picture.text(left - 8, y, f"layer {k + 1}", middle=True, size=14)
            picture.rect(left + 46, y - 5, 40, 10, fill=style.FAINT, r=3)
            if dead:
                picture.rect(left + 46, y - 5, 40 * dead / units, 10, fill=style.MODEL, r=3)
            picture.text(left + 94, y, f"{dead}/{units}", middle=True, size=14)

    def _rates(self, picture, whole):
        table = np.array(self.rates, float)
        high = max(float(np.nanmax(table[:, 1])), 1e-12)
        words = f"rate {say(table[-1, 1], 2)}"
        axes = picture.axes(
            596,
            310,
            112,
            140,
            xlim=(0, whole),
            ylim=(0, 1.1 * high),
            ylabel=words,
            xlabel="epoch",
            xticks=(),
            yticks=(),
        )
        axes.line([0, whole], [0, 0], style.INK, width=1)
        axes.line(table[:, 0], table[:, 1], style.INK)

    def _alt(self):
        return f"Training dashboard. {self.readout()}"

    def readout(self):
        """Where the run stands, in words."""
        if self.error:
            return f"Diverged: {self.error}"
        history = self.history
        words = [f"{self.phase.capitalize()} at epoch {fixed(self.epochs, 1)} of {self.run.epochs}"]
        words.append(f"loss {say(history.batch_loss[-1])}")
        if history.validation_loss:
            words.append(f"validation loss {say(history.validation_loss[-1])}")
        if history.validation_accuracy:
            words.append(f"validation accuracy {fixed(100 * history.validation_accuracy[-1], 2)} %")
        elif history.accuracy:
            words.append(f"training accuracy {fixed(100 * history.accuracy[-1], 2)} %")
        if self.dead:
            words.append(f"{sum(d for d, _ in self.dead)} dead units")
        return ", ".join(words) + "."


def dead_units(model, X):
    """[(units that react to none of the samples, units)] for each hidden layer.

    A unit is dead where its slope is below 0.005 for every row of X: a ReLU that is always 0, a
    sigmoid or tanh that is always saturated. Empty for models that are not a plain sequence.
    """
    layers = getattr(model, "layers", None) or getattr(model, "modules", None)
    if not isinstance(layers, list):
        return []
    found, value = [], X
    with training._evaluating(model), no_grad(), np.errstate(all="ignore"):
        for layer in layers:
            slope = _SLOPES.get(type(layer).__name__)
            if slope is not None:
                steepest = np.abs(slope(_array(value))).max(axis=0)
                found.append((int(np.sum(~(steepest >= 0.005))), steepest.size))
            value = layer(value)
    return found


def dashboard(model, X, y, **options):
    """Train `model` on X and y, and show how it goes. Training starts at once.

    model, X, y, options: as for `training.fit` (epochs, batch_size, optimizer, validation, ...).
    Training shares the kernel's loop with everything else, a few hundredths of a second at a time,
    so that Pause and Stop work in the middle of an epoch. Other cells run when you start them, and
    training waits meanwhile. In the next cell

        history = await run.done()

    waits for the end and returns the training.History. Where there is no `await`, `run.result()`
    trains to the end at once; the buttons may then be dead until it is over. `run.still()` is the
    picture as it now stands.
    Raises what `fit` raises: ValueError at once, Diverged from done() and result().
    """
    return _widget(Training(model, X, y, **options))


def _widget(state):
    import ipywidgets as ipw

    from .demo import Demo, _readout, row, static_picture
    from .live import Live

    class Dashboard(Demo):
        """The picture of a Training, and its buttons."""

        def __init__(self, state):
            self.live, self.drawn = Live(), time.perf_counter()
            self.finished = asyncio.Event()
            self.hold = ipw.Button(
                description="pause",
                icon="pause",
                layout={"width": "110px"},
                tooltip="pause after this batch, or go on",
            )
            self.halt = ipw.Button(
                description="stop",
                icon="stop",
                layout={"width": "110px"},
                tooltip="end the training after this batch",
            )
            self.hold.on_click(lambda _: self.pause_or_resume())
            self.halt.on_click(lambda _: self.stop())
            super().__init__(state, {}, extra=[row([self.hold, self.halt])])
            self.live.start(self._run)

        def pause_or_resume(self):
            """Pause if it trains, go on if it is paused."""
            paused = self.state.wanted == "paused"
            self.state.resume() if paused else self.state.pause()
            self.live.call(self._after_click)

        def stop(self):
            """End the training; the model keeps what it has learned."""
            self.state.stop()
            self.live.call(self._after_click)

        def _after_click(self):
            if self.live.loop is not None and not self.live.running and not self.state.over:
                if self.state.wanted == "paused":
                    self._draw()
                else:
                    self.live.start(self._run)

        async def done(self):
            """Wait for the end of the training; return its History. Interrupting stops it."""
            if self.live.loop is None:
                return self.result()
            try:
                await self.finished.wait()
            except (asyncio.CancelledError, KeyboardInterrupt):
                self.stop()
                raise
            return self._outcome()

        def result(self):
            """Train to the end here and now, and return the History."""
            self.state.resume()
            while self.state.advance():
                self._draw_if_due()
            self._end()
            return self._outcome()

        def still(self):
            """The picture as it now stands, for a page without a kernel."""
            return Still(static_picture(self.state))

        async def _run(self):
            try:
                while self.state.advance():
                    self._draw_if_due()
                    await asyncio.sleep(0)
            except Exception as error:  # shown where it is asked for: by done()
                self.state.error, self.state.over = error, True
            self._end()

        def draw(self):
            """Show the state; the words, which are read aloud, once an epoch and at every turn."""
            self.drawing.value = str(self.state.picture())
            turn = self.state.phase, self.state.run.epoch
            if turn != getattr(self, "turn", None):
                self.turn, self.words.value = turn, _readout(self.state)

        def _end(self):
            if self.state.over:
                self.finished.set()
                self.hold.disabled = self.halt.disabled = True
            self._draw()

        def _outcome(self):
            if self.state.error:
                raise self.state.error
            return self.state.history

        def _draw_if_due(self):
            if self.state.due(time.perf_counter() - self.drawn):
                self._draw()

        def _draw(self):
            started = time.perf_counter()
            paused = self.state.phase == "paused"
            self.hold.description, self.hold.icon = (
                ("go on", "play") if paused else ("pause", "pause")
            )
            self.state.look()
            self.draw()
            self.drawn = time.perf_counter()
            self.state.watched += self.drawn - started

    return Dashboard(state)


class Still:
    """A picture as a page without a kernel shows it."""

    def __init__(self, bundle):
        self.bundle = bundle

    def _repr_mimebundle_(self, include=None, exclude=None):
        return self.bundle

    def __repr__(self):
        return self.bundle["text/plain"]


def duration(seconds):
    """Seconds in words for people: 48 s, 3 min 20 s."""
    seconds = max(float(seconds), 0)
    if not math.isfinite(seconds):
        return "unknown"
    if seconds < 60:
        return f"{math.ceil(seconds)} s"
    minutes = round(seconds / 60) if seconds >= 600 else int(seconds // 60)
    return f"{minutes} min" + (f" {int(seconds % 60)} s" if seconds < 600 else "")


def _norm(gradient):
    if gradient is None:
        return math.nan
    g = np.ravel(gradient)
    return math.sqrt(float(g @ g))


def _array(value):
    return value.data if isinstance(value, Tensor) else np.asarray(value)


def _weight_images(W):
    """The first units' weights as images on one scale, or None where inputs are no square image."""
    side = math.isqrt(W.shape[0])
    if side * side != W.shape[0] or side < 4:
        return None
    units = W[:, :UNITS].T.reshape(-1, side, side)
    limit = float(np.nanmax(np.abs(units))) or 1
    return np.stack([pixels.signed(unit, limit) for unit in units])


def _log_limits(values):
    """Limits of a logarithmic axis that hold all positive finite values, a decade at least."""
    values = np.ravel(np.asarray(values, float))
    values = values[np.isfinite(values) & (values > 0)]
    if not values.size:
        return 0.1, 1.0
    low, high = math.log10(values.min()), math.log10(values.max())
    room = max(1.05 - (high - low), 0.1) / 2
    return 10 ** (low - room), 10 ** (high + room)


def _thinned(series):
    """Epochs 1, 2, ... and the values: the last one, and as many before it as can be told."""
    step = -(-len(series) // POINTS) or 1
    at = np.arange(len(series) - 1, -1, -step)[::-1]
    return at + 1, np.asarray(series, float)[at]


def _epoch_ticks(whole):
    """0, the middle where it is whole, and the end."""
    last = round(whole) if whole >= 1 else whole
    middle = [last // 2] if last >= 4 and last % 2 == 0 else []
    return [
        0,
        *((n, f"{n:,}") for n in middle),
        (last, f"{last:,}" if last >= 1 else f"{last:.2g}"),
    ]


def _end_labels(picture, axes, ends, colour):
    """Names at the right of the frame, at the height where their lines end."""
    if not ends:
        return
    low, high = sorted(axes.ylim)
    heights = [float(axes.y(np.clip(v if math.isfinite(v) else high, low, high))) for _, v in ends]
    gap = min(20, axes.height / len(ends))
    places = spread(heights, gap)
    places -= max(places.max() - axes.height, 0) + min(places.min(), 0)
    for (name, _), y in zip(ends, places):
        x = axes.left + axes.width + 8
        picture.text(x, axes.top + y, name, colour, middle=True, size=15)
