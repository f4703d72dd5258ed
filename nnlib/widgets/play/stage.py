"""`PlaygroundWidget`: controls over the stage, a canvas that shows a `Playground` learning."""

import asyncio
import time
from functools import partial
from pathlib import Path

import numpy as np
import traitlets

from .. import style
from ..canvas import Canvas, script
from ..controls import button, choice, log_slider, number, row, slider
from ..live import Live
from ..panel import Panel, static_picture
from .datasets import DATASETS
from .playground import ACTIVATIONS, GRID, PENALTIES, REACH, THUMB

PERIOD = 1 / 36  # seconds a frame
PATIENCE = 5  # seconds without a page that draws, then the network pauses


class Stage(Canvas):
    """The canvas: draws frames as they come, and says when it has drawn one."""

    _esm = script(Path(__file__).with_name("stage.js"))
    scene = traitlets.Dict().tag(sync=True)  # what stays until a reset
    points = traitlets.Bytes().tag(sync=True)  # float32 x, y, label of each training point
    frame = traitlets.Bytes().tag(sync=True)
    serial = traitlets.Int().tag(sync=True)  # the number of this frame
    words = traitlets.Unicode().tag(sync=True)
    playing = traitlets.Bool(False).tag(sync=True)

    def __repr__(self):
        return self.words


class PlaygroundWidget(Panel):
    """Controls over the stage; `state` is the plain Playground."""

    def __init__(self, state):
        self.state, self.live, self.drawn = state, Live(), 0
        self.seen = time.monotonic()
        self.wanted = False
        self.stage = Stage()
        self.stage.on_msg(lambda _, content, buffers: self._heard(content))
        buttons = self.play, _, _ = [
            button(name, partial(self.live.call, act), icon, tooltip)
            for name, act, icon, tooltip in (
                ("play", self.toggle, "play", "play or pause"),
                ("step", self.step, "step-forward", "one epoch"),
                ("reset", self.reset, "refresh", "start anew"),
            )
        ]
        units = (*state.hidden, 0, 0, 0)[:3]
        self.layers = [number(f"units in layer {i + 1}", n, 0, 8, 175) for i, n in enumerate(units)]
        self.controls = {
            "data": choice("data", list(DATASETS), state.data),
            "noise": slider("noise", state.noise, 0, 0.4, 0.02),
            "activation": choice("activation", ACTIVATIONS, state.activation),
            "lr": log_slider("learning rate", state.lr, -3, 0.5, 0.05),
            "penalty": choice("penalty", list(PENALTIES), state.penalty),
            "strength": log_slider("penalty strength", state.strength, -5, -1, 0.1),
            "seed": number("seed", state.seed, 0, 10**6, 190),
        }
        for name, control in self.controls.items():
            control.observe(
                lambda change, name=name: self.live.call(self.set, name, change["new"]), "value"
            )
        for control in self.layers:
            control.observe(lambda _: self.live.call(self._layers_moved), "value")
        c = self.controls
        for name in ("data", "activation", "penalty"):
            c[name].layout.margin = "0 28px 4px 0"
        super().__init__(
            [
                row([c["data"], c["activation"], c["penalty"]]),
                c["noise"],
                c["lr"],
                c["strength"],
                row([*self.layers, c["seed"]]),
                row(buttons),
                self.stage,
            ],
            static_picture(state),
        )
        self._scene()

    def set(self, name, value):
        """Change one setting; what the data or the network are made from starts them anew."""
        setattr(self.state, name, value)
        if name not in ("lr", "penalty", "strength"):
            self.reset()

    def _layers_moved(self):
        self.set("hidden", tuple(c.value for c in self.layers if c.value))

    def toggle(self):
        """Play if it stands, pause if it plays."""
        self.pause() if self.wanted else self.start()

    def start(self):
        """Learn epoch after epoch until paused, or until no page draws it. Needs a loop."""
        self.seen = time.monotonic()
        self.wanted = self.live.start(self._run) or self.live.running
        self._show_button()
        if not self.wanted:
            self.stage.words = "Playing needs a notebook, whose loop goes on by itself. Use step."

    def pause(self):
        """Stop after the epoch that is under way."""
        self.wanted = False
        self._show_button()

    def step(self):
        """One epoch."""
        self.pause()
        self._learn()

    def reset(self):
        """New points and weights from the seed; goes on playing if it was."""
        self.state.reset()
        self._scene()

    async def _run(self):
        try:
            while self.wanted and not self.state.diverged:
                started = time.monotonic()
                if self.stage.serial - self.drawn < 3:  # never more frames under way than drawn
                    self._learn()
                elif started - self.seen > PATIENCE:
                    break
                rest = PERIOD - (time.monotonic() - started)
                await asyncio.sleep(max(rest, 0.002))
        except Exception:
            pass  # the stage says what it was
        finally:
            self.pause()

    def _learn(self):
        try:
            self.state.train()
            self._show()
        except Exception as error:
            self.stage.words = f"{type(error).__name__}: {error}"
            raise

    def _heard(self, content):
        if content.get("kind") == "drawn":
            self.drawn = max(self.drawn, int(content.get("serial", 0)))
            self.seen = time.monotonic()

    def _show_button(self):
        self.stage.playing = self.wanted
        self.play.description = "pause" if self.wanted else "play"
        self.play.icon = "pause" if self.wanted else "play"

    def _scene(self):
        state = self.state
        points = np.column_stack([state.X, state.y]).astype("<f4")
        with self.stage.hold_sync():
            self.stage.scene = {
                "sizes": state.sizes,
                "grid": GRID,
                "thumb": THUMB,
                "reach": REACH,
                "colours": {
                    "zero": style.class_colour(0),
                    "one": style.class_colour(1),
                    "positive": style.MODEL,
                    "negative": style.DATA,
                    "ink": style.INK,
                    "model": style.MODEL,
                    "loss": style.LOSS,
                    "font": style.FONT,
                },
            }
            self.stage.points = points.tobytes()
            self._show()

    def _show(self):
        with self.stage.hold_sync():
            self.stage.frame = self.state.frame()
            self.stage.words = self.state.readout()
            self.stage.serial += 1
