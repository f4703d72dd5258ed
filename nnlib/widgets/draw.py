"""Draw your own digit: what the network sees, what it says, and what would change its mind."""

from pathlib import Path

import numpy as np

from .. import functions as F
from .. import nn, training
from . import pixels, style
from .svg import Picture, fixed

PAD = 140  # the drawing is so many points wide; the page shows it twice as large
SIDE, BOX = 28, 20  # an MNIST image, and the box its digit is scaled into


def centre(ink):
    """Prepare a drawing as MNIST was: scale its ink to a 20 x 20 box, keeping its proportions,
    and put its centre of mass on pixel (14, 14) of 28 x 28 (LeCun, Cortes and Burges, 1998).

    ink: (H, W), 0 for paper. Shape: (28, 28), float32, as dark as the drawing; zeros for no ink.
    """
    ink = np.nan_to_num(np.asarray(ink, float))
    image = np.zeros((SIDE, SIDE), np.float32)
    rows, columns = np.flatnonzero(ink.max(axis=1)), np.flatnonzero(ink.max(axis=0))
    if not rows.size:
        return image
    ink = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    scale = BOX / max(ink.shape)
    digit = resize(ink, [max(1, round(n * scale)) for n in ink.shape])
    y, x = (
        min(max(round(SIDE / 2 + 0.5 - middle), 0), SIDE - n)
        for n, middle in zip(digit.shape, centre_of_mass(digit))
    )
    image[y : y + digit.shape[0], x : x + digit.shape[1]] = digit
    return image


def centre_of_mass(image):
    """Where the ink balances, (down, right) from the upper left corner, in pixels.

    The middle of the first pixel is at 0.5. An image without ink balances in its middle.
    """
    total = image.sum()
    if total <= 0:
        return image.shape[0] / 2, image.shape[1] / 2
    down, right = (np.arange(n) + 0.5 for n in image.shape)
    return float(down @ image.sum(axis=1) / total), float(right @ image.sum(axis=0) / total)


def resize(image, shape):
    """Each new pixel is the mean of the part of the old image that it covers: (H, W) -> shape."""
    down, across = (_overlaps(new, old) for new, old in zip(shape, image.shape))
    return down @ image @ across.T


def _overlaps(new, old):
    """How much of each old cell lies in each new one, rows summing to 1. Shape: (new, old)."""
    edges = np.arange(new + 1) * (old / new)
    start, end = edges[:-1, None], edges[1:, None]
    cells = np.arange(old)
    covered = np.minimum(end, cells + 1) - np.maximum(start, cells)
    return np.maximum(covered, 0) * (new / old)


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
            with training._evaluating(self.model):
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


def enlarge(image):
    """An image of 784 pixels (any shape, 0 to 1) as a drawing. Shape: (140, 140)."""
    image = np.asarray(image, float)
    if image.size != SIDE * SIDE:
        raise ValueError(f"digit_pad got an example of {image.size} pixels; expected {SIDE * SIDE}")
    return np.kron(image.reshape(SIDE, SIDE), np.ones((PAD // SIDE, PAD // SIDE)))


def digit_pad(model, prepare=None, example=None):
    """Draw a digit and see what `model` makes of it, while you draw.

    model: a network of `manual` or `nn`, 784 pixels to ten scores, trained by you. prepare: what
    was done to the training images, such as lambda X: (X - mean) / std. example: an image of 784
    pixels to begin with.
    """
    return _widget(Drawing(model, prepare, example))


def _widget(state):
    """The live view. anywidget is imported here, when the first one is asked for."""
    import anywidget
    import ipywidgets as ipw
    import traitlets

    from .demo import _readout, choice, row, static_picture, with_static
    from .live import Live

    class Pad(anywidget.AnyWidget):
        """The page to draw on; `ink` holds its 140 x 140 bytes."""

        _esm = Path(__file__).with_name("draw.js")
        ink = traitlets.Bytes().tag(sync=True, from_json=lambda value, widget: bytes(value))
        tool = traitlets.Unicode("draw").tag(sync=True)
        side = traitlets.Int(PAD).tag(sync=True)

        def __repr__(self):
            return "a page to draw a digit on"

    class DigitPad(ipw.VBox):
        """The pad, its tools, and the pictures; `state` is the plain Drawing."""

        def __init__(self, state):
            self.state, self.live = state, Live()
            self.static = static_picture(state)
            self.pad = Pad(ink=_bytes(state.ink), layout={"width": "284px"})
            self.answer = ipw.HTML(layout={"flex": "1 1 300px", "max_width": "424px"})
            self.changes, self.words = ipw.HTML(), ipw.HTML()
            tool = choice("pen", ["draw", "erase"])
            traitlets.link((tool, "value"), (self.pad, "tool"))
            clear = ipw.Button(description="clear", icon="trash", layout={"width": "110px"})
            clear.on_click(lambda _: self.clear())
            used = choice("the network sees", ["centred", "as drawn"])
            self.pad.observe(lambda change: self.live.call(self._drawn, change["new"]), "ink")
            used.observe(lambda change: self.live.call(self._chosen, change["new"]), "value")
            super().__init__(
                [
                    tool,
                    used,
                    row([clear]),
                    row([self.pad, self.answer]),
                    self.changes,
                    self.words,
                ],
                layout={"max_width": "728px", "overflow": "visible"},
            )
            self.redraw()

        def clear(self):
            """A clean page."""
            self.pad.ink = bytes(PAD * PAD)

        def _drawn(self, ink):
            self.state.draw(ink)
            self.redraw()

        def _chosen(self, used):
            self.state.centred = used == "centred"
            self.redraw()

        def redraw(self):
            """Show the state as it now is."""
            self.answer.value = str(self.state.answer_picture())
            self.changes.value = str(self.state.changes_picture())
            self.words.value = _readout(self.state)

        def _repr_mimebundle_(self, include=None, exclude=None, **kwargs):
            return with_static(super()._repr_mimebundle_(**kwargs), self.static)

        def __repr__(self):
            return self.static["text/plain"]

    return DigitPad(state)


def _bytes(ink):
    return np.rint(255 * ink).astype(np.uint8).tobytes()
