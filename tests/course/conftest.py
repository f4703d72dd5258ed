"""A record of its own for every test, and the count of mutants at the end of the run."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for `mutants`, `answers`


@pytest.fixture(autouse=True)
def progress_folder(tmp_path, monkeypatch):
    from nnlib.course import record

    monkeypatch.setenv("NNLIB_PROGRESS_DIR", str(tmp_path / "progress"))
    record._memory.clear()
    record._said.clear()
    return tmp_path / "progress"


def pytest_terminal_summary(terminalreporter):
    """How many mutants of the references were made, killed, and allowed to live."""
    made, allowed, survived = 0, [], []
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, value in getattr(report, "user_properties", ()):
                if name == "mutants" and getattr(report, "when", "") == "call":
                    made += value["made"]
                    allowed += value["allowed"]
                    survived += value["survived"]
    if not made:
        return
    killed = made - len(allowed) - len(survived)
    terminalreporter.section("mutants of the references")
    terminalreporter.line(
        f"{made} made, {killed} killed, {len(allowed)} change nothing (listed with a reason), "
        f"{len(survived)} survived"
    )
    for name, reason in allowed:
        terminalreporter.line(f"  changes nothing: {name}: {reason}")
    for name in survived:
        terminalreporter.line(f"  SURVIVED: {name}")
