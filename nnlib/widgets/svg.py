"""Pictures as SVG text: `Picture` is a sheet of paper, `Axes` a coordinate system on it.

Every call adds one element to a list; `str(picture)` is the whole. There are no ids, no style
sheets and no scripts in it, so that any number of pictures can stand on one page. What is not
finite is left out rather than drawn somewhere.

    picture = Picture(400, 300, "A parabola")
    axes = picture.axes(60, 20, 320, 230, xlim=(-1, 1), ylim=(0, 1), xlabel="w", ylabel="loss")
    axes.line(w, w**2, LOSS)
    axes.arrow(0.5, 0.25, 0.1, 0, GRADIENT)
    svg = str(picture)
"""

import base64
import math
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from .style import FONT, INK, TEXT

FONT_PX = 16  # 12 points
THIN, LINE = 1, 2  # 1.5 points are two pixels
FAR = 1e5  # pixels: what lies further out is drawn here


class Sheet:
    """Draws in pixels, from the top left corner. All methods skip numbers that are not finite."""

    def __init__(self):
        self.elements = []

    def add(self, element):
        """Append raw SVG."""
        self.elements.append(element)

    def path(self, points, colour=INK, width=LINE, dash=None, fill="none", opacity=1, close=False):
        """A line through (x, y) points; where one is not finite the line is interrupted."""
        d, pen = [], "M"
        for x, y in points:
            if -FAR < x < FAR and -FAR < y < FAR:
                d.append(f"{pen}{x:.1f} {y:.1f}")
                pen = "L"
            elif _finite(x, y):
                d.append(f"{pen}{number(x)} {number(y)}")
                pen = "L"
            else:
                pen = "M"
        if d:
            self.add(
                f'<path d="{"".join(d)}{"Z" if close else ""}" fill="{fill}" stroke="{colour}"'
                f' stroke-width="{width}" stroke-linejoin="round"{_optional(dash, opacity)}/>'
            )

    def circle(self, x, y, r=5, fill=INK, stroke="none", width=LINE, opacity=1):
        """A dot. stroke: the colour of its rim."""
        if _finite(x, y, r):
            self.add(
                f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(max(r, 0))}" fill="{fill}"'
                f' stroke="{stroke}" stroke-width="{width}"{_optional(None, opacity)}/>'
            )

    def rect(
        self, x, y, width, height, fill="none", stroke="none", line=LINE, opacity=1, dash=None, r=0
    ):
        """A box; a negative width or height reaches to the left or upwards. r: round corners."""
        if not _finite(x, y, width, height):
            return
        x, width = (x + width, -width) if width < 0 else (x, width)
        y, height = (y + height, -height) if height < 0 else (y, height)
        round_ = f' rx="{number(r)}"' if r else ""
        self.add(
            f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}"'
            f' height="{number(height)}"{round_} fill="{fill}" stroke="{stroke}"'
            f' stroke-width="{line}"{_optional(dash, opacity)}/>'
        )

    def segment(self, x0, y0, x1, y1, colour=INK, width=LINE, dash=None, opacity=1):
        """A straight line. dash: such as "6 4"."""
        if _finite(x0, y0, x1, y1):
            self.add(
                f'<line x1="{number(x0)}" y1="{number(y0)}" x2="{number(x1)}" y2="{number(y1)}"'
                f' stroke="{colour}" stroke-width="{width}"{_optional(dash, opacity)}/>'
            )

    def arrow(self, x0, y0, x1, y1, colour=INK, width=LINE + 1, head=11, opacity=1):
        """An arrow from (x0, y0) to (x1, y1); its head shrinks with a short arrow."""
        if not _finite(x0, y0, x1, y1):
            return
        length = math.hypot(x1 - x0, y1 - y0)
        if length < 0.5:
            return
        head = min(head, 0.7 * length)
        ux, uy = (x1 - x0) / length, (y1 - y0) / length
        bx, by = x1 - head * ux, y1 - head * uy
        self.segment(x0, y0, bx, by, colour, width, opacity=opacity)
        wing = 0.5 * head
        tip = [(x1, y1), (bx - wing * uy, by + wing * ux), (bx + wing * uy, by - wing * ux)]
        self.path(tip, "none", fill=colour, close=True, opacity=opacity)

    def text(
        self,
        x,
        y,
        words,
        colour="currentColor",
        anchor="start",
        size=FONT_PX,
        bold=False,
        middle=False,
        turn=0,
        halo=False,
    ):
        """Words at (x, y). anchor: start, middle or end. middle: centred on y, else y is the
        baseline. turn: degrees clockwise. halo: clears the lines behind the words."""
        if not _finite(x, y):
            return
        x, y = number(x), number(y + 0.35 * size if middle else y)
        rotate = f' transform="rotate({turn} {x} {y})"' if turn else ""
        weight = ' font-weight="bold"' if bold else ""
        behind = f' style="{HALO}"' if halo else ""
        self.add(
            f'<text x="{x}" y="{y}" fill="{colour}" text-anchor="{anchor}" font-size="{size}"'
            f"{weight}{rotate}{behind}>{escape(str(words))}</text>"
        )

    def __str__(self):
        return "".join(map(str, self.elements))


# The page's own background behind words. Where there is no page to ask there is no halo.
HALO = "paint-order:stroke;stroke:var(--jp-layout-color0,transparent);stroke-width:5px"


class Picture(Sheet):
    """One SVG image with its text alternative.

    width, height: pixels; the picture shrinks with its column, and never grows beyond its width.
    alt: what a reader who cannot see it needs to know; it may change with every state.
    """

    def __init__(self, width, height, alt):
        super().__init__()
        self.width, self.height, self.alt = width, height, alt

    def axes(self, left, top, width, height, **options):
        """Add an `Axes` at this place, in pixels, without its tick labels."""
        axes = Axes(left, top, width, height, **options)
        self.elements.append(axes)
        return axes

    def __str__(self):
        width, height = number(self.width), number(self.height)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label={quoteattr(self.alt)}'
            f' viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
            f' font-family="{FONT}" font-size="{FONT_PX}"'
            f' style="color:{TEXT};max-width:100%;height:auto;display:block">'
            f"{super().__str__()}</svg>"
        )


class Axes:
    """A coordinate system: the drawing methods take data, and clip to the frame.

    left, top, width, height: pixels of the frame. xlim, ylim: what it shows; (high, low) flips.
    xlabel, ylabel, title: words. xlog, ylog: logarithmic scales. xticks, yticks: where numbers
    stand; None chooses about five, () none. A tick may be a (value, words) pair. grid: light lines
    at the ticks, where values are to be read.
    """

    def __init__(
        self,
        left,
        top,
        width,
        height,
        xlim=(0, 1),
        ylim=(0, 1),
        xlabel="",
        ylabel="",
        title="",
        xlog=False,
        ylog=False,
        xticks=None,
        yticks=None,
        grid=False,
    ):
        self.left, self.top, self.width, self.height = left, top, width, height
        self.xlim, self.ylim, self.xlog, self.ylog = xlim, ylim, xlog, ylog
        self.inside, self.outside = Sheet(), Sheet()
        self._frame(xlabel, ylabel, title, xticks, yticks, grid)

    def x(self, value):
        """Data to pixels within the frame."""
        return _scale(value, self.xlim, self.xlog) * self.width

    def y(self, value):
        """Data to pixels within the frame, upwards."""
        return (1 - _scale(value, self.ylim, self.ylog)) * self.height

    def line(self, xs, ys, colour, **options):
        """A line through the points (see Sheet.path)."""
        self.inside.path(self._points(xs, ys), colour, **options)

    def points(self, xs, ys, colour, r=5, marker="o", **options):
        """Markers: "o" circles, "s" squares, "^" triangles, "D" diamonds."""
        corners = _MARKERS.get(marker)
        for x, y in self._points(xs, ys):
            if corners is None:
                self.inside.circle(x, y, r, colour, **options)
            elif _finite(x, y):
                shape = [(x + r * a, y + r * b) for a, b in corners]
                self.inside.path(
                    shape,
                    options.get("stroke", "none"),
                    fill=colour,
                    close=True,
                    opacity=options.get("opacity", 1),
                )

    def segment(self, x0, y0, x1, y1, colour=INK, **options):
        """A straight line between two points."""
        self.inside.segment(self.x(x0), self.y(y0), self.x(x1), self.y(y1), colour, **options)

    def arrow(self, x0, y0, x1, y1, colour, **options):
        """An arrow between two points."""
        self.inside.arrow(self.x(x0), self.y(y0), self.x(x1), self.y(y1), colour, **options)

    def rect(self, x0, y0, x1, y1, **options):
        """A box between two corners."""
        x, y = self.x(x0), self.y(y0)
        self.inside.rect(x, y, self.x(x1) - x, self.y(y1) - y, **options)

    def text(self, x, y, words, colour="currentColor", dx=0, dy=0, **options):
        """Words at a point, moved by (dx, dy) pixels. They are not clipped."""
        self.outside.text(
            self.left + self.x(x) + dx, self.top + self.y(y) + dy, words, colour, **options
        )

    def contours(self, xs, ys, Z, levels, colour, **options):
        """Level lines of Z (len(ys), len(xs))."""
        for path in contour_paths(xs, ys, Z, levels):
            self.line(path[:, 0], path[:, 1], colour, **options)

    def _points(self, xs, ys):
        xs, ys = np.asarray(xs, float), np.asarray(ys, float)
        with np.errstate(all="ignore"):
            return zip(self.x(xs).tolist(), self.y(ys).tolist(), strict=True)

    def _frame(self, xlabel, ylabel, title, xticks, yticks, grid):
        right, bottom = self.left + self.width, self.top + self.height
        xticks = ticks(self.xlim, self.xlog) if xticks is None else xticks
        yticks = ticks(self.ylim, self.ylog) if yticks is None else yticks
        for value, words in map(_tick, xticks):
            x = self.x(value)
            self.outside.text(self.left + x, bottom + 21, words, anchor="middle")
            if grid:
                self.inside.segment(x, 0, x, self.height, width=THIN, opacity=0.25)
        for value, words in map(_tick, yticks):
            y = self.y(value)
            self.outside.text(self.left - 8, self.top + y, words, anchor="end", middle=True)
            if grid:
                self.inside.segment(0, y, self.width, y, width=THIN, opacity=0.25)
        if xlabel:
            low = bottom + (42 if len(xticks) else 22)
            self.outside.text((self.left + right) / 2, low, xlabel, anchor="middle")
        if ylabel:  # above the axis, to be read without turning one's head
            self.outside.text(self.left, self.top - 12, ylabel)
        if title:
            self.outside.text(self.left, self.top - (34 if ylabel else 12), title, bold=True)

    def __str__(self):
        return (
            f'<svg x="{number(self.left)}" y="{number(self.top)}" width="{number(self.width)}"'
            f' height="{number(self.height)}" overflow="hidden">{self.inside}</svg>{self.outside}'
        )


_MARKERS = {
    "s": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "^": ((0, -1.1), (1, 0.8), (-1, 0.8)),
    "D": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
}


def contour_paths(xs, ys, Z, levels):
    """The level lines of Z (len(ys), len(xs)) as (M, 2) arrays of x, y."""
    import contourpy  # comes with matplotlib

    found = contourpy.contour_generator(xs, ys, np.ma.masked_invalid(Z))
    return [path for level in levels for path in found.lines(level)]


def ticks(limits, log=False, count=5):
    """Round numbers within the limits: about `count`, at steps of 1, 2 or 5; or powers of ten."""
    low, high = min(limits), max(limits)
    if not (math.isfinite(low) and math.isfinite(high)) or low == high:
        return []
    if log:
        powers = range(math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9) + 1)
        step = max(1, math.ceil(len(powers) / count))
        return [(10.0**p, _power(p)) for p in powers if p % step == 0]
    rough = (high - low) / count
    step = 10 ** math.floor(math.log10(rough))
    step *= next(m for m in (1, 2, 5, 10) if m * step >= rough * 0.999)
    return [
        round(k * step, 12) + 0.0
        for k in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)
    ]


def number(value):
    """A number as SVG text: two decimals at most."""
    text = f"{min(max(float(value), -FAR), FAR):.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def say(value, digits=3):
    """A number for people: `digits` significant ones, a true minus sign, words for the rest."""
    value = float(value)
    if math.isnan(value):
        return "undefined"
    if math.isinf(value):
        return "infinite" if value > 0 else "minus infinite"
    if value != 0 and not 1e-4 <= abs(value) < 10 ** max(digits, 6):
        mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
        return f"{mantissa} × 10{_raised(int(exponent))}".replace("-", "−")
    places = digits - 1 - math.floor(math.log10(abs(value))) if value else 0
    text = f"{value:.{max(places, 0)}f}"
    return ("0" if float(text) == 0 else text).replace("-", "−")


def fixed(value, places=2):
    """A number with so many decimals, for columns that must not jump; a true minus sign."""
    if not math.isfinite(value):
        return say(value)
    text = f"{value:.{places}f}"
    return (text[1:] if float(text) == 0 and text[0] == "-" else text).replace("-", "−")


def image(svg, alt, width):
    """The picture as an <img>: also shown where pages are cleaned of inline SVG."""
    data = base64.b64encode(str(svg).encode()).decode()
    return (
        f'<img alt={quoteattr(alt)} width="{number(width)}" style="max-width:100%"'
        f' src="data:image/svg+xml;base64,{data}">'
    )


def spread(positions, gap, within=None):
    """Move positions apart to at least `gap`, each as little as possible; keeps their order.

    within: then all together, so far that none lies beyond this length.
    """
    positions = np.asarray(positions, float)
    order = np.argsort(positions, kind="stable")
    groups = []  # [centre, count]: labels that touch move as one block
    for p in positions[order]:
        groups.append([p, 1])
        while len(groups) > 1 and _overlap(groups[-2], groups[-1], gap):
            (c1, n1), (c2, n2) = groups[-2:]
            groups[-2:] = [[(c1 * n1 + c2 * n2) / (n1 + n2), n1 + n2]]
    placed = [c + gap * (i - (n - 1) / 2) for c, n in groups for i in range(n)]
    result = np.empty(len(positions))
    result[order] = placed
    if within is not None:
        result -= max(result.max() - within, 0) + min(result.min(), 0)
    return result


def _overlap(below, above, gap):
    return above[0] - below[0] < gap * (below[1] + above[1]) / 2


def _scale(value, limits, log):
    low, high = limits
    if log:
        with np.errstate(all="ignore"):
            value, low, high = np.log10(value), math.log10(low), math.log10(high)
    return (value - low) / (high - low)


def _tick(tick):
    if isinstance(tick, tuple):
        return tick
    return tick, f"{tick:g}".replace("-", "−")


def _power(p):
    return {0: "1", 1: "10"}.get(p) or f"10{_raised(p)}"


def _raised(p):
    return str(p).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def _finite(*values):
    return all(math.isfinite(v) for v in values)


def _optional(dash, opacity):
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return dashed + (f' opacity="{opacity:g}"' if opacity != 1 else "")
