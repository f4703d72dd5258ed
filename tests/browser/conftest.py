"""One JupyterLab and one browser for the whole session."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import lab as laboratory


@pytest.fixture(scope="session")
def lab():
    """A running `lab.Lab`; the tests are skipped, with the reason, where there cannot be one."""
    if reason := laboratory.missing():
        pytest.skip(reason)
    with laboratory.Lab() as running:
        yield running
