"""What holds for every test and notebook: the student's own record stays untouched, and an output
that cannot be compared on this machine is run all the same, and said to be uncompared."""

import importlib.util
import os
import tempfile
from functools import cache
from pathlib import Path

import pytest
from nbval.plugin import IPyNbCell

HOME = pytest.StashKey[Path]()
UNCOMPARED = pytest.StashKey[dict]()


def pytest_configure(config):
    home = tempfile.TemporaryDirectory(prefix="nnlib-tests-", ignore_cleanup_errors=True)
    config.add_cleanup(home.cleanup)
    config.stash[HOME] = Path(home.name)
    config.stash[UNCOMPARED] = {}
    # kernels and subprocesses inherit these: an empty record, no personal IPython start-up files
    os.environ["IPYTHONDIR"] = os.environ["NNLIB_PROGRESS_DIR"] = home.name
    # so that pytest can be called from any folder
    config.option.nbval_sanitize_with = str(config.rootpath / config.option.nbval_sanitize_with)


def pytest_collection_modifyitems(config, items):
    """nbval always runs a cell; its option `check` decides whether outputs are compared."""
    for item in items:
        if isinstance(item, IPyNbCell) and (reason := why_not_compared(item.path.stem)):
            item.options["check"] = False
            config.stash[UNCOMPARED][item.path.name] = reason


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Each notebook meets a student who has done nothing yet, whatever ran before it."""
    if isinstance(item, IPyNbCell):
        os.environ["NNLIB_PROGRESS_DIR"] = str(item.config.stash[HOME] / item.path.stem)


def pytest_terminal_summary(terminalreporter, config):
    for notebook, reason in sorted(config.stash[UNCOMPARED].items()):
        terminalreporter.write_line(f"{notebook}: run, outputs not compared: {reason}", yellow=True)


def why_not_compared(notebook):
    """The outputs of chapters 8 and 9 are stored from the real MNIST, chapter 9's from PyTorch."""
    if notebook[:2] == "09" and importlib.util.find_spec("torch") is None:
        return "PyTorch is not installed"
    if notebook[:2] in ("08", "09"):
        return mnist_problem()
    return None


@cache
def mnist_problem():
    """None where load_mnist finds or fetches the data, else its first words."""
    from nnlib.data import DataError, load_mnist

    try:
        load_mnist(progress=False)
    except DataError as error:
        return str(error).splitlines()[0].rstrip(":")
    return None
