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
    """What became of the mutants of the references, and of the right answers that were spoilt."""
    mutants, spoilt = told(terminalreporter, "mutants"), told(terminalreporter, "spoilt")
    if mutants["made"]:
        terminalreporter.section("mutants of the references")
        terminalreporter.line(
            f"{mutants['made']} made, {killed(mutants)} killed, {len(mutants['allowed'])} change "
            f"nothing (listed with a reason), {len(mutants['survived'])} survived"
        )
        listed(terminalreporter, mutants, "changes nothing")
    if spoilt["made"]:
        terminalreporter.section("right answers written differently, spoilt")
        terminalreporter.line(
            f"{spoilt['made']} made, {killed(spoilt)} killed, {spoilt['same']} the same in other "
            f"words, {len(spoilt['allowed'])} do no harm (listed with a reason), "
            f"{len(spoilt['survived'])} survived"
        )
        listed(terminalreporter, spoilt, "does no harm")


def told(terminalreporter, name):
    """The counts that the tests reported under a name, added up."""
    total = {"made": 0, "same": 0, "allowed": [], "survived": []}
    for reports in terminalreporter.stats.values():
        for report in reports:
            for key, value in getattr(report, "user_properties", ()):
                if key == name and getattr(report, "when", "") == "call":
                    for what, part in value.items():
                        total[what] += part
    return total


def killed(total):
    return total["made"] - total["same"] - len(total["allowed"]) - len(total["survived"])


def listed(terminalreporter, total, words):
    for name, reason in total["allowed"]:
        terminalreporter.line(f"  {words}: {name}: {reason}")
    for name in total["survived"]:
        terminalreporter.line(f"  SURVIVED: {name}")
