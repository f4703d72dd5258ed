"""One JupyterLab and one browser for all tests of a file."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import lab as laboratory


@pytest.fixture(scope="module")  # Playwright must end: its loop would run beneath later tests
def lab():
    """A running `lab.Lab`; the tests are skipped, with the reason, where there cannot be one."""
    if reason := laboratory.missing():
        pytest.skip(reason)
    with laboratory.Lab() as running:
        yield running
