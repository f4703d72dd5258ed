"""`Playground`: a small network learns to tell two classes apart, one epoch at a time."""

import math

import numpy as np

from ... import functions as F
from ... import manual, optim, training
from .. import pixels, style
from ..svg import Picture, fixed
from .datasets import DATASETS

GRID, THUMB = 48, 24  # the plane is looked at in so many steps each way
REACH = 1.25  # the plane shown is [-REACH, REACH] squared

ACTIVATIONS = tuple(manual.ACTIVATIONS)
PENALTIES = {"none": "", "L1": "l1", "L2": "l2"}


class Playground:
    """Data, a network of `manual`, and its training, one epoch at a time.

    data: a name in DATASETS. noise: 0 or more. hidden: units in each hidden layer; () for none.
    activation: "relu", "sigmoid" or "tanh". lr, penalty ("none", "L1", "L2") and strength may
    change while it learns; the rest takes effect at `reset()`. Same seed, same course.
    """

    def __init__(
        self,
        data="moons",
        noise=0.1,
        hidden=(4, 4),
        activation="tanh",
        lr=0.1,
        penalty="none",
        strength=0.001,
        seed=0,
        points=200,
    ):
        self.data, self.noise, self.hidden, self.activation = data, noise, hidden, activation
        self.lr, self.penalty, self.strength = lr, penalty, strength
        self.seed, self.points = seed, points
        self.reset()

    def reset(self):
        """New points and new weights from the seed."""
        if self.data not in DATASETS:
            raise ValueError(f"playground got data={self.data!r}; expected one of {list(DATASETS)}")
        rng = np.random.default_rng(self.seed)
        hidden = [int(n) for n in self.hidden if int(n) > 0]
        with np.errstate(all="ignore"):
            X, y = DATASETS[self.data](2 * self.points, self.noise, rng)
            self.X, self.test_X = X[: self.points], X[self.points :]
            self.y, self.test_y = y[: self.points], y[self.points :]
            self.network = manual.MLP([2, *hidden, 2], self.activation, rng=rng)
        self.criterion = manual.SoftmaxCrossEntropy()
        self.optimizer = optim.SGD(self.network.parameters(), lr=self.lr, momentum=0.9)
        self.rng = rng
        self.epoch, self.diverged, self.curve = 0, False, []
        self.measure()

    def train(self, epochs=1, batch_size=20):
        """Learn from every training point so many times. Stops where a number is not finite."""
        penalty = training.Penalty(
            **{PENALTIES[self.penalty]: self.strength} if self.penalty != "none" else {}
        )
        self.optimizer.lr = self.lr
        parameters = self.optimizer.params
        with np.errstate(all="ignore"):
            for _ in range(epochs):
                if self.diverged:
                    return
                order = self.rng.permutation(len(self.X))
                for start in range(0, len(order), batch_size):
                    rows = order[start : start + batch_size]
                    self.optimizer.zero_grad()
                    self.criterion.forward(self.network.forward(self.X[rows]), self.y[rows])
                    self.network.backward(self.criterion.backward())
                    penalty.backward(parameters)
                    self.optimizer.step()
                self.epoch += 1
                self.measure()

    def measure(self):
        """Note the losses and accuracies as they now are."""
        with np.errstate(all="ignore"):
            scores = self.network.forward(np.concatenate([self.X, self.test_X]))
            n = len(self.X)
            self.loss = float(F.cross_entropy(scores[:n], self.y))
            self.test_loss = float(F.cross_entropy(scores[n:], self.test_y))
            self.test_accuracy = float(np.mean(scores[n:].argmax(axis=1) == self.test_y))
        self.diverged = not math.isfinite(self.loss)
        if not self.diverged:
            self.curve.append((self.epoch, self.loss, self.test_loss))
            if len(self.curve) > 400:  # thin out, so that an endless run stays small
                del self.curve[1:-1:2]

    # ------------------------------------------------------------------ looking

    def plane(self):
        """Every hidden layer's activations over the plane, and P(class 1).

        Shape: a list of (units, THUMB, THUMB), and (GRID, GRID); row 0 is the top.
        """
        with np.errstate(all="ignore"):
            thumbs, A = [], _grid(THUMB)
            for layer in self.network.layers[:-1]:
                A = layer.forward(A)
                if not isinstance(layer, manual.Linear):
                    thumbs.append(A.T.reshape(-1, THUMB, THUMB))
            P = F.softmax(self.network.forward(_grid(GRID)))
        return thumbs, P[:, 1].reshape(GRID, GRID)

    def frame(self):
        """All that moves, packed for the page: float32 numbers first, then int8 pictures.

        epoch, loss, test loss, test accuracy, K; K epochs, K losses, K test losses; the weights,
        layer by layer, (out, in); then int8 a hidden unit (THUMB, THUMB), then (GRID, GRID).
        """
        thumbs, P = self.plane()
        every = max(1, len(self.curve) // 120)
        shown = self.curve[:-1:every] + self.curve[-1:]
        curve = np.array(shown, np.float32).reshape(-1, 3).T
        numbers = [
            np.float32([self.epoch, self.loss, self.test_loss, self.test_accuracy, len(shown)])
        ]
        numbers += [curve.ravel()]
        numbers += [p.data.T.ravel() for p in self.network.parameters() if p.data.ndim == 2]
        pictures = [_int8(unit) for layer in thumbs for unit in layer] + [_int8(2 * P - 1, 1)]
        floats = np.concatenate(numbers).astype("<f4")
        return floats.tobytes() + b"".join(p.tobytes() for p in pictures)

    @property
    def sizes(self):
        """Units in each layer, from the inputs to the two classes."""
        linear = [p.data.shape for p in self.network.parameters() if p.data.ndim == 2]
        return [linear[0][0], *(shape[1] for shape in linear)]

    def alt(self):
        """The state of things in a sentence."""
        units = ", ".join(map(str, self.sizes[1:-1])) or "no"
        return (
            f"A network with {units} hidden units on {self.data}, after {self.epoch} epochs. "
            f"{self.readout()}"
        )

    def readout(self):
        """The numbers in words."""
        if self.diverged:
            return f"Diverged in epoch {self.epoch}: try a smaller learning rate, then reset."
        return (
            f"Epoch {self.epoch}: training loss {fixed(self.loss, 3)}, "
            f"test loss {fixed(self.test_loss, 3)}, "
            f"test accuracy {fixed(100 * self.test_accuracy, 1)} %."
        )

    def picture(self):
        """The still picture: the units in their layers, and the plane with its points."""
        picture = Picture(720, 380, self.alt())
        thumbs, P = self.plane()
        layers = [list(_grid(THUMB).T.reshape(2, THUMB, THUMB)), *map(list, thumbs)]
        size, left, right = 34, 44, 330
        xs = np.linspace(left, right, len(layers)) if len(layers) > 1 else [left]
        centres = [
            [(x, 186 + 43 * (i - (len(units) - 1) / 2)) for i in range(len(units))]
            for x, units in zip(xs, layers)
        ]
        weights = [p.data for p in self.network.parameters() if p.data.ndim == 2]
        for W, here, there in zip(weights, centres, [*centres[1:], None]):
            there = there or [(410, 170), (410, 202)]
            top = max(float(np.nan_to_num(np.abs(W)).max()), 1e-9)
            for (i, j), w in np.ndenumerate(W):
                dash = None if w > 0 else "5 4"
                colour = style.MODEL if w > 0 else style.DATA
                picture.segment(*here[i], *there[j], colour, 0.4 + 3 * abs(w) / top, dash, 0.8)
        for units, places in zip(layers, centres):
            for unit, (x, y) in zip(units, places):
                picture.rect(
                    x - size / 2,
                    y - size / 2,
                    size,
                    size,
                    fill=style.PAPER,
                    stroke=style.INK,
                    line=1,
                )
                pixels.place(
                    picture,
                    x - size / 2,
                    y - size / 2,
                    size,
                    size,
                    pixels.signed(unit),
                    smooth=True,
                )
        for (x, y), name in zip(centres[0], ("x₁", "x₂")):
            picture.text(x - 22, y, name, anchor="end", middle=True)
        self._still_plane(picture, P)
        return picture

    def _still_plane(self, picture, P):
        axes = picture.axes(
            420,
            36,
            290,
            290,
            xlim=(-REACH, REACH),
            ylim=(-REACH, REACH),
            xticks=(-1, 0, 1),
            yticks=(),
        )
        one, zero = style.class_colour(1), style.class_colour(0)
        shade = pixels.signed(2 * P - 1, 1 / 0.55, one, zero)
        pixels.place(axes.inside, 0, 0, 290, 290, shade, smooth=True)
        ends = np.linspace(-REACH, REACH, GRID)
        if np.isfinite(P).all():
            axes.contours(ends, ends[::-1], P, [0.5], style.MODEL)
        for k in (0, 1):
            axes.points(
                *self.X[self.y == k].T,
                style.class_colour(k),
                r=4,
                marker=style.MARKERS[k],
                stroke="#444444",
                width=1,
            )


def _grid(steps):
    """The plane's points, row by row from the top. Shape: (steps * steps, 2), float32."""
    ends = np.linspace(-REACH, REACH, steps, dtype=np.float32)
    x, y = np.meshgrid(ends, ends[::-1])
    return np.column_stack([x.ravel(), y.ravel()])


def _int8(values, limit=None):
    """-limit .. limit to -127 .. 127; None takes the largest there is. NaN becomes 0."""
    values = np.nan_to_num(np.asarray(values, float), posinf=0, neginf=0)
    limit = limit or max(float(np.abs(values).max()), 1e-9)
    return np.rint(np.clip(values / limit, -1, 1) * 127).astype(np.int8)
