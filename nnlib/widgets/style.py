"""The one visual language: what each colour means, and how lines, text and pages look.

A colour keeps its meaning through the whole course, and never carries it alone: a label, a marker
or a dash always says the same. The colours are Okabe and Ito's (2008), which people with every
common form of colour blindness can tell apart; INK is the grey with equal contrast on white and
on black (4.5 to 1), so that one picture serves both themes.
"""

from contextlib import contextmanager

DATA = "#0072B2"  # blue: what was measured
MODEL = "#D55E00"  # vermillion: what the model says
GRADIENT = "#009E73"  # green: gradients, descent
LOSS = "#CC79A7"  # purple: the loss
ORANGE, SKY, YELLOW = "#E69F00", "#56B4E9", "#F0E442"  # the rest: classes, series
INK = "#767676"  # text, axes, everything else
FAINT = "#76767640"  # grid lines

CLASSES = (ORANGE, SKY, GRADIENT, LOSS, MODEL, DATA, YELLOW, INK)  # class 0, 1, 2, ...
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")  # one a class, as matplotlib names them
SERIES = (MODEL, SKY, ORANGE, DATA, GRADIENT, LOSS)  # lines without a meaning of their own
DASHES = ("solid", (0, (5, 2)), (0, (1, 1.5)), (0, (6, 2, 1, 2)), (0, (9, 3)), (0, (3, 1, 1, 1)))

LINE_WIDTH = 1.5  # points
FONT_SIZE = 12  # points
FONT = "system-ui, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif"

# Inside JupyterLab text takes the theme's own colour; anywhere else it is INK.
TEXT = f"var(--jp-content-font-color1, {INK})"


# The page's own background, to lie behind words and boxes; none where there is no page to ask.
PAPER = "var(--jp-layout-color0, transparent)"


def class_colour(k):
    """The colour of class k; beyond the eighth class they come round again."""
    return CLASSES[k % len(CLASSES)]


RC = {
    "font.family": "sans-serif",
    "font.size": FONT_SIZE,
    "axes.titlesize": FONT_SIZE,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": FONT_SIZE,
    "xtick.labelsize": FONT_SIZE,
    "ytick.labelsize": FONT_SIZE,
    "legend.fontsize": FONT_SIZE,
    "legend.frameon": False,
    "lines.linewidth": LINE_WIDTH,
    "lines.markersize": 6,
    "axes.linewidth": 1,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.spines.bottom": False,
    "axes.axisbelow": True,
    "grid.color": FAINT,
    "grid.linewidth": 0.8,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "xtick.major.pad": 6,
    "ytick.major.pad": 6,
    "xtick.minor.size": 0,
    "ytick.minor.size": 0,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
    "text.color": INK,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.titlecolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "legend.labelcolor": INK,
    "image.cmap": "gray_r",
    "image.interpolation": "nearest",
}


@contextmanager
def styled():
    """Inside the block matplotlib draws in the course's style; outside nothing has changed."""
    import matplotlib

    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(RC)
        yield


def diverging():
    """The colour map of signed numbers: blue below zero, white at it, vermillion above."""
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("signed", [DATA, "white", MODEL])
