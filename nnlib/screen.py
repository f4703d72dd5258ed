"""The screen: who sees what a program shows - a notebook, a terminal, or nobody."""

import sys


def shell():
    """The IPython that runs this code, or None. Nothing is imported to find out."""
    found = getattr(sys.modules.get("IPython"), "get_ipython", None)  # None while it is imported
    return found() if found else None


def in_notebook():
    """Whether a Jupyter kernel runs this code, so that buttons answer."""
    return getattr(shell(), "kernel", None) is not None


def watched():
    """Whether somebody would see a progress bar move: in a notebook or on a terminal."""
    return in_notebook() or (sys.stderr is not None and sys.stderr.isatty())
