"""`Drawing`: what the network sees, what it says, and what would change its mind."""

import numpy as np

from ... import functions as F
from ... import nn, training
from .. import pixels, style
from ..svg import Picture, fixed
from .centring import PAD, SIDE, centre, enlarge, resize


class Drawing:
    """A drawing and what a network makes of it.

    model: a network of `manual` or `nn` from 784 pixels to scores. prepare: what was done to the
    training images, as a function of X (N, 784) in [0, 1]; None for nothing.
    ink: (140, 140), 0 to 1. centred: show the network the centred image, or the drawing as it is.
    Raises ValueError for a model that does not take 784 pixels.
    """

    def __init__(self, model, prepare=None, example=None):
        first = next((p.data for _, p in model.named_parameters() if p.data.ndim == 2), None)
        if first is None or first.shape[0] != SIDE * SIDE:
            came = "no weights" if first is None else f"{first.shape[0]} inputs"
            raise ValueError(
                f"digit_pad got a model with {came}; expected {SIDE * SIDE}, the pixels of an "
                "MNIST image. Train one on load_mnist() or load_mnist_or_digits()."
            )
        self.model, self.prepare = model, prepare
        self.centred = True
        self.draw(np.zeros((PAD, PAD)) if example is None else enlarge(example))

    def draw(self, ink):
        """Take a drawing: (140, 140) from 0 to 1, or its 19,600 bytes from 0 to 255."""
        if isinstance(ink, bytes | bytearray | memoryview):
            if len(ink) != PAD * PAD:
                raise ValueError(f"draw got {len(ink)} bytes; expected {PAD * PAD}")
            ink = np.frombuffer(ink, np.uint8).reshape(PAD, PAD) / 255
        self.ink = np.clip(np.nan_to_num(ink), 0, 1)
        self.before = resize(self.ink, (SIDE, SIDE)).astype(np.float32)
        self.after = centre(self.ink)

    @property
    def empty(self):
        """True where nothing is drawn."""
        return not self.ink.any()

    @property
    def seen(self):
        """What the network gets. Shape: (1, 784)."""
        X = (self.after if self.centred else self.before).reshape(1, -1)
        return X if self.prepare is None else np.asarray(self.prepare(X), np.float32)

    def probabilities(self):
        """P(class) for what is drawn. Shape: (K,)."""
        return F.softmax(training.predict(self.model, self.seen))[0]

    def changes(self):
        """For each class, the smallest change of pixels that would make it the answer.

        To first order: d with gradient g of (its score minus the best score), d = gap g / |g|^2.
        Zeros for the class that is the answer. Shape: (K, 784).
        """
        scores = training.predict(self.model, self.seen)[0]
        best, K = int(scores.argmax()), len(scores)
        seeds = np.eye(K, dtype=scores.dtype)
        seeds[:, best] -= 1
        g = self._input_gradients(np.repeat(self.seen, K, axis=0), seeds)
        gap = scores[best] - scores
        return g * (gap / np.maximum((g * g).sum(axis=1), 1e-12))[:, None]

    def _input_gradients(self, X, seeds):
        """d(seeds . scores)/dX, row by row, leaving the model's own gradients as they were."""
        kept = [(p, p.grad) for p in self.model.parameters()]
        try:
            with training.evaluating(self.model):
                if isinstance(self.model, nn.Module):
                    X = nn.Tensor(X, requires_grad=True)
                    self.model(X).backward(seeds)
                    return X.grad
                self.model.forward(X)
                return self.model.backward(seeds)
        finally:
            for p, grad in kept:
                p.grad = grad

    # ------------------------------------------------------------------ drawing

    def answer_picture(self):
        """The two images, and a bar for each class."""
        picture = Picture(420, 300, self.alt())
        for x, name, image, used in (
            (8, "as drawn", self.before, not self.centred),
            (8, "centred", self.after, self.centred),
        ):
            y = 30 if name == "as drawn" else 182
            pixels.place(picture, x, y, 112, 112, pixels.grey(image))
            picture.rect(
                x, y, 112, 112, stroke=style.MODEL if used else style.INK, line=3 if used else 1
            )
            picture.text(x, y - 10, f"{name}{': used' if used else ''}", bold=used)
        P = None if self.empty else self.probabilities()
        count = 10 if P is None else len(P)
        step = 270 / count
        for k in range(count):
            y = 24 + step * (k + 0.5)
            best = P is not None and k == P.argmax()
            picture.text(168, y, k, anchor="end", middle=True, bold=best)
            picture.rect(178, y - 0.3 * step, 150, 0.6 * step, fill=style.FAINT, r=3)
            if P is not None:
                picture.rect(
                    178, y - 0.3 * step, max(150 * P[k], 1), 0.6 * step, r=3, fill=style.MODEL
                )
                words = f"{fixed(100 * P[k], 1)} %"
                picture.text(412, y, words, anchor="end", middle=True, bold=best)
        return picture

    def changes_picture(self):
        """Ten small images: the drawing, with the ink to add and to take away for each class."""
        alt = "What each class would need changed: " + (self.needs() or "nothing is drawn yet.")
        picture = Picture(720, 150, alt)
        title = "what each class would need: + vermillion add ink, − blue take it away"
        picture.text(8, 20, title, bold=True)
        changes = None if self.empty else self.changes()
        count = 10 if changes is None else len(changes)
        image = self.after if self.centred else self.before
        for k in range(count):
            x, size = 8 + 71 * k, 64
            picture.rect(x, 34, size, size, fill="#ffffff", stroke=style.INK, line=1)
            if changes is None:
                picture.text(x + size / 2, 120, k, anchor="middle")
                continue
            faint = pixels.grey(0.35 * image)
            pixels.place(picture, x, 34, size, size, faint)
            change = changes[k].reshape(SIDE, SIDE)
            need = float(np.linalg.norm(change))
            if need > 0:
                pixels.place(picture, x, 34, size, size, pixels.signed(change))
            words = f"{k}: {fixed(need, 1)}" if need > 0 else f"{k} ✓"
            picture.text(x + size / 2, 120, words, anchor="middle", bold=need == 0)
        picture.text(
            8,
            144,
            "The number is the length of the change; a black pixel counts 1.",
            style.INK,
            size=14,
        )
        return picture

    def picture(self):
        """The still picture: the drawing, the answer, the changes."""
        picture = Picture(720, 470, f"{self.alt()} {self.needs()}".strip())
        pixels.place(picture, 8, 24, 270, 270, pixels.grey(self.ink))
        picture.rect(8, 24, 270, 270, stroke=style.INK, line=1)
        for part, x, y in ((self.answer_picture(), 296, 0), (self.changes_picture(), 0, 312)):
            picture.add(f'<g transform="translate({x} {y})">{"".join(map(str, part.elements))}</g>')
        return picture

    def alt(self):
        """The network's answer in a sentence."""
        if self.empty:
            return "An empty page to draw a digit on."
        P = self.probabilities()
        order = P.argsort()[::-1]
        return (
            f"The network says {order[0]}, with probability {fixed(100 * P[order[0]], 1)} %; "
            f"next {order[1]}, {fixed(100 * P[order[1]], 1)} %."
        )

    def needs(self):
        """How far away each other class is, in words."""
        if self.empty:
            return ""
        lengths = np.linalg.norm(self.changes(), axis=1)
        nearest = [int(k) for k in lengths.argsort() if lengths[k] > 0][:3]
        return (
            "Nearest others: " + ", ".join(f"{k} at {fixed(lengths[k], 1)}" for k in nearest) + "."
        )

    def readout(self):
        """The answer in words."""
        if self.empty:
            return "Draw a digit: with mouse or pen, or with the arrow keys and Space."
        return f"{self.alt()} {self.needs()}"
